// A page that waits for long work asks again every second while somebody looks at it. Our own event drives htmx:
// <div data-waits hx-get="…" hx-trigger="peerapp:again">; when the work is done the server asks for a fresh page.
const EVERY = 1000;

const ask = () => {
  if (document.hidden) return;
  document.querySelectorAll("[data-waits]").forEach((region) => region.dispatchEvent(new CustomEvent("peerapp:again")));
};

setInterval(ask, EVERY);
document.addEventListener("visibilitychange", ask);
