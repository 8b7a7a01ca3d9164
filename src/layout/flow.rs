//! Texts set to a measure: paragraphs, list items, links and labels as lines that can be put on a
//! page.

mod draw;

use std::collections::{BTreeSet, HashMap};

use crate::brand::{BrandColours, Font};
use crate::language::Language;
use crate::plan::Colour;
use crate::report::abbreviations::is_abbreviation;
use crate::report::{Abbreviation, Phrase, ReportLink, StatusMark, live};
use crate::text::{Span, SpanStyle, Text, TextBlock, TextBlockKind, language_of};

use super::bidi;
use super::design::{CELL_PARAGRAPH, GRID, LABEL_SIDE, TextStyle};
use super::font::{FontFace, WordCache, WordId};
use super::length::Length;
use super::line::{self, BreakKind, FaceRun, Fragment, WordDecoration};
use super::page::{LinkDestination, LinkTarget, MissingCharacter};
use super::tree::{NodeId, StructureRole, StructureTree};
use super::typefaces::TextDirection;

/// What setting text needs and adds to: fonts, tree, links, and the characters that are missing.
pub(crate) struct TextShaper<'a> {
    pub(crate) fonts: WordCache<'a>,
    pub(crate) tree: StructureTree,
    pub(crate) links: Vec<LinkTarget>,
    missing: BTreeSet<(char, String)>,
    pub(crate) colours: BrandColours,
    /// The numbers of the abbreviations that are explained.
    abbreviations: HashMap<String, u32>,
    /// Whose words are being set.
    pub(crate) anchor: String,
}

/// A text in pieces, not yet in lines: it can be measured at any width.
#[derive(Debug, Default)]
pub(crate) struct ShapedText {
    pub(crate) pieces: Vec<Fragment>,
    pub(crate) blocks: Vec<ShapedBlock>,
}

/// A paragraph, list item or label.
#[derive(Debug, Clone)]
pub(crate) struct ShapedBlock {
    from: usize,
    to: usize,
    indent: Length,
    marker: Option<(WordId, NodeId)>,
    before: Length,
    style: TextStyle,
    label: Option<Colour>,
}

/// A text in lines.
#[derive(Debug, Default)]
pub(crate) struct BrokenText {
    pub(crate) pieces: Vec<Fragment>,
    pub(crate) lines: Vec<PlacedLine>,
}

/// A line, and where it stands below the one before.
#[derive(Debug, Clone)]
pub(crate) struct PlacedLine {
    pieces: std::ops::Range<u32>,
    indent: Length,
    marker: Option<(WordId, NodeId)>,
    /// The space above it, which falls away at the top of a page.
    before: Length,
    style: TextStyle,
    label: Option<Colour>,
    /// Whether a paragraph begins with it.
    begins: bool,
}

impl PlacedLine {
    /// Its height with the space above it.
    pub(crate) fn height(&self) -> Length {
        self.before + self.style.leading
    }
}

impl BrokenText {
    /// The height of some of the lines, without the space above the first.
    pub(crate) fn height(&self, lines: std::ops::Range<usize>) -> Length {
        let Some(lines) = self.lines.get(lines) else { return Length::ZERO };
        let first = lines.first().map_or(Length::ZERO, |l| l.before);
        lines.iter().map(PlacedLine::height).sum::<Length>() - first
    }

    /// The height of all lines.
    pub(crate) fn full_height(&self) -> Length {
        self.height(0..self.lines.len())
    }

    /// How many lines from `first` on fit into a height.
    pub(crate) fn fitting(&self, first: usize, height: Length) -> usize {
        let mut used = Length::ZERO;
        let rest = self.lines.get(first..).unwrap_or_default();
        rest.iter()
            .enumerate()
            .take_while(|(i, line)| {
                used += if *i == 0 { line.style.leading } else { line.height() };
                used <= height
            })
            .count()
    }

