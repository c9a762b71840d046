// When is what was typed sent: a second after the first letter that is not kept, at once when the form is sent.
const WAIT = 1000;
const ENDS = 3000; // how long a form that is sent waits for what is on its way

const isKept = (form) => {
  const text = fieldOf(form).value;
  return text === stateOf(form).kept || (!tidy(text) && !form.elements.block?.value && Boolean(form.elements.block));
};

const later = (form, milliseconds = WAIT) => {
  const state = stateOf(form);
  if (state.timer || state.isStuck) return;
  state.timer = setTimeout(() => { state.timer = 0; push(form); }, milliseconds);
};

const isNote = (form) => form.matches("[data-composer]");

// Notes that were added before this one may still wait here for the network: they are begun first.
const comesLater = (form) => isNote(form) && !form.elements.block.value
  && !document.dispatchEvent(new CustomEvent("peerapp:may-begin", { detail: form.dataset.autosave, cancelable: true }));

const push = async (form) => {
  const state = stateOf(form);
  if (state.flying || state.isStuck || state.isLeaving || !form.isConnected || isKept(form)) return;
  if (comesLater(form)) return later(form);
  // what may have arrived is sent again before anything newer
  state.flying = send(form, state.text ??= fieldOf(form).value);
  await state.flying;
  if (stateOf(form) !== state) return; // that note waits elsewhere by now
  state.flying = null;
  if (!state.failures) state.text = state.isUnsure = null;
  if (state.isStuck) return;
  if (state.failures) return later(form, Math.min(AGAIN_MOST, WAIT * 2 ** (state.failures - 1)));
  hideOwn();
  if (!isKept(form)) return later(form);
  tell("saved");
  keepDraft(form, true);
};

// The note that is being typed stands in the form, not in the list as well.
const hideOwn = () => {
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    if (form.elements.block?.value) document.getElementById(`note_${form.elements.block.value}`)?.remove();
  }
};

// A note that has just begun is not known yet by its name: the page would show it as the other's.
const isBeginning = (form) => stateOf(form).flying && form.elements.block && !form.elements.block.value;

document.addEventListener("peerapp:may-refresh", (event) => {
  if ([...document.querySelectorAll("form[data-autosave]")].some(isBeginning)) event.preventDefault();
});

const retryAll = () => {
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    const state = stateOf(form);
    if (!state.failures) continue;
    clearTimeout(state.timer);
    state.timer = 0;
    push(form);
  }
};

const rest = (form) => {
  const state = stateOf(form);
  clearTimeout(state.timer);
  forms.set(form, { timer: 0, flying: null, isStuck: false, failures: 0, kept: null });
};

document.addEventListener("input", ({ target }) => {
  const { form } = target;
  if (!form?.matches("[data-autosave]") || target !== fieldOf(form)) return;
  if (!stateOf(form).failures && !stateOf(form).isStuck) tell(""); // "Saved" is over
  later(form);
});

const goOn = (form) => {
  if (!form.matches("[data-autosave]")) return;
  hideOwn();
  stateOf(form).isUnsure = true; // what this window sent last before it closed may have arrived
  later(form);
};

// Without a network a new note waits (js/live/waiting_notes.js), and the form is there for the next one.
const queueNote = (form, body = fieldOf(form).value) => {
  const { block, seen, key, sent } = form.elements;
  key.value ||= newKey();
  const note = { body, key: key.value, block: block.value, seen: seen.value, sent: sent.value };
  const isFree = document.dispatchEvent(new CustomEvent("peerapp:queue-note", { detail: { form, note }, cancelable: true }));
  if (isFree) return false; // it could not be kept: it stays here
  rest(form);
  tell("");
  return true;
};

document.addEventListener("htmx:error", (event) => {
  const ctx = event.detail?.ctx;
  const form = ctx?.sourceElement;
  if (!ctx?.request || ctx.request.method === "GET" || ctx.response || !form?.matches?.("form[data-autosave]") || !isNote(form)) return;
  if (queueNote(form, ctx.request.body?.get(fieldOf(form).name) ?? undefined)) event.stopImmediatePropagation(); // nothing is wrong
}, { capture: true });

document.addEventListener("peerapp:filled", ({ target }) => goOn(target));
document.querySelectorAll("form[data-autosave]:has(> .draft-note)").forEach(goOn);

// A note is added as it was when its writer said so; what they typed meanwhile is the next one.
const submitAs = (form, text, submitter) => {
  const field = fieldOf(form);
  const { value: now, selectionStart, selectionEnd } = field;
  const isNext = isNote(form) && now !== text;
  if (isNext) field.value = text;
  form.requestSubmit(submitter);
  if (!isNext) return;
  field.value = now;
  field.setSelectionRange(selectionStart, selectionEnd);
  field.dispatchEvent(new Event("input", { bubbles: true })); // its draft
};

// The form itself comes after what is on its way, so that it does not meet its own words as somebody else's; a new note
// is begun first, so that it is the same one should the answer get lost.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-autosave]")) return;
  const state = stateOf(form);
  const text = fieldOf(form).value;
  clearTimeout(state.timer);
  state.timer = 0;
  const isNew = form.elements.block && !form.elements.block.value;
  const comesFirst = (isNew || state.isUnsure) && !state.isStuck && !isKept(form);
  const isQueued = !state.isLeaving && comesFirst && comesLater(form) && queueNote(form);
  if (!isQueued && (state.isLeaving || !(state.flying || comesFirst))) {
    state.isLeaving = true;
    form.elements.sent.value = signOf(fieldOf(form).value);
    keepDraft(form, false);
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (isQueued) return;
  const { submitter } = event;
  await Promise.race([state.flying ?? push(form), new Promise((over) => { setTimeout(over, ENDS); })]);
  if (stateOf(form) !== state) return; // it was sent twice in a row
  if (isNote(form) && (state.failures || (isNew && state.flying))) return queueNote(form, text);
  if (state.failures || state.isLeaving) return; // it stays here and is kept as soon as possible
  state.isLeaving = true;
  submitAs(form, text, submitter);
}, { capture: true });

document.addEventListener("htmx:finally:request", (event) => {
  const ctx = event.detail?.ctx;
  const form = ctx?.sourceElement;
  if (!form?.matches?.("form[data-autosave]") || ctx.request.method === "GET") return;
  const isSaved = ctx.response && ctx.response.status < 400;
  if (isSaved) rest(form);
  else {
    stateOf(form).isLeaving = false;
    stateOf(form).isUnsure = true; // it may have arrived: what is kept by itself finds out
    if (form.elements.once) form.elements.once.value = newKey(); // what is sent next may say more; the note is known by `block`
  }
  if (isSaved) tell("");
  if (isSaved && !form.matches("[data-composer]")) form.elements.seen.value = form.elements.seen.defaultValue;
  if ((!isSaved && !ctx.response) || fieldOf(form)?.value) later(form);
});

document.addEventListener("htmx:after:swap", hideOwn, { capture: true }); // before anybody tells what is new
document.addEventListener("peerapp:online", retryAll);
addEventListener("online", retryAll);
addEventListener("pageshow", ({ persisted }) => { if (persisted) document.querySelectorAll("form[data-autosave]").forEach(rest); });
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const { form } = target;
  if (!form?.matches?.("[data-autosave]") || form.contains(relatedTarget) || !stateOf(form).timer) return;
  clearTimeout(stateOf(form).timer);
  stateOf(form).timer = 0;
  push(form);
});
