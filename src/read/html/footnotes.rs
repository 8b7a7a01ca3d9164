//! Footnotes of a page: marks in `sup` or links to them, and the blocks that they lead to.

use std::collections::HashMap;

use crate::diagnostic::Code;

use super::diagnostics::PageDiagnostics;
use super::page::HtmlPage;
use super::tree::{HtmlTree, NodeHandle, TreeStep};

/// The footnotes of a page.
#[derive(Debug, Default)]
pub(super) struct PageFootnotes {
    /// The elements that are marks, each with the block of its footnote; none for marks in front of
    /// a footnote, and links back.
    marks: HashMap<NodeHandle, Option<NodeHandle>>,
    /// The blocks of footnotes, each with how many marks in tables and elsewhere lead to it.
    blocks: HashMap<NodeHandle, MarkUses>,
}

#[derive(Debug, Clone, Copy, Default)]
struct MarkUses {
    in_tables: usize,
    in_text: usize,
}

/// What could be a mark.
struct MarkCandidate {
    id: NodeHandle,
    words: String,
    /// The name of what it links to.
    target: Option<String>,
}

/// How many bytes of footnotes are given to cells: one text can have many marks.
const MAX_COPIED: usize = 16 << 20;

impl PageFootnotes {
    /// Finds the footnotes of a page. A mark without a footnote is words as others are.
    pub(super) fn find(page: &HtmlPage) -> Self {
        let tree = &page.tree;
        let mut footnotes = Self::default();
        let candidates = candidates(tree);
        if candidates.is_empty() {
            return footnotes;
        }
        let targets = if candidates.iter().any(|candidate| candidate.target.is_some()) {
            targets(tree)
        } else {
            HashMap::new()
        };
        // the blocks that begin with a mark, by the mark and by its words
        let mut begun: HashMap<NodeHandle, NodeHandle> = HashMap::new();
        let mut by_words: HashMap<&str, NodeHandle> = HashMap::new();
        for candidate in candidates.iter().filter(|candidate| candidate.target.is_none()) {
            if let Some(block) = begun_block(page, candidate.id) {
                by_words.entry(&candidate.words).or_insert(block);
                begun.insert(candidate.id, block);
            }
        }
        let mut sizes: HashMap<NodeHandle, Option<usize>> = HashMap::new();
        let mut copied = 0_usize;
        for MarkCandidate { id, words, target } in &candidates {
            let block = match target {
                Some(target) => {
                    targets.get(target.as_str()).and_then(|target| block_around(page, *target))
                }
                None if begun.contains_key(id) => None,
                None => by_words.get(words.as_str()).copied(),
            };
            // a footnote comes after its mark
            let Some(block) = block.filter(|block| block > id) else { continue };
            let Some(size) = *sizes.entry(block).or_insert_with(|| size(tree, block)) else {
                continue;
            };
            let uses = footnotes.blocks.entry(block).or_default();
            if is_in_row(page, *id) && copied.saturating_add(size) <= MAX_COPIED {
                copied += size;
                uses.in_tables += 1;
                footnotes.marks.insert(*id, Some(block));
            } else {
                uses.in_text += 1;
                footnotes.marks.insert(*id, None);
            }
        }
        for MarkCandidate { id, .. } in &candidates {
            let is_front =
                || begun.get(id).is_some_and(|block| footnotes.blocks.contains_key(block));
            let is_back =
                || ancestors(tree, *id).any(|around| footnotes.blocks.contains_key(&around));
            if !footnotes.marks.contains_key(id)
                && (is_front() || (!begun.contains_key(id) && is_back()))
            {
                footnotes.marks.insert(*id, None);
            }
        }
        footnotes
    }

    /// Whether an element is a mark.
    pub(super) fn is_mark(&self, id: NodeHandle) -> bool {
        !self.marks.is_empty() && self.marks.contains_key(&id)
    }

    /// The block of the footnote that a mark gives to its cell.
    pub(super) fn of_mark(&self, id: NodeHandle) -> Option<NodeHandle> {
        self.marks.get(&id).copied().flatten()
    }

    /// Whether a block is a footnote whose marks all stand in tables, so that it is a note of cells
    /// and nothing else.
    pub(super) fn is_of_cells(&self, id: NodeHandle) -> bool {
        !self.blocks.is_empty()
            && self.blocks.get(&id).is_some_and(|uses| uses.in_tables > 0 && uses.in_text == 0)
    }

    /// Reports the footnotes, once.
    pub(super) fn report(&self, tree: &HtmlTree, diagnostics: &mut PageDiagnostics<'_>) {
        let Some(first) = self.blocks.keys().min() else { return };
        let message = match self.blocks.len() {
            1 => "a footnote was read as a note; its marks are no part of the text".to_owned(),
            count => format!(
                "{count} footnotes, of which this is the first, were read as notes; their marks are no part of the text"
            ),
        };
        let mut marks: Vec<NodeHandle> = self.marks.keys().copied().collect();
        marks.sort_unstable();
        let words: Vec<String> =
            marks.into_iter().filter_map(|mark| mark_words(tree, mark)).collect();
        diagnostics.leave_out(Code::FootnoteRead, &message, tree.at(*first), words.join(" "));
    }
}

