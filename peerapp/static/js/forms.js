// Sending: once, visibly, and with the errors found. The server refuses a second copy too (`once`).
const BUSY_AFTER = 200;
const GIVES_UP_AFTER = 10000; // a download answers without a new page
const sending = new WeakMap();

const release = (form) => {
  const state = sending.get(form);
  if (!state) return;
  clearTimeout(state.timer);
  state.button?.removeAttribute("aria-busy");
  sending.delete(form);
};

// on the window, so that it runs after htmx and everybody else who may have taken the form over
addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[method=dialog]")) return;
  if (sending.has(form)) {
    event.preventDefault();
    return;
  }
  const button = event.submitter;
  const timer = setTimeout(() => button?.setAttribute("aria-busy", "true"), BUSY_AFTER);
  sending.set(form, { button, timer });
  setTimeout(() => release(form), GIVES_UP_AFTER);
});

document.addEventListener("htmx:finally:request", (event) => {
  const form = event.target.closest?.("form");
  if (form) release(form);
});

addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form").forEach(release);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

const focusErrors = (root) => root.querySelector(".error-summary")?.focus();
focusErrors(document);
document.addEventListener("htmx:after:swap", (event) => {
  const ctx = event.detail?.ctx;
  if (ctx && ctx.request?.method !== "GET" && ctx.response?.status >= 400) focusErrors(document);
});
