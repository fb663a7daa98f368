// Search the shelf: every language at once, whatever the script and its accents.
{
const field = document.getElementById("search");
const form = field.form;
const list = form.querySelector(".results");
const none = form.querySelector(".none");

const plain = (text) =>
  text.normalize("NFKD").replace(/\p{M}|[\u200b-\u200f\u2066-\u2069]/gu, "").toLocaleLowerCase();

const index = window.leaflets.map((leaflet) => ({ ...leaflet, plain: plain(leaflet.words) }));

const show = () => {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  const leaflets = words.length
    ? index.filter((leaflet) => words.every((word) => leaflet.plain.includes(word)))
    : [];
  list.replaceChildren(
    ...leaflets.slice(0, 40).map((leaflet) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = field.dataset.base + leaflet.href;
      link.textContent = leaflet.title;
      link.lang = leaflet.lang;
      link.dir = leaflet.dir;
      const language = document.createElement("span");
      language.textContent = leaflet.language;
      language.lang = leaflet.lang;
      item.append(link, " · ", language);
      return item;
    }),
  );
  none.textContent = words.length && !leaflets.length ? none.dataset.none : "";
};

form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
field.addEventListener("input", show);
show();
}
