// The search of one page: shows how often the words occur and goes from one place to the next with Enter.
"use strict";

const field = document.getElementById("search");
const found = document.getElementById("found");
let places = [];
let current = -1;

/** The smallest parts of the page that are worth going to. */
function parts() {
  return document.querySelectorAll(
    "main p, main li, main h1, main h2, main h3, main td, main th, main pre");
}

function show() {
  const words = field.value.trim().toLowerCase();
  places.forEach((part) => part.classList.remove("found", "current"));
  places = words === "" ? [] : [...parts()].filter((part) => part.textContent.toLowerCase().includes(words));
  places.forEach((part) => part.classList.add("found"));
  current = -1;
  found.textContent = words === "" ? "" : places.length === 0 ? "nothing found" : `${places.length} found, Enter goes on`;
}

function go(step) {
  if (places.length === 0) {
    return;
  }
  places[current]?.classList.remove("current");
  current = (current + step + places.length) % places.length;
  places[current].classList.add("current");
  places[current].scrollIntoView({block: "center"});
  found.textContent = `${current + 1} of ${places.length}`;
}

field.addEventListener("input", show);
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter") {
    go(event.shiftKey && current >= 0 ? -1 : 1);
  }
});
