// The form: the cells for the reviewer become fields, a draft stays in this browser, and the page with what was filled in can be saved
// as a file that is sent back.
const form = document.getElementById("review");

if (plan && form) {
  const answers = document.getElementById("planwright-filled");
  const note = document.getElementById("draft");
  const draft = `planwright: ${document.title} ${form.dataset.edition}`;
  const entries = own.map((column, at) => ({ ...column, at })).filter((column) => column.is.startsWith("enter-"));
  const filled = JSON.parse(answers.content.textContent);
  let isSaved = true;

  const store = (change) => {
    try {
      return change(localStorage);
    } catch {
      // a browser that keeps nothing: the file is all there is
      return null;
    }
  };
  const kept = store((storage) => storage.getItem(draft));
  if (kept) Object.assign(filled, JSON.parse(kept));

  const field = (column) => {
    if (column.is === "enter-text") {
      return Object.assign(document.createElement("textarea"), { rows: 3 });
    }
    if (column.is === "enter-state" && states.length) {
      return document.createElement("select");
    }
    return Object.assign(document.createElement("input"), { type: "text" });
  };
  const lines = (cell) => {
    const blocks = [...cell.querySelectorAll("p, li")];
    return (blocks.length ? blocks.map((b) => (b.matches("li") ? "- " : "") + b.textContent.trim()) : [cell.textContent.trim()]).join("\n");
  };
  // on paper the value stands for the field
  const show = (cell, control, value) => {
    if (control.tagName === "SELECT" && ![...control.options].some((option) => option.value === value)) control.add(new Option(value, value));
    control.value = value;
    cell.dataset.value = value;
  };
  const referenceOf = (row) => row.querySelector(":scope > [scope=row]:not(.o)")?.textContent ?? "";
  const made = new Map();
  const make = (row) => {
    if (made.has(row)) return;
    const cells = cellsOf(row);
    const reference = referenceOf(row);
    made.set(
      row,
      entries.map((column) => {
        const cell = cells[column.at];
        const control = field(column);
        const was = lines(cell);
        const value = filled[reference]?.[column.words] ?? was;
        if (control.tagName === "SELECT") fillWhenNeeded(control, value, () => [...new Set(["", ...states, was])]);
        show(cell, control, value);
        control.setAttribute("aria-label", form.dataset.label.replace("{column}", column.words).replace("{action}", reference));
        control.addEventListener("input", () => {
          const own = (filled[reference] ??= {});
          own[column.words] = control.value;
          if (control.value === was) delete own[column.words];
          if (!Object.keys(own).length) delete filled[reference];
          cell.dataset.value = control.value;
          changed();
        });
        cell.classList.add("f");
        cell.replaceChildren(control);
        return { cell, control, was };
      }),
    );
  };

  const changed = () => {
    isSaved = false;
    const isKept = store((storage) => {
      storage.setItem(draft, JSON.stringify(filled));
      return true;
    });
    note.textContent = isKept ? note.dataset.kept : note.dataset.lost;
  };

  const save = () => {
    const json = JSON.stringify(filled).replaceAll(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
    // put together here, so that whoever looks for the template in the page does not find it in this script
    const mark = `<${'template id="planwright-filled"'}>`;
    const at = written.indexOf(mark) + mark.length;
    const file = written.slice(0, at) + json + written.slice(written.indexOf("</template>", at));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([file], { type: "text/html" }));
    link.download = `${document.title.replaceAll(/[\\/:*?"<>|\u0000-\u001f]/g, "-").slice(0, 80).trim()} - ${form.dataset.file}.html`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    isSaved = true;
    note.textContent = note.dataset.saved;
  };
  const clear = () => {
    if (!confirm(form.dataset.sure)) return;
    Object.keys(filled).forEach((reference) => delete filled[reference]);
    store((storage) => storage.removeItem(draft));
    for (const controls of made.values()) controls.forEach(({ cell, control, was }) => show(cell, control, was));
    isSaved = true;
    note.textContent = "";
  };
  form.querySelector("[name=save]").addEventListener("click", save);
  form.querySelector("[name=clear]").addEventListener("click", clear);
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("beforeunload", (event) => {
    if (!isSaved) event.preventDefault();
  });

  // a very long plan has tens of thousands of fields: they are made as their rows come near, those that hold something at once
  const MOST = 2000;
  const rows = pieces.flatMap((piece) => piece.objectives.flatMap((objective) => objective.rows)).filter((row) => row.id);
  if (isLong && rows.length > MOST) {
    const near = new IntersectionObserver(
      (seen) => {
        for (const { target } of seen.filter((one) => one.isIntersecting)) {
          near.unobserve(target);
          [...target.rows].filter((row) => row.id).forEach(make);
        }
      },
      { rootMargin: "1500px" },
    );
    whenNear = (body) => near.observe(body);
    pieces.forEach((piece) => whenNear(piece.body));
    if (Object.keys(filled).length) rows.filter((row) => filled[referenceOf(row)]).forEach(make);
  } else {
    rows.forEach(make);
  }
  form.hidden = false;
  if (kept) note.textContent = note.dataset.back;
}
