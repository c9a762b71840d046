// One request a move; the board that comes back is morphed into the one on the screen, and the focus stays on the card.
let underWay = 0; // and those that wait for their turn
let turn = Promise.resolve();

const token = () => document.querySelector("#quick [name=csrf_token]").value;

const focusCard = (id) => {
  const card = document.getElementById(id);
  if (!card) return document.getElementById("main")?.focus();
  const other = cardOf(document.activeElement);
  if (other && other !== card) return; // its owner has gone on meanwhile
  const column = columnOf(card);
  if (column) show(column);
  if (!card.contains(document.activeElement)) card.focus();
};

// Sends values to an address; whether an answer took the place of the board. `source` carries the request.
const post = async (url, values, source) => {
  let isSwapped = false;
  const note = () => { isSwapped = true; };
  document.addEventListener("htmx:after:swap", note);
  document.addEventListener("peerapp:queued", note); // it waits for the network (js/live/outbox.js)
  try {
    const headers = { "HX-Target": "div#board" }; // htmx would name what the source aims at
    await htmx.ajax("POST", url, { source, target: "#board", swap: "outerMorph", headers, values });
  } finally {
    document.removeEventListener("htmx:after:swap", note);
    document.removeEventListener("peerapp:queued", note);
  }
  return isSwapped;
};

// One after the other; what was pressed meanwhile comes then.
const inTurn = (work) => {
  underWay += 1;
  const done = turn.then(work).finally(() => { underWay -= 1; });
  turn = done.catch(() => {}).then(pressWaiting);
  return done;
};

// `putBack` undoes what the screen already shows, should the server not be reached.
const send = (card, values, putBack = () => {}) => inTurn(async () => {
  const { id } = card;
  keepInSight(card);
  const isDone = await post(`${card.dataset.url}/move`, { ...values, version: card.dataset.version, csrf_token: token() }, board());
  if (!isDone) {
    putBack();
    say("failed", card);
  }
  focusCard(id);
});
