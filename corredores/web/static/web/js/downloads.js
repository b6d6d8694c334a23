// A download takes a moment to start, and the browser says nothing meanwhile: the button does.
const MOMENT = 6000;
const said = document.getElementById("anuncio");

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-download]");
  if (!link || link.form?.checkValidity() === false) return;
  const menu = link.closest("[data-downloads]");
  const button = menu?.querySelector("summary") ?? link;
  const words = button.querySelector("[data-words]") ?? button;
  if (button.ariaBusy === "true") return event.preventDefault(); // one click, one file
  const before = words.textContent;
  if (menu) menu.open = false;
  button.ariaBusy = "true";
  words.textContent = "Preparando…";
  said.textContent = "Preparando la descarga";
  setTimeout(() => {
    words.textContent = before;
    button.ariaBusy = null;
  }, MOMENT);
});
