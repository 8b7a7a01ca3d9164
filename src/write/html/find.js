// Finds actions: filters, search and sorting. Without it the page is complete; with it, the controls above the plan are shown.
const find = document.getElementById("find");

if (plan && find) {
  // how many rows are drawn at once while there is something to find: more is a press of a button away
  const MOST = 200;
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const found = document.getElementById("found");
  const more = document.getElementById("more");
  const controls = Object.fromEntries([...find.elements].filter((e) => e.name).map((e) => [e.name, e]));

  // the themes, their objectives and the rows of these, as the page has them
  const themes = [...plan.tBodies].map((body) => {
    const theme = { body, band: null, title: "", objectives: [] };
    for (const row of body.rows) {
      const cell = row.querySelector(":scope > .o");
      if (row.cells[0]?.scope === "rowgroup") {
        theme.band = row;
        theme.title = row.textContent;
      } else if (cell || !theme.objectives.length) {
        theme.objectives.push({ cell, rows: [row] });
      } else {
        theme.objectives.at(-1).rows.push(row);
      }
    }
    return theme;
  });

  let rows = null;
  // what is looked for in each row: read once, when it is first needed
  const read = () => {
    if (rows) return rows;
    rows = [];
    for (const theme of themes) {
      for (const objective of theme.objectives) {
        for (const row of objective.rows) {
          const cells = cellsOf(row);
          const of = (is) => cells[own.findIndex((column) => column.is === is)];
          const owner = of("owners");
          const paragraphs = owner ? [...owner.querySelectorAll("p")] : [];
          rows.push({
            row,
            theme,
            objective,
            cells,
            isAction: row.id !== "",
            words: `${theme.title} ${objective.cell?.textContent ?? ""} ${cells.map((cell) => cell.textContent).join(" ")}`.toLowerCase(),
            owners: (paragraphs.length ? paragraphs : owner ? [owner] : []).map((p) => p.textContent.trim()).filter(Boolean),
            status: of("status")?.querySelector("b")?.textContent ?? "",
            due: of("target")?.querySelector("time")?.dateTime ?? "",
          });
        }
      }
    }
    return rows;
  };

  const offer = (select, values, name = (value) => value) => {
    const otherwise = select.options[0].textContent;
    select.closest("div").hidden = values.length < 2;
    return fillWhenNeeded(select, "", () => ["", ...values], (value) => (value === "" ? otherwise : name(value)));
  };
  const month = new Intl.DateTimeFormat(document.documentElement.lang, { month: "long", year: "numeric", timeZone: "UTC" });
  const unique = (values) => [...new Set(values)].filter(Boolean);
  const actions = () => read().filter((one) => one.isAction);
  const rank = (state) => (states.includes(state) ? states.indexOf(state) : states.length);

  const words = () => controls.q.value.toLowerCase().split(/\s+/).filter(Boolean);
  const isAsked = () => ["q", "theme", "owner", "status", "due"].some((name) => controls[name].value.trim());
  const matches = () => {
    const wanted = words();
    const { theme, owner, status, due } = Object.fromEntries(Object.entries(controls).map(([name, control]) => [name, control.value]));
    return read().filter(
      (one) =>
        (one.isAction || !(owner || status || due)) &&
        (!theme || one.theme.title === theme) &&
        (!owner || one.owners.includes(owner)) &&
        (!status || one.status === status) &&
        (!due || one.due.startsWith(due)) &&
        wanted.every((word) => one.words.includes(word)),
    );
  };

  const sorted = (asked) => {
    const [at, backwards] = [Number(controls.sort.value), controls.down.checked ? -1 : 1];
    const is = own[at].is;
    const by = (one) => {
      if (is === "target") return one.due || "9999";
      if (is === "status") return `${rank(one.status)}`;
      const cell = one.cells[at];
      return (cell?.querySelector("input, textarea, select")?.value ?? cell?.textContent ?? "").trim();
    };
    const keyed = asked.filter((one) => one.isAction).map((one) => ({ one, by: by(one) }));
    // what says nothing comes last either way
    keyed.sort((a, b) => (a.by === "") - (b.by === "") || backwards * order.compare(a.by, b.by));
    return keyed.map((pair) => pair.one);
  };

  const flat = document.createElement("tbody");
  const putBack = () => {
    if (!flat.isConnected) return;
    flat.remove();
    flat.querySelectorAll(".o").forEach((copy) => copy.remove());
    for (const { body, band, objectives } of themes) {
      body.replaceChildren(...(band ? [band] : []), ...objectives.flatMap((objective) => objective.rows));
      plan.append(body);
    }
  };
  // under their themes and objectives: an objective stands over those of its rows that are shown
  const drawInOrder = (shown) => {
    putBack();
    for (const { body, objectives } of themes) {
      let any = false;
      for (const { cell, rows } of objectives) {
        const left = rows.filter((row) => {
          row.hidden = !shown.has(row);
          return !row.hidden;
        });
        if (left.length && cell) {
          cell.rowSpan = left.length;
          left[0].prepend(cell);
        }
        any ||= left.length > 0;
      }
      body.hidden = !any;
    }
  };
  // one after the other: each row says its theme and objective itself
  const drawSorted = (shown) => {
    putBack();
    flat.replaceChildren();
    for (const { row, theme, objective } of shown) {
      objective.cell?.remove();
      row.hidden = false;
      if (objective.cell) {
        const copy = objective.cell.cloneNode(true);
        copy.removeAttribute("id");
        copy.rowSpan = 1;
        if (theme.title) {
          const title = document.createElement("p");
          title.textContent = theme.title;
          copy.firstElementChild.prepend(title);
        }
        row.prepend(copy);
      }
      flat.append(row);
    }
    themes.forEach(({ body }) => body.remove());
    plan.append(flat);
  };

  // matches are marked without touching the text; the rule stands here, as checkers of style sheets do not know it yet
  const marked = document.createElement("style");
  marked.textContent = "::highlight(found){background:#ffd21f;color:#10161a}";
  document.head.append(marked);
  const mark = (shown) => {
    if (!window.Highlight) return;
    const wanted = words();
    const ranges = [];
    if (wanted.length) {
      for (const { row } of shown) {
        const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const text = node.data.toLowerCase();
          for (const word of wanted) {
            for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
              const range = document.createRange();
              range.setStart(node, Math.min(at, node.length));
              range.setEnd(node, Math.min(at + word.length, node.length));
              ranges.push(range);
            }
          }
        }
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  };

  let all = false;
  const draw = () => {
    const [asked, isSorted] = [isAsked(), controls.sort.value !== ""];
    controls.down.closest("div").hidden = !isSorted;
    const matching = asked || isSorted ? matches() : read();
    const inOrder = isSorted ? sorted(matching) : matching;
    const shown = all || !(asked || isSorted) ? inOrder : inOrder.slice(0, MOST);
    if (isSorted) {
      drawSorted(shown);
    } else {
      drawInOrder(new Set(shown.map((one) => one.row)));
    }
    const count = matching.filter((one) => one.isAction).length;
    const said = count ? found.dataset.shown : found.dataset.none;
    found.textContent = said.replace("{shown}", count).replace("{all}", actions().length);
    more.hidden = shown.length === inOrder.length;
    more.textContent = more.dataset.more.replace("{n}", inOrder.length);
    mark(asked ? shown : []);
  };

  // the view as an address that can be sent: what is chosen stands behind "#find?"
  const keep = () => {
    const view = new URLSearchParams();
    for (const [name, control] of Object.entries(controls)) {
      const value = control.type === "checkbox" ? (control.checked ? "1" : "") : control.value.trim();
      if (value) view.set(name, value);
    }
    const chosen = view.toString();
    if (chosen || location.hash.startsWith("#find?")) history.replaceState(null, "", chosen ? `#find?${chosen}` : "#find");
  };
  let fills = [];
  const take = () => {
    fills.forEach((fill) => fill());
    const view = new URLSearchParams(location.hash.startsWith("#find?") ? location.hash.slice(6) : "");
    for (const [name, control] of Object.entries(controls)) {
      if (control.type === "checkbox") control.checked = view.get(name) === "1";
      else control.value = view.get(name) ?? "";
      // a value that no option has
      if (control.selectedIndex === -1) control.selectedIndex = 0;
    }
  };
  const changed = () => {
    all = false;
    draw();
    keep();
  };
  find.addEventListener("input", changed);
  find.addEventListener("submit", (event) => event.preventDefault());
  find.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const control of Object.values(controls)) {
      if (control.type === "checkbox") control.checked = false;
      else control.value = "";
    }
    changed();
  });
  more.addEventListener("click", () => {
    const first = plan.querySelectorAll("tbody:not([hidden]) > tr[id]:not([hidden])").length;
    all = true;
    draw();
    // the focus goes on where reading does
    const next = plan.querySelectorAll("tbody:not([hidden]) > tr[id]:not([hidden])")[first];
    next?.setAttribute("tabindex", "-1");
    next?.focus();
  });
  const arrive = () => {
    if (location.hash.startsWith("#find?")) {
      take();
      draw();
    } else if (document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("[hidden], .plan tbody") && (isAsked() || controls.sort.value)) {
      // a link to an action that is not shown now: everything is shown again
      const target = location.hash;
      find.reset();
      history.replaceState(null, "", target);
      document.getElementById(decodeURIComponent(target.slice(1)))?.scrollIntoView();
    }
  };
  addEventListener("hashchange", arrive);

  const begin = () => {
    fills = [
      offer(controls.theme, unique(themes.map((theme) => theme.title))),
      offer(controls.owner, unique(actions().flatMap((one) => one.owners)).sort(order.compare)),
      offer(controls.status, unique(actions().map((one) => one.status)).sort((a, b) => rank(a) - rank(b))),
      offer(controls.due, unique(actions().map((one) => one.due.slice(0, 7))).sort(), (value) => month.format(new Date(`${value}-01T00:00Z`))),
      offer(controls.sort, own.map((_, at) => `${at}`), (at) => own[at].words),
    ];
    find.hidden = false;
    found.textContent = found.dataset.shown.replaceAll(/\{shown\}|\{all\}/g, actions().length);
    arrive();
  };
  begin();
}