// Changes the theme at once and tells the server behind the scenes; without JavaScript the form does it by a reload.
const form = document.querySelector("[data-theme-form]");

form?.addEventListener("submit", (event) => {
  const theme = event.submitter?.value;
  if (!theme) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const body = new FormData(form, event.submitter);
  document.documentElement.dataset.theme = theme;
  document.querySelector("meta[name=color-scheme]").content = theme === "system" ? "light dark" : theme;
  for (const button of form.elements) {
    if (button.name === "theme") button.setAttribute("aria-pressed", String(button.value === theme));
  }
  fetch(form.action, { method: "POST", body: new URLSearchParams(body), redirect: "manual" });
});
