// The line to the server: one event stream a browser, and checks of the version where there is none.
// The part of the page that is live is [data-live="/pairs/…"] with the version it shows in data-at.
const CHECK = 2000;
const CHECK_QUIET = 10000; // after five quiet minutes
const QUIET = 5 * 60 * 1000;
const CHECK_MOST = 30000; // while the server cannot be reached
const SILENT = 25000; // a stream says something every 15 seconds
const STREAM_AGAIN = 60000; // after one was refused: all of them are taken
const words = document.getElementById("live_words")?.dataset ?? {};
const channel = "BroadcastChannel" in window ? new BroadcastChannel("peerapp-live") : null;

let latest = 0; // the newest version that we know of
let stream = null;
let hush = 0; // timer: the stream has been silent for too long
let timer = 0; // timer: the next check
let failures = 0;
let isOver = false; // signed out, or nobody of the pair any longer
let lastChange = Date.now();
let heardFromOther = 0; // when another window of this browser, which holds the stream, last passed something on
let streamNotBefore = 0;
let letGo = null; // gives the stream to the next window

const live = () => document.querySelector("[data-live]");
const vary = (milliseconds) => milliseconds * (0.8 + 0.4 * Math.random());

const tellOnline = (isOnline) => tellStatus({ from: "line", state: isOnline ? "" : "offline" });

const hear = (kind, data) => {
  if (kind === "version" && Number(data) > latest) {
    latest = Number(data);
    lastChange = Date.now();
  }
  if (kind === "version") refresh();
  if (kind === "here") showPartner(data);
};

const pause = () => {
  if (!failures) return Date.now() - lastChange > QUIET ? CHECK_QUIET : CHECK;
  return Math.min(CHECK_MOST, CHECK * 2 ** Math.min(failures - 1, 5));
};

const checkLater = (milliseconds = vary(pause())) => {
  clearTimeout(timer);
  timer = setTimeout(check, milliseconds);
};

const check = async () => {
  clearTimeout(timer);
  if (isOver || stream || document.hidden || !live()) return;
  if (Date.now() - heardFromOther < SILENT) return checkLater();
  try {
    const known = String(Math.max(latest, Number(live().dataset.at)));
    const headers = { "HX-Request": "true", "HX-PTag": known };
    const answer = await fetch(`${live().dataset.live}/version`, { headers, signal: AbortSignal.timeout(10000) });
    if (answer.status === 401 || answer.status === 404) return leave();
    if (!answer.ok && answer.status !== 304) throw new Error(answer.status);
    const wasDown = failures > 0;
    failures = 0;
    tellOnline(true);
    if (answer.status === 200) hear("version", await answer.text());
    if (wasDown) document.dispatchEvent(new CustomEvent("peerapp:online"));
    if (Date.now() >= streamNotBefore) openStream();
    if (!stream) beHere();
  } catch {
    failures += 1;
    tellOnline(false);
    showPartner("0 ");
  }
  if (!stream) checkLater();
};

const leave = () => {
  isOver = true;
  closeStream();
  tellOnline(true);
  showPartner("0 ");
};

const closeStream = () => {
  clearTimeout(hush);
  stream?.close();
  stream = null;
};

const stillThere = () => {
  clearTimeout(hush);
  hush = setTimeout(lose, SILENT);
};

const lose = () => {
  closeStream();
  check();
};

const openStream = () => {
  if (stream || isOver || !letGo || document.hidden || !live()) return;
  const pair = live().dataset.live;
  let hasSpoken = false;
  stream = new EventSource(`${pair}/live`);
  streamNotBefore = Date.now() + vary(STREAM_AGAIN);
  for (const kind of ["version", "here", "still"]) {
    stream.addEventListener(kind, ({ data }) => {
      if (!hasSpoken) document.documentElement.dataset.line = "stream";
      hasSpoken = true;
      failures = streamNotBefore = 0;
      clearTimeout(timer);
      tellOnline(true);
      stillThere();
      hear(kind, data);
      channel?.postMessage({ pair, kind, data });
    });
  }
  stream.addEventListener("again", () => { closeStream(); openStream(); });
  stream.addEventListener("over", lose);
  stream.onerror = lose;
  stillThere();
};

// Whoever holds the lock has the browser's stream; it goes to the next window when this one is out of sight.
const takeTurn = () => {
  if (isOver || document.hidden || letGo || !live()) return;
  if (!navigator.locks) {
    letGo = () => {};
    return openStream();
  }
  navigator.locks.request("peerapp-live", () => new Promise((release) => {
    if (document.hidden || letGo) return release();
    letGo = () => { letGo = null; release(); };
    openStream();
  }));
};

const rest = () => {
  closeStream();
  clearTimeout(timer);
  letGo?.();
};

const wake = () => {
  if (document.hidden) return rest();
  takeTurn();
  checkLater(stream ? SILENT : 50);
};

channel?.addEventListener("message", ({ data: { pair, kind, data } }) => {
  if (pair !== live()?.dataset.live) return;
  heardFromOther = Date.now();
  tellOnline(true);
  hear(kind, data);
});

document.addEventListener("visibilitychange", wake);
addEventListener("focus", () => { if (!stream) checkLater(0); });
addEventListener("offline", lose);
addEventListener("online", () => { failures = 0; checkLater(0); });
addEventListener("pagehide", rest);
addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
document.addEventListener("htmx:after:request", (event) => {
  if (event.detail?.ctx?.request.method !== "GET" && !stream) checkLater(0);
});