/// Short words in `sup`, and short links to a place on the page.
fn candidates(tree: &HtmlTree) -> Vec<MarkCandidate> {
    let mut found: Vec<MarkCandidate> = Vec::new();
    for step in tree.walk(HtmlTree::ROOT) {
        let TreeStep::Enter(id) = step else { continue };
        match tree.name(id) {
            "sup" => {
                if let Some(words) = mark_words(tree, id) {
                    let link = tree.walk(id).take(8).find_map(|step| match step {
                        TreeStep::Enter(inner) if tree.name(inner) == "a" => target(tree, inner),
                        _ => None,
                    });
                    let around = tree
                        .parent(id)
                        .filter(|parent| tree.name(*parent) == "a")
                        .and_then(|parent| target(tree, parent));
                    let is_power = link.is_none() && around.is_none() && follows_unit(tree, id);
                    if !is_power {
                        found.push(MarkCandidate { id, words, target: link.or(around) });
                    }
                }
            }
            "a" if !ancestors(tree, id).take(2).any(|around| tree.name(around) == "sup") => {
                let Some(target) = target(tree, id) else { continue };
                let is_named = ["fn", "_fn", "_ftn", "footnote", "note", "cite_note", "ref-"]
                    .iter()
                    .any(|start| target.starts_with(start));
                let has_sup = tree.children(id).any(|inner| tree.name(inner) == "sup");
                let is_back = |words: &String| words.starts_with(['↩', '↑', '^']);
                if let Some(words) =
                    mark_words(tree, id).filter(|words| (is_named || is_back(words)) && !has_sup)
                {
                    found.push(MarkCandidate { id, words, target: Some(target) });
                }
            }
            _ => {}
        }
    }
    found
}

fn target(tree: &HtmlTree, link: NodeHandle) -> Option<String> {
    tree.attribute(link, "href")?
        .strip_prefix('#')
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
}

/// The words of an element if they can be a mark: a number, a letter or a sign, in brackets or not.
fn mark_words(tree: &HtmlTree, id: NodeHandle) -> Option<String> {
    const MAX_STEPS: usize = 16;
    const MAX_CHARS: usize = 3;
    let mut words = String::new();
    for (count, step) in tree.walk(id).enumerate() {
        if count >= MAX_STEPS {
            return None;
        }
        if let TreeStep::Enter(inner) = step
            && let Some(more) = tree.words(inner)
        {
            if more.len() > 16 {
                return None;
            }
            words.push_str(more);
        }
    }
    let words = words.trim().trim_matches(['[', ']', '(', ')']).trim();
    let is_ordinal = matches!(
        words.to_ascii_lowercase().as_str(),
        "st" | "nd" | "rd" | "th" | "tm" | "®" | "™" | "©"
    );
    ((1..=MAX_CHARS).contains(&words.chars().count()) && !is_ordinal).then(|| words.to_owned())
}

/// Whether what stands before it is a unit or formula, as in m².
fn follows_unit(tree: &HtmlTree, id: NodeHandle) -> bool {
    let before = tree.previous(id).and_then(|before| tree.words(before)).unwrap_or_default();
    let last = before.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let unit = last.trim_start_matches(|c: char| c.is_ascii_digit());
    // "30 September 2027" has a mark after its year
    let is_year = last.len() == 4 && unit.is_empty() && last.starts_with(['1', '2']);
    !last.is_empty() && !is_year && matches!(unit, "" | "m" | "km" | "cm" | "mm" | "ft" | "yd")
}

/// The elements that have a name which links can lead to.
fn targets(tree: &HtmlTree) -> HashMap<String, NodeHandle> {
    let mut targets = HashMap::new();
    for step in tree.walk(HtmlTree::ROOT) {
        let TreeStep::Enter(id) = step else { continue };
        for name in ["id", "name"].iter().filter_map(|attribute| tree.attribute(id, attribute)) {
            targets.entry(name.to_owned()).or_insert(id);
        }
    }
    targets
}

fn is_block(name: &str) -> bool {
    matches!(name, "p" | "li" | "div" | "dd" | "aside" | "dt")
}

fn ancestors(tree: &HtmlTree, id: NodeHandle) -> impl Iterator<Item = NodeHandle> {
    std::iter::successors(tree.parent(id), |id| tree.parent(*id))
}

/// The part of a table in which an element stands: a cell of a row below its header.
fn is_in_row(page: &HtmlPage, id: NodeHandle) -> bool {
    let mut around = ancestors(&page.tree, id);
    let is_cell = around.by_ref().any(|around| matches!(page.tree.name(around), "td" | "th"));
    is_cell
        && around.find_map(|around| match page.tree.name(around) {
            "thead" => Some(false),
            "table" => Some(!page.is_layout(around)),
            _ => None,
        }) == Some(true)
}

