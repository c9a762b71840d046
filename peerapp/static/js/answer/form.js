// The form of an answer. Its fields have no names, so that no browser can send or remember them: what names would do
// for radios (one of a group, arrow keys, one stop for Tab) is done here.
import { LONGEST, lengthOf, normalised } from "../ballot_text.js";

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const TIGHT = 0.8;

const questions = (form) => [...form.querySelectorAll("[data-question]")];
const radiosOf = (question) => [...question.querySelectorAll("input[type=radio]")];
const commentOf = (question) => question.querySelector("textarea");

const choose = (question, chosen) => {
  radiosOf(question).forEach((radio, at) => {
    radio.checked = radio === chosen;
    radio.tabIndex = radio === chosen || (!chosen && at === 0) ? 0 : -1;
  });
};

const onKey = (event) => {
  const step = STEPS[event.key];
  const question = event.target.closest("[data-question]");
  if (!step || event.target.type !== "radio" || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const radios = radiosOf(question);
  const next = radios[(radios.indexOf(event.target) + step + radios.length) % radios.length];
  choose(question, next);
  next.focus();
};

const count = (form, field) => {
  const line = field.closest("[data-question]").querySelector(".counter");
  const left = LONGEST - lengthOf(normalised(field.value));
  const wasOver = line.classList.contains("over");
  const words = form.dataset;
  line.textContent = left < LONGEST * (1 - TIGHT) ? `${left < 0 ? words.over : words.left} ${Math.abs(left)}` : "";
  line.classList.toggle("over", left < 0);
  field.toggleAttribute("aria-invalid", left < 0);
  if (left < 0) field.setAttribute("aria-invalid", "true");
  if (left < 0 && !wasOver) document.dispatchEvent(new CustomEvent("peerapp:say", { detail: line.textContent }));
};

// Everything is off until the script is ready; then this switches it on.
export const enable = (form) => {
  questions(form).forEach((question) => {
    question.disabled = false;
    choose(question, null);
  });
  form.querySelectorAll("button").forEach((button) => { button.disabled = false; });
  form.addEventListener("change", (event) => {
    if (event.target.type === "radio") choose(event.target.closest("[data-question]"), event.target);
  });
  form.addEventListener("keydown", onKey);
  form.addEventListener("input", (event) => { if (event.target.matches("textarea")) count(form, event.target); });
};

// Question id -> level or words; "cannot say" and what was left out are not in it.
export const read = (form) => {
  const answers = {};
  for (const question of questions(form)) {
    const comment = commentOf(question);
    const level = radiosOf(question).find((radio) => radio.checked)?.value;
    const value = comment ? normalised(comment.value) : Number(level || 0);
    if (value) answers[question.dataset.question] = value;
  }
  return answers;
};

// As they stand there, to be shown before sending: what was asked, what was ticked, what was written.
export const shown = (form) => questions(form).map((question) => {
  const radio = radiosOf(question).find((each) => each.checked);
  return {
    asked: question.querySelector("[data-words]").textContent,
    isScale: !commentOf(question),
    ticked: radio?.value ? radio.closest("label").textContent.trim() : "",
    words: commentOf(question) ? normalised(commentOf(question).value) : "",
  };
});

export const tooLong = (form) => questions(form).map(commentOf).find((field) => field && lengthOf(normalised(field.value)) > LONGEST) ?? null;

export const textsOf = (answers) => Object.values(answers).filter((value) => typeof value === "string");

export const clear = (form) => {
  for (const question of questions(form)) {
    const comment = commentOf(question);
    if (comment) comment.value = "";
    else choose(question, null);
    question.querySelectorAll(".counter").forEach((line) => { line.textContent = ""; });
  }
};
