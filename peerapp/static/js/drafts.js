// Keeps what is being typed in forms with data-draft="key" on this computer until it was sent, and brings it back.
// Kept apart by account, gone after a week, when sent, when discarded and at sign-out. Never passwords, files, hidden fields.
const account = document.body.dataset.account;
const words = document.getElementById("script_words")?.dataset ?? {};
const PREFIX = "peerapp-draft:";
const LEFT_AT_SIGN_OUT = [PREFIX, "peerapp-paper:"]; // an answer that has not arrived yet, too; receipts stay (answer/drawer.js)
const SENT = "peerapp-drafts-sent";
const WEEK = 7 * 24 * 3600 * 1000;
const WAIT = 300;
const timers = new WeakMap();

const nameOf = (form) => `${PREFIX}${account}:${form.dataset.draft}`;

const fieldsOf = (form) =>
  [...form.elements].filter((field) => field.name && field.matches("input:not([type=hidden], [type=password], [type=file], [type=submit]), textarea, select"));

const read = (form) => fieldsOf(form).map((field) => [field.name, field.matches("[type=checkbox], [type=radio]") ? [field.value, field.checked] : field.value]);

const fill = (form, values) => {
  const left = [...values];
  for (const field of fieldsOf(form)) {
    const isTick = field.matches("[type=checkbox], [type=radio]");
    const at = left.findIndex(([name, value]) => name === field.name && (!isTick || value[0] === field.value));
    if (at < 0) continue;
    const [, value] = left.splice(at, 1)[0];
    if (isTick) field.checked = value[1];
    else field.value = value;
  }
};

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

const save = (form) => {
  try { localStorage.setItem(nameOf(form), JSON.stringify({ at: Date.now(), values: read(form) })); } catch { /* full or off */ }
};

const offer = (form, before) => {
  const note = document.createElement("p");
  note.className = "draft-note";
  note.textContent = words.restored;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet small";
  button.textContent = words.discard;
  button.addEventListener("click", () => {
    fill(form, before);
    forget(nameOf(form));
    note.remove();
    fieldsOf(form)[0]?.focus();
  });
  note.append(button);
  form.prepend(note);
  document.dispatchEvent(new CustomEvent("peerapp:say", { detail: words.restored }));
};

const restore = (form) => {
  const draft = stored(nameOf(form));
  if (!draft || form.dataset.draftSeen) return;
  form.dataset.draftSeen = "yes";
  const before = read(form);
  if (JSON.stringify(before) === JSON.stringify(draft.values)) return;
  sessionStorage.setItem(SENT, JSON.stringify(sent().filter((name) => name !== nameOf(form))));
  fill(form, draft.values);
  offer(form, before);
};

const sent = () => JSON.parse(sessionStorage.getItem(SENT) ?? "[]");

const isAccepted = () => performance.getEntriesByType("navigation")[0]?.redirectCount > 0; // every form that is kept redirects

// A sent form is forgotten once a page says that it arrived: not by the one after a lost connection or an expired sign-in.
const begin = () => {
  const isRefused = document.querySelector(".error-summary");
  const isClash = document.querySelector(".versions");
  if (isAccepted() && !isClash) sent().forEach(forget);
  if (isRefused || (isAccepted() && !isClash)) sessionStorage.removeItem(SENT);
  for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX) && !stored(name)) forget(name);
  if (!isRefused && !isClash) document.querySelectorAll("form[data-draft]").forEach(restore);
};

if (account) {
  try { begin(); } catch { /* storage is switched off: nothing is kept */ }

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.dataset.draft) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => save(form), WAIT));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    clearTimeout(timers.get(form));
    try {
      if ("signout" in (event.submitter?.dataset ?? {})) Object.keys(localStorage).filter((name) => LEFT_AT_SIGN_OUT.some((prefix) => name.startsWith(prefix))).forEach(forget);
      if (!form.dataset.draft) return;
      save(form);
      if (!event.defaultPrevented) sessionStorage.setItem(SENT, JSON.stringify([...sent(), nameOf(form)]));
    } catch { /* storage is switched off */ }
  });
  document.addEventListener("htmx:after:request", (event) => {
    const form = event.target.closest?.("form[data-draft]");
    const ctx = event.detail?.ctx;
    if (form && ctx?.request.method !== "GET" && ctx?.response.status < 400 && !ctx.hx?.redirect) forget(nameOf(form));
  });
  // a form that was fetched when it was asked for (one's private notes, a note that is edited in its place)
  document.addEventListener("htmx:after:swap", (event) => {
    const ctx = event.detail?.ctx;
    if (ctx?.request.method !== "GET" || !ctx.target?.id) return;
    document.getElementById(ctx.target.id)?.querySelectorAll("form[data-draft]").forEach(restore);
  });
}