    /// Where best to end a page: at `to` or up to two lines before, so that no paragraph leaves a
    /// single line on either side; at `to` if there is no such place behind `from`.
    pub(crate) fn good_cut(&self, from: usize, to: usize) -> usize {
        let begins = |line: usize| self.lines.get(line).is_none_or(|l| l.begins);
        let leaves_one = |cut: &usize| !begins(*cut) && (begins(cut - 1) || begins(cut + 1));
        (from..=to).rev().take(3).find(|cut| !leaves_one(cut)).unwrap_or(to)
    }

    /// The pieces of a line.
    fn of(&self, line: &PlacedLine) -> &[Fragment] {
        self.pieces.get(line.pieces.start as usize..line.pieces.end as usize).unwrap_or_default()
    }

    /// How wide the last of the lines is.
    pub(crate) fn last_width(&self) -> Length {
        self.lines
            .last()
            .map_or(Length::ZERO, |line| line.indent + line::group_width(self.of(line)))
    }

    /// Sets its lines at the right of a measure.
    pub(crate) fn set_right(&mut self, measure: Length) {
        for line in &mut self.lines {
            let pieces = self
                .pieces
                .get(line.pieces.start as usize..line.pieces.end as usize)
                .unwrap_or_default();
            line.indent = (measure - line::group_width(pieces)).at_least(Length::ZERO);
        }
    }

    /// Makes all of it the words of one node, where it stands once more: mostly an artifact.
    pub(crate) fn belongs_to(&mut self, node: NodeId) {
        for piece in &mut self.pieces {
            piece.node = node;
            piece.look.linked = false;
        }
        for line in &mut self.lines {
            if let Some((_, marker)) = &mut line.marker {
                *marker = node;
            }
        }
    }
}

impl ShapedText {
    /// Sets its blocks without space between them.
    pub(crate) fn close_up(&mut self) {
        self.spread(Length::ZERO);
    }

    /// Sets its paragraphs with this space between them; the items of a list stand closer.
    pub(crate) fn spread(&mut self, space: Length) {
        let mut in_list = false;
        for (i, block) in self.blocks.iter_mut().enumerate() {
            let item = block.marker.is_some();
            block.before = match (i, item && in_list) {
                (0, _) => Length::ZERO,
                (_, true) => space.min(GRID),
                (_, false) => space,
            };
            in_list = item;
        }
    }

    /// The height that it takes at a measure.
    pub(crate) fn height(&self, measure: Length) -> Length {
        let height = |(i, block): (usize, &ShapedBlock)| {
            let lines = line::count_lines(&self.pieces[block.from..block.to], block.room(measure));
            let before = if i == 0 { Length::ZERO } else { block.before };
            before + block.style.leading * lines
        };
        self.blocks.iter().enumerate().map(height).sum()
    }

    /// The width of the widest part that can't be broken.
    pub(crate) fn widest_part(&self) -> Length {
        let mut widest = Length::ZERO;
        for block in &self.blocks {
            for group in
                self.pieces[block.from..block.to].split_inclusive(|p| p.after != BreakKind::Joined)
            {
                let inset = block.indent
                    + if block.label.is_some() { LABEL_SIDE * 2 } else { Length::ZERO };
                widest = widest.max(line::group_width(group) + inset);
            }
        }
        widest
    }

    /// The width at which no line need be broken.
    pub(crate) fn full_width(&self) -> Length {
        let inset = |b: &ShapedBlock| {
            b.indent + if b.label.is_some() { LABEL_SIDE * 2 } else { Length::ZERO }
        };
        let width = |b: &ShapedBlock| line::group_width(&self.pieces[b.from..b.to]) + inset(b);
        self.blocks.iter().map(width).max().unwrap_or_default()
    }

