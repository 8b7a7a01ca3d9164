"use strict";
const plan = document.querySelector(".plan table");
// the page as it was written, before anything in it changes: where it is a form, that is what is saved
const written = plan && document.getElementById("review") ? `<${"!DOCTYPE html"}>\n${document.documentElement.outerHTML}\n` : "";
// the columns of the plan: what each holds, and its header
const columns = plan ? [...plan.tHead.rows[0].cells].map((th) => ({ is: th.dataset.is, words: th.textContent })) : [];
// those of an action, in the order of its cells: an objective has a cell for several
const own = columns.filter((column) => column.is !== "objective");
const cellsOf = (row) => [...row.cells].filter((cell) => !cell.classList.contains("o"));
// what a cell says: what is filled in, where it is a field
const wordsOf = (cell) => cell?.querySelector("input, textarea, select")?.value ?? cell?.textContent ?? "";
// the options of a select, made when it is first used: a long plan has thousands
const fillWhenNeeded = (select, value, values, name = (value) => value) => {
  select.replaceChildren(new Option(name(value), value));
  const fill = () => {
    const chosen = select.value;
    select.replaceChildren(...values().map((value) => new Option(name(value), value, false, value === chosen)));
  };
  select.addEventListener("focus", fill, { once: true });
  select.addEventListener("pointerdown", fill, { once: true });
  return fill;
};
const states = [...document.querySelectorAll(".key dt")].map((state) => state.textContent);
