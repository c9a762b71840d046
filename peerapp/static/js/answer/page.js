// The answer form from its first look to "thank you". Nothing typed leaves this page before Send.
import "../opened.js";
import { openDrawer, isStorageOn } from "./drawer.js";
import { clear, enable, read, shown, textsOf, tooLong } from "./form.js";
import { draw, wipe } from "./preview.js";
import { BrokenPromise, check } from "./promise.js";
import { finish, newRecord, Outcome, send } from "./sending.js";

const SIGNED_OUT = "peerapp-signed-out"; // as drafts/store.js says it
const LONGEST_TIMER = 2 ** 31 - 1;
const root = document.getElementById("answering");
const form = document.getElementById("answer_form");
const facts = JSON.parse(root.dataset.facts);
root.querySelector("[data-fingerprint]").textContent = facts.fingerprint;
const known = JSON.parse(root.dataset.known);
const list = document.getElementById("preview_list");
const panels = [...root.querySelectorAll("[data-panel]")];
const panelOf = (name) => panels.find((panel) => panel.dataset.panel === name);
let drawer = null;
let isBusy = false;
let isLeaving = false; // signed out in another window while an answer was on its way

// Shows one panel alone: the form, the preview, or what became of it.
const show = (name) => {
  panels.forEach((panel) => { panel.hidden = panel.dataset.panel !== name; });
  const heading = panelOf(name).querySelector("h2, h1");
  if (name !== "form") heading?.focus();
};

const note = (name) => {
  root.querySelectorAll("[data-note]").forEach((line) => { line.hidden = line.dataset.note !== name; });
};

const standsOnPage = () => ({
  title: document.getElementById("round_title").textContent.trim(),
  why: document.getElementById("round_why")?.textContent.trim() ?? "",
  promise: document.querySelector(".promise").textContent,
  questions: [...form.querySelectorAll("[data-question]")].map((each) => [each.dataset.question, each.querySelector("[data-words]").textContent]),
});

const forgetAll = () => {
  clear(form);
  wipe(list);
};

// Words that were not sent stay here to be copied, and nowhere else.
const offerWords = (name, answers) => {
  const box = panelOf(name).querySelector("[data-kept]");
  const texts = textsOf(answers);
  if (!box) return;
  box.hidden = texts.length === 0;
  box.querySelector("textarea").value = texts.join("\n\n");
};

const tell = (outcome, answers) => {
  if (outcome === Outcome.COUNTED) {
    forgetAll();
    form.remove();
  } else {
    offerWords(outcome, answers);
  }
  show(outcome);
};

// What is kept goes, but for the receipt.
const leave = () => {
  forgetAll();
  drawer.forget(facts.round);
  location.reload();
};

const working = async (work) => {
  if (isBusy) return;
  isBusy = true;
  root.setAttribute("aria-busy", "true");
  root.querySelectorAll("button[data-do]").forEach((button) => { button.disabled = true; });
  try {
    await work();
  } finally {
    isBusy = false;
    if (isLeaving) leave();
    root.removeAttribute("aria-busy");
    root.querySelectorAll("button[data-do]").forEach((button) => { button.disabled = false; });
  }
};

const refuse = (error, answers) => {
  const isBroken = error instanceof BrokenPromise;
  note(isBroken || error?.name === "QuotaExceededError" ? "" : "unreachable");
  if (isBroken) offerWords("mismatch", answers);
  if (isBroken) show("mismatch");
  else if (error?.name === "QuotaExceededError") show("storage");
};

const goOn = () => working(async () => {
  note("finishing");
  const done = await finish(drawer, facts.round, root.dataset.token);
  note("");
  if (done) tell(done.outcome, done.answers);
});

const sendOff = (answers) => working(async () => {
  note("sending");
  try {
    const modulus = await check(facts, standsOnPage(), root.dataset.manifest);
    const prepared = () => newRecord({ root: root.dataset.root, facts, modulus, answers });
    tell(await send(drawer, facts.round, answers, prepared, root.dataset.token), answers);
  } catch (error) {
    refuse(error, answers);
    return;
  }
  note("");
});

const preview = () => {
  const over = tooLong(form);
  note(over ? "too_long" : "");
  if (over) {
    over.focus();
    return;
  }
  draw(list, shown(form), known, root.dataset.language);
  show("preview");
};

const actions = {
  preview,
  change: () => { note(""); show("form"); form.querySelector("input:checked, textarea, input")?.focus(); },
  send: () => sendOff(read(form)),
  blank: () => sendOff({}),
  again: goOn,
  copy: async (button) => {
    const field = button.closest("[data-kept]").querySelector("textarea");
    field.select();
    await navigator.clipboard?.writeText(field.value).catch(() => null);
    document.dispatchEvent(new CustomEvent("peerapp:say", { detail: button.dataset.done }));
  },
};

// How much time is left is the server's word: this computer's clock may be wrong.
const closesByItself = () => {
  const left = Number(document.querySelector("meta[name=seconds-left]").content) * 1000;
  if (left > LONGEST_TIMER) return;
  setTimeout(() => { if (form.isConnected && !isBusy) tell(Outcome.CLOSED, read(form)); }, left + 1000);
};

const listen = () => {
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button) actions[button.dataset.do](button);
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); preview(); });
  addEventListener("storage", (event) => {
    if (event.key && drawer.isReceiptOf(event.key, facts.round) && !isBusy) tell(Outcome.COUNTED);
  });
  addEventListener("storage", (event) => { // signed out in another window of this computer
    if (event.key !== SIGNED_OUT || !event.newValue) return;
    if (isBusy) isLeaving = true; // the second request says nothing of who sends it, so it can still arrive
    else leave();
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  addEventListener("pagehide", forgetAll); // a page that is kept for "back" holds nothing
  addEventListener("beforeunload", (event) => { if (form.isConnected && Object.keys(read(form)).length) event.preventDefault(); });
};

const begin = async () => {
  note("");
  if (!isSecureContext || !crypto.subtle) return show("insecure");
  if (!isStorageOn()) return show("storage");
  drawer = await openDrawer(document.body.dataset.account);
  listen();
  if (drawer.receipt(facts.round)) return show("answered");
  if (drawer.hasAnswered()) document.getElementById("guide").open = false;
  if (drawer.pending(facts.round)) return goOn();
  enable(form);
  closesByItself();
  return show("form");
};

await begin();
