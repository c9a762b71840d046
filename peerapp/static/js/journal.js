// A form that adds a line is empty again once the line is kept, and ready for the next one.
document.addEventListener("htmx:after:request", (event) => {
  const form = event.target.closest?.("form[data-composer]");
  const ctx = event.detail?.ctx;
  if (!form || !ctx || ctx.response.status >= 400 || ctx.hx?.redirect) return;
  form.reset();
  for (const field of form.querySelectorAll("textarea, input:not([type=hidden])")) field.value = field.defaultValue;
});
