// Ranges of dates: buttons that fill them, and the X that leaves one side open.
const iso = (date) => date.toISOString().slice(0, 10);

// Today in Lima, whatever the clock of this computer says.
const today = () => new Date(
  new Intl.DateTimeFormat("en-CA", { timeZone: "America/Lima" }).format(new Date()) + "T00:00Z");

const day = (year, month, number) => new Date(Date.UTC(year, month, number));

// Same day some months before; 30 April goes to 28 or 29 February, not to March.
function monthsBefore(date, months) {
  const last = day(date.getUTCFullYear(), date.getUTCMonth() - months + 1, 0);
  return day(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date.getUTCDate(), last.getUTCDate()));
}

const RANGES = {
  "two-months": (now) => [monthsBefore(now, 2), now],
  "month": (now) => [day(now.getUTCFullYear(), now.getUTCMonth(), 1), day(now.getUTCFullYear(), now.getUTCMonth() + 1, 0)],
  "last-month": (now) => [day(now.getUTCFullYear(), now.getUTCMonth() - 1, 1), day(now.getUTCFullYear(), now.getUTCMonth(), 0)],
  "year": (now) => [day(now.getUTCFullYear(), 0, 1), day(now.getUTCFullYear(), 11, 31)],
};

const range = (button) => RANGES[button.dataset.range](today()).map(iso);
const inputs = (box) => box.dataset.presets.split(" ").map((id) => document.getElementById(id));

function mark(box) {
  const values = inputs(box).map((input) => input?.value).join();
  for (const button of box.children) button.ariaPressed = range(button).join() === values;
}

function write(input, value) {
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function wake() {
  document.querySelectorAll("[data-presets], [data-clear]").forEach((part) => { part.hidden = false; });
  document.querySelectorAll("[data-presets]").forEach(mark);
  document.querySelectorAll("[data-clear]").forEach((clear) => {
    clear.hidden = !document.getElementById(clear.dataset.clear).value;
  });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-range]");
  if (button) inputs(button.parentElement).forEach((input, side) => write(input, range(button)[side]));
  const clear = event.target.closest("[data-clear]");
  if (clear) {
    const input = document.getElementById(clear.dataset.clear);
    write(input, "");
    input.focus();
  }
});

document.addEventListener("input", (event) => { if (event.target.type === "date") wake(); });
document.addEventListener("reset", () => setTimeout(wake));
document.addEventListener("htmx:load", wake);
wake();
