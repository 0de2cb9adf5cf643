// Suggestions for search forms: inputs with data-suggest become comboboxes (WAI-ARIA Authoring
// Practices, "editable combobox with list autocomplete"). Without this file the forms work as they are.

const WAIT = 150; // milliseconds without a key before asking

document.querySelectorAll("input[data-suggest]").forEach((input) => {
  const form = input.form;
  const list = make("ul", { id: `${input.id}-options`, role: "listbox", "aria-label": "Suggestions", class: "options", hidden: "" });
  const status = make("div", { role: "status", class: "sr" });
  form.append(list, status);
  set(input, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id });

  let timer, asked, active = -1;

  const options = () => [...list.children];

  function choose(index) {
    active = index;
    options().forEach((option, i) => option.setAttribute("aria-selected", i === index));
    if (index < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", options()[index].id);
    options()[index].scrollIntoView({ block: "nearest" });
  }

  function show(isShown) {
    list.hidden = !isShown;
    input.setAttribute("aria-expanded", isShown);
    choose(-1);
  }

  function stop() {
    clearTimeout(timer);
    asked?.abort();
  }

  function close() {
    stop();
    show(false);
    status.textContent = "";
  }

  function fill(found) {
    list.replaceChildren(...found.map((hit, i) => {
      const option = make("li", { id: `${list.id}-${i}`, role: "option", "aria-selected": "false" });
      option.dataset.url = hit.url;
      if (hit.matched) option.append(make("span", { class: "matched" }, hit.matched), " → ");
      option.append(hit.name, " ", make("span", { class: "soft" }, hit.code));
      return option;
    }));
    show(found.length > 0);
    status.textContent = found.length === 1 ? "1 suggestion" : `${found.length || "No"} suggestions`;
  }

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    try {
      const address = `${input.dataset.suggest}?q=${encodeURIComponent(input.value)}`;
      const answer = await fetch(address, { signal });
      const found = answer.ok ? (await answer.json()).options : [];
      if (!signal.aborted && document.activeElement === input) fill(found);
    } catch {
      if (!signal.aborted) close(); // offline: the form still searches
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim().length < 2) return close();
    timer = setTimeout(ask, WAIT);
  });

  input.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    const next = { ArrowDown: active < last ? active + 1 : -1, ArrowUp: active < 0 ? last : active - 1 }[event.key];
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "Enter" && active >= 0) location.assign(options()[active].dataset.url);
    else if (next !== undefined && last >= 0) {
      stop(); // no later list takes the place of the one that is chosen from
      if (list.hidden) show(true);
      choose(next);
    } else return;
    event.preventDefault();
  });

  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
  input.addEventListener("blur", close);
});

function make(name, attributes, text = "") {
  const element = set(document.createElement(name), attributes);
  element.textContent = text;
  return element;
}

function set(element, attributes) {
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  return element;
}
