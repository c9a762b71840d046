// One request a move; the board that comes back is morphed into the one on the screen, and the focus stays on the card.
let isSending = false;

const token = () => document.querySelector("#quick [name=csrf_token]").value;

const focusCard = (id) => {
  const card = document.getElementById(id);
  if (!card) return document.getElementById("main")?.focus();
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
  isSending = true;
  try {
    const headers = { "HX-Target": "div#board" }; // htmx would name what the source aims at
    await htmx.ajax("POST", url, { source, target: "#board", swap: "outerMorph", headers, values });
  } finally {
    isSending = false;
    document.removeEventListener("htmx:after:swap", note);
    document.removeEventListener("peerapp:queued", note);
  }
  return isSwapped;
};

// `putBack` undoes what the screen already shows, should the server not be reached.
const send = async (card, values, putBack = () => {}) => {
  if (isSending) return putBack();
  const { id } = card;
  keepInSight(card);
  const isDone = await post(`${card.dataset.url}/move`, { ...values, version: card.dataset.version, csrf_token: token() }, board());
  if (!isDone) {
    putBack();
    say("failed", card);
  }
  focusCard(id);
};
