// The plan in pieces: its themes, their objectives and the rows of these, as the page has them. A long plan is drawn a body at a time, as
// it comes near, so no body of one may be long.
const PIECE = 40;
const isLong = plan?.closest(".long") != null;

const themes = [];
for (const body of plan?.tBodies ?? []) {
  const theme = { band: null, title: "", pieces: [{ body, objectives: [], rows: 0 }] };
  for (const row of body.rows) {
    const first = row.firstElementChild;
    const [piece] = theme.pieces;
    if (first?.scope === "rowgroup") {
      theme.band = row;
      theme.title = row.textContent;
    } else if (first?.classList.contains("o") || !piece.objectives.length) {
      piece.objectives.push({ cell: first?.classList.contains("o") ? first : null, rows: [row] });
    } else {
      piece.objectives.at(-1).rows.push(row);
    }
  }
  themes.push(theme);
}

// an objective with very many rows, cut: each part has a cell of its own, so that no part is without its objective
const cut = ({ cell, rows }) => {
  if (rows.length < 2 * PIECE) return [{ cell, rows }];
  const parts = [];
  for (let at = 0; at < rows.length; at += PIECE) {
    const part = { cell, rows: rows.slice(at, at + PIECE) };
    if (cell && at) {
      part.cell = cell.cloneNode(true);
      part.cell.removeAttribute("id");
      part.rows[0].prepend(part.cell);
    }
    if (cell) part.cell.rowSpan = part.rows.length;
    parts.push(part);
  }
  return parts;
};

if (isLong) {
  for (const theme of themes) {
    const [whole] = theme.pieces;
    let piece = { body: whole.body, objectives: [], rows: 0 };
    theme.pieces = [piece];
    for (const objective of whole.objectives.flatMap(cut)) {
      if (piece.rows && piece.rows + objective.rows.length > PIECE) {
        const body = document.createElement("tbody");
        body.className = "on";
        piece.body.after(body);
        piece = { body, objectives: [], rows: 0 };
        theme.pieces.push(piece);
      }
      piece.objectives.push(objective);
      piece.rows += objective.rows.length;
      if (piece.body !== whole.body) piece.body.append(...objective.rows);
    }
  }
}
const pieces = themes.flatMap((theme) => theme.pieces.map((piece) => Object.assign(piece, { theme })));
if (isLong) {
  // how much of the page each stands for until it is drawn: the style sheet reckons with its rows and letters
  for (const { body } of pieces) {
    body.style.setProperty("--rows", body.rows.length);
    body.style.setProperty("--letters", body.textContent.length);
  }
}
// what is to be done with a body that comes near: a form makes its fields then
let whenNear = () => {};
