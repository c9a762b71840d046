// Fetches what is live anew and puts it in without touching focus, caret, half-typed text, open details or the place on the page.
let isFetching = false;
let sending = 0; // writes of our own under way: their answers show what they did
let written = 0; // how many there were
let writtenBefore = 0; // and before this was asked for
let again = 0;
let stood = null; // how it was before, to tell what the other changed

const mayShow = () => document.dispatchEvent(new CustomEvent("peerapp:may-refresh", { cancelable: true }));
const mayFetch = () => !isFetching && !sending && mayShow();

const refresh = () => {
  const region = live();
  clearTimeout(again);
  if (!region?.hasAttribute("hx-get") || document.hidden || Number(region.dataset.at) >= latest) return;
  if (!mayFetch()) {
    again = setTimeout(refresh, 200);
    return;
  }
  isFetching = true;
  writtenBefore = written;
  again = setTimeout(() => { isFetching = false; refresh(); }, 20000);
  htmx.trigger(region, "peerapp:live");
};

const isOurs = (event) => event.detail?.ctx?.sourceElement?.matches?.("[data-live]") && event.detail.ctx.request.method === "GET";

// What somebody types in is theirs: the server has nothing new to say about it.
const guard = (region) => {
  const kept = [...region.querySelectorAll("form[data-draft], .prose:has(form), [data-keeps]")];
  for (const element of kept) element.setAttribute("hx-morph-skip", "");
  return () => kept.forEach((element) => element.removeAttribute("hx-morph-skip"));
};

// Undo of one's own fetches the same region (undoing.js).
const isWhole = (event) => isOurs(event) || event.detail?.ctx?.sourceElement?.matches?.("[data-undo]");

// Whoever writes goes on where they are on the screen, however much comes in above. A card goes its own ways.
const holdPlace = (held) => {
  const before = held?.getBoundingClientRect();
  if (!before || held === document.body || held.closest(".board-region, .toasts") || before.bottom < 0 || before.top > innerHeight) return () => {};
  return () => {
    if (held.isConnected) scrollBy({ top: held.getBoundingClientRect().top - before.top, behavior: "instant" });
  };
};

// Where the browser cannot move an element without its focus, it is given back.
const hold = () => {
  const held = document.activeElement;
  const id = held?.id || held?.closest("[id]")?.id;
  const [start, end] = held?.matches("textarea, input[type=text], input:not([type])") ? [held.selectionStart, held.selectionEnd] : [];
  return () => {
    if (!held || held === document.body || held === document.activeElement) return;
    const back = held.isConnected ? held : document.getElementById(id);
    back?.focus({ preventScroll: true });
    if (start !== undefined && back === held) held.setSelectionRange(start, end);
  };
};

// Nobody asked for this page: where the server is busy or broken for a moment, what stands here stays and is fetched later.
const failed = (event) => isOurs(event) && event.detail.ctx.response?.status >= 500;

// Asked for before something of our own went out, or in the middle of it: it could tell our own change as the other's.
const isCrossed = (event) => isOurs(event) && (written !== writtenBefore || !mayShow());

document.addEventListener("htmx:before:response", (event) => {
  if (failed(event) || isCrossed(event)) event.preventDefault();
});

let finish = [];

document.addEventListener("htmx:before:swap", (event) => {
  if (!isWhole(event)) return;
  const region = live();
  stood = isOurs(event) ? picture(region) : null;
  finish = [guard(region), hold(), holdPlace(document.activeElement)];
});

document.addEventListener("htmx:after:swap", (event) => {
  finish.forEach((end) => end());
  finish = [];
  if (stood && isOurs(event)) tellChanges(stood, picture(live()));
  stood = null;
  markPartner();
});

document.addEventListener("htmx:finally:request", (event) => {
  const ctx = event.detail?.ctx;
  if (!ctx) return;
  if (ctx.request?.method !== "GET") sending = Math.max(0, sending - 1);
  else if (isOurs(event)) isFetching = false;
  else return;
  clearTimeout(again);
  again = setTimeout(refresh, ctx.response && !failed(event) ? 30 : 2000);
});

document.addEventListener("htmx:before:request", (event) => {
  if (event.detail?.ctx?.request?.method === "GET") return;
  sending += 1;
  written += 1;
});
