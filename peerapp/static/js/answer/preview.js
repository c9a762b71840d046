// How will it look among others? Drawn from what stands in the form, with what could give somebody away said gently.
import { hintsFor } from "./hints.js";

const node = (name, className, text) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

const hintLine = ([kind, what], words) => {
  const line = node("p", "hint-line");
  line.append(node("span", "", words[kind]), " ", node("q", "", what));
  return line;
};

const answerOf = (answer, words) => {
  if (!answer.isScale) return answer.words ? node("blockquote", "letter", answer.words) : node("p", "soft", words.empty);
  return answer.ticked ? node("p", "counted", answer.ticked) : node("p", "soft", words.uncounted);
};

const part = (answer, known, words, language) => {
  const box = node("div", "answered");
  const asked = node("dt", "", answer.asked);
  asked.lang = language;
  const said = node("dd");
  said.append(answerOf(answer, words), ...hintsFor(answer.words, known).map((hint) => hintLine(hint, words)));
  box.append(asked, said);
  return box;
};

// `words`: the dataset of the preview; `known`: names and teams of this round.
export const draw = (list, answers, known, language) => {
  list.replaceChildren(...answers.map((answer) => part(answer, known, list.dataset, language)));
};

export const wipe = (list) => list.replaceChildren();
