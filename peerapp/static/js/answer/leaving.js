// Who signs out while an answer is on its way would spend the paper for nothing: what can be brought to its end is, before.
// A window that is sending just now comes first. Nobody is held back for long: what cannot be finished is erased.
import { isStorageOn, openDrawer } from "./drawer.js";
import { finish } from "./sending.js";

const PATIENCE = 8000;

export const finishAll = async (account) => {
  if (!globalThis.crypto?.subtle || !isStorageOn()) return;
  const drawer = await openDrawer(account);
  const all = Promise.allSettled(drawer.allPending().map(({ round }) => finish(drawer, round, "")));
  await Promise.race([all, new Promise((resolve) => { setTimeout(resolve, PATIENCE); })]);
};
