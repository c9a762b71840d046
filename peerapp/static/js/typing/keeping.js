// Notes are kept while they are typed. A form with data-autosave="address" has `seen`, the version it was written on,
// and `sent`, a sign of the words that are on their way: so that an answer that was lost is recognised. A form for a
// new note also has `block`, the note that it has become, and `key`, which makes it one note however often it is sent.
const TIMEOUT = 10000;
const AGAIN_MOST = 15000;
const told = document.getElementById("live_words")?.dataset ?? {};
const forms = new WeakMap();

const stateOf = (form) => {
  if (!forms.has(form)) forms.set(form, { timer: 0, flying: null, isStuck: false, failures: 0, kept: null });
  return forms.get(form);
};

const fieldOf = (form) => form.querySelector("textarea");

const tell = (state, text = "") => document.dispatchEvent(new CustomEvent("peerapp:status", { detail: { from: "notes", state, text } }));

const keepDraft = (form, isAll) => form.dispatchEvent(new CustomEvent("peerapp:saved", { bubbles: true, detail: { isAll } }));

const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const addressOf = (form) => {
  const { block } = form.elements;
  return block ? `${form.dataset.autosave}/${block.value ? `${block.value}/` : ""}typed` : form.dataset.autosave;
};

const bodyOf = (form, text) => {
  const { seen, key, block } = form.elements;
  const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value, [fieldOf(form).name]: text, seen: seen.value });
  if (block && !block.value) {
    key.value ||= newKey();
    body.set("once", key.value);
  }
  return body;
};

const stop = (form, text) => {
  stateOf(form).isStuck = true;
  tell("problem", text);
};

// The version that stands now is ours to write on.
const adopt = (form, answer) => {
  form.elements.seen.value = answer.seen;
  if (form.elements.block && answer.block) form.elements.block.value = answer.block;
};

const accept = (form, text, answer) => {
  const state = stateOf(form);
  const isNew = form.elements.block && !form.elements.block.value;
  const isMine = signOf(answer.body) === signOf(text);
  if (!isMine && !(isNew && answer.seen === 1)) return stop(form, told.both); // begun before, and changed since
  adopt(form, answer);
  if (!isMine) return;
  state.kept = text;
  if (!form.elements.block) fieldOf(form).defaultValue = text; // what the page would say by now
};

const send = async (form, text) => {
  const state = stateOf(form);
  const before = form.elements.sent.value;
  tell("saving");
  try {
    const body = bodyOf(form, text);
    form.elements.sent.value = signOf(text);
    keepDraft(form, false);
    const answer = await fetch(addressOf(form), { method: "POST", body, signal: AbortSignal.timeout(TIMEOUT) });
    if (answer.status >= 500) throw new Error(answer.status);
    const isOurs = answer.headers.get("Content-Type")?.includes("json");
    const said = isOurs ? await answer.json() : {};
    if (stateOf(form) !== state) return; // the form holds another note by now
    state.failures = 0;
    if (answer.ok && isOurs) accept(form, text, said);
    else if (answer.status === 409 && signOf(said.body) === before) adopt(form, said); // saved before, the answer was lost
    else stop(form, answer.status === 409 ? told.both : said.problem ?? told.away);
  } catch {
    state.failures += 1;
    if (stateOf(form) === state) tell("offline");
  }
};