    /// Breaks it into lines.
    pub(crate) fn lines(&self, fonts: &mut WordCache, measure: Length) -> BrokenText {
        let mut out =
            BrokenText { pieces: Vec::with_capacity(self.pieces.len()), lines: Vec::new() };
        let mut ranges = Vec::new();
        for block in &self.blocks {
            ranges.clear();
            let pieces = &self.pieces[block.from..block.to];
            let room = block.room(measure);
            line::lines(fonts, pieces, block.style.size, room, &mut out.pieces, &mut ranges);
            let from_right = measure < Length::MAX
                && block.marker.is_none()
                && block.label.is_none()
                && bidi::begins_right(pieces);
            out.lines.reserve(ranges.len());
            for (i, pieces) in ranges.drain(..).enumerate() {
                let inset = if from_right {
                    let line = out
                        .pieces
                        .get(pieces.start as usize..pieces.end as usize)
                        .unwrap_or_default();
                    (room - line::group_width(line)).at_least(Length::ZERO)
                } else {
                    Length::ZERO
                };
                out.lines.push(PlacedLine {
                    pieces,
                    indent: block.indent + inset,
                    marker: block.marker.filter(|_| i == 0),
                    before: if i == 0 { block.before } else { Length::ZERO },
                    style: block.style,
                    label: block.label,
                    begins: i == 0,
                });
            }
        }
        out
    }
}

impl ShapedBlock {
    /// The measure of its lines; never so narrow that not one letter fits.
    fn room(&self, measure: Length) -> Length {
        let inset = if self.label.is_some() { LABEL_SIDE * 2 } else { Length::ZERO };
        (measure - self.indent - inset).at_least(self.style.size / 2)
    }
}

impl<'a> TextShaper<'a> {
    /// One for words in a language by its BCP 47 tag.
    pub(crate) fn new(
        fonts: &'a [Font],
        language: &str,
        colours: BrandColours,
        abbreviations: &[Abbreviation],
    ) -> Self {
        let abbreviations = (0..).zip(abbreviations).map(|(i, a)| (a.short.clone(), i)).collect();
        Self {
            fonts: WordCache::new(fonts, language),
            colours,
            abbreviations,
            ..Self::without_fonts()
        }
    }

    fn without_fonts() -> Self {
        Self {
            fonts: WordCache::none(),
            tree: StructureTree::new(),
            links: Vec::new(),
            missing: BTreeSet::new(),
            colours: BrandColours::OURS,
            abbreviations: HashMap::new(),
            anchor: String::new(),
        }
    }

    /// One to begin again with, that knows the words already.
    pub(crate) fn afresh(self) -> Self {
        Self {
            fonts: self.fonts,
            colours: self.colours,
            abbreviations: self.abbreviations,
            ..Self::without_fonts()
        }
    }

    /// How far below the top of its line a baseline is.
    pub(crate) fn baseline(&self, style: TextStyle) -> Length {
        style.baseline(self.fonts.capitals)
    }

    /// The characters that were missing, in order.
    pub(crate) fn missing(&self) -> Vec<MissingCharacter> {
        self.missing
            .iter()
            .map(|(character, anchor)| MissingCharacter {
                character: *character,
                anchor: anchor.clone(),
            })
            .collect()
    }

    /// Adds a paragraph of one run of words.
    pub(crate) fn words(
        &mut self,
        flow: &mut ShapedText,
        words: &str,
        face: FontFace,
        style: TextStyle,
        node: NodeId,
    ) {
        self.block(
            flow,
            &[FaceRun { text: words, face, node, look: WordDecoration::default(), language: None }],
            style,
            |b| b,
        );
    }

    /// Adds a paragraph of words of which some may be in another language than the document; where
    /// only some are, each part gets a node of its own.
    pub(crate) fn phrase(
        &mut self,
        flow: &mut ShapedText,
        phrase: &Phrase,
        face: FontFace,
        style: TextStyle,
        node: NodeId,
    ) {
        let runs = self.runs(phrase, face, node);
        self.block(flow, &runs, style, |b| b);
    }

