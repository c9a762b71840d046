// What waits for the network (outbox.js)? Whatever htmx could not send, of the forms and buttons below, and forms with
// data-queue: "" is a form that adds something and is empty again, "whole" one that keeps what stands in it.
// Clock, spinner and quiz do not wait: they are of the moment.
const FITS = "form[data-composer]:not([data-autosave]), form[data-queue], button.tick, button.mark, button.menu-item, button.pill";
const TYPED = ["body", "action", "decision", "point", "words", "takeaway", "turn", "title", "overall_goal", "place"];

const wordsIn = (fields) => [...fields].find(([name, value]) => TYPED.includes(name) && value)?.[1] ?? "";

const labelOf = (element, body) => {
  const card = element.closest?.(".card")?.querySelector("h3")?.textContent;
  const named = wordsIn(body) || card || element.getAttribute?.("aria-label") || element.textContent || document.title;
  return named.trim().slice(0, 60);
};

const tellWaiting = () => document.dispatchEvent(new CustomEvent("peerapp:toast", { detail: { text: words.waiting } }));

// Until it is sent it stands, in grey, where it will be; the page that has it takes its place.
const showWaiting = (form, text) => {
  if (text) form.before(Object.assign(line("p", text), { className: "waiting" }));
};

// A form whose words wait here is empty but for what was typed since, and what is added next has a key of its own.
const clear = (form, body = new FormData(form)) => {
  const typed = [...form.elements].filter((field) => TYPED.includes(field.name)).map((field) => [field, since(body, field)]);
  showWaiting(form, wordsIn(body));
  form.dispatchEvent(new CustomEvent("peerapp:saved", { bubbles: true, detail: { isAll: true } }));
  form.reset();
  for (const field of form.querySelectorAll("textarea, input:not([type=hidden])")) field.value = field.defaultValue;
  if (form.elements.once) form.elements.once.value = oneKey();
  for (const [field, words] of typed.filter(([, words]) => words)) {
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
};

// True when it waits here, and is not htmx's any longer.
const waitInstead = (ctx) => {
  const source = ctx?.sourceElement;
  if (!ctx?.request || ctx.request.method === "GET" || ctx.response || !source?.matches) return false;
  const url = ctx.request.action;
  const body = ctx.request.body ?? new FormData();
  if (!source.matches(FITS) && !isMove(url)) return false;
  const moved = [...body].find(([name]) => name === "version") && isMove(url) ? document.querySelector(`[data-url="${url.replace(/\/move$/, "")}"]`) : null;
  if (!enqueue(url, body, labelOf(moved ?? source, body))) return false;
  if (source.matches("form")) clear(source, body);
  else if (source.matches("[aria-pressed]")) source.setAttribute("aria-pressed", String(source.getAttribute("aria-pressed") !== "true"));
  else if (source.matches(".menu-item")) tellWaiting();
  document.dispatchEvent(new CustomEvent("peerapp:queued"));
  drainLater();
  return true;
};

document.addEventListener("htmx:error", (event) => {
  if (waitInstead(event.detail?.ctx)) event.stopImmediatePropagation(); // nothing is wrong
}, { capture: true });

// The network may be back before all that waits is sent: what is done now stays behind it.
document.addEventListener("htmx:before:request", (event) => {
  const ctx = event.detail?.ctx;
  if (!waitsAt(ctx?.request?.action) || !waitInstead(ctx)) return;
  event.preventDefault();
  drainOnce();
});

// A form without htmx would lead to the browser's own page about the network.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const url = event.submitter?.getAttribute("formaction") ?? form.getAttribute("action"); // a field may be called action
  if (!form.matches("[data-queue]") || (navigator.onLine && !failures && !waitsAt(url))) return;
  const body = new FormData(form, event.submitter);
  const isWhole = form.dataset.queue === "whole";
  if (!enqueue(url, body, labelOf(form, body), { isWhole })) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  drainLater();
  if (isWhole) tellWaiting();
  else clear(form, body);
});
