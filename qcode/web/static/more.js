// The folded part of the menu: it closes with Escape, and when a person goes on elsewhere.
const menu = document.getElementById("more-rooms");

menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  event.stopPropagation();
  menu.open = false;
  menu.querySelector("summary").focus();
});
menu?.addEventListener("focusout", (event) => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false; });
if (menu) addEventListener("pointerdown", (event) => { if (!menu.contains(event.target)) menu.open = false; });
