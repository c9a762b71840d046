// What a crash or a lost line left of an answer is finished on the next visit, on any page that has this script.
import { openDrawer, isStorageOn } from "./drawer.js";
import { fillReceipts } from "./receipt.js";
import { textsOf } from "./form.js";
import { finish, Outcome } from "./sending.js";

// It closed before the answer arrived: the words may be copied from this page, and lie nowhere else any more.
const offerWords = (answers) => {
  const box = document.querySelector("[data-kept]");
  const texts = textsOf(answers);
  if (!box || !texts.length) return;
  box.querySelector("textarea").value = texts.join("\n\n");
  box.hidden = false;
};

export const finishAll = async () => {
  const account = document.body.dataset.account;
  if (!account || !globalThis.crypto?.subtle || !isStorageOn()) return;
  const drawer = await openDrawer(account);
  for (const { round } of drawer.allPending()) {
    const done = await finish(drawer, round, "");
    if (done?.outcome === Outcome.CLOSED) offerWords(done.answers);
  }
};

await finishAll();
await fillReceipts(); // what was finished just now has a receipt, too
