// The bytes of a ballot, as rules/ballot.py takes them apart: always 16,384, whatever it says.
const SIZE = 16384;
const MAGIC = "peerapp ballot 1";
const LENGTHS = [32, 256, 32]; // serial, signature, fingerprint of the manifest

// `answers`: question id -> level 1 to 5, or the normalised text of a comment. "Cannot say" is left out.
export const build = (serial, signature, fingerprint, answers) => {
  const utf8 = new TextEncoder();
  const text = utf8.encode(JSON.stringify(answers));
  const fields = [serial, signature, fingerprint];
  if (fields.some((field, at) => field.length !== LENGTHS[at])) throw new Error("a field of another length");
  const parts = [utf8.encode(MAGIC), ...fields, [text.length >> 8, text.length & 255], text];
  const body = new Uint8Array(SIZE); // set() throws where the answers do not fit
  parts.reduce((at, part) => { body.set(part, at); return at + part.length; }, 0);
  return body;
};
