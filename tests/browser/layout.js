// What a reader could lose on a page, told as a list of strings: nothing lost is an empty list.
// The tests add this file to a page; the functions are called by name.
window.lost = (() => {
  const told = (it) => {
    const words = (it.innerText || it.textContent || it.value || "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `<${it.localName}${it.className && it.className.length ? "." + it.className : ""}> ${words}`;
  };
  const round = (n) => Math.round(n);
  const style = (it) => getComputedStyle(it);
  const isShown = (it) => it.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const isForEarsOnly = (it) => it.closest(".sr, .skip, .visually-hidden") !== null;
  const scrolls = (it, axis) => ["auto", "scroll"].includes(style(it)[`overflow${axis}`]);
  const frameOf = (it) => {
    for (let at = it; at && at !== document.body; at = at.parentElement) if (scrolls(at, "X") || scrolls(at, "Y")) return at;
    return null;
  };
  const all = (root = document.body) => [...root.querySelectorAll("*")].filter(isShown);

  // The page itself scrolls one way only, and what sticks out of it is named.
  function sideways() {
    const root = document.documentElement, found = [];
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} wide in ${root.clientWidth}`);
    for (const it of all()) {
      if (frameOf(it) || isForEarsOnly(it) || it.closest("svg")) continue;
      const box = it.getBoundingClientRect();
      if (box.width && (box.right > root.clientWidth + 1 || box.left < -1)) found.push(`${told(it)} from ${round(box.left)} to ${round(box.right)}`);
    }
    return found;
  }

  // Whatever scrolls sideways is a region with a name that the keyboard can reach, and holds a table or code.
  function frames() {
    return all().filter((it) => scrolls(it, "X") && it.scrollWidth > it.clientWidth + 1).filter((it) => {
      const name = it.getAttribute("aria-label") ?? document.getElementById(it.getAttribute("aria-labelledby"))?.textContent;
      const isNamed = it.getAttribute("role") === "region" && name?.trim();
      return !(isNamed && it.tabIndex === 0 && it.querySelector("table, pre, svg"));
    }).map((it) => `${told(it)} scrolls sideways without being a named region for the keyboard`);
  }

  // Text that its own box, or a box around it, does not show.
  function cut() {
    const found = [];
    for (const it of all()) {
      if (isForEarsOnly(it) || it.closest("svg") || it.matches("input, textarea, select")) continue;
      const { overflowX, overflowY, textOverflow } = style(it), hides = ["hidden", "clip"];
      if (hides.includes(overflowX) && it.scrollWidth > it.clientWidth + 1) found.push(`${told(it)} is cut at the side`);
      if (hides.includes(overflowY) && it.scrollHeight > it.clientHeight + 1) found.push(`${told(it)} is cut below`);
      if (textOverflow === "ellipsis") found.push(`${told(it)} ends in an ellipsis`);
    }
    for (const it of document.querySelectorAll("svg text")) {
      if (!isShown(it)) continue;
      const box = it.getBoundingClientRect(), after = parseFloat(style(it).letterSpacing) || 0;
      const wide = document.documentElement.clientWidth + after; // the last letter's spacing is nothing to see
      if (!frameOf(it) && (box.left < -1 || box.right > wide + 1)) found.push(`${told(it)} of a chart from ${round(box.left)} to ${round(box.right)}`);
    }
    return found;
  }

  // Lines of text that lie over one another: [words, box] of each line, a little less high than it is.
  function lines() {
    const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode, it = node.parentElement;
      if (!node.data.trim() || !isShown(it) || isForEarsOnly(it) || it.closest("title, desc, script, style, option")) continue;
      const frame = frameOf(it)?.getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const r of range.getClientRects()) {
        if (!r.width || (frame && (r.right > frame.right || r.left < frame.left || r.bottom > frame.bottom || r.top < frame.top))) continue;
        found.push({ it, words: node.data.trim().slice(0, 30), left: r.left + 1, right: r.right - 1 - (parseFloat(style(it).letterSpacing) || 0), top: r.top + r.height * 0.22, bottom: r.bottom - r.height * 0.22 });
      }
    }
    return found.sort((a, b) => a.top - b.top);
  }
  function overlaps() {
    const found = [], open = lines();
    open.forEach((a, i) => {
      for (let j = i + 1; j < open.length && open[j].top < a.bottom; j++) {
        const b = open[j];
        if (b.left < a.right && a.left < b.right) found.push(`“${a.words}” and “${b.words}” overlap at ${round(b.left)}, ${round(b.top + scrollY)}`);
      }
    });
    return found;
  }

  // What stays in sight while the rest scrolls leaves at least half of its window to the rest.
  function sticky() {
    const found = [];
    for (const it of all()) {
      const { position, top, left, bottom } = style(it);
      if (!["sticky", "fixed"].includes(position)) continue;
      const frame = frameOf(it), own = (it.closest("thead") ?? it).getBoundingClientRect();
      const high = frame && scrolls(frame, "Y") && frame !== it ? frame.clientHeight : innerHeight;
      const wide = frame && frame !== it ? frame.clientWidth : innerWidth;
      const isTall = top !== "auto" || bottom !== "auto" || position === "fixed";
      const isBeside = own.width < wide / 3; // in a column of its own: it lies over nothing
      if (isTall && !isBeside && own.height > high / 2) found.push(`${told(it)} keeps ${round(own.height)} of ${high} in height`);
      const isWholeRow = it.closest("[colspan]") !== null; // words over their rows: nothing passes under them
      const passes = frame && frame.scrollWidth > frame.clientWidth;
      const width = it.getBoundingClientRect().width;
      if (left !== "auto" && passes && !isWholeRow && width > wide / 2) found.push(`${told(it)} keeps ${round(width)} of ${wide} in width`);
    }
    return found;
  }

  // Whatever takes the focus is then in sight: some of it is on the screen with nothing over it (WCAG 2.4.11).
  const STOPS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  function hiddenFocus() {
    const found = [];
    document.activeElement.blur();
    for (const it of document.querySelectorAll(STOPS)) {
      if (!isShown(it) || it.disabled) continue;
      it.focus();
      if (document.activeElement !== it) continue;
      if (![...it.getClientRects()].some((box) => isOpen(it, box))) found.push(`${told(it)} has the focus out of sight`);
      const { outlineStyle, outlineWidth } = style(it);
      if (outlineStyle !== "auto" && (outlineStyle === "none" || parseFloat(outlineWidth) < 2)) found.push(`${told(it)} has the focus without a ring`);
    }
    document.querySelectorAll("*").forEach((it) => { if (it.scrollTop || it.scrollLeft) it.scrollTo(0, 0); });
    return found;
  }
  function isOpen(it, box) {
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    if (right - left < 1 || bottom - top < 1) return false;
    const places = [0.5, 0.1, 0.9].flatMap((x) => [0.5, 0.1, 0.9].map((y) => [left + (right - left) * x, top + (bottom - top) * y]));
    return places.some(([x, y]) => { const over = document.elementFromPoint(x, y); return over && (it.contains(over) || over.contains(it)); });
  }

  // Controls are 24 px each way; links within a sentence may be as high as its lines (WCAG 2.5.8).
  function smallTargets() {
    return [...document.querySelectorAll("button, select, summary, input:not([type=hidden]), .button, nav a, [role=option]")]
      .filter((it) => isShown(it) && !isForEarsOnly(it) && !it.closest(".breadcrumb, #user-tools")) // lines of links
      .map((it) => [it, it.closest("label")?.getBoundingClientRect() ?? it.getBoundingClientRect()])
      .filter(([, box]) => box.width < 23.9 || box.height < 23.9)
      .map(([it, box]) => `${told(it)} is ${round(box.width)} by ${round(box.height)}`);
  }

  // In the reader's own colours: a chart's marks and words stand off what is behind them (WCAG 1.4.11).
  const canvas = (() => { const ink = document.createElement("canvas"); ink.width = ink.height = 1; return ink.getContext("2d", { willReadFrequently: true }); })();
  function rgb(colour, under = [0, 0, 0]) {
    canvas.fillStyle = `rgb(${under.join(" ")})`;
    canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  }
  function light([r, g, b]) {
    const [x, y, z] = [r, g, b].map((n) => { const c = n / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  }
  function contrast(a, b) {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  }
  const painted = (it, property) => {
    const { [property]: colour, [`${property}Opacity`]: opacity } = style(it);
    return colour === "none" || opacity === "0" || colour.startsWith("rgba(0, 0, 0, 0") ? null : colour;
  };
  const SHAPES = "rect, path, line, circle, polyline, polygon";
  function faintMarks() {
    const found = [], paper = rgb(style(document.documentElement).backgroundColor);
    for (const it of document.querySelectorAll("svg *")) {
      if (!isShown(it) || it.closest(".holes, .absent, #content")) continue; // paper on purpose; a code to scan has its own
      if (it.matches(SHAPES)) {
        const inks = (it.matches("line") ? ["stroke"] : ["fill", "stroke"]).map((name) => painted(it, name)).filter(Boolean);
        if (inks.length && !inks.some((ink) => contrast(rgb(ink, paper), paper) >= 3)) found.push(`${told(it)} of a chart is drawn in ${inks} on ${paper}`);
      } else if (it.matches("text, tspan")) {
        const tile = it.closest(".tilemap") && it.parentElement.querySelector(":scope > rect");
        const under = tile ? rgb(painted(tile, "fill") ?? "transparent", paper) : paper;
        if (contrast(rgb(style(it).fill, under), under) < 4.5) found.push(`${told(it)} of a chart is written in ${style(it).fill} on ${under}`);
      }
    }
    return found.slice(0, 6);
  }

  // A ring round what has the focus, in a colour that is not the paper's.
  function ringless() {
    const found = [], paper = rgb(style(document.documentElement).backgroundColor);
    for (const it of document.querySelectorAll(STOPS)) {
      if (!isShown(it) || it.disabled) continue;
      it.focus();
      if (document.activeElement !== it) continue;
      const { outlineStyle, outlineWidth, outlineColor } = style(it);
      if (outlineStyle === "auto") continue; // the browser's own
      if (outlineStyle === "none" || parseFloat(outlineWidth) < 2 || contrast(rgb(outlineColor, paper), paper) < 3) found.push(`${told(it)} has no ring in ${outlineColor}`);
    }
    return found.slice(0, 6);
  }

  // What is current, chosen or wrong differs from its like by more than a colour or a background.
  const STATES = "[aria-current], [aria-selected='true'], .on, [aria-invalid='true'], .chosen rect";
  const LOOKS = ["fontWeight", "textDecorationLine", "outlineStyle", "outlineWidth", "borderBottomWidth", "borderTopWidth", "strokeWidth", "borderBottomColor"];
  const look = (it) => LOOKS.map((name) => style(it)[name]).join(" ");
  function unmarked() {
    return [...document.querySelectorAll(STATES)].filter(isShown).flatMap((it) => {
      const alike = [...(it.closest("ul, ol, nav, p, form, figure")?.querySelectorAll(it.localName) ?? [])].filter((other) => !other.matches(STATES));
      const same = alike.find((other) => look(other) === look(it));
      return same ? [`${told(it)} looks like ${told(same)}`] : [];
    });
  }

  return { faintMarks, ringless, unmarked, sideways, frames, cut, overlaps, sticky, hiddenFocus, smallTargets };
})();
