// A form that adds a line is empty again once the line is kept; one that was refused shows where.
const composerOf = (event) => event.target.closest?.("form[data-composer]");

// Sent once more meanwhile: that is the next one, and it goes when this one is there.
const flying = new WeakSet();
const again = new WeakSet();
const hasWords = (form) => [...form.querySelectorAll("textarea, input:not([type], [hidden]), input[type=text]")].some((field) => field.value.trim());

document.addEventListener("submit", (event) => {
  if (!flying.has(event.target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  again.add(event.target);
}, { capture: true });
document.addEventListener("htmx:before:request", (event) => {
  const form = composerOf(event);
  if (form === event.detail?.ctx?.sourceElement && form) flying.add(form);
});
document.addEventListener("htmx:finally:request", (event) => {
  const form = composerOf(event);
  const ctx = event.detail?.ctx;
  if (!form || form !== ctx?.sourceElement) return;
  flying.delete(form);
  if (again.delete(form) && ctx.response?.status < 400) setTimeout(() => { if (form.isConnected && hasWords(form)) form.requestSubmit(); });
});

document.addEventListener("htmx:after:request", (event) => {
  const form = composerOf(event);
  const ctx = event.detail?.ctx;
  if (!form || !ctx || ctx.response.status >= 400 || ctx.hx?.redirect) return;
  const typedOn = [...form.querySelectorAll("textarea, input:not([type], [hidden]), input[type=text]")].map((field) => [field, since(ctx.request.body, field)]);
  form.reset();
  for (const field of form.querySelectorAll("textarea, input:not([type=hidden])")) field.value = field.defaultValue;
  for (const [field, words] of typedOn.filter(([, words]) => words)) {
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
});

document.addEventListener("htmx:after:swap", (event) => composerOf(event)?.querySelector("[aria-invalid]")?.focus());

// What was half typed in a form that is folded away has come back: show it.
const unfold = (element) => {
  const fold = element.closest("details.more");
  if (fold) fold.open = true;
};

document.querySelectorAll(".draft-note").forEach(unfold);
document.addEventListener("peerapp:draft", ({ target }) => unfold(target));
