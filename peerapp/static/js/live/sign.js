// When is what stands in the notes what somebody typed? Compared as the server tidies it, or by a short sign of it.
const tidy = (text) => text.replace(/\r\n?/g, "\n").replace(/^\n+/, "").trimEnd();

const signOf = (text) => {
  let sign = 0;
  for (const letter of tidy(text)) sign = (Math.imul(sign, 31) + letter.codePointAt(0)) | 0;
  return `${tidy(text).length}:${sign}`;
};
