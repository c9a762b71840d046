// How many minutes are left of the current point: drawn beside the time at which it ends, which stands in the page.
// Only whole minutes, never seconds, and after an hour none. Half of the time and its end are said once, politely; nothing rings or blinks.
const MINUTE = 60000;
const EVERY = 5000;
const COUNTS = 60;
const TRUSTED = 30000; // a clock that is wrong by less is right: the page itself takes a moment to come
let ahead = null; // by how much this computer's clock is before the server's: the two see the same minutes
const share = new Map(); // how much of each point had gone by when we last looked

const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const left = (words, ms, most) => {
  if (ms > 0) return fill(words.left, { n: Math.min(most, Math.ceil(ms / MINUTE)) }); // a clock may be a moment behind
  const over = Math.floor(-ms / MINUTE);
  return over && over <= COUNTS ? fill(words.over, { n: over }) : words.up;
};

const say = (words) => document.dispatchEvent(new CustomEvent("peerapp:say", { detail: words }));

const announce = (words, time, gone) => {
  const before = share.get(time.dateTime);
  share.set(time.dateTime, gone);
  if (before === undefined) return;
  const point = time.closest("li").querySelector("span").firstChild.textContent.trim();
  if (before < 1 && gone >= 1) say(fill(words.end, { point }));
  else if (before < 0.5 && gone >= 0.5) say(fill(words.half, { point }));
};

const wrongBy = (ms) => (Math.abs(ms) < TRUSTED ? 0 : ms);

const show = () => {
  const [time, words] = [document.querySelector("[data-ends]"), document.querySelector(".clock")?.dataset];
  if (words) ahead ??= wrongBy(Date.now() - Date.parse(words.now));
  if (!time || !words) return;
  const ms = Date.parse(time.dateTime) - (Date.now() - ahead);
  const shown = `${time.dataset.at} · ${left(words, ms, time.dataset.ends)}`;
  if (time.textContent !== shown) time.textContent = shown;
  announce(words, time, 1 - ms / (time.dataset.ends * MINUTE));
};

// An answer of the server brings the bare time back; the minutes follow before anybody sees it.
document.addEventListener("htmx:after:swap", show);
document.addEventListener("visibilitychange", () => document.hidden || show());
setInterval(show, EVERY);
show();
