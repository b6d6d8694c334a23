// A link with data-dialog leads to a page; with JavaScript it opens the window of that content.
// Esc, focus and the layer above the page are the platform's.
function show(dialog) {
  document.querySelectorAll("dialog[open]").forEach((other) => other.close());
  dialog.showModal();
}

function showProblem() {
  const wrong = document.querySelector("dialog [aria-invalid=true]");
  if (!wrong) return false;
  show(wrong.closest("dialog"));
  wrong.focus();
  return true;
}

async function fill(dialog, address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (!answer.ok || answer.redirected || answer.headers.has("HX-Redirect")) throw new Error(answer.status);
  dialog.innerHTML = await answer.text();
  document.dispatchEvent(new Event("htmx:load")); // as after any swap: dates.js looks for its fields
}

async function showFetched(dialog, address) {
  try {
    await fill(dialog, address);
    if (!dialog.open) show(dialog);
    const done = dialog.querySelectorAll("[aria-current=step]");
    (done[done.length - 1] ?? dialog.querySelector("[data-close]"))?.focus();
  } catch {
    location.assign(address); // the same content as a page
  }
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog], [data-fetch-dialog], [data-dialog-problem]");
  if (event.target.closest("[data-close]")) return event.target.closest("dialog").close();
  if (event.target.matches("dialog")) return event.target.close(); // the backdrop
  if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (opener.matches("[data-dialog-problem]")) return void (showProblem() && event.preventDefault());
  const dialog = opener.dataset.dialog
    ? document.getElementById(opener.dataset.dialog)
    : document.querySelector(opener.dataset.fetchDialog);
  if (!dialog) return;
  event.preventDefault();
  if (opener.dataset.dialog) show(dialog);
  else showFetched(dialog, opener.href);
});

// To a screen reader a link that opens a window is a button; Space must then work as well.
function dress() {
  for (const link of document.querySelectorAll("a[data-dialog], .page-actions a[data-fetch-dialog]")) {
    link.role = "button";
    link.ariaHasPopup = "dialog";
  }
}
document.addEventListener("htmx:load", dress);
dress();
document.addEventListener("keydown", (event) => {
  if (event.key === " " && event.target.matches("a[role=button]")) {
    event.preventDefault();
    event.target.click();
  }
});

// A field the browser refuses may stand in a closed window: open it, so that the message is seen.
document.addEventListener("invalid", (event) => {
  const dialog = event.target.closest("dialog");
  if (dialog && !document.querySelector("dialog[open]")) show(dialog);
}, true);
