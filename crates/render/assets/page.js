"use strict";
// Adds search, zoom, sorting, filtering and copying to a page that is complete without them. Text of the
// repository is only ever inserted as text.
(function () {
  const SVG = "http://www.w3.org/2000/svg";
  const LONG = 12; // rows from which a table gets a filter
  const HITS = 50; // most hits of a search

  function element(tag, properties, ...children) {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  }

  function shape(tag, attributes, text) {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    if (text !== undefined) node.textContent = text;
    return node;
  }

  // A cell as a number, or as text: "$9.4k–$48k" is 9400, "<0.1" comes before 0.1.
  function value(row, column) {
    const text = row.cells[column].textContent.trim();
    if (/^\d{4}-\d\d-\d\d/.test(text)) return text;
    const found = /^(<?)([-−+]?)[^\d\s<>+−-]{0,4}\s?([\d,]*\.?\d+)\s?([kMBT%×]?)/.exec(text);
    if (!found) return text.toLowerCase();
    const unit = { k: 1e3, M: 1e6, B: 1e9, T: 1e12 }[found[4]] || 1;
    const size = parseFloat(found[3].replace(/,/g, "")) * unit * (found[1] ? 0.5 : 1);
    return found[2] && found[2] !== "+" ? -size : size;
  }

  function compare(a, b) {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a === typeof b) return a < b ? -1 : a > b ? 1 : 0;
    return typeof a === "number" ? 1 : -1; // text, such as a dash, counts least
  }

  function sortable(table) {
    const body = table.tBodies[0];
    if (body.rows.length < 2) return;
    Array.from(table.tHead.rows[0].cells).forEach(function (head, column) {
      const button = element("button", { type: "button", textContent: head.textContent });
      head.replaceChildren(button);
      button.addEventListener("click", function () {
        const down = head.getAttribute("aria-sort") !== "descending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = Array.from(body.rows, (row) => [value(row, column), row]);
        rows.sort((a, b) => (down ? compare(b[0], a[0]) : compare(a[0], b[0])));
        body.append(...rows.map((row) => row[1]));
      });
    });
  }

  // A spreadsheet must not run a cell that begins like a formula.
  function quoted(text) {
    const safe = /^[=+@\t\r-]/.test(text) && !/^-[\d.,]+$/.test(text) ? "'" + text : text;
    return '"' + safe.replace(/"/g, '""') + '"';
  }

  function csv(table) {
    const cell = (node) => quoted(Array.from(node.childNodes, (it) => (it.nodeName === "BR" ? "; " : it.textContent)).join(""));
    return Array.from(table.rows, (row) => Array.from(row.cells, cell).join(",")).join("\r\n") + "\r\n";
  }

  function tools(table) {
    const bar = element("div", { className: "tool" });
    const copy = element("button", { type: "button", textContent: "Copy as CSV" });
    copy.addEventListener("click", function () {
      const done = (text) => () => { copy.textContent = text; };
      const board = navigator.clipboard;
      if (!board) return done("This browser does not allow copying here")();
      board.writeText(csv(table)).then(done("Copied"), done("This browser did not allow copying"));
    });
    bar.append(copy);
    const rows = Array.from(table.tBodies[0].rows);
    if (rows.length > LONG) {
      const input = element("input", { type: "search", autocomplete: "off" });
      const status = element("span", { className: "d" });
      status.setAttribute("role", "status");
      input.addEventListener("input", function () {
        const wanted = input.value.toLowerCase();
        let shown = 0;
        for (const row of rows) {
          row.hidden = !row.textContent.toLowerCase().includes(wanted);
          shown += row.hidden ? 0 : 1;
        }
        status.textContent = wanted ? shown + " of " + rows.length + " rows" : "";
      });
      bar.prepend(element("label", {}, "Filter ", input), status);
    }
    table.parentNode.before(bar);
  }

  document.querySelectorAll("main table").forEach(function (table) {
    tools(table);
    sortable(table);
  });

  // A link into something closed opens it.
  function reveal() {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target) return;
    for (let node = target; node; node = node.parentElement) if (node.nodeName === "DETAILS") node.open = true;
    target.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  reveal();

  const source = document.getElementById("data");
  if (!source) return;
  const data = JSON.parse(source.textContent);
  const zoom = map();
  search();

  // ---- search ----
  function search() {
    const box = document.getElementById("find");
    const input = document.getElementById("find-text");
    const status = document.getElementById("find-status");
    const result = document.getElementById("find-result");
    box.hidden = false;
    const names = data.files.map((file) => (file[0] + " " + data.areas[file[1]]).toLowerCase());
    input.addEventListener("input", function () {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      result.replaceChildren();
      status.textContent = "";
      if (!words.length) return;
      const hits = [];
      let all = 0;
      names.forEach(function (name, index) {
        if (!words.every((word) => name.includes(word))) return;
        all += 1;
        if (hits.length < HITS) hits.push(data.files[index]);
      });
      const beyond = data.omitted ? "; " + data.omitted.toLocaleString("en") + " files are too many for this page" : "";
      status.textContent = (all ? all.toLocaleString("en") + " found" + (all > HITS ? ", the first " + HITS + " shown" : "") : "No file or area is called that") + beyond;
      if (hits.length) result.append(table(hits));
    });
  }

  function table(files) {
    const head = element("tr", {}, ...data.heads.map((text, column) => {
      const cell = element("th", { scope: "col", className: column > 1 ? "r" : "", textContent: text });
      return cell;
    }));
    const rows = files.map(function (file) {
      const name = element("th", { scope: "row" });
      const button = element("button", { type: "button", textContent: file[0] });
      button.addEventListener("click", function () {
        zoom(file[1], file[0]);
        const place = document.getElementById("map");
        if (place) place.scrollIntoView();
      });
      name.append(button);
      const cells = [data.areas[file[1]], file[2].toLocaleString("en"), file[4], file[5], file[6]];
      return element("tr", {}, name, ...cells.map((text, column) => element("td", { className: column > 0 ? "r" : "", textContent: text })));
    });
    const made = element("table", {}, element("caption", { textContent: "Found files" }), element("thead", {}, head), element("tbody", {}, ...rows));
    const frame = element("div", { className: "sc", tabIndex: 0 }, made);
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-label", "Found files");
    sortable(made);
    return frame;
  }

  // ---- map ----
  function map() {
    const section = document.getElementById("map");
    const figure = section && section.querySelector("figure");
    if (!figure) return function () {};
    const whole = Array.from(figure.children);
    figure.classList.add("zoomable");
    const choice = element("select", { id: "map-area" }, element("option", { value: "", textContent: "the whole repository" }));
    const present = new Set(data.files.filter((file) => file[2] > 0).map((file) => file[1]));
    Array.from(present).sort((a, b) => a - b).forEach((area) => choice.append(element("option", { value: area, textContent: data.areas[area] })));
    const status = element("span", {});
    status.setAttribute("role", "status");
    const label = element("label", { htmlFor: "map-area", textContent: "Show" });
    figure.before(element("div", { className: "tool" }, label, choice, status));

    function show(area, path) {
      if (area === "") {
        figure.replaceChildren(...whole);
        status.textContent = "";
      } else {
        const files = data.files.filter((file) => file[1] === area && file[2] > 0);
        const most = 2000;
        figure.replaceChildren(draw(files.slice().sort((a, b) => b[2] - a[2]).slice(0, most), data.areas[area], path));
        status.textContent = Math.min(files.length, most).toLocaleString("en") + " files" + (files.length > most ? ", the largest of " + files.length.toLocaleString("en") : "");
      }
      choice.value = String(area);
    }
    choice.addEventListener("change", () => show(choice.value === "" ? "" : Number(choice.value)));
    figure.addEventListener("click", function (event) {
      const zone = event.target.closest("[data-area]");
      if (zone) show(Number(zone.getAttribute("data-area")));
      else if (event.target.closest("svg.zoomed")) show("");
    });
    addEventListener("keydown", function (event) {
      if (event.key === "Escape" && choice.value !== "") show("");
    });
    return show;
  }

  function draw(files, name, path) {
    const narrow = matchMedia("(max-width:640px)").matches;
    const width = narrow ? 340 : 760;
    const height = Math.round(width * (narrow ? 1.5 : 0.68));
    const svg = shape("svg", { viewBox: "0 0 " + width + " " + height, role: "img", class: "zoomed" });
    svg.append(shape("title", {}, name));
    const places = squarify(files.map((file) => file[2]), 0, 0, width, height);
    files.forEach(function (file, index) {
      const [x, y, w, h] = places[index];
      const hit = file[0] === path ? " hit" : "";
      const rect = shape("rect", { x: x + 0.4, y: y + 0.4, width: Math.max(w - 0.8, 0), height: Math.max(h - 0.8, 0), class: "f h" + file[3] + hit });
      rect.append(shape("title", {}, file[0] + ": " + data.heads.slice(2).map((head, at) => head + " " + [file[2].toLocaleString("en"), file[4], file[5], file[6]][at]).join(", ")));
      svg.append(rect);
      const label = file[0].slice(file[0].lastIndexOf("/") + 1);
      if (h > 15 && label.length * 6.2 + 8 < w) svg.append(shape("text", { x: x + 4, y: y + 12.5, class: "fl lh" + file[3] }, label));
    });
    return svg;
  }

  // Squarified layout; weights descend. The same as in Rust, which draws the whole map.
  function squarify(weights, x, y, w, h) {
    const total = weights.reduce((a, b) => a + b, 0);
    const scale = total > 0 ? (w * h) / total : 0;
    const out = [];
    const best = 1.5;
    const off = function (area, sum, side) {
      const length = (area * side) / sum;
      let ratio = (length * length) / area;
      ratio = ratio < 1 ? 1 / ratio : ratio;
      return ratio < best ? best / ratio : ratio / best;
    };
    let start = 0;
    while (start < weights.length) {
      const side = Math.min(w, h);
      const first = weights[start] * scale;
      let sum = first;
      let worst = off(first, sum, side);
      let end = start + 1;
      while (end < weights.length) {
        const next = weights[end] * scale;
        const wider = Math.max(off(first, sum + next, side), off(next, sum + next, side));
        if (!(wider <= worst)) break;
        worst = wider;
        sum += next;
        end += 1;
      }
      const depth = side > 0 ? sum / side : 0;
      let offset = 0;
      for (let at = start; at < end; at += 1) {
        const length = depth > 0 ? (weights[at] * scale) / depth : 0;
        out.push(w >= h ? [x, y + offset, depth, length] : [x + offset, y, length, depth]);
        offset += length;
      }
      if (w >= h) { x += depth; w = Math.max(w - depth, 0); } else { y += depth; h = Math.max(h - depth, 0); }
      start = end;
    }
    return out;
  }
})();
