// The two requests of an answer, and what a crash between them leaves to do. The first says who asks and nothing of the
// answer; the second carries the answer and nothing of who it is.
import { blind, finalize, prepare } from "../blind.js";
import { build } from "../ballot_body.js";
import { fromHex, hexOf } from "./bytes.js";
import { messageOf } from "./promise.js";
import { alone } from "./drawer.js";

const WAITS = [800, 2000, 4000, 8000, 15000];
const PATIENCE = 20000;
const BUSY = 500;
const TOO_MANY = 429;

export const Outcome = Object.freeze({
  COUNTED: "counted", CLOSED: "closed", TAKEN: "taken", SIGNED_OUT: "signed_out", LATER: "later", REFUSED: "refused",
});

const sleep = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

// Asks again while nobody answers or the house is full; the answer, or null.
const patiently = async (ask) => {
  for (const wait of [...WAITS, null]) {
    const answer = await ask().catch(() => null);
    if (answer && answer.status !== TOO_MANY && answer.status < BUSY) return answer;
    if (wait === null) return null;
    const told = Number(answer?.headers.get("Retry-After") ?? 0) * 1000;
    await sleep(Math.max(told, wait) * (0.8 + 0.4 * Math.random()));
  }
  return null;
};

const askForPaper = (record, token) => fetch(`${record.root}/rounds/${record.round}/paper`, {
  method: "POST", body: fromHex(record.blinded), redirect: "manual", signal: AbortSignal.timeout(PATIENCE),
  headers: { "Content-Type": "application/octet-stream", "X-CSRFToken": token },
});

const handIn = (record) => fetch(`${record.root}/ballots/${record.round}`, {
  method: "POST", credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", redirect: "error", signal: AbortSignal.timeout(PATIENCE),
  headers: { "Content-Type": "application/octet-stream" },
  body: build(fromHex(record.serial), fromHex(record.signature), fromHex(record.fingerprint), record.answers),
});

// The token of the form that is sent along, from a new page: an old one is of another sign-in.
export const freshToken = async (root, round) => {
  const answer = await fetch(`${root}/rounds/${round}/answer`, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.getElementById("answering")?.dataset.token ?? "";
};

export const newRecord = async ({ root, facts, modulus, answers }) => {
  const text = prepare(messageOf(fromHex(facts.fingerprint), facts.part));
  const { blinded, inverse } = await blind(modulus, text);
  const [serial, key] = [text.slice(0, 32), modulus];
  return {
    root, round: facts.round, fingerprint: facts.fingerprint, part: facts.part, answers,
    serial: hexOf(serial), modulus: hexOf(key), blinded: hexOf(blinded), inverse: hexOf(inverse), signature: "",
  };
};

const fetchPaper = async (record, token) => {
  const first = await patiently(() => askForPaper(record, token));
  if (first?.status !== 400) return first;
  const newer = await freshToken(record.root, record.round).catch(() => "");
  return newer ? patiently(() => askForPaper(record, newer)) : first;
};

const withoutPaper = (status) => {
  if (status === 409) return Outcome.TAKEN;
  if (status === 410) return Outcome.CLOSED;
  if (status === 401 || status === 0) return Outcome.SIGNED_OUT;
  return Outcome.REFUSED;
};

const signed = async (record, answer) => {
  const text = prepare(messageOf(fromHex(record.fingerprint), record.part), fromHex(record.serial));
  const signature = await finalize(fromHex(record.modulus), text, new Uint8Array(await answer.arrayBuffer()), fromHex(record.inverse));
  return { ...record, signature: hexOf(signature) };
};

const takePaper = async (drawer, record, token) => {
  if (record.signature) return { record };
  const answer = await fetchPaper(record, token);
  if (!answer) return { outcome: Outcome.LATER };
  if (answer.status !== 200) return { outcome: withoutPaper(answer.status) };
  try {
    const ready = await signed(record, answer);
    drawer.keep(ready);
    return { record: ready };
  } catch {
    return { outcome: Outcome.REFUSED };
  }
};

const ended = (drawer, record, outcome) => {
  if (outcome === Outcome.COUNTED) drawer.keepReceipt(record);
  if ([Outcome.COUNTED, Outcome.CLOSED, Outcome.TAKEN].includes(outcome)) drawer.forget(record.round);
  return outcome;
};

// Carries a record that lies in the drawer to its end, from wherever it was left.
export const carryOn = async (drawer, given, token) => {
  const { record, outcome } = await takePaper(drawer, given, token);
  if (outcome) return ended(drawer, given, outcome);
  const answer = await patiently(() => handIn(record));
  if (!answer) return Outcome.LATER;
  if (answer.status === 204 || answer.status === 409) return ended(drawer, record, Outcome.COUNTED);
  return ended(drawer, record, answer.status === 410 ? Outcome.CLOSED : Outcome.REFUSED);
};

// From Send to its end. `prepared` makes a new record; what an earlier try left is used in its place, with today's answers.
export const send = (drawer, round, answers, prepared, token) => alone(round, async () => {
  if (drawer.receipt(round)) return Outcome.COUNTED;
  const earlier = drawer.pending(round);
  const record = earlier ? { ...earlier, answers } : await prepared();
  drawer.keep(record);
  return carryOn(drawer, record, token);
});

// What an earlier visit left; null where there is nothing to do.
export const finish = (drawer, round, token) => alone(round, async () => {
  const record = drawer.pending(round);
  if (!record) return null;
  return { outcome: await carryOn(drawer, record, token), answers: record.answers };
});
