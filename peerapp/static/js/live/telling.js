// Says once, politely, what the other of the two changed, and shows for a moment where. It compares what stood there
// with what stands there now: so it is right whoever wrote it, in whichever process, by stream or by check.
const LINES = ["note", "decision", "action", "point", "comment", "step"];
const SHOWN = 2500;
const TYPING = 20000; // a note that goes on being typed is told once
const toldOfNote = new Map();

const wordsOf = (element) => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll("time, form, .menu, .draft-note, .counter, .editor").forEach((each) => each.remove());
  copy.classList.remove("changed", "editing");
  return `${copy.className.trim()} ${copy.textContent.replace(/\s+/g, " ")}`;
};

const picture = (region) => {
  const seen = new Map();
  seen.cut = new Set(); // columns that go on below what is shown
  if (!region) return seen;
  seen.session = region.dataset.session; // its state, on the page of a session
  for (const column of region.querySelectorAll(".column")) if (column.dataset.below !== "0") seen.cut.add(column.dataset.name);
  for (const card of region.querySelectorAll(".card[data-version]")) {
    const column = card.closest(".column");
    seen.set(card.id, { kind: "card", title: card.querySelector("h3").textContent.trim(), column: column.dataset.name, place: seen.size, sign: card.dataset.version });
  }
  for (const kind of LINES) {
    for (const line of region.querySelectorAll(`[id^="${kind}_"]`)) {
      if (line.querySelector("form[data-autosave]")) continue; // ours, and not finished
      if (!line.closest("form") && !line.matches("input, button, textarea")) seen.set(line.id, { kind, sign: wordsOf(line) });
    }
  }
  const [goal] = region.querySelectorAll(".goal[data-version]");
  if (goal) seen.set("goal", { kind: "card", title: goal.querySelector("h1").textContent.trim(), sign: goal.dataset.version });
  return seen;
};

// Nobody did anything to a card that comes in sight, or goes out of it, at the end of what a long column shows.
const onlySlid = (card, without, withIt) => without.cut.has(card.column)
  && ![...withIt].some(([id, each]) => each.column === card.column && each.place > card.place && without.has(id));

const sentenceOf = (was, is) => {
  const { kind } = is ?? was;
  if (kind !== "card") return words[kind];
  if (!was) return words.added;
  if (!is) return words.gone;
  return was.column !== is.column ? words.moved : words.changed;
};

const tellEnd = () => {
  const text = words.ended.replace("{name}", live().dataset.partner);
  document.dispatchEvent(new CustomEvent("peerapp:toast", { detail: { text } }));
};

const tellChanges = (before, after) => {
  const said = new Set();
  if (before.session === "running" && after.session === "held") return tellEnd(); // the lines only look different now
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(id), after.get(id)];
    if (was?.sign === is?.sign && was?.column === is?.column) continue;
    if (was ? !is && onlySlid(was, after, before) : onlySlid(is, before, after)) continue;
    const told = { name: live()?.dataset.partner ?? "", title: (is ?? was).title, column: is?.column };
    const isTyping = (is ?? was).kind === "note" && Date.now() - (toldOfNote.get(id) ?? 0) < TYPING;
    if ((is ?? was).kind === "note") toldOfNote.set(id, Date.now());
    if (!isTyping) said.add(sentenceOf(was, is).replace(/\{(\w+)\}/g, (_, name) => told[name]));
    document.getElementById(id)?.classList.add("changed");
    setTimeout(() => document.getElementById(id)?.classList.remove("changed"), SHOWN);
  }
  if (said.size) document.dispatchEvent(new CustomEvent("peerapp:say", { detail: [...said].slice(0, 3).join(" ") }));
};
