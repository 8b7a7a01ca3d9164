//! The words of a source, found without planwright, those of them that an import has lost, and the
//! words of a PDF.

use std::collections::HashMap;
use std::io::{Cursor, Write as _};
use std::process::{Command, Stdio};

use calamine::{Data, Reader};
use planwright::layout::{LayoutOptions, layout};
use planwright::write::{PdfOptions, pdf};
use planwright::{Imported, Report};

/// The words of a source, a line or cell at a time, by the extension of its file.
pub(crate) fn of_source(bytes: &[u8], extension: &str) -> Vec<Vec<String>> {
    match extension {
        "md" => of_markdown(std::str::from_utf8(bytes).unwrap()),
        "csv" | "tsv" => of_values(bytes),
        "html" | "htm" => of_page(&decoded(bytes)),
        // a web page under the name of a workbook
        _ if bytes.starts_with(b"<") => of_page(&decoded(bytes)),
        _ => of_workbook(bytes),
    }
}

/// The words of text cells; numbers and dates may be written in more than one way.
fn of_workbook(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut workbook = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).unwrap();
    let names = workbook.sheet_names();
    let mut units = Vec::new();
    for name in names {
        let Ok(range) = workbook.worksheet_range(&name) else { continue };
        units.extend(range.used_cells().filter_map(|(_, _, cell)| {
            if let Data::String(text) = cell { Some(words(&without_tags(text))) } else { None }
        }));
    }
    units.retain(|unit| !unit.is_empty());
    units
}

/// The text of a cell without the HTML that lists on the web export with it: its tags, by name, and
/// its entities.
fn without_tags(text: &str) -> String {
    const TAGS: &[&str] = &[
        "div", "p", "br", "b", "i", "strong", "em", "span", "ul", "ol", "li", "a", "font", "u", "s",
    ];
    let mut out = String::with_capacity(text.len());
    for (i, part) in text.split('<').enumerate() {
        let name: String =
            part.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let end =
            part.find('>').filter(|_| i > 0 && TAGS.contains(&name.to_ascii_lowercase().as_str()));
        out.push(' ');
        out.push_str(end.map_or(part, |end| &part[end + 1..]));
    }
    without_entities(out)
}

fn without_entities(text: String) -> String {
    ["&amp;", "&nbsp;", "&lt;", "&gt;", "&quot;"]
        .iter()
        .fold(text, |text, entity| text.replace(entity, " "))
}

fn of_values(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = without_tags(&decoded(bytes));
    text.split(['\n', ',', ';', '\t', '|']).map(words).filter(|w| !w.is_empty()).collect()
}

/// The texts of a page's body; what stands inside a line is one with it.
fn of_page(html: &str) -> Vec<Vec<String>> {
    const INLINE: &[&str] = &[
        "a", "abbr", "b", "em", "font", "i", "o:p", "s", "small", "span", "strong", "sub", "sup",
        "u",
    ];
    let page = scraper::Html::parse_document(html);
    let body = scraper::Selector::parse("body").unwrap();
    let mut texts = vec![String::new()];
    for edge in page.select(&body).flat_map(|body| body.traverse()) {
        let (node, opens) = match edge {
            ego_tree::iter::Edge::Open(node) => (node, true),
            ego_tree::iter::Edge::Close(node) => (node, false),
        };
        match node.value() {
            scraper::Node::Text(text) if opens => {
                let parent = node
                    .parent()
                    .and_then(|p| p.value().as_element().map(|e| e.name().to_owned()))
                    .unwrap_or_default();
                if !matches!(parent.as_str(), "script" | "style" | "template") {
                    texts.last_mut().unwrap().push_str(text);
                }
            }
            scraper::Node::Element(element) if !INLINE.contains(&element.name()) => {
                texts.push(String::new());
            }
            _ => {}
        }
    }
    texts.iter().map(|text| words(text)).filter(|w| !w.is_empty()).collect()
}

/// Text in UTF-8, UTF-16 with a mark, in Mac Roman if it has “’s” in that, or else windows-1252.
fn decoded(bytes: &[u8]) -> String {
    let is_mac = bytes.windows(2).any(|pair| pair == b"\xd5s");
    let other = if is_mac { encoding_rs::MACINTOSH } else { encoding_rs::WINDOWS_1252 };
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0.into_owned(),
        None => std::str::from_utf8(bytes)
            .map_or_else(|_| other.decode(bytes).0.into_owned(), str::to_owned),
    }
}

