// One quiet line for the connection and for what is being saved. Whoever knows something says it:
//   document.dispatchEvent(new CustomEvent("peerapp:status", { detail: { from: "notes", state: "saving", text: "" } }))
// Only what stops somebody is read out; "Saving…" and "Saved" are for the eye.
const STATES = ["problem", "offline", "waiting", "saving", "saved"]; // the first that anybody says shows
const SAVED_SHOWS = 3000;
const statusLine = document.getElementById("line_status");
const said = new Map();
let savedGoes = 0;

const showStatus = () => {
  const all = [...said.values()];
  const [now] = STATES.flatMap((state) => all.filter((each) => each.state === state));
  const text = now ? now.text || words[now.state] : "";
  const isQuiet = now?.state === "saving" || now?.state === "saved";
  if (statusLine.textContent !== text) {
    const line = document.createElement("span");
    line.textContent = text;
    if (isQuiet) line.setAttribute("aria-hidden", "true");
    statusLine.replaceChildren(line);
  }
  statusLine.hidden = !text;
};

const tellStatus = ({ from, state, text }) => {
  if (!statusLine) return;
  if (state) said.set(from, { state, text });
  else said.delete(from);
  clearTimeout(savedGoes);
  savedGoes = setTimeout(() => {
    for (const [who, each] of said) if (each.state === "saved") said.delete(who);
    showStatus();
  }, SAVED_SHOWS);
  showStatus();
};

document.addEventListener("peerapp:status", ({ detail }) => tellStatus(detail));
