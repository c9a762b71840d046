// Changes the theme at once and tells the server behind the scenes; without JavaScript the form does it by a reload.
document.addEventListener("submit", (event) => {
  const chosen = event.submitter;
  if (chosen?.name !== "theme") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const theme = chosen.value;
  document.documentElement.dataset.theme = theme;
  document.querySelector("meta[name=color-scheme]").content = theme === "system" ? "light dark" : theme;
  for (const button of chosen.parentElement.children) button.setAttribute("aria-pressed", String(button === chosen));
  const body = new URLSearchParams(new FormData(event.target, chosen));
  fetch(chosen.formAction, { method: "POST", body, redirect: "manual" });
});