/// The words of a markdown source, a line or cell at a time, found without a markdown parser.
fn of_markdown(markdown: &str) -> Vec<Vec<String>> {
    let mut plain = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(c) = rest.chars().next() {
        let skip = match c {
            // tags and autolinks have no words of their own; "a < b" is no tag
            '<' if rest[1..]
                .starts_with(|n: char| n.is_ascii_alphabetic() || n == '/' || n == '!') =>
            {
                rest.find('>').map(|i| i + 1)
            }
            ']' if rest.starts_with("](") => rest.find(')').map(|i| i + 1),
            '&' => rest
                .find(';')
                .filter(|i| {
                    *i > 1
                        && *i < 9
                        && rest[1..*i].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
                })
                .map(|i| i + 1),
            _ => None,
        };
        plain.push_str(if skip.is_some() { " " } else { &rest[..c.len_utf8()] });
        rest = &rest[skip.unwrap_or(c.len_utf8())..];
    }
    plain.split(['\n', '|']).map(words).filter(|w| !w.is_empty()).collect()
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Texts in which the words of a source may be found: the plan's own, and those that diagnostics
/// account for.
fn accounted_for(imported: &Imported) -> Vec<Vec<String>> {
    fn collect(value: &serde_json::Value, out: &mut Vec<Vec<String>>) {
        // what is worked out, or said twice, accounts for nothing
        const DERIVED: &[&str] = &[
            "owners",
            "status",
            "scheme",
            "period",
            "recommendation",
            "cycle",
            "kind",
            "start",
            "due",
        ];
        match value {
            serde_json::Value::String(text) => out.push(words(text)),
            serde_json::Value::Array(items) => items.iter().for_each(|v| collect(v, out)),
            serde_json::Value::Object(map) => {
                for (key, v) in map.iter().filter(|(k, v)| {
                    !DERIVED.contains(&k.as_str()) || (*k == "status" && v["basis"] == "stated")
                }) {
                    out.push(words(key));
                    collect(v, out);
                }
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    collect(&serde_json::to_value(&imported.plan).unwrap(), &mut out);
    out.extend(imported.diagnostics.iter().filter_map(|d| d.left_out.as_deref()).map(words));
    out
}

/// The words of the PDF as another program reads them, or none where that program is not there.
pub(crate) fn in_pdf(report: &Report) -> Option<String> {
    let bytes = pdf(&layout(report, &LayoutOptions::default()), &PdfOptions::default()).unwrap();
    let mut child = Command::new("pdftotext")
        .args(["-raw", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take().unwrap();
    std::thread::spawn(move || input.write_all(&bytes));
    let words = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The words of the source that are nowhere: each text is used up as it is found, and words are
/// looked for in their order.
pub(crate) fn lost(units: Vec<Vec<String>>, imported: &Imported) -> Vec<String> {
    let texts = accounted_for(imported);
    let mut places: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
    for (t, text) in texts.iter().enumerate().rev() {
        for (w, word) in text.iter().enumerate().rev() {
            places.entry(word).or_default().push((t, w));
        }
    }
    let mut used: Vec<Vec<bool>> = texts.iter().map(|t| vec![false; t.len()]).collect();
    let mut lost = Vec::new();
    for unit in units {
        let mut at = 0;
        while at < unit.len() {
            let run = |(t, w): (usize, usize), used: &[Vec<bool>]| {
                unit[at..]
                    .iter()
                    .zip(&texts[t][w..])
                    .zip(&used[t][w..])
                    .take_while(|((a, b), used)| a == b && !**used)
                    .count()
            };
            let candidates = places.get(unit[at].as_str()).map(Vec::as_slice).unwrap_or_default();
            let best = candidates
                .iter()
                .rev()
                .take(4000)
                .map(|p| (run(*p, &used), *p))
                .max_by_key(|(length, (t, w))| (*length, usize::MAX - t, usize::MAX - w));
            match best {
                Some((length, (t, w))) if length > 0 => {
                    used[t][w..w + length].fill(true);
                    at += length;
                }
                _ => {
                    lost.push(unit[at].clone());
                    at += 1;
                }
            }
        }
    }
    lost
}
