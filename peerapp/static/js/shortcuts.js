// Keys: ? the list, / search, n new, Ctrl+Z undo. Single keys rest while somebody types, and can be switched off.
const isTyping = (target) => target.closest?.("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]");
const isVisible = (element) => element.checkVisibility?.() ?? true;
const firstOf = (selector) => [...document.querySelectorAll(selector)].find(isVisible);

const keys = {
  "?": () => {
    const list = document.getElementById("shortcuts");
    if (list && !list.open) list.showModal();
    return list;
  },
  "/": () => {
    const search = firstOf("[data-search], input[type=search]");
    search?.focus();
    return search;
  },
  n: () => {
    const start = firstOf("[data-new]");
    if (start?.matches("input, textarea")) start.focus();
    else start?.click();
    return start;
  },
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || isTyping(event.target)) return;
  if (event.key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
    const undo = [...document.querySelectorAll("form[data-undo]")].at(-1);
    if (undo) event.preventDefault();
    undo?.requestSubmit();
    return;
  }
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!isPlain || document.body.dataset.shortcuts === "off" || document.querySelector("dialog[open]")) return;
  if (keys[event.key]?.()) event.preventDefault();
});
