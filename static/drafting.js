// Shows the redline beside the text while it is typed, and saves what is typed. Without script the Preview button does both.
// What could not be sent (no connection, signed out) is kept on this device until it could.
const form = document.getElementById("propose");
const saved = document.getElementById("saved");
const PARTS = ["preview", "beside", "saved", "saved-as"];
let waiting, last, dirty = false;

const kept = () => `redraft:${location.pathname}${location.search}`;
function typed() {
  return JSON.stringify([...new FormData(form)].filter(([name]) => !["csrf_token", "key", "revision"].includes(name)));
}
function keep() {
  try { localStorage.setItem(kept(), typed()); } catch { /* a browser that keeps nothing: the page itself still has it */ }
}
function forget() {
  try { localStorage.removeItem(kept()); } catch { /* nothing was kept */ }
}

async function send() {
  const sent = new FormData(form);
  sent.set("do", "preview");
  sent.set("parts", "1");
  const before = typed();
  last?.abort();
  last = new AbortController();
  let page;
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent, signal: last.signal, redirect: "error" });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch (failure) {
    if (failure.name === "AbortError") return;
    saved.textContent = "Not saved: there is no connection. Your words are kept on this device and sent when there is.";
    waiting = setTimeout(send, 5000);
    return;
  }
  const signedIn = Boolean(page.querySelector("#saved-as [name=key]")?.value);
  for (const id of PARTS) {
    const come = page.getElementById(id);
    if (come) document.getElementById(id).replaceChildren(...come.childNodes);
  }
  if (signedIn) {
    if (typed() === before) { dirty = false; forget(); }
  } else {
    saved.textContent = "Not saved: you are not signed in. Your words are kept on this device; sign in on another page.";
  }
}

form?.addEventListener("input", () => {
  dirty = true;
  keep();
  clearTimeout(waiting);
  waiting = setTimeout(send, 300);
});
form?.addEventListener("submit", () => { dirty = false; });
addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
addEventListener("online", () => { if (dirty) send(); });

// Words that this device kept because they could not be saved: offered, never put in unasked.
function offer() {
  let words;
  try { words = localStorage.getItem(kept()); } catch { return; }
  if (!words || words === typed()) return forget();
  const notice = document.createElement("div");
  notice.className = "notice notice-warning";
  notice.setAttribute("role", "status");
  notice.innerHTML = "<p>This device has words of yours for this page that were never saved.</p><div class=actions></div>";
  const actions = notice.lastChild;
  for (const [label, act] of [["Put them back", put], ["Throw them away", forget]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-secondary";
    button.textContent = label;
    button.addEventListener("click", () => { act(words); notice.remove(); });
    actions.append(button);
  }
  form.before(notice);
}
function put(words) {
  for (const [name, value] of JSON.parse(words)) {
    const field = form.elements.namedItem(name);
    if (field && "value" in field && field.type !== "checkbox" && field.type !== "hidden") field.value = value;
  }
  dirty = true;
  send();
}
if (form) offer();
