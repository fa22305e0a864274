// Script only improves: everything works without it.
document.querySelector("[data-takes-focus]")?.focus();
