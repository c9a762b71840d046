// What is done without a network waits on this computer and is sent in its order once there is one: moves, ticks and what
// is added. Each carries its key, so that sending it twice does it once. Where the other was faster, both are shown.
const QUEUE = `peerapp-queue:${document.body.dataset.account}`;
const QUEUE_AGAIN = 5000;
const FITS = "form[data-composer]:not([data-autosave]), form[data-queue], button.tick, button.mark";
let isDraining = false;
let isAway = false; // signed out, or the page is too old: what waits goes on waiting

const queued = () => {
  try { return JSON.parse(localStorage.getItem(QUEUE) ?? "[]"); } catch { return []; }
};

const keepQueue = (items) => {
  if (items.length) localStorage.setItem(QUEUE, JSON.stringify(items));
  else localStorage.removeItem(QUEUE);
  tellStatus({ from: "outbox", state: items.some((item) => !item.isClash) ? "waiting" : "" });
};

const isMove = (url) => new URL(url, location).pathname.endsWith("/move");
const oneKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// True when it is kept; the last move of a card is the one that counts.
const enqueue = (url, body, label) => {
  try {
    const fields = [...body].filter(([name, value]) => name !== "csrf_token" && typeof value === "string");
    const others = queued().filter((item) => !(isMove(url) && item.url === url));
    keepQueue([...others, { id: oneKey(), url, fields, label }]);
    return true;
  } catch {
    return false; // storage is full or off
  }
};

const drop = (id) => keepQueue(queued().filter((item) => item.id !== id));

const tokenNow = () => document.querySelector("#quick [name=csrf_token]").value;

const sendOne = async ({ url, fields }) => {
  const body = new URLSearchParams([...fields, ["csrf_token", tokenNow()]]);
  const answer = await fetch(url, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(10000) });
  if (answer.status >= 500) throw new Error(answer.status);
  return answer.type === "opaqueredirect" ? 303 : answer.status;
};

const settle = (item, status) => {
  if (status < 400) return drop(item.id);
  if (status === 400 || status === 401) isAway = true;
  else if (status === 409) {
    keepQueue(queued().map((each) => (each.id === item.id ? { ...each, isClash: true } : each)));
    offerBoth(item);
  } else {
    drop(item.id);
    document.dispatchEvent(new CustomEvent("peerapp:toast", { detail: { text: words.refused.replace("{words}", item.label), problem: true } }));
  }
  return undefined;
};

const drain = async () => {
  if (isDraining || isAway || !tokenNow() || !queued().some((item) => !item.isClash)) return;
  isDraining = true;
  try {
    for (let item; (item = queued().find((each) => !each.isClash)) && !isAway;) settle(item, await sendOne(item));
    if (!stream) checkLater(0);
  } catch {
    setTimeout(drainOnce, QUEUE_AGAIN);
  } finally {
    isDraining = false;
  }
};

// One window of the browser at a time.
const drainOnce = () => (navigator.locks ? navigator.locks.request("peerapp-queue", { ifAvailable: true }, (lock) => lock && drain()) : drain());

const line = (kind, text) => Object.assign(document.createElement(kind), { textContent: text });

// The page that shows both is the answer to the same form, sent by hand.
const offerBoth = ({ id, url, fields, label }) => {
  const toast = document.createElement("div");
  toast.className = "toast problem";
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: url, className: "row tight" });
  for (const [name, value] of [...fields, ["csrf_token", tokenNow()]]) {
    if (name !== "once") form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  const both = Object.assign(line("button", words.lookAtBoth), { className: "button small" });
  const leaveIt = Object.assign(line("button", words.leaveIt), { className: "button quiet small", type: "button" });
  form.addEventListener("submit", () => drop(id));
  leaveIt.addEventListener("click", () => { drop(id); toast.remove(); });
  form.append(both, leaveIt);
  toast.append(Object.assign(line("span", words.faster.replace("{words}", label)), { className: "grow" }), form);
  document.getElementById("toasts").append(toast);
};

const labelOf = (element, body) => {
  const typed = [...body].find(([name]) => ["body", "action", "decision", "point", "words"].includes(name))?.[1];
  const card = element.closest?.(".card")?.querySelector("h3")?.textContent;
  return (typed ?? card ?? element.getAttribute?.("aria-label") ?? "").trim().slice(0, 60);
};

// A form whose words wait here is empty again, and what is added next has a key of its own.
const clear = (form) => {
  form.dispatchEvent(new CustomEvent("peerapp:saved", { bubbles: true, detail: { isAll: true } }));
  form.reset();
  for (const field of form.querySelectorAll("textarea, input:not([type=hidden])")) field.value = field.defaultValue;
  if (form.elements.once) form.elements.once.value = oneKey();
};

document.addEventListener("htmx:error", (event) => {
  const ctx = event.detail?.ctx;
  const source = ctx?.sourceElement;
  if (!ctx?.request || ctx.request.method === "GET" || ctx.response || !source?.matches) return;
  const url = ctx.request.action;
  const body = ctx.request.body ?? new FormData();
  if (!source.matches(FITS) && !isMove(url)) return;
  const moved = [...body].find(([name]) => name === "version") && isMove(url) ? document.querySelector(`[data-url="${url.replace(/\/move$/, "")}"]`) : null;
  if (!enqueue(url, body, labelOf(moved ?? source, body))) return;
  event.stopImmediatePropagation(); // nothing is wrong
  if (source.matches("form")) clear(source);
  if (source.matches("[aria-pressed]")) source.setAttribute("aria-pressed", String(source.getAttribute("aria-pressed") !== "true"));
  document.dispatchEvent(new CustomEvent("peerapp:queued"));
  setTimeout(drainOnce, QUEUE_AGAIN);
}, { capture: true });

// A form without htmx would lead to the browser's own page about the network.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-queue]") || (navigator.onLine && !failures)) return;
  const body = new FormData(form, event.submitter);
  if (!enqueue(event.submitter?.getAttribute("formaction") ?? form.action, body, labelOf(form, body))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  clear(form);
});

document.addEventListener("peerapp:may-refresh", (event) => { // the board shows already what is still to be sent
  if (!isAway && queued().some((item) => !item.isClash)) event.preventDefault();
});
document.addEventListener("peerapp:online", drainOnce);
addEventListener("online", drainOnce);

if (document.body.dataset.account) {
  queued().filter((item) => item.isClash).forEach(offerBoth);
  keepQueue(queued());
  drainOnce();
}
