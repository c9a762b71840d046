// Is this form what was promised to everybody? Looked at before a paper is asked for: the manifest is fetched without
// saying who asks, so that nobody can be given a key, a question, a reader or a date of their own.
import { fromBase64url, fromHex, hexOf, join, sealed, sha256, textBytes } from "./bytes.js";

const DOMAIN = "peerapp paper 1"; // as in rules/blind_signature.py
const KEY_BYTES = 256;
const EXPONENT = 65537;
const LEAST_ANSWERS = 5;
const LEAST_PEOPLE = 8;
const PATIENCE = 20000;

export class BrokenPromise extends Error {}
export class Unreachable extends Error {}

const hold = (isSo, what) => { if (!isSo) throw new BrokenPromise(what); };
const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const fetched = async (address) => {
  let answer;
  try {
    answer = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    throw new Unreachable();
  }
  hold(answer.status !== 404, "manifest");
  if (!answer.ok) throw new Unreachable();
  return new Uint8Array(await answer.arrayBuffer());
};

// The canonical text of rules/sealing.py: sorted keys, no white space.
const titleText = ({ language, purpose, title, why }) => JSON.stringify({ language, purpose, title, why });
const personText = ({ id, name }) => `${id} ${name}`;
const all = async (salt, what, people) => (await Promise.all(people.map((each) => sealed(salt, what, personText(each))))).sort();

const checkSealed = async (manifest, facts) => {
  const salt = fromHex(facts.salt);
  hold(manifest.sealed.title === await sealed(salt, "title", titleText(facts.said)), "title");
  hold(manifest.sealed.owner === await sealed(salt, "owner", personText(facts.owner)), "owner");
  hold(isSame(manifest.sealed.readers, await all(salt, "reader", facts.readers)), "readers");
  hold(isSame(manifest.sealed.sharing, await all(salt, "sharing", facts.sharing)), "sharing");
};

const checkPlain = (manifest, facts) => {
  hold(manifest.version === 1 && manifest.round === facts.round, "round");
  for (const name of ["minimum", "opens_at", "closes_at"]) hold(manifest[name] === facts[name], name);
  hold(manifest.minimum >= LEAST_ANSWERS, "minimum");
  const plain = (questions) => questions.map(({ id, kind, text, bank }) => [id, kind, text, bank]);
  hold(isSame(plain(manifest.questions), plain(facts.questions)), "questions");
};

// What stands on the page is what was compared. `page`: title, why, questions, promise (texts).
const checkShown = (manifest, facts, page) => {
  hold(page.title === facts.said.title && page.why === facts.said.why, "title");
  hold(isSame(page.questions, facts.questions.map(({ id, text }) => [id, text])), "questions");
  for (const { name } of [facts.owner, ...facts.readers, ...facts.sharing]) hold(page.promise.includes(name), "readers");
  for (const { name } of manifest.parts) hold(page.promise.includes(name), "parts");
  hold(page.promise.includes(String(facts.minimum)), "minimum");
};

const keyOf = (manifest, number) => {
  const part = manifest.parts[number];
  hold(part && part.size >= LEAST_PEOPLE, "part");
  hold(part.key.e === EXPONENT, "key");
  const modulus = fromBase64url(part.key.n);
  hold(modulus.length === KEY_BYTES && modulus[0] >> 7 === 1 && (modulus[KEY_BYTES - 1] & 1) === 1, "key");
  return modulus;
};

export const messageOf = (fingerprint, part) => join(textBytes(DOMAIN), fingerprint, [part]);

// The key to blind for. Throws BrokenPromise (its message says what differs) or Unreachable.
export const check = async (facts, page, address) => {
  const bytes = await fetched(address);
  hold(hexOf(await sha256(bytes)) === facts.fingerprint, "fingerprint");
  let manifest;
  try {
    manifest = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
    checkPlain(manifest, facts);
    checkShown(manifest, facts, page);
    await checkSealed(manifest, facts);
    return keyOf(manifest, facts.part);
  } catch (error) {
    throw error instanceof BrokenPromise ? error : new BrokenPromise("manifest");
  }
};
