// Keeps what is being typed in forms with data-draft="key" on this computer until it was saved, and brings it back.
// Where the page says something else by now than when the draft was begun, both are offered.
const words = document.getElementById("script_words")?.dataset ?? {};
const SENT = "peerapp-drafts-sent";
const WAIT = 300;
const timers = new Map();

const keyOf = (form) => form.dataset.draft;

const save = (form) => {
  clearTimeout(timers.get(form));
  timers.delete(form);
  const name = nameOf(keyOf(form));
  const before = stored(name);
  keep(name, { at: Date.now(), values: read(form), from: before?.from ?? served(form), sent: before?.sent });
};

const saveAll = () => [...timers.keys()].forEach(save);

const timeOf = (draft) => new Intl.DateTimeFormat(document.documentElement.lang, {
  hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...(Date.now() - draft.at > 12 * 3600 * 1000 && { weekday: "short" }),
}).format(draft.at);

const tell = (form) => form.dispatchEvent(new CustomEvent("peerapp:filled", { bubbles: true }));

const button = (text, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button quiet small";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
};

// A quiet line above the form; `others` is what stands in the fields when the draft does not.
const offer = (form, name, draft, others) => {
  const note = document.createElement("p");
  note.className = "draft-note";
  note.textContent = (others ? words.draftBack : words.draftFrom).replace("{time}", timeOf(draft));
  const use = button(words.use, () => {
    const before = read(form);
    fill(form, draft.values);
    save(form);
    if (name !== nameOf(keyOf(form))) forget(name);
    note.remove();
    offer(form, nameOf(keyOf(form)), { ...draft, at: Date.now() }, before);
    tell(form);
  });
  const discard = button(words.discard, () => {
    if (others) fill(form, others);
    forget(name);
    note.remove();
    if (others) tell(form);
    fieldsOf(form).find((field) => !field.hidden)?.focus();
  });
  note.append(...(others ? [discard] : [use, discard]));
  form.prepend(note);
  form.dispatchEvent(new CustomEvent("peerapp:draft", { bubbles: true }));
};

// Where somebody began to type already nothing is filled in: what was found is offered.
const restore = (form, open, isTyped) => {
  if (!form.isConnected) return;
  const found = draftsFor(keyOf(form));
  const same = found.filter(([name, draft]) => !open.some((end) => name.endsWith(end)) && isSame(wordsIn(draft.values, form), seen(form)));
  same.forEach(([name]) => forget(name));
  const left = found.filter((each) => !same.includes(each)).slice(0, 3);
  if (!left.length) return;
  sessionStorage.setItem(SENT, JSON.stringify(sent().filter((key) => key !== keyOf(form))));
  const [[name, newest]] = left;
  const before = read(form);
  const isElsewhere = open.some((end) => name.endsWith(end));
  const isBase = !isElsewhere && !isTyped && isSame(newest.from ?? served(form), served(form));
  left.slice(isBase ? 1 : 0).reverse().forEach(([other, draft]) => offer(form, other, draft, null));
  if (isBase) {
    fill(form, newest.values);
    if (name !== nameOf(keyOf(form))) forget(name);
    keep(nameOf(keyOf(form)), newest);
    offer(form, nameOf(keyOf(form)), newest, before);
    tell(form);
  }
  document.dispatchEvent(new CustomEvent("peerapp:say", { detail: form.querySelector(".draft-note").firstChild.textContent }));
};

const sent = () => JSON.parse(sessionStorage.getItem(SENT) ?? "[]");

const saved = (key) => {
  forgetSaved(key);
  for (const form of document.querySelectorAll("form[data-draft]")) if (keyOf(form) === key) form.querySelectorAll(":scope > .draft-note").forEach((note) => note.remove());
};
