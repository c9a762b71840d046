// Says how much room is left in a text with data-max, once it gets tight. Nothing is cut off: the server says what is too long.
const words = document.getElementById("script_words")?.dataset ?? {};
const TIGHT = 0.8;

const counterOf = (field) => {
  const found = field.parentElement.querySelector(".counter");
  if (found) return found;
  const line = document.createElement("p");
  line.className = "counter";
  line.id = `${field.id}_counter`;
  field.after(line);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${line.id}`.trim());
  return line;
};

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.dataset?.max) return;
  const left = Number(field.dataset.max) - field.value.length;
  const isTight = left < Number(field.dataset.max) * (1 - TIGHT);
  const line = counterOf(field);
  const wasOver = line.classList.contains("over");
  line.textContent = isTight ? `${left < 0 ? words.over : words.left} ${Math.abs(left)}` : "";
  line.classList.toggle("over", left < 0);
  if (left < 0 && !wasOver) document.dispatchEvent(new CustomEvent("peerapp:say", { detail: line.textContent }));
});
