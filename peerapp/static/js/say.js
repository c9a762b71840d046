// Tells people who do not look at the screen. Anything on a page may ask for it:
//   document.dispatchEvent(new CustomEvent("peerapp:say", { detail: "Moved to Doing, 2 of 3" }))
const region = document.getElementById("announcer");

document.addEventListener("peerapp:say", (event) => {
  if (!region) return;
  region.textContent = "";
  setTimeout(() => { region.textContent = event.detail; }, 50); // the same words twice are read twice
});
