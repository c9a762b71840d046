// "Move to…" for one card, and undo.
const MARGIN = 8;
let opener = null;

const openMenu = (link) => {
  const card = cardOf(link);
  opener = link;
  menu.querySelector("[data-title]").textContent = titleOf(card);
  for (const button of menu.querySelectorAll("button")) {
    button.disabled = button.name === "column" && button.value === columnOf(card).dataset.column;
    button.formAction = `${card.dataset.url}/move?version=${card.dataset.version}`;
  }
  menu.showPopover();
  const at = link.getBoundingClientRect();
  const box = menu.getBoundingClientRect();
  const isSheet = matchMedia("(max-width: 44rem)").matches;
  menu.style.left = isSheet ? "" : `${Math.max(MARGIN, at.right - box.width)}px`;
  menu.style.top = isSheet ? "" : `${Math.max(MARGIN, Math.min(at.bottom, innerHeight - box.height - MARGIN))}px`;
  menu.querySelector("button:enabled").focus();
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-move]");
  if (link && canMove && menu.showPopover && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    openMenu(link);
  }
  const button = event.target.closest?.("#move_menu button");
  const card = button && opener && cardOf(opener);
  if (!card) return;
  event.preventDefault();
  menu.hidePopover();
  send(card, { [button.name]: button.value });
});

menu?.addEventListener("keydown", (event) => {
  const buttons = [...menu.querySelectorAll("button:enabled")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  buttons.at((buttons.indexOf(document.activeElement) + step) % buttons.length).focus();
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-undo]") || !board() || !new URL(form.action).pathname.endsWith("/undo")) return; // not the board's
  event.preventDefault();
  const toast = form.closest(".toast");
  const hadFocus = toast.contains(document.activeElement);
  if (!(await inTurn(() => post(form.action, {}, form)))) return;
  document.dispatchEvent(new CustomEvent("peerapp:say", { detail: "" })); // where the card was put is true no more
  toast.remove();
  if (hadFocus) document.getElementById("main")?.focus();
});

// What the other changed waits until a card is put down (js/live/swap.js).
document.addEventListener("peerapp:may-refresh", (event) => {
  if (underWay || picked || drag) event.preventDefault();
});
