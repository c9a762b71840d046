// An answer that a crash left half-way is finished where its writer comes back. The scripts for that come only when needed.
const place = document.querySelector("[data-finishing]");

const isLeft = () => {
  try {
    return Object.keys(localStorage).some((name) => name.startsWith("peerapp-paper:")); // as answer/drawer.js names them
  } catch {
    return false;
  }
};

if (place && isLeft()) import(place.dataset.finishing).catch(() => {}); // the next visit tries again
