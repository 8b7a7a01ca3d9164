// Finds actions: filters, search and sorting. Without it the page is complete; with it, the controls above the plan are shown.
const find = document.getElementById("find");

if (plan && find) {
  // how many rows are drawn at once while there is something to find: more is a press of a button away
  const MOST = 100;
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const found = document.getElementById("found");
  const more = document.getElementById("more");
  const controls = Object.fromEntries([...find.elements].filter((e) => e.name).map((e) => [e.name, e]));

  // what each row is found by: read once
  const rows = [];
  for (const piece of pieces) {
    for (const objective of piece.objectives) {
      objective.all = objective.rows.map((row) => ({ row, piece, objective, theme: piece.theme, isAction: row.id !== "" }));
      rows.push(...objective.all);
    }
  }
  const at = (is) => own.findIndex((column) => column.is === is);
  const [ownersAt, statusAt, dueAt] = [at("owners"), at("status"), at("target")];
  for (const one of rows) {
    const cells = cellsOf(one.row);
    const owner = cells[ownersAt];
    const paragraphs = owner?.firstElementChild ? [...owner.querySelectorAll("p")] : [];
    one.cells = cells;
    one.owners = (paragraphs.length ? paragraphs : owner ? [owner] : []).map((p) => p.textContent.trim()).filter(Boolean);
    one.status = cells[statusAt]?.querySelector("b")?.textContent ?? "";
    one.due = cells[dueAt]?.querySelector("time")?.dateTime ?? "";
  }
  const actions = rows.filter((one) => one.isAction);
  // the words of a row, in small letters: read when they are first looked into, or before, while nothing else is to be done
  const said = (one) =>
    (one.words ??= `${one.theme.title} ${one.objective.cell?.textContent ?? ""} ${one.cells.map(wordsOf).join(" ")}`.toLowerCase());
  const readAhead = (from) =>
    window.requestIdleCallback?.((idle) => {
      let next = from;
      while (next < rows.length && idle.timeRemaining() > 2) rows.slice(next, (next += 50)).forEach(said);
      if (next < rows.length) readAhead(next);
    });

  const offer = (select, values, name = (value) => value) => {
    const otherwise = select.options[0].textContent;
    select.closest("div").hidden = values.length < 2;
    return fillWhenNeeded(select, "", () => ["", ...values], (value) => (value === "" ? otherwise : name(value)));
  };
  const month = new Intl.DateTimeFormat(document.documentElement.lang, { month: "long", year: "numeric", timeZone: "UTC" });
  const unique = (values) => [...new Set(values)].filter(Boolean);
  const rank = (state) => (states.includes(state) ? states.indexOf(state) : states.length);

  const words = () => controls.q.value.toLowerCase().split(/\s+/).filter(Boolean);
  const isAsked = () => ["q", "theme", "owner", "status", "due"].some((name) => controls[name].value.trim());
  const matches = () => {
    const wanted = words();
    const { theme, owner, status, due } = Object.fromEntries(Object.entries(controls).map(([name, control]) => [name, control.value]));
    return rows.filter(
      (one) =>
        (one.isAction || !(owner || status || due)) &&
        (!theme || one.theme.title === theme) &&
        (!owner || one.owners.includes(owner)) &&
        (!status || one.status === status) &&
        (!due || one.due.startsWith(due)) &&
        wanted.every((word) => said(one).includes(word)),
    );
  };

  // the actions in the order of a column, those that say nothing in it last
  const orders = new Map();
  const inOrderOf = (column) => {
    if (!orders.has(column)) {
      const is = own[column].is;
      const by = (one) => {
        if (is === "target") return one.due || "9999";
        if (is === "status") return `${rank(one.status)}`;
        return wordsOf(one.cells[column]).trim();
      };
      // many actions say the same: each wording is compared once
      const alike = new Map();
      for (const one of actions) {
        const words = by(one);
        if (alike.has(words)) alike.get(words).push(one);
        else alike.set(words, [one]);
      }
      const silent = alike.get("") ?? [];
      alike.delete("");
      orders.set(column, { groups: [...alike].sort(([a], [b]) => order.compare(a, b)).map(([, group]) => group), silent });
    }
    return orders.get(column);
  };
  const sorted = (matching) => {
    const { groups, silent } = inOrderOf(Number(controls.sort.value));
    const among = new Set(matching);
    const all = [...(controls.down.checked ? [...groups].reverse() : groups), silent].flat();
    return all.filter((one) => among.has(one));
  };
  // what is filled in is found, and sorted by, as it is now
  plan.addEventListener("input", (event) => {
    const one = rows.find(({ row }) => row === event.target.closest("tr"));
    if (one) one.words = null;
    orders.clear();
  });

  // what is found stands in bodies of its own, with a mark in the place of each row; those of the plan are as they were, but hidden
  let bodies = [];
  let moved = [];
  const putBack = () => {
    for (const { row, mark, objective } of moved) {
      if (row.firstElementChild.classList.contains("o")) row.firstElementChild.remove();
      if (objective.cell && row === objective.rows[0]) row.prepend(objective.cell);
      mark.replaceWith(row);
    }
    bodies.forEach((body) => body.remove());
    [bodies, moved] = [[], []];
  };
  const add = (one) => {
    const { row, objective } = one;
    one.mark ??= document.createComment("");
    row.replaceWith(one.mark);
    if (row.firstElementChild === objective.cell) objective.cell.remove();
    bodies.at(-1).append(row);
    moved.push(one);
  };
  // the objective of a row, over it and those that follow
  const over = ({ row, objective: { cell } }, rowSpan) => {
    if (!cell) return null;
    const copy = Object.assign(cell.cloneNode(true), { rowSpan });
    copy.removeAttribute("id");
    row.prepend(copy);
    return copy;
  };
  const begin = (isFirst) => bodies.push(Object.assign(document.createElement("tbody"), { className: isFirst ? "" : "on" }));
  const drawAll = () => {
    putBack();
    pieces.forEach(({ body }) => (body.hidden = false));
  };
  // under their themes and objectives
  const drawInOrder = (shown) => {
    let before = {};
    for (let at = 0; at < shown.length; ) {
      const one = shown[at];
      const isFirst = one.theme !== before.theme;
      if (isFirst || bodies.at(-1).rows.length > PIECE) begin(isFirst);
      if (isFirst && one.theme.band) bodies.at(-1).append(one.theme.band.cloneNode(true));
      const from = at;
      // those without an objective's cell need not stand together
      while (at < shown.length && shown[at].objective === one.objective && (one.objective.cell || at < from + PIECE)) add(shown[at++]);
      over(one, at - from);
      before = one;
    }
  };
  // one after the other: each row says its theme and objective itself
  const drawSorted = (shown) => {
    for (const [at, one] of shown.entries()) {
      if (at % PIECE === 0) begin(at === 0);
      add(one);
      const copy = over(one, 1);
      if (!copy || !one.theme.title) continue;
      const title = document.createElement("p");
      title.textContent = one.theme.title;
      copy.firstElementChild.prepend(title);
    }
  };
  const drawFound = (shown, isSorted) => {
    putBack();
    pieces.forEach(({ body }) => (body.hidden = true));
    (isSorted ? drawSorted : drawInOrder)(shown);
    plan.tHead.after(...bodies);
    bodies.forEach(whenNear);
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
              const [startOffset, endOffset] = [Math.min(at, node.length), Math.min(at + word.length, node.length)];
              ranges.push(new StaticRange({ startContainer: node, startOffset, endContainer: node, endOffset }));
            }
          }
        }
      }
    }
    const highlight = new Highlight();
    ranges.forEach((range) => highlight.add(range));
    CSS.highlights.set("found", highlight);
  };

  let all = false;
  const draw = () => {
    const [asked, isSorted] = [isAsked(), controls.sort.value !== ""];
    controls.down.closest("div").hidden = !isSorted;
    const matching = asked || isSorted ? matches() : rows;
    const inOrder = isSorted ? sorted(matching) : matching;
    const shown = all || !(asked || isSorted) ? inOrder : inOrder.slice(0, MOST);
    if (asked || isSorted) drawFound(shown, isSorted);
    else drawAll();
    const count = matching.filter((one) => one.isAction).length;
    const said = count ? found.dataset.shown : found.dataset.none;
    found.textContent = said.replace("{shown}", count).replace("{all}", actions.length);
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
  // the address is for later: while someone types, it waits
  let waiting = 0;
  const changed = () => {
    all = false;
    draw();
    clearTimeout(waiting);
    waiting = setTimeout(keep, 250);
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
    } else if (location.hash && (isAsked() || controls.sort.value)) {
      // a link into the plan: everything is shown again
      const hash = location.hash;
      const target = () => document.getElementById(decodeURIComponent(hash.slice(1)));
      if (target() && !target().closest(".plan tbody")) return;
      find.reset();
      clearTimeout(waiting);
      target()?.scrollIntoView();
    }
  };
  addEventListener("hashchange", arrive);

  const start = () => {
    fills = [
      offer(controls.theme, unique(themes.map((theme) => theme.title))),
      offer(controls.owner, unique(actions.flatMap((one) => one.owners)).sort(order.compare)),
      offer(controls.status, unique(actions.map((one) => one.status)).sort((a, b) => rank(a) - rank(b))),
      offer(controls.due, unique(actions.map((one) => one.due.slice(0, 7))).sort(), (value) => month.format(new Date(`${value}-01T00:00Z`))),
      offer(controls.sort, own.map((_, at) => `${at}`), (at) => own[at].words),
    ];
    find.hidden = false;
    found.textContent = found.dataset.shown.replaceAll(/\{shown\}|\{all\}/g, actions.length);
    arrive();
    readAhead(0);
  };
  start();
}