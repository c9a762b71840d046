// Drafts on this computer: one for each account, form and window, so that two windows never write over each other.
// Gone after a week, when what they hold was saved, when discarded and at sign-out.
const account = document.body.dataset.account;
const PREFIX = "peerapp-draft:";
const LEFT_AT_SIGN_OUT = [PREFIX, "peerapp-queue:", "peerapp-paper:"]; // receipts stay (answer/drawer.js)
const SIGNED_OUT = "peerapp-signed-out";
const WEEK = 7 * 24 * 3600 * 1000;
let isOver = false; // signed out in another window

const windowId = (() => {
  try {
    sessionStorage.peerappWindow ??= Math.random().toString(36).slice(2);
    return sessionStorage.peerappWindow;
  } catch {
    return "";
  }
})();

// A window says by a lock that it is open: what is being typed in another one is not taken from it.
navigator.locks?.request(`peerapp-window:${windowId}`, () => new Promise(() => {}));

const openWindows = async () => {
  try {
    const { held } = await navigator.locks.query();
    return held.map(({ name }) => name.replace("peerapp-window:", "#")).filter((end) => end !== `#${windowId}`);
  } catch {
    return [];
  }
};

const nameOf = (key) => `${PREFIX}${account}:${key}#${windowId}`;
const isOf = (name, key) => name.startsWith(`${PREFIX}${account}:${key}#`);

const stored = (name) => {
  try {
    const draft = JSON.parse(localStorage.getItem(name));
    return draft && Date.now() - draft.at < WEEK ? draft : null;
  } catch {
    return null;
  }
};

const forget = (name) => {
  try { localStorage.removeItem(name); } catch { /* storage is switched off */ }
};

const keep = (name, draft) => {
  if (isOver) return;
  try { localStorage.setItem(name, JSON.stringify(draft)); } catch { /* full or off */ }
};

// Every draft of a form, the newest first.
const draftsFor = (key) =>
  Object.keys(localStorage).filter((name) => isOf(name, key)).map((name) => [name, stored(name)])
    .filter(([, draft]) => draft).sort(([, one], [, other]) => other.at - one.at);

const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// What a form held was saved: its draft goes, and any copy of the same words.
const forgetSaved = (key) => {
  const values = stored(nameOf(key))?.values;
  forget(nameOf(key));
  for (const [name, draft] of draftsFor(key)) if (isSame(draft.values, values)) forget(name);
};

const forgetAll = () => {
  Object.keys(localStorage).filter((name) => LEFT_AT_SIGN_OUT.some((prefix) => name.startsWith(prefix))).forEach(forget);
  localStorage.setItem(SIGNED_OUT, account);
  localStorage.removeItem(SIGNED_OUT);
};

addEventListener("storage", ({ key, newValue }) => {
  if (key === SIGNED_OUT && newValue === account) isOver = true;
});
