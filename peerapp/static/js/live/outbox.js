// What is done without a network waits on this computer and is sent in its order once there is one (queueing.js says what
// waits). Each carries its key, so that sending it twice does it once. Where the other was faster, both are shown.
const QUEUE = `peerapp-queue:${document.body.dataset.account}`;
const QUEUE_AGAIN = 5000;
let drainTimer = 0;
let isDraining = false;
let isAway = false; // signed out, or the page is too old: what waits goes on waiting

const queued = () => {
  try { return JSON.parse(localStorage.getItem(QUEUE) ?? "[]"); } catch { return []; }
};

const stillWaits = (item) => !item.isClash; // a clash, or a refusal, waits for a person

// Does something wait here for this address? What is written there later comes after it.
const waitsAt = (url) => !isAway && queued().some((item) => item.url === url && stillWaits(item));

const tellQueue = (items = queued()) => tellStatus({ from: "outbox", state: items.some(stillWaits) ? "waiting" : "" });

const keepQueue = (items) => {
  if (items.length) localStorage.setItem(QUEUE, JSON.stringify(items));
  else localStorage.removeItem(QUEUE);
  tellQueue(items);
};

// Another window of this browser may send what this one has kept.
addEventListener("storage", ({ key }) => { if (key === QUEUE) tellQueue(); });

const isMove = (url) => new URL(url, location).pathname.endsWith("/move");
const oneKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// True when it is kept. Of what replaces itself, a move of a card or a form that was sent once more, the last one counts.
const enqueue = (url, body, label, more = {}) => {
  try {
    const fields = [...body].filter(([name, value]) => name !== "csrf_token" && typeof value === "string");
    const isLast = isMove(url) || more.isWhole;
    keepQueue([...queued().filter((item) => !(isLast && item.url === url)), { id: oneKey(), url, fields, label, ...more }]);
    return true;
  } catch {
    return false; // storage is full or off
  }
};

const drop = (id) => keepQueue(queued().filter((item) => item.id !== id));
const change = (item, more) => keepQueue(queued().map((each) => (each.id === item.id ? { ...each, ...more } : each)));

const tokenNow = () => document.querySelector("#quick [name=csrf_token]").value;

const postOne = async (url, fields, redirect) => {
  const body = new URLSearchParams([...fields, ["csrf_token", tokenNow()]]);
  const answer = await fetch(url, { method: "POST", body, redirect, signal: AbortSignal.timeout(10000) });
  if (answer.status >= 500) throw new Error(answer.status);
  return answer;
};

const sendOne = async (item) => {
  if (item.note) return sendNote(item);
  const answer = await postOne(item.url, item.fields, "manual");
  return answer.type === "opaqueredirect" ? 303 : answer.status;
};

const settle = (item, status) => {
  if (status < 400) return drop(item.id);
  if (status === 400 || status === 401) {
    isAway = true;
    return undefined;
  }
  change(item, { isClash: true, isRefused: status !== 409 });
  offerBoth(queued().find((each) => each.id === item.id));
  return undefined;
};

const drain = async () => {
  if (isDraining || isAway || !tokenNow() || !queued().some(stillWaits)) return;
  isDraining = true;
  try {
    for (let item; (item = queued().find(stillWaits)) && !isAway;) settle(item, await sendOne(item));
    if (!stream) checkLater(0);
  } catch {
    drainLater();
  } finally {
    isDraining = false;
  }
};

// One window of the browser at a time; this one looks again, as the other may be closed before it is done.
const drainOnce = () => {
  if (!navigator.locks) return drain();
  return navigator.locks.request("peerapp-queue", { ifAvailable: true }, (lock) => (lock ? drain() : drainLater()));
};

const drainLater = () => {
  drainTimer ||= setTimeout(() => { drainTimer = 0; drainOnce(); }, QUEUE_AGAIN);
};

const line = (kind, text) => Object.assign(document.createElement(kind), { textContent: text });

// The page that shows both, or says why not, is the answer to the same form, sent by hand. What was refused is told in full.
const offerBoth = ({ id, url, fields, label, isRefused }) => {
  const toast = document.createElement("div");
  toast.className = "toast problem";
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: url, className: "row tight" });
  for (const [name, value] of [...fields, ["csrf_token", tokenNow()]]) {
    if (name !== "once") form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  const look = Object.assign(line("button", isRefused ? words.lookAtIt : words.lookAtBoth), { className: "button small" });
  const leaveIt = Object.assign(line("button", words.leaveIt), { className: "button quiet small", type: "button" });
  form.addEventListener("submit", () => drop(id));
  leaveIt.addEventListener("click", () => { drop(id); toast.remove(); });
  form.append(look, leaveIt);
  const text = isRefused ? words.refused.replace("{words}", wordsIn(fields) || label) : words.faster.replace("{words}", label);
  toast.append(Object.assign(line("span", text), { className: "grow" }), form);
  document.getElementById("toasts").append(toast);
};

document.addEventListener("peerapp:may-refresh", (event) => { // the board shows already what is still to be sent
  if (!isAway && queued().some(stillWaits)) event.preventDefault();
});
document.addEventListener("peerapp:online", drainOnce);
addEventListener("online", drainOnce);
