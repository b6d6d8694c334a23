// Two minutes before the session ends by itself a window asks; nobody loses work unwarned.
// The server knows what is left, over all windows of the browser, and asking is no activity.
const dialog = document.getElementById("dialogo-sesion");
const WARN = 120;
const BEAT = 15_000; // how often, at least, the countdown is compared with the server's

const words = (seconds) => seconds >= 60
  ? `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  : `${seconds} s`;

async function left(address, options = {}) {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, ...options });
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).segundos;
}

function leave() {
  const back = encodeURIComponent(location.pathname + location.search);
  location.assign(`${dialog.dataset.door}?next=${back}`);
}

let ends = 0;
function show() {
  const seconds = Math.max(0, Math.round((ends - Date.now()) / 1000));
  dialog.querySelector("[data-countdown]").textContent = words(seconds);
  if (!dialog.open) {
    document.querySelectorAll("dialog[open]").forEach((other) => other.close());
    dialog.showModal();
  }
}

async function look() {
  let wait = BEAT;
  try {
    const seconds = await left(dialog.dataset.left);
    ends = Date.now() + seconds * 1000;
    if (seconds === 0) return leave();
    if (seconds <= WARN) show();
    else {
      if (dialog.open) dialog.close();
      wait = Math.min((seconds - WARN) * 1000 + 500, 2 ** 31 - 1);
    }
  } catch {
    // no connection just now: look again later
  }
  setTimeout(look, wait);
}

if (dialog) {
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.querySelector("[data-stay-form]").addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const seconds = await left(dialog.dataset.stay, { method: "POST", body: new FormData(event.target) });
      if (seconds === 0) return leave();
      ends = Date.now() + seconds * 1000;
      dialog.close();
      setTimeout(look, Math.max(1000, (seconds - WARN) * 1000));
    } catch {
      leave();
    }
  });
  setInterval(() => { if (dialog.open) show(); if (dialog.open && Date.now() > ends) leave(); }, 1000);
  look();
}
