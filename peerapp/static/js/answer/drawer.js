// What this browser keeps of its papers. Pending: from Send until the answer has arrived, kept apart by account and
// round, and then erased. Receipts: serial and signature, which say that a paper was used and nothing of what it said.
// The account stands in the names as a digest only. Signing out erases what is pending (drafts.js) and keeps receipts.
import { hexOf, sha256 } from "./bytes.js";

const PENDING = "peerapp-paper:";
const RECEIPT = "peerapp-receipt:";

export const isStorageOn = () => {
  try {
    localStorage.setItem("peerapp-try", "1");
    const isOn = localStorage.getItem("peerapp-try") === "1";
    localStorage.removeItem("peerapp-try");
    return isOn;
  } catch {
    return false;
  }
};

const read = (name) => {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
};

// Throws where the storage is full: better no paper than one that a crash loses.
const write = (name, value) => localStorage.setItem(name, JSON.stringify(value));

export const openDrawer = async (account) => {
  const own = hexOf(await sha256(`peerapp account ${account}`)).slice(0, 32);
  const names = (kind) => Object.keys(localStorage).filter((name) => name.startsWith(`${kind}${own}:`));
  return {
    pending: (round) => read(`${PENDING}${own}:${round}`),
    keep: (record) => write(`${PENDING}${own}:${record.round}`, record),
    forget: (round) => localStorage.removeItem(`${PENDING}${own}:${round}`),
    allPending: () => names(PENDING).map(read).filter(Boolean),
    receipt: (round) => read(`${RECEIPT}${own}:${round}`),
    keepReceipt: ({ round, fingerprint, serial, signature }) => write(`${RECEIPT}${own}:${round}`, { round, fingerprint, serial, signature }),
    hasAnswered: () => names(RECEIPT).length > 0,
    isReceiptOf: (name, round) => name === `${RECEIPT}${own}:${round}`,
  };
};

// One paper for one person: of two windows of this browser the second waits for the first.
export const alone = (round, work) =>
  navigator.locks ? navigator.locks.request(`peerapp-answer:${round}`, work) : work();
