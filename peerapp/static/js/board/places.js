// Where cards stand: columns, cards, neighbours, and how a place is told.
const board = () => document.getElementById("board");
const menu = document.getElementById("move_menu");
const canMove = Boolean(menu);

const cardOf = (node) => node.closest?.("#board .card[data-version]");
const itemOf = (card) => card.closest("li");
const columnOf = (card) => card.closest(".column");
const listOf = (column) => column.querySelector("ol");
const columns = () => [...board().querySelectorAll(".column")];
const cardsIn = (column) => [...listOf(column).querySelectorAll(":scope > li > .card")];
const titleOf = (card) => card.querySelector("h3").textContent.trim();

// What the server is told: the column and the id of the neighbour above ("" is the top).
const placeOf = (card) => ({
  column: columnOf(card).dataset.column,
  after: itemOf(card).previousElementSibling?.querySelector(".card")?.id.replace("goal_", "") ?? "",
});

const isSamePlace = (one, other) => one.column === other.column && one.after === other.after;

// Put a card before another item of a list (null: at its end), without losing the focus.
const put = (card, list, before) => {
  const hadFocus = card.contains(document.activeElement) && document.activeElement;
  list.insertBefore(itemOf(card), before);
  show(columnOf(card));
  if (hadFocus) hadFocus.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
};

// On a phone one column is shown at a time: the one that the card is in.
const show = (column) => {
  const radio = board().querySelector(`.switcher [value="${column.dataset.column}"]`);
  if (radio) radio.checked = true;
};

const say = (pattern, card) => {
  const column = columnOf(card);
  const cards = cardsIn(column);
  const of = cards.length + Number(column.dataset.below);
  const told = { title: titleOf(card), column: column.dataset.name, place: cards.indexOf(card) + 1, of };
  const detail = menu.dataset[pattern].replace(/\{(\w+)\}/g, (_, name) => told[name]);
  document.dispatchEvent(new CustomEvent("peerapp:say", { detail }));
};
