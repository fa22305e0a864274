// The committee's desk: what comes of a choice is shown while it is made. Nothing is kept until "Save choices".
const form = document.getElementById("choices");
let waiting, last;

async function show() {
  const sent = new FormData(form);
  sent.set("parts", "1");
  last?.abort();
  last = new AbortController();
  let page;
  try {
    const answer = await fetch(form.dataset.preview, { method: "POST", body: sent, signal: last.signal, redirect: "error" });
    if (!answer.ok) return;
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch { return; /* without a connection the page stays as it was; saving says so */ }
  for (const part of document.querySelectorAll("[data-live]")) {
    const come = page.getElementById(part.id);
    if (come) part.replaceChildren(...come.childNodes);
  }
}

let dirty = false;
form?.addEventListener("input", () => {
  dirty = true;
  clearTimeout(waiting);
  waiting = setTimeout(show, 120);
});
form?.addEventListener("submit", () => { dirty = false; });
addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });

// With a key held down, so that no letter that is typed is taken for a command.
addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.key === "Enter" && form) form.requestSubmit();
  if (!event.altKey || !["PageUp", "PageDown"].includes(event.key)) return;
  const to = document.querySelector(event.key === "PageUp" ? "a[rel=prev]" : "a[rel=next]");
  if (to) { event.preventDefault(); to.click(); }
});
