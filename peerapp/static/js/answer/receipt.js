// "Your answer was counted": said by the browser, which finds its own paper among those that were published. Fills every
// [data-receipt="round id"] (templates/answering/_receipt.html); whoever has no receipt here sees nothing.
import { fromHex, hexOf, join, sha256 } from "./bytes.js";
import { openDrawer } from "./drawer.js";

const DIGITS = 20; // the first 80 bits
const OVER = ["released", "withheld", "spoiled"];

export const nameOf = async ({ fingerprint, serial }) => hexOf(await sha256(join(fromHex(fingerprint), fromHex(serial)))).slice(0, DIGITS);

const became = async (receipt, papers) => {
  if (!OVER.includes(papers.state)) return "waiting";
  if (papers.state !== "released") return "nothing";
  return papers.serials.includes(await nameOf(receipt)) ? "counted" : "missing";
};

const say = (box, name) => {
  box.querySelectorAll("[data-when]").forEach((line) => { line.hidden = !line.dataset.when.split(" ").includes(name); });
  box.hidden = false;
};

// The file that ballotbox/verify.py takes: serial and signature.
const offer = (box, receipt) => {
  const link = box.querySelector("[data-download]");
  const file = new Blob([JSON.stringify({ round: receipt.round, fingerprint: receipt.fingerprint, serial: receipt.serial, signature: receipt.signature }, null, 2)], { type: "application/json" });
  link?.addEventListener("click", () => {
    const address = URL.createObjectURL(file);
    const made = Object.assign(document.createElement("a"), { href: address, download: `receipt-${receipt.round}.json` });
    made.click();
    URL.revokeObjectURL(address);
  });
};

// A box without data-papers is told from what lies here alone.
const fill = async (box, drawer) => {
  const receipt = drawer.receipt(box.dataset.receipt);
  if (!receipt || box.dataset.filled) return;
  box.dataset.filled = "yes";
  offer(box, receipt);
  if (!box.dataset.papers) return say(box, "waiting"); // nothing to be asked for yet
  try {
    const answer = await fetch(box.dataset.papers, { headers: { Accept: "application/json" }, redirect: "error" });
    if (answer.ok) say(box, await became(receipt, await answer.json()));
  } catch { /* asked again with the next visit */ }
};

export const fillReceipts = async (root = document) => {
  const boxes = [...root.querySelectorAll("[data-receipt]")];
  if (!boxes.length || !globalThis.crypto?.subtle || !document.body.dataset.account) return;
  const drawer = await openDrawer(document.body.dataset.account);
  await Promise.all(boxes.map((box) => fill(box, drawer)));
};

await fillReceipts();
