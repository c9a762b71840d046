// A note that was added without a network: it waits, and the next one can be written. It may have been begun already while it
// was typed (js/typing/), and the answer may have got lost: its key and its sign make it one note however often it is sent.
const jsonOf = async (answer) => (answer.headers.get("Content-Type")?.includes("json") ? answer.json() : {});

// The status of what came of it; a clash becomes a form for the page with both texts.
const sendNote = async (item) => {
  const text = item.note.body;
  let { block, seen } = item.note;
  if (!block) {
    const answer = await postOne(`${item.url}/typed`, [["body", text], ["once", item.note.key]], "follow");
    const begun = await jsonOf(answer);
    if (!answer.ok || !begun.block || tidy(begun.body) === tidy(text)) return answer.ok && !begun.block ? 401 : answer.status;
    ({ block, seen } = begun);
  }
  const goOn = (version) => postOne(`${item.url}/${block}/typed`, [["body", text], ["seen", version]], "follow");
  let answer = await goOn(seen);
  if (answer.status === 409) {
    const now = await jsonOf(answer);
    if (signOf(now.body) === item.note.sent) answer = await goOn(now.seen);
    if (answer.status === 409) change(item, { url: `${item.url}/${block}`, fields: [["body", text], ["seen", seen]], note: null });
  }
  return answer.status;
};

document.addEventListener("peerapp:queue-note", (event) => {
  const { form, note } = event.detail;
  const fields = [["body", note.body]];
  if (!enqueue(form.dataset.autosave, fields, note.body.trim().slice(0, 60), { note })) return;
  event.preventDefault();
  clear(form, new URLSearchParams(fields));
  drainLater();
  if (navigator.onLine) drainOnce();
});

// The place of a note is where it is begun: the next one is not begun on the server before those that wait are there.
document.addEventListener("peerapp:may-begin", (event) => {
  if (!waitsAt(event.detail)) return;
  event.preventDefault();
  drainLater();
});

if (document.body.dataset.account) {
  queued().filter((item) => item.isClash).forEach(offerBoth);
  keepQueue(queued());
  drainOnce();
}
