// Space picks a card up, arrows move it, Space puts it down, Escape puts it back. Enter opens it.
let picked = null; // { card, list, next, from } while a card is picked up

const pickUp = (card) => {
  picked = { card, list: listOf(columnOf(card)), next: itemOf(card).nextElementSibling, from: placeOf(card) };
  card.classList.add("moving");
  say("picked", card);
};

const putBack = ({ card, list, next }) => put(card, list, next?.isConnected ? next : null);

const drop = () => {
  const { card, from } = picked;
  const was = picked;
  picked = null;
  card.classList.remove("moving");
  say("dropped", card);
  if (!isSamePlace(from, placeOf(card))) send(card, placeOf(card), () => putBack(was));
};

const cancel = () => {
  const was = picked;
  picked = null;
  was.card.classList.remove("moving");
  putBack(was);
  say("back", was.card);
};

const withinColumn = (card, step) => {
  const item = itemOf(card);
  if (step < 0 && item.previousElementSibling) put(card, item.parentElement, item.previousElementSibling);
  if (step > 0 && item.nextElementSibling) put(card, item.parentElement, item.nextElementSibling.nextElementSibling);
};

const acrossColumns = (card, step) => {
  const all = columns();
  const target = all[all.indexOf(columnOf(card)) + step];
  if (!target) return;
  const index = cardsIn(columnOf(card)).indexOf(card);
  put(card, listOf(target), listOf(target).children[index] ?? null);
};

const moves = {
  ArrowUp: (card) => withinColumn(card, -1),
  ArrowDown: (card) => withinColumn(card, 1),
  ArrowLeft: (card) => acrossColumns(card, document.dir === "rtl" ? 1 : -1),
  ArrowRight: (card) => acrossColumns(card, document.dir === "rtl" ? -1 : 1),
};

// What is pressed while a move is on its way holds for the board that comes back.
const waiting = [];

const pressWaiting = () => {
  while (waiting.length && !underWay) {
    const { id, key } = waiting.shift();
    document.getElementById(id)?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  }
};

const onKey = (event) => {
  const card = cardOf(event.target);
  if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
  const isOnCard = event.target === card || event.target.matches("h3 a");
  const isMove = (event.key === " " && isOnCard) || (waiting.length && (moves[event.key] || event.key === "Escape"));
  if (underWay && canMove && isMove) waiting.push({ id: card.id, key: event.key });
  else if (event.key === "Enter" && event.target === card) card.querySelector("h3 a").click();
  else if (event.key === " " && isOnCard && canMove) picked ? drop() : pickUp(card);
  else if (picked && event.key === "Escape") cancel();
  else if (picked && moves[event.key]) {
    moves[event.key](card);
    say("over", card);
  } else return;
  event.preventDefault();
};

document.addEventListener("keydown", onKey);
document.addEventListener("focusout", (event) => {
  if (picked && !picked.card.contains(event.relatedTarget)) {
    setTimeout(() => { if (picked && !picked.card.contains(document.activeElement)) cancel(); });
  }
});
