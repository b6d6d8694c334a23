// Files dropped onto the form; what can be said before sending is said here; how far it is.
const form = document.getElementById("entrega");
const input = form.querySelector("input[type=file]");
const zone = form.querySelector("[data-drop]");
const chosen = form.querySelector("[data-chosen]");
const sending = form.querySelector("[data-sending]");
const words = sending.querySelector("[data-words]");
const bar = sending.querySelector("progress");
zone.classList.add("dressed"); // our words instead of the browser's, which speak its language
const most = Number(form.dataset.most);

function size(bytes) {
  const [unit, name] = bytes < 1024 ** 2 ? [1024, "kB"] : [1024 ** 2, "MB"];
  return `${(bytes / unit).toLocaleString("es-PE", { maximumFractionDigits: 1 })} ${name}`;
}

function refuse(text) {
  const place = document.getElementById("problema");
  place.replaceChildren();
  if (!text) return;
  const notice = Object.assign(document.createElement("div"), { className: "notice late" });
  notice.append(Object.assign(document.createElement("p"), { textContent: text }));
  place.append(notice);
}

function wrong(files) {
  if (!files.length) return "Elige un archivo.";
  const empty = files.find((file) => file.size === 0);
  if (empty) return `«${empty.name}» está vacío.`;
  const all = files.reduce((sum, file) => sum + file.size, 0);
  return all > most ? `Es demasiado grande: ${size(all)}, y se admiten hasta ${size(most)} a la vez.` : "";
}

function show() {
  const files = [...input.files];
  chosen.hidden = files.length < 1;
  chosen.replaceChildren(...files.map((file) => {
    const line = Object.assign(document.createElement("li"), { textContent: file.name });
    line.append(Object.assign(document.createElement("span"), { className: "soft", textContent: size(file.size) }));
    return line;
  }));
  refuse(files.length ? wrong(files) : "");
}

input.addEventListener("change", show);
for (const name of ["dragenter", "dragover"]) {
  zone.addEventListener(name, (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
}
for (const name of ["dragleave", "drop"]) {
  zone.addEventListener(name, () => zone.classList.remove("over"));
}
zone.addEventListener("drop", (event) => {
  event.preventDefault();
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  show();
});
// Beside the zone a dropped file would replace the page.
for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());

form.addEventListener("htmx:beforeRequest", (event) => {
  const text = wrong([...input.files]);
  refuse(text);
  if (text) return event.preventDefault();
  bar.value = 0;
  words.textContent = "Enviando…";
  sending.hidden = false;
});
form.addEventListener("htmx:xhr:progress", (event) => {
  const { loaded, total } = event.detail;
  if (!total || sending.hidden) return;
  bar.value = loaded / total;
  words.textContent = loaded < total ? `Enviando: ${Math.floor((100 * loaded) / total)} %` : "Recibido. Guardando…";
});
form.addEventListener("htmx:afterRequest", () => { sending.hidden = true; });
for (const name of ["htmx:responseError", "htmx:sendError"]) {
  form.addEventListener(name, (event) => {
    event.stopPropagation();
    refuse("No se pudo enviar. Revisa tu conexión e inténtalo de nuevo; no cambió nada.");
  });
}
