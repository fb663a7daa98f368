// Tell the place in the line while a leaflet is being made.
const form = document.querySelector("form");
const line = document.getElementById("line");
let timer;

const ask = async () => {
  const response = await fetch(`/line/${form.elements.ticket.value}`);
  const { place } = await response.json();
  line.textContent = place > 1 ? line.dataset.words.replace("{place}", place) : "";
};

form.addEventListener("submit", () => {
  clearInterval(timer);
  timer = setInterval(() => ask().catch(() => clearInterval(timer)), 1000);
  setTimeout(() => clearInterval(timer), 120000);
});
document.getElementById("wrong")?.focus();
