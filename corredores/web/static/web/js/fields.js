// Conveniences of single fields: a select that leads on at once where its form asks for it.
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.hasAttribute("data-submit-on-change")) form.requestSubmit();
});
