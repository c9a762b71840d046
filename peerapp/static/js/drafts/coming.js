// When a draft is kept, when it comes back and when it has done its work.
const isAccepted = () => performance.getEntriesByType("navigation")[0]?.redirectCount > 0; // every form that is kept redirects

// A form is looked at once, and never while somebody types in it: its draft is older than what stands there.
const looked = new WeakMap();
const isUntouched = (form) => !timers.has(form) && isSame(seen(form), served(form));

const restoreAll = async (root) => {
  const forms = [...root.querySelectorAll("form[data-draft]")].filter((form) => looked.get(form) !== keyOf(form));
  for (const form of forms) looked.set(form, keyOf(form));
  const stood = forms.filter((form) => root === document || isUntouched(form)).map((form) => [form, seen(form)]);
  const open = await openWindows();
  for (const [form, was] of stood) restore(form, open, timers.has(form) || !isSame(was, seen(form)));
};

// A sent form is forgotten once a page says that it arrived: not by the one after a lost connection or an expired sign-in.
const begin = () => {
  const isRefused = document.querySelector(".error-summary");
  const isClash = document.querySelector(".versions");
  if (isAccepted() && !isClash) sent().forEach(forgetSaved);
  if (isRefused || (isAccepted() && !isClash)) sessionStorage.removeItem(SENT);
  for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX) && !stored(name)) forget(name);
  if (!isRefused && !isClash) restoreAll(document);
};

const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// The same words a second time are the same form a second time: its answer may have been lost on the way. Other words are another form.
const sameOnce = (form) => {
  const once = form.elements.once;
  const name = nameOf(keyOf(form));
  const draft = stored(name);
  if (!draft) return;
  if (once && draft.sent) once.value = isSame(draft.sent.values, seen(form)) ? draft.sent.once : newKey();
  keep(name, { ...draft, sent: { once: once?.value, values: seen(form) } });
};

let isFinished = false; // what was on its way when somebody signed out
const isSignOut = ({ target, submitter }) => "signout" in target.dataset || "signout" in (submitter?.dataset ?? {});
const isAnswerKept = () => {
  try {
    return Object.keys(localStorage).some((name) => name.startsWith("peerapp-paper:")); // as answer/drawer.js names them
  } catch {
    return false;
  }
};

if (account) {
  try { begin(); } catch { /* storage is switched off: nothing is kept */ }

  document.addEventListener("input", ({ target }) => {
    const { form } = target;
    if (!form?.dataset.draft) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => save(form), WAIT));
  });
  addEventListener("pagehide", saveAll);
  document.addEventListener("visibilitychange", () => { if (document.hidden) saveAll(); });

  document.addEventListener("submit", ({ target }) => {
    try {
      if (!target.dataset.draft) return;
      save(target);
      sameOnce(target);
    } catch { /* storage is switched off */ }
  }, { capture: true });
  document.addEventListener("submit", (event) => { // an answer that is on its way comes first
    if (!isSignOut(event) || isFinished || !isAnswerKept()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    event.submitter?.setAttribute("aria-busy", "true");
    import("./js/answer/leaving.js").then(({ finishAll }) => finishAll(account)).catch(() => {}).finally(() => {
      isFinished = true;
      event.target.requestSubmit(event.submitter);
    });
  }, { capture: true });
  document.addEventListener("submit", (event) => {
    try {
      if (isSignOut(event)) forgetAll();
      if (event.target.dataset.draft && !event.defaultPrevented) sessionStorage.setItem(SENT, JSON.stringify([...sent(), keyOf(event.target)]));
    } catch { /* storage is switched off */ }
  });

  document.addEventListener("htmx:after:request", (event) => {
    const form = event.target.closest?.("form[data-draft]");
    const ctx = event.detail?.ctx;
    if (form && ctx?.request.method !== "GET" && ctx?.response.status < 400 && !ctx.hx?.redirect) saved(keyOf(form));
  });
  document.addEventListener("peerapp:saved", ({ target, detail }) => { // by itself, while somebody typed (js/autosave.js)
    if (detail?.isAll) saved(keyOf(target));
    else if (target.dataset?.draft) save(target);
  });
  // a form that was fetched when it was asked for (one's private notes, a note that is edited in its place)
  document.addEventListener("htmx:after:swap", (event) => {
    const ctx = event.detail?.ctx;
    if (ctx?.request.method !== "GET" || !ctx.target?.id) return;
    const filled = document.getElementById(ctx.target.id);
    if (filled) restoreAll(filled);
  });
}