/// Whether an element stands in a table that is more than layout.
fn in_table(page: &HtmlPage, id: NodeHandle) -> bool {
    ancestors(&page.tree, id)
        .any(|around| page.tree.name(around) == "table" && !page.is_layout(around))
}

/// How long a block is, in bytes and elements; none if it is too much for a footnote.
fn size(tree: &HtmlTree, block: NodeHandle) -> Option<usize> {
    const MAX_SIZE: usize = 4000;
    let mut size = 0_usize;
    for step in tree.walk(block) {
        let TreeStep::Enter(id) = step else { continue };
        if matches!(tree.name(id), "table" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
            return None;
        }
        size += 16 + tree.words(id).map_or(0, str::len);
        if size > MAX_SIZE {
            return None;
        }
    }
    Some(size)
}

/// The block in which an element stands, or that it is; none in a table.
fn block_around(page: &HtmlPage, id: NodeHandle) -> Option<NodeHandle> {
    let tree = &page.tree;
    let block = std::iter::once(id)
        .chain(ancestors(tree, id))
        .find(|around| is_block(tree.name(*around)))?;
    (!in_table(page, block)).then_some(block)
}

/// The block that begins with an element; none if it does not stand at the beginning of one outside
/// tables.
fn begun_block(page: &HtmlPage, id: NodeHandle) -> Option<NodeHandle> {
    let tree = &page.tree;
    let begins = |id: NodeHandle| match tree.previous(id) {
        None => true,
        Some(before) => {
            tree.words(before).is_some_and(|words| words.trim().is_empty())
                && tree.previous(before).is_none()
        }
    };
    let mut at = id;
    while !is_block(tree.name(at)) {
        if !begins(at) {
            return None;
        }
        at = tree.parent(at)?;
    }
    (!in_table(page, at)).then_some(at)
}

#[cfg(test)]
mod tests {
    use crate::read::ReadOptions;
    use crate::read::html::read;
    use crate::source::Block;

    /// The words of the page, each cell with its note, and what was left out.
    fn shown(page: &str) -> Vec<String> {
        let source = read(page.as_bytes(), &ReadOptions::default()).unwrap();
        let blocks = source.blocks.iter().flat_map(|block| match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => {
                vec![text.value.plain().into_owned()]
            }
            Block::List(items) => {
                items.iter().map(|item| item.value.plain().into_owned()).collect()
            }
            Block::Grid(grid) => {
                let cells = grid.rows.iter().flat_map(|row| &row.cells);
                cells
                    .map(|cell| {
                        format!(
                            "{} [{}]",
                            cell.value,
                            cell.note().map(|note| note.plain()).unwrap_or_default()
                        )
                    })
                    .collect()
            }
            Block::Hidden(_) => Vec::new(),
        });
        blocks.chain(source.diagnostics.iter().filter_map(|d| d.left_out.clone())).collect()
    }

    #[test]
    fn marks_in_cells_give_them_the_footnotes_as_notes() {
        let table = |first: &str, second: &str| {
            format!("<table><tr><th>A<th>B<tr><td>Choose{first}<td>Office A{second}</table>")
        };
        let expected = ["A []", "B []", "Choose [With approval]", "Office A []"];
        let plain =
            table("<sup>2</sup>", "<sup>2</sup>") + "<p><sup>2</sup> With approval</p><p>More</p>";
        assert_eq!(shown(&plain), [&expected[..], &["More", "2 2 2"]].concat());
        let linked = table("<sup id=r2><a href='#fn2'>2</a></sup>", "")
            + "<ol><li id=fn2>With approval <a href='#r2' class=back>↩</a></ol>";
        assert_eq!(shown(&linked)[2..4], ["Choose [With approval]", "Office A []"]);
        let of_word = table("<a href='#_ftn1' name='_ftnref1'><span>[1]</span></a>", "")
            + "<div id=ftn1><p><a href='#_ftnref1' name='_ftn1'><span>[1]</span></a> With approval</p></div>";
        assert_eq!(shown(&of_word), [&expected[..], &["1 1"]].concat());
    }

    #[test]
    fn footnotes_of_paragraphs_stay_paragraphs() {
        assert_eq!(
            shown("<p>By June<sup>1</sup>.</p><p><sup>1</sup> See the law.</p>"),
            ["By June.", "See the law.", "1 1"]
        );
    }

    #[test]
    fn powers_ordinals_and_marks_without_a_footnote_are_words() {
        for page in
            ["<p>5 m<sup>2</sup></p>", "<p>1<sup>st</sup> May</p>", "<p>Office A<sup>9</sup></p>"]
        {
            assert_eq!(shown(&(page.to_owned() + "<p>a</p>")).len(), 2, "{page}");
        }
        assert_eq!(
            shown("<p>5 m<sup>2</sup></p><p>a<sup>2</sup></p><p><sup>2</sup> b</p>"),
            ["5 m2", "a", "b", "2 2"]
        );
        assert_eq!(
            shown("<p>By May 2027<sup>2</sup></p><p><sup>2</sup> b</p>"),
            ["By May 2027", "b", "2 2"]
        );
    }
}