    fn runs<'p>(&mut self, phrase: &'p Phrase, face: FontFace, node: NodeId) -> Vec<FaceRun<'p>> {
        let only = phrase.language();
        self.tree.speak(node, only);
        let is_mixed = only.is_none()
            && phrase.parts().any(|(_, language)| language.is_some())
            && node != NodeId::ARTIFACT;
        let mut run = |(text, language)| {
            let node = if is_mixed { self.spoken(node, language) } else { node };
            FaceRun { text, face, node, look: WordDecoration::default(), language }
        };
        phrase.parts().map(&mut run).collect()
    }

    /// Adds a node for a part of words that is in a language.
    fn spoken(&mut self, parent: NodeId, language: Option<Language>) -> NodeId {
        let node = self.tree.add(parent, StructureRole::Span);
        self.tree.speak(node, language);
        node
    }

    /// Adds a state as a word on its colour.
    pub(crate) fn label(
        &mut self,
        flow: &mut ShapedText,
        mark: &StatusMark,
        style: TextStyle,
        node: NodeId,
    ) {
        let runs = self.runs(&mark.label, FontFace::Bold, node);
        self.block(flow, &runs, TextStyle { ink: mark.ink, ..style }, |b| ShapedBlock {
            label: Some(mark.fill),
            ..b
        });
    }

    /// Adds a paragraph of a link inside the document.
    pub(crate) fn link(
        &mut self,
        flow: &mut ShapedText,
        before: &str,
        links: &[ReportLink],
        style: TextStyle,
        parent: NodeId,
    ) {
        let paragraph = self.tree.add(parent, StructureRole::Paragraph);
        let mut runs = Vec::new();
        if !before.is_empty() {
            let node = self.tree.add(paragraph, StructureRole::Span);
            runs.push(FaceRun {
                text: before,
                face: FontFace::Regular,
                node,
                look: WordDecoration::default(),
                language: None,
            });
        }
        for (i, link) in links.iter().enumerate() {
            let text = if i == 0 && before.is_empty() { "" } else { " " };
            runs.push(FaceRun {
                text,
                face: FontFace::Regular,
                node: NodeId::ARTIFACT,
                look: WordDecoration::default(),
                language: None,
            });
            let node = self.add_link(
                paragraph,
                link.description.clone(),
                LinkDestination::Anchor(link.anchor.clone()),
            );
            runs.push(FaceRun {
                text: &link.text,
                face: FontFace::Regular,
                node,
                look: WordDecoration { linked: true, struck: false },
                language: None,
            });
        }
        self.block(flow, &runs, style, |b| b);
    }

    /// Adds a link to the tree, with what it means when read alone.
    pub(crate) fn add_link(
        &mut self,
        parent: NodeId,
        description: String,
        to: LinkDestination,
    ) -> NodeId {
        let number = u32::try_from(self.links.len()).unwrap_or(u32::MAX);
        self.links.push(LinkTarget { description, to });
        self.tree.add(parent, StructureRole::Link(number))
    }

    fn block(
        &mut self,
        flow: &mut ShapedText,
        runs: &[FaceRun<'_>],
        style: TextStyle,
        finish: impl FnOnce(ShapedBlock) -> ShapedBlock,
    ) {
        let from = flow.pieces.len();
        line::pieces(&mut self.fonts, runs, style.size, &mut flow.pieces);
        if flow.pieces.len() == from {
            return;
        }
        for piece in &flow.pieces[from..] {
            if self.fonts.word(piece.word).lacking {
                for c in self.fonts.lacking(piece.word).collect::<Vec<_>>() {
                    self.missing.insert((c, self.anchor.clone()));
                }
            }
        }
        let to = flow.pieces.len();
        let before = if flow.blocks.is_empty() { Length::ZERO } else { CELL_PARAGRAPH };
        flow.blocks.push(finish(ShapedBlock {
            from,
            to,
            indent: Length::ZERO,
            marker: None,
            before,
            style,
            label: None,
        }));
    }

    /// Adds a text: its paragraphs and lists, below a node of the tree.
    ///
    /// `lead` are words in front of its first paragraph.
    pub(crate) fn text(
        &mut self,
        flow: &mut ShapedText,
        text: &Text,
        lead: Option<&str>,
        style: TextStyle,
        parent: NodeId,
    ) {
        let mut lists: Vec<ListInProgress> = Vec::new();
        let lead_span = lead.map(|words| {
            let style = SpanStyle { bold: true, language: text.language(), ..SpanStyle::default() };
            Span { text: format!("{words} "), style, link: None }
        });
        let mut lead = lead_span.as_ref();
        if let Some(span) = lead
            && !matches!(
                text.blocks.first(),
                Some(TextBlock { kind: TextBlockKind::Paragraph, .. })
            )
        {
            let node = self.tree.add(parent, StructureRole::Paragraph);
            self.words(flow, span.text.trim_end(), FontFace::Bold, style, node);
            lead = None;
        }
        for (i, block) in text.blocks.iter().enumerate() {
            let (depth, number) = match block.kind {
                TextBlockKind::Paragraph => {
                    lists.clear();
                    let node = self.tree.add(parent, StructureRole::Paragraph);
                    let first = lead.take();
                    self.spans(flow, first.into_iter().chain(&block.spans), style, node, |b| b);
                    continue;
                }
                TextBlockKind::Bullet { depth } => (depth, None),
                TextBlockKind::Numbered { depth, number } => (depth, Some(number)),
            };
            lists.retain(|l| {
                l.depth < depth || (l.depth == depth && l.numbered == number.is_some())
            });
            let list = match lists.last() {
                Some(open) if open.depth == depth => open.list,
                open => {
                    let above = open.map_or(parent, |l| l.body);
                    let list = self.tree.add(
                        above,
                        if number.is_some() {
                            StructureRole::NumberedList
                        } else {
                            StructureRole::List
                        },
                    );
                    lists.push(ListInProgress {
                        depth,
                        numbered: number.is_some(),
                        list,
                        body: list,
                    });
                    list
                }
            };
            let item = self.tree.add(list, StructureRole::ListItem);
            let label = self.tree.add(item, StructureRole::Label);
            let body = self.tree.add(item, StructureRole::ListBody);
            if let Some(open) = lists.last_mut() {
                open.body = body;
            }
            // a list inside this item goes into its body, so the words then need a node of their
            // own
            let deeper = matches!(text.blocks.get(i + 1).map(|b| b.kind),
                Some(TextBlockKind::Bullet { depth: next } | TextBlockKind::Numbered { depth: next, .. }) if next > depth);
            let words = if deeper { self.tree.add(body, StructureRole::Paragraph) } else { body };
            let marker = number.map_or_else(
                || if depth % 2 == 0 { "•" } else { "–" }.to_owned(),
                |n| format!("{n}."),
            );
            let marker = self.fonts.intern(FontFace::Regular, TextDirection::Right, &marker);
            let step = self.fonts.width(marker, style.size).at_least(style.size * 6 / 10)
                + style.size * 3 / 10;
            let follows = flow.blocks.last().is_some_and(|b| b.marker.is_some());
            let indent = step + style.size * i32::from(depth.min(4)) * 9 / 10;
            self.spans(flow, block.spans.iter(), style, words, |b| {
                let before = if follows { b.before.min(GRID) } else { b.before };
                ShapedBlock { indent, marker: Some((marker, label)), before, ..b }
            });
        }
    }

    /// Adds a paragraph of spans below its node; where links or struck words stand in it, each run
    /// gets a node of its own.
    pub(crate) fn spans<'s>(
        &mut self,
        flow: &mut ShapedText,
        spans: impl Iterator<Item = &'s Span> + Clone,
        style: TextStyle,
        node: NodeId,
        finish: impl FnOnce(ShapedBlock) -> ShapedBlock,
    ) {
        let spoken = language_of(spans.clone());
        self.tree.speak(node, spoken);
        let in_one_language = spoken.is_some() || spans.clone().all(|s| s.style.language.is_none());
        let plain = in_one_language
            && spans.clone().all(|s| {
                s.link.is_none() && !s.style.struck && self.abbreviation(&s.text).is_none()
            });
        let mut runs: Vec<FaceRun<'_>> = Vec::new();
        for span in spans.filter(|s| !s.text.is_empty()) {
            let face = FontFace::of(span.style.bold, span.style.italic);
            let target = span.link.as_deref().and_then(live).map(LinkDestination::Address);
            let look = WordDecoration { struck: span.style.struck, linked: target.is_some() };
            let language = span.style.language;
            let mut run = |setter: &mut Self, text, node| {
                if !in_one_language {
                    setter.tree.speak(node, language);
                }
                runs.push(FaceRun { text, face, node, look, language });
            };
            match target {
                _ if plain => run(self, &span.text, node),
                Some(to) => {
                    let link = self.add_link(node, span.text.trim().to_owned(), to);
                    run(self, &span.text, link);
                }
                None if span.style.struck => {
                    let struck = self.tree.add(node, StructureRole::Struck);
                    run(self, &span.text, struck);
                }
                None => {
                    let mut rest = span.text.as_str();
                    while let Some((at, length, number)) = self.abbreviation(rest) {
                        let (before, from) = rest.split_at(at);
                        let (short, after) = from.split_at(length);
                        if !before.is_empty() {
                            let part = self.tree.add(node, StructureRole::Span);
                            run(self, before, part);
                        }
                        let abbreviation = self.tree.add(node, StructureRole::Abbreviation(number));
                        run(self, short, abbreviation);
                        rest = after;
                    }
                    if !rest.is_empty() {
                        let part = self.tree.add(node, StructureRole::Span);
                        run(self, rest, part);
                    }
                }
            }
        }
        self.block(flow, &runs, style, finish);
    }

    /// The first abbreviation in a text that is explained: where it is, how long, and its number.
    fn abbreviation(&self, text: &str) -> Option<(usize, usize, u32)> {
        if self.abbreviations.is_empty() {
            return None;
        }
        let mut at = 0;
        text.split(|c: char| !c.is_alphanumeric()).find_map(|word| {
            let from = at;
            // a character that divides words is as long as it is
            at += word.len();
            at += text[at..].chars().next().map_or(0, char::len_utf8);
            let number = is_abbreviation(word).then(|| self.abbreviations.get(word))??;
            Some((from, word.len(), *number))
        })
    }

    /// Measures without adding anything to the tree.
    pub(crate) fn measure<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let fonts = std::mem::replace(&mut self.fonts, WordCache::none());
        let mut trial = Self { fonts, ..Self::without_fonts() };
        let result = work(&mut trial);
        self.fonts = trial.fonts;
        result
    }

    /// The words, or as many of them as fit on one line of a width.
    pub(crate) fn shortened(
        &mut self,
        words: &str,
        face: FontFace,
        style: TextStyle,
        width: Length,
    ) -> String {
        /// No line of a page has room for more characters.
        const MOST: usize = 1_000;
        let words = match words.char_indices().nth(MOST) {
            Some((end, _)) => &words[..end],
            None if self.words_width(words, face, style) <= width => return words.to_owned(),
            None => words,
        };
        let mut kept = String::new();
        for word in words.split_whitespace() {
            let longer = if kept.is_empty() { word.to_owned() } else { format!("{kept} {word}") };
            if self.words_width(&format!("{longer}…"), face, style) > width {
                break;
            }
            kept = longer;
        }
        kept.truncate(
            kept.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '”' | '’'))
                .len(),
        );
        kept.push('…');
        kept
    }

    /// The width of words on one line.
    pub(crate) fn words_width(&mut self, words: &str, face: FontFace, style: TextStyle) -> Length {
        let mut flow = ShapedText::default();
        self.words(&mut flow, words, face, style, NodeId::ARTIFACT);
        flow.full_width()
    }
}

/// A list that is being filled.
struct ListInProgress {
    depth: u8,
    numbered: bool,
    list: NodeId,
    /// The body of its last item.
    body: NodeId,
}
