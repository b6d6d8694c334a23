// Access keys (passkeys): the browser's own ceremony between a form's button and its sending.
// A form with data-key has its options in data-options, or asks its own address for them.
const able = window.PublicKeyCredential?.parseRequestOptionsFromJSON;

const REASONS = {
  NotAllowedError: "Se canceló, o pasó el tiempo. Inténtalo otra vez.",
  InvalidStateError: "Esa llave ya está agregada.",
  SecurityError: "Las llaves de acceso necesitan la dirección segura del portal.",
};

async function ask(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).request_options;
}

function created(form, publicKey) {
  const alone = form.elements.passwordless?.checked;
  const wanted = publicKey.authenticatorSelection;
  wanted.residentKey = alone ? "required" : "discouraged";
  wanted.requireResidentKey = Boolean(alone);
  if (alone) wanted.userVerification = "required";
  return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
}

const got = (publicKey) =>
  navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });

async function use(form) {
  const { publicKey } = form.dataset.options ? JSON.parse(form.dataset.options) : await ask(form);
  const credential = form.dataset.key === "create" ? await created(form, publicKey) : await got(publicKey);
  form.elements.credential.value = JSON.stringify(credential);
  form.submit();
}

for (const form of document.querySelectorAll("form[data-key]")) {
  if (!able) continue;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    use(form).catch((error) => {
      const said = form.querySelector("[data-key-problem]");
      said.textContent = REASONS[error.name] ?? "No se pudo usar la llave de acceso.";
      said.hidden = false;
    });
  });
}
