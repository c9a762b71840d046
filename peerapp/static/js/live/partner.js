// Who is here, and what they have open to edit; said only while a session is under way, never afterwards.
const EDITING_EVERY = 15000;
const HERE_EVERY = 20000; // asked for where there is no stream
let partner = { isHere: false, editing: "" };
let told = ""; // what the server was told that we edit
let tellAgain = 0;
let toldAt = 0;

const showPartner = (data) => {
  const [isHere, editing] = String(data).split(" ");
  const hasCome = isHere === "1" && !partner.isHere;
  partner = { isHere: isHere === "1", editing: editing ?? "" };
  markPartner();
  if (hasCome) document.dispatchEvent(new CustomEvent("peerapp:say", { detail: words.here.replace("{name}", live()?.dataset.partner ?? "") }));
};

const put = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

const markPartner = () => {
  const name = live()?.dataset.partner ?? "";
  for (const place of document.querySelectorAll("[data-partner-here]")) {
    place.hidden = !partner.isHere;
    put(place, partner.isHere ? words.here.replace("{name}", name) : "");
  }
  for (const who of document.querySelectorAll(".head .who-stack .you")) who.classList.toggle("live", partner.isHere);
  const target = partner.isHere && partner.editing ? document.getElementById(partner.editing) : null;
  for (const old of document.querySelectorAll(".editing")) {
    if (old === target) continue;
    old.classList.remove("editing");
    old.querySelector(":scope > .editor")?.remove();
  }
  if (!target) return;
  target.classList.add("editing");
  if (target.querySelector(":scope > .editor")) return;
  const line = document.createElement("p");
  line.className = "editor";
  line.textContent = (partner.editing.startsWith("note_") ? words.editsNote : words.editsCard).replace("{name}", name);
  target.append(line);
};

// What we ourselves have open: a form with data-editing="goal_…" or "note_…".
const tellEditing = (what) => {
  clearTimeout(tellAgain);
  if (!live() || (what === told && !what)) return;
  if (what) tellAgain = setTimeout(() => tellEditing(editingNow()), EDITING_EVERY);
  tell(what);
};

const tell = async (what) => {
  told = what;
  toldAt = Date.now();
  const body = new URLSearchParams({ editing: what, csrf_token: document.querySelector("#quick [name=csrf_token]").value });
  const answer = await fetch(`${live().dataset.live}/editing`, { method: "POST", body, keepalive: true }).catch(() => null);
  if (answer?.ok && !stream && live()?.dataset.session === "running") showPartner(await answer.text());
};

// Called with every check (line.js): without a stream nobody would know that we are here.
const beHere = () => {
  if (live()?.dataset.session === "running" && Date.now() - toldAt > HERE_EVERY) tell(editingNow());
};

const editingNow = () => (document.hidden ? "" : document.activeElement?.closest("[data-editing]")?.dataset.editing ?? "");

const changeEditing = () => {
  const what = editingNow();
  if (what !== told) tellEditing(what);
};

document.addEventListener("focusin", changeEditing);
document.addEventListener("focusout", () => setTimeout(changeEditing));
addEventListener("pagehide", () => { if (told) tellEditing(""); });

if (live()) {
  wake();
  changeEditing(); // a field may have had the focus from the beginning
}
