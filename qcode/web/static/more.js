// The menu: the room a person is in stands in view; its folded part closes with Escape, and when one goes on elsewhere.
const [rooms, current] = [document.querySelector(".rooms > ul"), document.querySelector(".rooms > ul a[aria-current]")];
if (current) rooms.scrollLeft = Math.max(0, current.offsetLeft - rooms.offsetLeft - (rooms.clientWidth - current.offsetWidth) / 2);

const menu = document.getElementById("more-rooms");

menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  event.stopPropagation();
  menu.open = false;
  menu.querySelector("summary").focus();
});
menu?.addEventListener("focusout", (event) => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false; });
if (menu) addEventListener("pointerdown", (event) => { if (!menu.contains(event.target)) menu.open = false; });
