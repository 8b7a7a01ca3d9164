//! A document as markdown, values and a web page.

use crate::document::{Laid, LaidRow, Part, Written};

pub(crate) fn markdown(document: &Laid) -> String {
    let mut out = String::new();
    for part in &document.parts {
        match part {
            Part::Heading(level, words) => {
                out += &format!("{} {}", "#".repeat(*level), words.with(str::to_owned));
            }
            Part::Paragraph(words) => out += &words.with(str::to_owned),
            Part::List(numbered, items) => {
                for (depth, words) in items {
                    let bullet = if *numbered { "1." } else { "-" };
                    let words = words.with(str::to_owned);
                    out += &format!("{}{bullet} {words}\n", "   ".repeat(*depth));
                }
            }
            Part::Table { rows, .. } => {
                for (at, row) in rows.iter().enumerate() {
                    let cell = |text: &Written| text.with(|words| words.replace('\n', "<br>"));
                    let cells: Vec<String> = row.cells.iter().map(|c| cell(&c.text)).collect();
                    out += &format!("| {} |\n", cells.join(" | "));
                    if at == 0 {
                        out += &format!("|{}\n", "---|".repeat(row.cells.len()));
                    }
                }
            }
        }
        out += "\n\n";
    }
    out
}

/// With the separator that most tables of its length would not have, too.
pub(crate) fn values(document: &Laid, separator: char) -> String {
    let quoted = |text: &Written| {
        let text = text.with(|words| words.replace('"', "\"\""));
        format!("\"{text}\"")
    };
    let mut out = String::new();
    for part in &document.parts {
        match part {
            Part::Heading(_, words) | Part::Paragraph(words) => out += &quoted(words),
            Part::List(_, items) => {
                for (_, words) in items {
                    out += &(quoted(words) + "\r\n");
                }
            }
            Part::Table { rows, .. } => {
                for LaidRow { cells, .. } in rows {
                    let cells: Vec<String> = cells.iter().map(|c| quoted(&c.text)).collect();
                    out += &(cells.join(&separator.to_string()) + "\r\n");
                }
            }
        }
        out += "\r\n";
    }
    out
}

pub(crate) fn page(document: &Laid) -> String {
    let escaped = |words: &str| {
        let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "<br>");
        if words.starts_with("http") { format!("<a href=\"{words}\">{words}</a>") } else { words }
    };
    let mut out = "<!DOCTYPE html><html><head><title>Plan</title></head><body>".to_owned();
    for part in &document.parts {
        match part {
            Part::Heading(level, words) => {
                out += &format!("<h{level}>{}</h{level}>", words.with(escaped));
            }
            Part::Paragraph(words) => out += &format!("<p>{}</p>", words.with(escaped)),
            Part::List(numbered, items) => {
                let tag = if *numbered { "ol" } else { "ul" };
                for (depth, words) in items {
                    let (open, close) = (format!("<{tag}><li>"), format!("</li></{tag}>"));
                    let words = words.with(escaped);
                    out += &format!("{}{words}{}", open.repeat(*depth), close.repeat(*depth));
                }
            }
            Part::Table { rows, .. } => {
                out += "<table>";
                for row in rows {
                    out += if row.hidden { "<tr hidden>" } else { "<tr>" };
                    let tag = if row.header { "th" } else { "td" };
                    for cell in &row.cells {
                        let style = STYLES[cell.style];
                        let (across, down) = cell.span;
                        let words = cell.text.with(escaped);
                        out += &format!(
                            "<{tag} colspan={across} rowspan={down} style='{style}'>{words}</{tag}>"
                        );
                    }
                    out += "</tr>";
                }
                out += "</table>";
            }
        }
    }
    out + "</body></html>"
}

const STYLES: [&str; 8] = [
    "",
    "mso-number-format:Short",
    "background:#00b050",
    "text-decoration:line-through",
    "font-weight:bold",
    "display:none",
    "color:white;background:white",
    "padding-left:2em",
];
