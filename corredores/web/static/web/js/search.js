// The search form: clean addresses, "changes not searched yet", and the count said aloud.
const DATES_WITH_DEFAULTS = new Set(["desde", "hasta"]);
const form = document.getElementById("busqueda");
const said = document.getElementById("anuncio");

// What the person asks for; the order of the columns belongs to the results, not to the windows.
function state() {
  const asked = new URLSearchParams(new FormData(form));
  asked.delete("orden");
  return asked.toString();
}

// An empty field says nothing, except the two dates: empty means open, absent means the default.
form?.addEventListener("formdata", (event) => {
  for (const [name, value] of [...event.formData]) {
    if (value === "" && !DATES_WITH_DEFAULTS.has(name)) event.formData.delete(name);
  }
});

if (form) {
  const pending = form.querySelector("[data-pending]");
  let searched = state();
  const compare = () => { pending.hidden = state() === searched; };

  form.addEventListener("input", compare);
  form.addEventListener("reset", () => setTimeout(compare));
  form.addEventListener("htmx:beforeRequest", () => form.querySelector("dialog[open]")?.close());
  form.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) return;
    searched = state();
    compare();
  });
}

// Marks a table that fits its card: only then may its head stick to the window.
const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => measure(target)));
function measure(box) {
  box.dataset.fit = ""; // a scroll bar of the last answer would narrow the box
  box.dataset.fit = box.scrollWidth <= box.clientWidth + 1 ? "yes" : "no";
}
function watch() {
  sizes.disconnect();
  document.querySelectorAll("[data-fit]").forEach((box) => { measure(box); sizes.observe(box); });
}

document.addEventListener("htmx:beforeRequest", () => document.getElementById("resultados")?.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterSettle", () => {
  said.textContent = document.getElementById("resultados")?.dataset.said ?? "";
  watch();
});

function fail() {
  document.getElementById("resultados")?.removeAttribute("aria-busy");
  const toast = Object.assign(document.createElement("p"), { className: "toast", role: "alert" });
  toast.textContent = "No se pudo completar la búsqueda. Revisa tu conexión e inténtalo de nuevo.";
  document.body.append(toast);
  setTimeout(() => toast.remove(), 8000);
}
document.addEventListener("htmx:responseError", fail);
document.addEventListener("htmx:sendError", fail);
watch();
document.fonts.ready.then(watch); // until then words have other widths
