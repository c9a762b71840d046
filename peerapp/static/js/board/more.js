// A long column shows its uppermost cards; "Show more" brings the next ones. How much is shown stands in the address of
// the page: the server reads it there whenever it is asked for the board anew.
const reveal = (query) => {
  if (location.search !== query) history.replaceState(history.state, "", query + location.hash);
};

// A card that was put at the end of what is shown is named, else it would be hidden there.
const keepInSight = (card) => {
  const isLast = itemOf(card) === listOf(columnOf(card)).lastElementChild;
  const query = new URLSearchParams(location.search);
  if (!isLast || columnOf(card).dataset.below === "0") return;
  query.set("goal", card.id.replace("goal_", ""));
  reveal(`?${query}`);
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#board [data-more]");
  const region = link?.closest("[hx-get]");
  if (!region || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const column = columnOf(link);
  const there = cardsIn(column).length;
  reveal(link.search);
  const goOn = ({ detail }) => {
    if (detail?.ctx?.sourceElement !== region) return;
    document.removeEventListener("htmx:after:swap", goOn);
    cardsIn(document.querySelector(`#board [data-column="${column.dataset.column}"]`))[there]?.focus();
  };
  document.addEventListener("htmx:after:swap", goOn);
  htmx.trigger(region.closest("[data-live]") ?? region, "peerapp:live");
});
