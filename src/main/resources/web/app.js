"use strict";
// Small helpers of the console. Everything also works without them, only less comfortably.
(() => {
  const on = (type, selector, handler) =>
    document.addEventListener(type, (event) => {
      const found = event.target instanceof Element ? event.target.closest(selector) : null;
      if (found) handler(event, found);
    });

  on("click", "[data-toggle]", (event, button) => {
    const shown = document.querySelector(button.dataset.toggle).classList.toggle("show");
    button.setAttribute("aria-expanded", String(shown));
  });

  on("change", "[data-submit]", (event, field) => field.form.requestSubmit());

  on("click", "[data-print]", () => window.print());

  on("click", "[data-confirm]", (event, button) => {
    if (!window.confirm(button.dataset.confirm)) event.preventDefault();
  });

  // A click anywhere in a row opens it, unless it hit something of its own or marked text.
  on("click", "tr[data-href]", (event, row) => {
    const own = event.target.closest("a, button, input, select, form");
    if (!own && String(window.getSelection()) === "") window.location.assign(row.dataset.href);
  });

  let waiting = 0;
  const preview = (form) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const target = form.querySelector("#preview");
      if (target && window.htmx) window.htmx.trigger(target, "preview");
    }, 300);
  };
  on("input", "[data-preview-form]", (event, form) => preview(form));

  // Paints the half hours of a calendar's day with the tier that is chosen.
  const LETTERS = { SHARP: "S", PEAK: "P", FLAT: "F", VALLEY: "V", DEEP_VALLEY: "D" };
  let painting = null;
  const paint = (cell) => {
    const box = cell && cell.closest(".slot-grid");
    if (!box || (painting && painting !== box)) return;
    const brush = document.querySelector("[name=brush]:checked");
    if (!brush) return;
    const field = box.querySelector("input");
    const letters = Array.from(field.value);
    letters[Number(cell.dataset.slot)] = LETTERS[brush.value];
    field.value = letters.join("");
    cell.className = "slot tier-" + brush.value;
  };
  on("pointerdown", "[data-slot]", (event, cell) => {
    painting = cell.closest(".slot-grid");
    if (event.pointerType === "mouse") event.preventDefault();
    paint(cell);
  });
  document.addEventListener("pointermove", (event) => {
    if (!painting) return;
    const under = document.elementFromPoint(event.clientX, event.clientY);
    paint(under && under.closest("[data-slot]"));
  });
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => (painting = null));
  }

  const lineOf = (name, axis, color, points, value) => ({
    label: name,
    yAxisID: axis,
    borderColor: color,
    backgroundColor: color + "22",
    fill: axis === "power",
    pointRadius: points.length > 60 ? 0 : 2,
    borderWidth: 2,
    tension: 0.2,
    spanGaps: true,
    data: points.filter((p) => p[value] !== null).map((p) => ({ x: p.minute, y: p[value] })),
  });

  const draw = async (canvas) => {
    const answer = await fetch(canvas.dataset.chart);
    if (!answer.ok) return;
    const points = (await answer.json()).points;
    if (points.length < 2) {
      canvas.hidden = true;
      canvas.parentElement.querySelector(".chart-none").hidden = false;
      return;
    }
    const lines = [
      lineOf(canvas.dataset.power, "power", "#066fd1", points, "kw"),
      lineOf(canvas.dataset.energy, "energy", "#2fb344", points, "kwh"),
    ];
    if (points.some((p) => p.soc !== null)) {
      lines.push(lineOf(canvas.dataset.soc, "soc", "#f59f00", points, "soc"));
    }
    new window.Chart(canvas, {
      type: "line",
      data: { datasets: lines },
      options: {
        animation: false,
        maintainAspectRatio: false,
        interaction: { mode: "nearest", axis: "x", intersect: false },
        scales: {
          x: { type: "linear", min: 0, title: { display: true, text: canvas.dataset.minutes } },
          power: { axis: "y", beginAtZero: true, position: "left", title: { display: true, text: "kW" } },
          energy: {
            axis: "y",
            beginAtZero: true,
            position: "right",
            grid: { drawOnChartArea: false },
            title: { display: true, text: "kWh" },
          },
          soc: { axis: "y", display: false, min: 0, max: 100 },
        },
      },
    });
  };

  // The server tells what has changed; what shows it is read anew.
  const live = () => {
    if (!document.querySelector("[data-refresh]")) return;
    const source = new EventSource(document.body.dataset.live);
    source.addEventListener("changed", (event) => {
      const changed = new Set(event.data.split(" "));
      for (const part of document.querySelectorAll("[data-refresh]")) {
        const name = part.dataset.refresh;
        if (name === "any" || changed.has(name)) window.htmx.trigger(part, "refresh");
      }
    });
    window.addEventListener("pagehide", () => source.close());
  };

  // Follows the message log: the server sends each new row.
  const MOST_FOLLOWED = 500;
  let followed = null;
  on("click", "[data-follow]", (event, button) => {
    const stop = followed !== null;
    button.setAttribute("aria-pressed", String(!stop));
    button.classList.toggle("btn-success", !stop);
    if (stop) {
      followed.close();
      followed = null;
      return;
    }
    const box = document.querySelector(button.dataset.into);
    followed = new EventSource(button.dataset.follow);
    followed.addEventListener("message", (news) => {
      box.insertAdjacentHTML("afterbegin", news.data);
      window.htmx.process(box.firstElementChild);
      while (box.children.length > MOST_FOLLOWED) box.lastElementChild.remove();
    });
    window.addEventListener("pagehide", () => followed && followed.close());
  });

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("canvas[data-chart]").forEach((canvas) => void draw(canvas));
    live();
  });
})();
