// Offer the papers of the edition that is chosen, and tell the place in the line while
// a leaflet is being made.
const form = document.querySelector("form");
const { first, second, edition, paper } = form.elements;

const offer = () => {
  const two = second.value && second.value !== first.value;
  const name = (two && paper.dataset.beside) || edition.value;
  for (const option of paper.options) {
    option.hidden = option.disabled = !option.dataset.editions.split(" ").includes(name);
  }
  if (paper.selectedOptions[0]?.disabled !== false) {
    paper.value = [...paper.options].find((option) => !option.disabled)?.value ?? "";
  }
};

[first, second, edition].forEach((field) => field.addEventListener("change", offer));
offer();

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
