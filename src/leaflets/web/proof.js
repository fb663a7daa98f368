// The proof desk: pages, the passages on them, and the message behind each.
const main = document.querySelector("main");
const state = document.getElementById("told");
const message = document.getElementById("message");
const words = document.getElementById("words");
const columns = [
  { name: main.dataset.target, place: document.getElementById("own"), proof: null },
];
if (main.dataset.beside) {
  columns.push({ name: main.dataset.beside, place: document.getElementById("beside"), proof: null });
}
const own = columns[0];
let picked = "";
let filter = "all";
let first = null;
// What was typed over which translation, by message: it stays until it is saved.
const typed = new Map();

const make = (tag, text = "", names = "") => {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = names;
  return element;
};

// In the second language of a bilingual page a passage has the same key behind an "x-".
const plain = (key) => key.replace(/^x-/, "");

const spots = (key) =>
  document.querySelectorAll(
    [plain(key), `x-${plain(key)}`].map((name) => `.spot[data-key="${CSS.escape(name)}"]`).join(),
  );

const point = (key, on) => spots(key).forEach((spot) => spot.classList.toggle("over", on));

const textOf = (key) => own.proof?.texts.find((text) => text.keys.includes(plain(key)));

// A message is known by its context and its source, as gettext writes them together.
const nameOf = (text) => `${text.context}\u0004${text.source}`;

const pick = (key, scroll = false) => {
  document.querySelectorAll(".picked").forEach((spot) => spot.classList.remove("picked"));
  picked = key;
  spots(key).forEach((spot) => spot.classList.add("picked"));
  if (scroll) {
    columns.forEach(({ place }) =>
      place.querySelector(`.spot[data-key="${CSS.escape(key)}"]`)?.scrollIntoView({ block: "center" }),
    );
  }
  show(textOf(key));
};

const show = (text) => {
  message.hidden = !text;
  if (!text) return;
  message.querySelector(".source").textContent = text.source;
  message.querySelector("form").hidden = text.state === "source";
  const kept = typed.get(nameOf(text));
  const value = kept ? kept.words : text.translation;
  // Setting what is there already would move the cursor.
  if (words.value !== value) words.value = value;
  if (message.dataset.source !== text.source || message.dataset.context !== text.context) {
    message.querySelector(".saved").textContent = "";
  }
  message.dataset.source = text.source;
  message.dataset.context = text.context;
  message.dataset.seen = text.translation;
  words.lang = own.proof.language;
  const notes = [...text.comments, ...text.findings, text.room].filter(Boolean);
  if (kept && text.translation !== words.value) notes.unshift(`In the catalog: ${text.translation}`);
  message.querySelector(".notes").replaceChildren(...notes.map((note) => make("li", note)));
  message.querySelector(".place").textContent = [text.keys.join(", "), `${text.path}:${text.line}`, text.state].filter(Boolean).join(" · ");
};

const draw = (column) => {
  const { proof, place } = column;
  const keep = place.scrollTop;
  const failing = new Set(proof.problems.map((problem) => problem.key).filter(Boolean));
  for (let side = 1; side <= proof.sides; side += 1) {
    let box = place.children[side - 1];
    if (!box) {
      box = make("div", "", "side");
      box.append(make("img"));
      place.append(box);
    }
    const image = box.querySelector("img");
    image.alt = `Page ${side} of ${proof.sides}`;
    const address = `/side/${side}/${column.name}?${proof.sha256}`;
    if (image.getAttribute("src") !== address) {
      image.style.aspectRatio = `1 / ${proof.ratio}`;
      // The old page stays until the new one is there: nothing flickers.
      const next = new Image();
      next.onload = () => {
        image.src = address;
        box.dataset.shown = proof.sha256;
      };
      next.src = address;
    }
    box.querySelectorAll(".spot").forEach((spot) => spot.remove());
    for (const spot of proof.places.filter((place) => place.side === side)) {
      const button = make("button", "", "spot");
      button.type = "button";
      button.dataset.key = spot.key;
      button.setAttribute("aria-label", `Text ${spot.key}`);
      for (const name of ["left", "top", "width", "height"]) button.style[name] = `${spot[name]}%`;
      button.classList.toggle("failing", failing.has(spot.key));
      button.addEventListener("mouseenter", () => point(spot.key, true));
      button.addEventListener("mouseleave", () => point(spot.key, false));
      button.addEventListener("click", () => pick(spot.key));
      box.append(button);
    }
  }
  while (place.children.length > proof.sides) place.lastElementChild.remove();
  place.scrollTop = keep;
};

