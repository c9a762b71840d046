// What is left of a comment before it is counted, as rules/ballot_text.py does it in the box: invisible characters
// removed, NFKC, every run of white space one space. The characters are written out, because tables of Unicode differ in age.
export const LONGEST = 600; // code points, after normalising

const INVISIBLE = /[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\u{110bd}\u{110cd}\u{13430}-\u{1343f}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{10ffff}]/gu;
const SPACES = /[\x09-\x0d\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000]+/gu;

export const normalised = (text) => text.replace(INVISIBLE, "").normalize("NFKC").replace(SPACES, " ").replace(/^ | $/g, "");

export const lengthOf = (normal) => [...normal].length;
