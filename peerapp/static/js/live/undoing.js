// Undo on the page of a session: what is taken back changes where it stands, and the place on the page, the focus and
// what is half typed stay. Without this script the form leads to the page anew.
const table = () => document.getElementById("together");
let came = null; // where the focus was before it went to a message

const isOfThisPage = (form) => form.matches("[data-undo]") && form.action.includes(table()?.getAttribute("hx-get").split("/").at(-1) ?? " ");

document.addEventListener("focusin", ({ target, relatedTarget }) => {
  if (!target.closest(".toasts")) came = null;
  else if (relatedTarget && !relatedTarget.closest(".toasts")) came = relatedTarget;
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (event.defaultPrevented || !isOfThisPage(form)) return;
  event.preventDefault();
  const toast = form.closest(".toast");
  let isDone = false;
  const note = () => { isDone = true; };
  if (toast.contains(document.activeElement)) (came?.isConnected ? came : document.getElementById("main")).focus({ preventScroll: true });
  document.addEventListener("htmx:after:swap", note);
  document.addEventListener("peerapp:queued", note);
  await htmx.ajax("POST", form.action, { source: form, target: "#together", swap: "outerMorph", headers: { "HX-Target": "div#together" } });
  document.removeEventListener("htmx:after:swap", note);
  document.removeEventListener("peerapp:queued", note);
  if (isDone) toast.remove();
});
