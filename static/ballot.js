// Seals a vote in the voter's browser (RFC 9180: X25519, HKDF-SHA256, AES-256-GCM; ballots/sealing.py opens it).
// The answers never leave this page; without this script the server seals, and the page says so.
"use strict";
{
  const utf8 = new TextEncoder();
  const joined = (...parts) => {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
    return all;
  };
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const base64url = (raw) => btoa(String.fromCharCode(...raw)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const hmac = async (key, text) => {
    const made = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return new Uint8Array(await crypto.subtle.sign("HMAC", made, text));
  };
  const NOTHING = new Uint8Array(0), ZEROS = new Uint8Array(32);
  const KEM = joined(utf8.encode("KEM"), Uint8Array.of(0, 0x20));
  const HPKE = joined(utf8.encode("HPKE"), Uint8Array.of(0, 0x20, 0, 1, 0, 2));
  const extract = (suite, salt, label, text) => hmac(salt.length ? salt : ZEROS, joined(utf8.encode("HPKE-v1"), suite, utf8.encode(label), text));
  const expand = async (suite, secret, label, text, length) => {
    const wanted = joined(Uint8Array.of(0, length), utf8.encode("HPKE-v1"), suite, utf8.encode(label), text, Uint8Array.of(1));
    return (await hmac(secret, wanted)).slice(0, length);
  };

  // enc || ciphertext, for a public key of 32 bytes.
  const seal = async (theirs, info, text) => {
    const own = await crypto.subtle.generateKey({ name: "X25519" }, true, ["deriveBits"]);
    const key = await crypto.subtle.importKey("raw", theirs, { name: "X25519" }, false, []);
    const enc = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
    const shared = new Uint8Array(await crypto.subtle.deriveBits({ name: "X25519", public: key }, own.privateKey, 256));
    const agreed = await expand(KEM, await extract(KEM, NOTHING, "eae_prk", shared), "shared_secret", joined(enc, theirs), 32);
    const context = joined(Uint8Array.of(0), await extract(HPKE, NOTHING, "psk_id_hash", NOTHING), await extract(HPKE, NOTHING, "info_hash", info));
    const secret = await extract(HPKE, agreed, "secret", NOTHING);
    const aes = await crypto.subtle.importKey("raw", await expand(HPKE, secret, "key", context, 32), "AES-GCM", false, ["encrypt"]);
    const iv = await expand(HPKE, secret, "base_nonce", context, 12);
    return joined(enc, new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, aes, text)));
  };

  const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  const receipt = () => [...crypto.getRandomValues(new Uint8Array(20))].map((one) => ALPHABET[one % 32]).join("").replace(/.{5}(?=.)/g, "$&-");

  const answers = (form) => {
    const found = {};
    for (const question of form.querySelectorAll("[data-question]")) {
      if (question.dataset.kind === "ranked") {
        const ranks = [...question.querySelectorAll("select")].filter((one) => one.value).map((one) => [one.dataset.option, Number(one.value)]);
        if (ranks.length) found[question.dataset.question] = Object.fromEntries(ranks);
      } else {
        const chosen = question.querySelector("input:checked");
        if (chosen && chosen.value) found[question.dataset.question] = chosen.value;
      }
    }
    return found;
  };

  // Keys in order and no spaces, then spaces up to the size of every envelope of this ballot.
  const ordered = (value) => value && typeof value === "object"
    ? `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${ordered(value[key])}`).join(",")}}`
    : JSON.stringify(value);

  const sealed = async (form) => {
    const { key, fingerprint, size, college } = form.dataset;
    const code = receipt();
    const said = utf8.encode(ordered({ ballot: fingerprint, college, answers: answers(form), receipt: code }));
    const padded = new Uint8Array(Number(size)).fill(32);
    padded.set(said);
    return [code, base64url(await seal(bytes(key), utf8.encode(`redraft-ballot-1:${fingerprint}`), padded))];
  };

  const kept = (fingerprint, college) => `receipt ${fingerprint} ${college}`;

  for (const form of document.querySelectorAll("form[data-ballot]")) {
    if (!globalThis.isSecureContext || !crypto.subtle) continue;
    const said = form.querySelector("[data-sealing]");
    crypto.subtle.generateKey({ name: "X25519" }, false, ["deriveBits"]).then(() => {
      if (said) said.textContent = said.dataset.sealing;
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const [code, envelope] = await sealed(form);
        try { localStorage.setItem(kept(form.dataset.fingerprint, form.dataset.college), code); } catch { /* shown on the next page only where it can be kept */ }
        for (const one of form.querySelectorAll("[data-question] input, [data-question] select")) one.disabled = true;
        form.elements.envelope.value = envelope;
        form.submit();
      });
    }, () => { /* this browser cannot: the server seals, as the page says */ });
  }

  for (const place of document.querySelectorAll("[data-receipt]")) {
    const name = kept(place.dataset.receipt, place.dataset.college);
    let code = null;
    try { code = localStorage.getItem(name); } catch { continue; }
    if (!code) continue;
    place.hidden = false;
    place.querySelector("[data-code]").textContent = code;
    const save = place.querySelector("a[download]");
    save.href = URL.createObjectURL(new Blob([`${place.dataset.words}\n${place.dataset.receipt}\n${code}\n`], { type: "text/plain" }));
    place.querySelector("button").addEventListener("click", () => { localStorage.removeItem(name); place.hidden = true; });
  }
  for (const one of document.querySelectorAll("[data-find]")) {
    let code = null;
    try { code = localStorage.getItem(kept(one.dataset.find, one.dataset.college)); } catch { continue; }
    const field = one.querySelector("input[name=receipt]");
    if (code && field && !field.value) field.value = code;
  }
}
