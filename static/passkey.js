// Passkeys: the browser is asked for one, and what it answers is put into the form and sent as any other form.
const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const known = (list) => (list || []).map((one) => ({ ...one, id: toBytes(one.id) }));

async function asked(form) {
  const answer = await fetch(form.dataset.options, { method: "POST", body: new FormData(form) });
  if (!answer.ok) {
    throw new Error(answer.status === 429 ? "This was tried too often. Try again later." : "That is not possible now. Reload the page and try again.");
  }
  return answer.json();
}

async function shown(form) {
  const options = await asked(form);
  const publicKey = { ...options, challenge: toBytes(options.challenge), allowCredentials: known(options.allowCredentials) };
  const made = await navigator.credentials.get({ publicKey });
  const { clientDataJSON, authenticatorData, signature, userHandle } = made.response;
  const response = { clientDataJSON: toText(clientDataJSON), authenticatorData: toText(authenticatorData), signature: toText(signature) };
  if (userHandle) response.userHandle = toText(userHandle);
  return { id: made.id, rawId: toText(made.rawId), type: made.type, response };
}

async function made(form) {
  const options = await asked(form);
  const publicKey = {
    ...options,
    challenge: toBytes(options.challenge),
    user: { ...options.user, id: toBytes(options.user.id) },
    excludeCredentials: known(options.excludeCredentials),
  };
  const key = await navigator.credentials.create({ publicKey });
  const { clientDataJSON, attestationObject } = key.response;
  const response = { clientDataJSON: toText(clientDataJSON), attestationObject: toText(attestationObject) };
  return { id: key.id, rawId: toText(key.rawId), type: key.type, response };
}

function reason(error) {
  if (error.name === "SecurityError") return "Passkeys need an address with a name: open this page at localhost, or at its own domain.";
  if (error.name === "InvalidStateError") return "This device has a passkey for your account already.";
  return error.name === "Error" ? error.message : "No passkey was shown. Try again, or ask for a link instead.";
}

async function ceremony(event) {
  const form = event.currentTarget;
  const said = form.querySelector("[data-said]");
  event.preventDefault();
  said.hidden = true;
  try {
    const answer = await (form.dataset.passkey === "get" ? shown(form) : made(form));
    form.elements.credential.value = JSON.stringify(answer);
    form.submit();
  } catch (error) {
    said.textContent = reason(error);
    said.hidden = false;
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", ceremony);
  }
}
