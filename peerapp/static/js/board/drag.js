// Drag with the mouse from anywhere on a card, with a finger or pen by its handle. The keyboard and the menu do the same.
const FAR_ENOUGH = 6; // pixels before a press is a drag
const EDGE = 60; // pixels from the edge of the window where it scrolls
let press = null; // { card, x, y } from the press on
let drag = null; // { card, ghost, marker, list, next } once it moves

const start = () => {
  const { card } = press;
  const box = card.getBoundingClientRect();
  const ghost = card.cloneNode(true);
  for (const node of [ghost, ...ghost.querySelectorAll("[id]")]) node.removeAttribute("id");
  ghost.classList.add("ghost");
  Object.assign(ghost.style, { inlineSize: `${box.width}px`, left: `${box.left}px`, top: `${box.top}px` });
  const marker = document.createElement("li");
  marker.className = "drop";
  document.body.append(ghost);
  card.classList.add("dragged");
  drag = { card, ghost, marker, list: itemOf(card).parentElement, next: itemOf(card).nextElementSibling, from: placeOf(card) };
};

const follow = (event) => {
  drag.ghost.style.translate = `${event.clientX - press.x}px ${event.clientY - press.y}px`;
  const step = event.clientY < EDGE ? -12 : event.clientY > innerHeight - EDGE ? 12 : 0;
  if (step) {
    scrollBy(0, step);
    document.getElementById("board").parentElement.scrollBy(0, step); // beside a journal it scrolls by itself
  }
  const column = document.elementFromPoint(event.clientX, event.clientY)?.closest("#board .column");
  for (const each of columns()) each.classList.toggle("over", each === column);
  if (!column) return drag.marker.remove();
  const below = cardsIn(column).find((card) => {
    const box = card.getBoundingClientRect();
    return card !== drag.card && event.clientY < box.top + box.height / 2;
  });
  listOf(column).insertBefore(drag.marker, below ? itemOf(below) : null);
};

const finish = () => {
  for (const column of columns()) column.classList.remove("over");
  drag.card.classList.remove("dragged");
  drag.ghost.remove();
  drag.marker.remove();
  const was = drag;
  drag = press = null;
  return was;
};

const land = () => {
  const { marker } = drag;
  const [list, before] = [marker.parentElement, marker.nextElementSibling];
  const was = finish();
  if (!list) return;
  if (before !== itemOf(was.card)) put(was.card, list, before);
  const to = placeOf(was.card);
  if (isSamePlace(was.from, to)) return;
  send(was.card, to, () => put(was.card, was.list, was.next?.isConnected ? was.next : null));
};

const noClick = (event) => {
  event.preventDefault();
  event.stopPropagation();
};

document.addEventListener("pointerdown", (event) => {
  const card = canMove && !underWay && !picked && event.button === 0 && cardOf(event.target);
  const isByHandle = event.target.closest?.(".handle");
  if (!card || (event.pointerType !== "mouse" && !isByHandle) || event.target.closest(".to")) return;
  press = { card, x: event.clientX, y: event.clientY };
  if (isByHandle) event.preventDefault();
});

document.addEventListener("pointermove", (event) => {
  if (!press) return;
  if (!drag && Math.hypot(event.clientX - press.x, event.clientY - press.y) < FAR_ENOUGH) return;
  if (!drag) start();
  follow(event);
});

document.addEventListener("pointerup", () => {
  if (drag) {
    addEventListener("click", noClick, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", noClick, { capture: true }));
    land();
  }
  press = null;
});

const giveUp = () => { if (drag) finish(); press = null; };
document.addEventListener("pointercancel", giveUp);
document.addEventListener("keydown", (event) => { if (drag && event.key === "Escape") giveUp(); });
document.addEventListener("dragstart", (event) => { if (cardOf(event.target)) event.preventDefault(); }); // links would be dragged
