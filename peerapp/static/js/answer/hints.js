// What in somebody's own words could give them away? Looked for here, in the browser; nothing of it is sent anywhere.
const MONTHS = 12;
const DAYS = 7;
const SHORTEST = 3; // a part of a name
const ONLY = /\bas the only\b|\bthe only (?:one|person|woman|man)\b|\bals (?:einzige[rsnm]?|einziger)\b/iu;
const NUMERIC = /(?<!\d)\d{1,2}[./-]\d{1,2}(?:[./-](?:\d{4}|\d{2}))?(?![\d%])|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/u;

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const alone = (text, flags) => new RegExp(`(?<![\\p{L}\\p{N}])${escaped(text)}(?![\\p{L}\\p{N}])`, flags);

const wordsOf = (language, options, dates) => dates.map((date) => new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }).format(date));

const calendar = (languages) => {
  const months = Array.from({ length: MONTHS }, (_, month) => new Date(Date.UTC(2024, month, 1)));
  const days = Array.from({ length: DAYS }, (_, day) => new Date(Date.UTC(2024, 0, 1 + day)));
  return {
    months: languages.flatMap((language) => wordsOf(language, { month: "long" }, months)),
    days: languages.flatMap((language) => wordsOf(language, { weekday: "long" }, days)),
  };
};

// A month is a date beside a number or after "in": "May" alone is also a word.
const monthIn = (text, months) => months.map(escaped).map((month) =>
  new RegExp(`(?:\\d{1,4}(?:st|nd|rd|th|\\.)?\\s*|\\b(?:in|im|since|seit|until|bis|last|letzten)\\s+)${month}(?!\\p{L})|(?<!\\p{L})${month}\\s+\\d`, "u").exec(text)?.[0]).find(Boolean);

const dateIn = (text, { months, days }) =>
  NUMERIC.exec(text)?.[0] ?? monthIn(text, months) ?? days.map((day) => alone(day, "u").exec(text)?.[0]).find(Boolean);

// Whole names in any spelling of capitals, parts of names as they are written: "mark" is a word, "Mark" is somebody.
const nameIn = (text, names) => {
  const whole = names.map((name) => alone(name, "iu").exec(text)?.[0]).find(Boolean);
  const parts = [...new Set(names.flatMap((name) => name.split(/[\s]+/u)).filter((part) => [...part].length >= SHORTEST))];
  return whole ?? parts.map((part) => alone(part, "u").exec(text)?.[0]).find(Boolean);
};

// [kind, what was found] for one text: "name", "team", "date", "only".
export const hintsFor = (text, { names, teams }, languages = ["en", "de"]) => {
  const found = [
    ["name", nameIn(text, names)],
    ["team", teams.map((team) => alone(team, "iu").exec(text)?.[0]).find(Boolean)],
    ["date", dateIn(text, calendar(languages))],
    ["only", ONLY.exec(text)?.[0]],
  ];
  return found.filter(([, what]) => what);
};
