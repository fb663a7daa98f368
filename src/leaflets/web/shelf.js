// Search the shelf: every language at once, whatever the script and its accents.
{
const field = document.getElementById("search");
const form = field.form;
const list = form.querySelector(".results");
const told = form.querySelector(".none");

const plain = (text) =>
  text.normalize("NFKD").replace(/\p{M}|[\u200b-\u200f\u2066-\u2069]/gu, "").toLocaleLowerCase();

const index = window.leaflets.map((one) => ({ ...one, plain: plain(one.words) }));

const show = () => {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  const found = words.length
    ? index.filter((one) => words.every((word) => one.plain.includes(word)))
    : [];
  list.replaceChildren(
    ...found.slice(0, 40).map((one) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = field.dataset.base + one.href;
      link.textContent = one.title;
      link.lang = one.lang;
      link.dir = one.dir;
      const language = document.createElement("span");
      language.textContent = one.language;
      language.lang = one.lang;
      item.append(link, " · ", language);
      return item;
    }),
  );
  told.textContent = words.length && !found.length ? told.dataset.none : "";
};

form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
field.addEventListener("input", show);
show();
}
