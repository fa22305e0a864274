// Shows the redline beside the text while it is typed. Without script the Preview button does the same.
const form = document.getElementById("propose");
let waiting, last;
async function preview() {
  const sent = new FormData(form);
  sent.set("do", "preview");
  last?.abort();
  last = new AbortController();
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent, signal: last.signal, redirect: "error" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const shown = page.getElementById("preview");
    if (shown) document.getElementById("preview").replaceChildren(...shown.childNodes);
  } catch (failure) {
    if (failure.name !== "AbortError") return; // the button still works
  }
}
form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(preview, 600);
});