// As a command would say it.
const sentence = ({ place, severity, message, code, hint }) =>
  [`${place}: ${severity}: ${message} [${code}]`, hint && `hint: ${hint}`].filter(Boolean).join("\n  ");

const list = () => {
  const { proof } = own;
  document.querySelector("#problems ul").replaceChildren(
    ...proof.problems.map((problem) => {
      const item = make("li");
      const link = make("button", `${problem.severity}: ${problem.message}`, "link");
      link.type = "button";
      link.addEventListener("click", () => problem.key && pick(problem.key, true));
      item.append(link, make("div", `${problem.place} [${problem.code}]`, "place"));
      return item;
    }),
  );
  first ??= new Map(proof.texts.map((text) => [nameOf(text), text.translation]));
  const wanted = {
    all: () => true,
    untranslated: (text) => text.state === "untranslated" || text.state === "fuzzy",
    changed: (text) => first.get(nameOf(text)) !== text.translation,
    failing: (text) => text.findings.length > 0,
  }[filter];
  document.querySelector("#texts ol").replaceChildren(
    ...proof.texts.filter(wanted).map((text) => {
      const item = make("li");
      const link = make("button", text.translation || text.source, "link");
      link.type = "button";
      link.lang = text.translation ? proof.language : "en";
      link.dir = "auto";
      link.addEventListener("click", () => (text.keys[0] ? pick(text.keys[0], true) : show(text)));
      item.append(link);
      return item;
    }),
  );
};

const load = async (column) => {
  const response = await fetch(`/api/proof/${column.name}`);
  if (!response.ok) return;
  const { proof, seconds } = await response.json();
  if (!proof || JSON.stringify(proof) === JSON.stringify(column.proof)) return;
  column.proof = proof;
  draw(column);
  if (column === own) {
    list();
    state.textContent = proof.earlier || !proof.sha256
      ? "The newest state cannot be printed: see the problems. An earlier one is shown."
      : `${proof.sides} pages, ${seconds.toFixed(2)} s`;
    if (picked) pick(picked);
  }
};

const send = async (body) => {
  try {
    const response = await fetch("/message", { method: "POST", body: JSON.stringify(body) });
    return await response.json();
  } catch {
    return { saved: false, problem: "the desk does not answer; what you typed is still here" };
  }
};

message.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { source, context, seen } = message.dataset;
  const name = nameOf({ source, context });
  const kept = typed.get(name) ?? { words: words.value, seen };
  const answer = await send({
    locale: own.name.split("/")[0].split("+")[0],
    context,
    source,
    translation: kept.words,
    seen: kept.seen,
  });
  const { saved: done, problem, problems = [], now } = answer;
  if (done) {
    // What was typed while it was being saved stays, over what is saved now.
    if (typed.get(name)?.words === kept.words) typed.delete(name);
    else if (typed.has(name)) typed.get(name).seen = kept.words;
  } else {
    // Once told what stands there now, its author may still want these words.
    typed.set(name, { words: typed.get(name)?.words ?? kept.words, seen: now ?? kept.seen });
  }
  if (nameOf(message.dataset) !== name) return;
  const there = typeof now === "string" && `it is now: ${now}`;
  message.querySelector(".saved").textContent = [done ? "saved" : "not saved", problem, there, ...problems.map(sentence)].filter(Boolean).join("; ");
});

words.addEventListener("input", () => {
  const name = nameOf(message.dataset);
  typed.set(name, { words: words.value, seen: typed.get(name)?.seen ?? message.dataset.seen });
});

// Whoever closes the page with words that are not saved is asked.
addEventListener("beforeunload", (event) => {
  if (typed.size) event.preventDefault();
});

document.querySelectorAll("[data-filter]").forEach((button) =>
  button.addEventListener("click", () => {
    filter = button.dataset.filter;
    document
      .querySelectorAll("[data-filter]")
      .forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
    if (own.proof) list();
  }),
);

document.querySelectorAll("[data-part]").forEach((select) =>
  select.addEventListener("change", () => {
    const part = (name) => document.querySelector(`[data-part="${name}"]`).value;
    location.href = `/proof/${part("locale")}/${part("leaflet")}.${part("edition")}.${part("paper")}`;
  }),
);

new EventSource("/events").onmessage = () => columns.forEach((column) => load(column));
