// While something is made, look again and show how far it is. Without script the page loads itself again.
"use strict";
(() => {
  const look = async () => {
    const list = document.getElementById("forms");
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("forms");
      if (answer.ok && fresh) {
        if (fresh.textContent !== list.textContent) list.replaceWith(document.adoptNode(fresh));
        if (fresh.dataset.again === "0") {
          document.getElementById("made").textContent = "Nothing is being made any more.";
          return;
        }
      }
    } catch (_offline) { /* the next look may find it */ }
    setTimeout(look, 1000);
  };
  setTimeout(look, 1000);
})();
