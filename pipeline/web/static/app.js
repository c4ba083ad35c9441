// The theme switch, the keys of the search box, and tables that sort by their address.
"use strict";

const dark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};

document.getElementById("theme")?.addEventListener("click", () => {
  const next = dark() ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  try { localStorage.setItem("theme", next); } catch { /* storage may be switched off */ }
  document.dispatchEvent(new CustomEvent("themechange"));
});

const box = document.getElementById("q");
const list = document.getElementById("suggestions");
let place = -1;

const options = () => [...list.querySelectorAll("[role=option]")];
const choose = (index) => {
  const all = options();
  place = all.length ? (index + all.length) % all.length : -1;
  all.forEach((option, i) => option.setAttribute("aria-selected", String(i === place)));
  if (place >= 0) {
    box.setAttribute("aria-activedescendant", all[place].id);
    all[place].scrollIntoView({ block: "nearest" });
  } else box.removeAttribute("aria-activedescendant");
};
const close = () => { list.replaceChildren(); place = -1; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); };

if (box && list) {
  list.addEventListener("htmx:afterSwap", () => { place = -1; box.setAttribute("aria-expanded", String(options().length > 0)); });
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && options().length) { event.preventDefault(); choose(place + 1); }
    else if (event.key === "ArrowUp" && options().length) { event.preventDefault(); choose(place < 0 ? -1 : place - 1); }
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && place >= 0) { event.preventDefault(); options()[place].click(); }
  });
  document.addEventListener("click", (event) => { if (!event.target.closest(".search")) close(); });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) { event.preventDefault(); box.focus(); box.select(); }
  });
}

// What a form leaves empty does not belong into an address that is shared.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "get") return;
  for (const field of event.target.elements) if (field.name && !field.value) { field.disabled = true; setTimeout(() => { field.disabled = false; }, 0); }
});

// A select that is changed asks at once; the button stays for those without a script.
document.addEventListener("change", (event) => {
  if (event.target.matches("form.filters select, form.filters input[type=checkbox]")) event.target.form.requestSubmit();
});
