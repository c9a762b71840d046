// What a crash or a lost line left of an answer is finished on the next visit, on any page with a place for its words:
// the round's own and /feedback bring this script along, home (js/leftover.js) only where something was left.
import { openDrawer, isStorageOn } from "./drawer.js";
import { fillReceipts } from "./receipt.js";
import { textsOf } from "./form.js";
import { finish, Outcome } from "./sending.js";

// It closed before the answer arrived: the words may be copied from this page, and lie nowhere else any more.
const offerWords = (box, answers) => {
  const texts = textsOf(answers);
  if (!texts.length) return;
  const field = box.querySelector("textarea");
  field.value = [field.value, ...texts].filter(Boolean).join("\n\n");
  box.hidden = false;
};

export const finishAll = async () => {
  const account = document.body.dataset.account;
  const box = document.querySelector("[data-kept]");
  if (!account || !box || !globalThis.crypto?.subtle || !isStorageOn()) return;
  const token = document.querySelector("[name=csrf_token]")?.value ?? "";
  const drawer = await openDrawer(account);
  for (const { round } of drawer.allPending()) {
    const done = await finish(drawer, round, token);
    if (done?.outcome === Outcome.CLOSED) offerWords(box, done.answers);
  }
};

await finishAll();
await fillReceipts(); // what was finished just now has a receipt, too
