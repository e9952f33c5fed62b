"use strict";
// What the pages can do besides without JavaScript: the reader's time zone, fresh parts, plots.
(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const known = document.cookie.split("; ").find((cookie) => cookie.startsWith("tandem-zone="));
  const wanted = "tandem-zone=" + encodeURIComponent(zone);
  if (zone && known !== wanted) {
    document.cookie = wanted + "; Path=/console; Max-Age=31536000; SameSite=Strict";
    if (navigator.cookieEnabled && document.cookie.includes(wanted) && document.querySelector("time")) {
      location.reload();
    }
  }

  const stale = () => document.getElementById("stale");
  const fresh = (is) => { const note = stale(); if (note) { note.hidden = is; } };
  document.addEventListener("htmx:sendError", () => fresh(false));
  document.addEventListener("htmx:responseError", () => fresh(false));
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) { fresh(true); } });

  // Each plot reads the table beside it, which says the same.
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const number = (text) => text === "" ? null : Number(text);
  // A value between gaps, which no line shows.
  const alone = (values) => [...values.keys()].filter((at) =>
    values[at] != null && values[at - 1] == null && values[at + 1] == null);
  const plot = (figure) => {
    // Not the legend, which a plot that is there already has as a table too.
    const table = figure.querySelector("details table");
    const place = figure.querySelector(".plot");
    if (!table || !place || !window.uPlot) {
      return;
    }
    const names = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
    const rows = [...table.querySelectorAll("tbody tr")];
    const data = names.map((_, column) => rows.map((row) => number(row.children[column].dataset.value)));
    const language = document.documentElement.lang;
    const written = new Intl.NumberFormat(language);
    const seconds = data[0].length > 1 ? data[0][1] - data[0][0] : 3600;
    const form = seconds >= 86400 ? { day: "numeric", month: "short" } : { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const when = new Intl.DateTimeFormat(language, form);
    const strokes = [colour("--mark"), colour("--good"), colour("--bad")];
    const text = colour("--quiet");
    const grid = { stroke: colour("--line"), width: 1 };
    place.replaceChildren();
    new uPlot({
      width: Math.max(200, place.clientWidth),
      height: 220,
      cursor: { drag: { x: false, y: false } },
      scales: { y: { range: (self, low, high) => [0, Math.max(1, high * 1.1)] } },
      axes: [
        { stroke: text, grid, ticks: grid, space: 70, values: (self, at) => at.map((one) => when.format(new Date(one * 1000))) },
        { stroke: text, grid, ticks: grid, size: 60, values: (self, at) => at.map((one) => written.format(one)) },
      ],
      series: names.map((label, column) => column === 0
        ? { label, value: (self, at) => at == null ? "–" : when.format(new Date(at * 1000)) }
        : { label, stroke: strokes[column - 1], width: 2,
            points: { show: false, fill: strokes[column - 1], filter: (self, of) => alone(self.data[of]) },
            value: (self, of) => of == null ? "–" : written.format(of) }),
    }, data, place);
  };
  const plots = () => document.querySelectorAll("figure.history").forEach(plot);
  document.addEventListener("DOMContentLoaded", plots);
  let resized;
  window.addEventListener("resize", () => { clearTimeout(resized); resized = setTimeout(plots, 200); });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", plots);
})();
