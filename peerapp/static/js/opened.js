// Whoever opens a page by any way has read the notices that lead to it. Said when the page opens, whatever is done there.
const bell = document.querySelector(".bar a.bell");
const token = document.querySelector("[name=csrf_token]")?.value ?? document.querySelector("[data-token]")?.dataset.token;

if (token && bell?.querySelector(".count")) {
  const body = new URLSearchParams({ csrf_token: token, path: location.pathname });
  fetch(`${bell.pathname}/opened`, { method: "POST", body, redirect: "manual" }).catch(() => {}); // then they stay unread
}
