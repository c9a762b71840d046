// Messages after an action: "done" goes by itself (6 s, 10 s with an undo, never while somebody is on it), "problem" stays.
// Anything on a page may ask for one:
//   document.dispatchEvent(new CustomEvent("peerapp:toast", { detail: { text: "…", problem: true } }))
const STAYS = 6000;
const STAYS_WITH_UNDO = 10000;
const FADES = 250;
const region = document.getElementById("toasts");
const words = document.getElementById("script_words")?.dataset ?? {};

const dismiss = (toast) => {
  toast.classList.add("leaving");
  setTimeout(() => toast.remove(), FADES);
};

const isHeld = (toast) => toast.matches(":hover") || toast.contains(document.activeElement);

// two ways back for one thing would leave open which comes first
const replaceOlder = (toast) => {
  const about = toast.dataset.about;
  if (!about) return;
  for (const other of region.children) if (other !== toast && other.dataset.about === about) other.remove();
};

const startClock = (toast) => {
  replaceOlder(toast);
  if (toast.classList.contains("problem")) return;
  const time = toast.querySelector("[data-undo]") ? STAYS_WITH_UNDO : STAYS;
  const end = () => (isHeld(toast) ? setTimeout(end, time / 2) : dismiss(toast));
  setTimeout(end, time);
};

const show = ({ text, problem = false }) => {
  if ([...region.children].some((toast) => toast.firstElementChild?.textContent === text)) return;
  const toast = document.createElement("div");
  toast.className = problem ? "toast problem" : "toast";
  const line = document.createElement("span");
  line.className = "grow";
  line.textContent = text;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet small";
  button.dataset.dismiss = "";
  button.textContent = words.dismiss;
  toast.append(line, button);
  region.append(toast);
};

if (region) {
  const first = [...region.children];
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) if (node.nodeType === Node.ELEMENT_NODE) startClock(node);
    }
  }).observe(region, { childList: true });
  // a live region is read when it changes, so what came with the page enters once more
  setTimeout(() => first.forEach((toast) => region.append(toast)), 100);

  region.addEventListener("click", (event) => {
    if (event.target.closest("[data-dismiss]")) dismiss(event.target.closest(".toast"));
  });
  document.addEventListener("peerapp:toast", (event) => show(event.detail));
  document.addEventListener("htmx:error", (event) => {
    const method = event.detail?.ctx?.request?.method;
    if (method && method !== "GET") show({ text: words.unreachable, problem: true });
  });
}
