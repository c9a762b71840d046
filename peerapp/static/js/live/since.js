// What was typed while a form was on its way: what was added, or all of it where it says something else by now.
// A part of live.js and of session.js: who sends has one, and who keeps what could not be sent the other.
const since = (sent, field) => {
  const was = sent?.get?.(field.name)?.replaceAll?.("\r\n", "\n");
  if (typeof was !== "string") return "";
  return field.value.startsWith(was) ? field.value.slice(was.length) : field.value;
};

