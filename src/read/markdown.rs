//! Markdown: CommonMark with pipe tables, and the HTML that converters put into cells and
//! paragraphs.

mod commands;
mod footnotes;

use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{Event, OffsetIter, Options, Parser, Tag, TagEnd};

use crate::diagnostic::{Code, Diagnostic};
use crate::place::Sourced;
use crate::source::{Block, Cell, Grid, Row, Source};
use crate::text::{Span, Text, TextBuilder, emphasis, is_blank};

use super::html_tag::apply;
use super::lines::LineIndex;
use crate::characters;

use footnotes::MarkdownFootnotes;

/// Reads markdown. Nothing in it can fail: what is not markdown is words.
pub(super) fn read(text: &str) -> Source {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let cleared = commands::clear(text);
    let mut reader = MarkdownReader {
        text,
        lines: LineIndex::new(text),
        source: Source::default(),
        commands: &cleared.commands,
        footnotes: MarkdownFootnotes::default(),
        depth: 0,
    };
    let mut events = Parser::new_ext(&cleared.text, options).into_offset_iter().peekable();
    while let Some((event, range)) = events.next() {
        reader.block(event, &range, &mut events);
    }
    reader.report_commands();
    let MarkdownReader { mut source, footnotes, .. } = reader;
    footnotes.settle(&mut source);
    super::report_if_empty(&mut source, text);
    source
}

type MarkdownEvents<'a> = Peekable<OffsetIter<'a>>;

struct MarkdownReader<'a> {
    text: &'a str,
    lines: LineIndex<'a>,
    source: Source,
    /// Where commands of page builders stand.
    commands: &'a [Range<usize>],
    footnotes: MarkdownFootnotes,
    /// How deep definitions of footnotes stand in one another here.
    depth: usize,
}

impl<'a> MarkdownReader<'a> {
    /// Reports the commands of page builders, once.
    fn report_commands(&mut self) {
        let Some(first) = self.commands.first() else { return };
        let at = self.lines.place(first);
        let message = match self.commands.len() {
            1 => "a command of a page builder was left out".to_owned(),
            count => format!(
                "{count} commands of a page builder, of which this is the first, were left out"
            ),
        };
        let words: Vec<&str> =
            self.commands.iter().map(|command| self.text[command.clone()].trim()).collect();
        self.emit(Diagnostic::new(Code::MarkupIgnored, message).at(&at).left_out(words.join("\n")));
    }

    /// Whether a command of a page builder stands in a stretch of the text.
    fn has_command(&self, range: &Range<usize>) -> bool {
        let next = self.commands.partition_point(|command| command.end <= range.start);
        self.commands.get(next).is_some_and(|command| command.start < range.end)
    }

    /// Takes one block of the document; containers such as quotations give the blocks inside them.
    fn block(&mut self, event: Event<'a>, range: &Range<usize>, events: &mut MarkdownEvents<'a>) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let text = self.inlines(range, events, |end| matches!(end, TagEnd::Heading(_)));
                if !text.value.is_empty() {
                    self.source.blocks.push(Block::Heading { level: level as u8, text });
                }
            }
            Event::Start(Tag::Paragraph) => {
                self.paragraph(range, events, |end| *end == TagEnd::Paragraph);
            }
            Event::Start(Tag::CodeBlock(_)) => {
                self.paragraph(range, events, |end| *end == TagEnd::CodeBlock);
            }
            Event::Start(Tag::HtmlBlock) => {
                self.paragraph(range, events, |end| *end == TagEnd::HtmlBlock);
            }
            Event::Start(Tag::List(first)) => self.list(first, events),
            Event::Start(Tag::Table(columns)) => self.table(columns.len(), events),
            Event::Start(Tag::MetadataBlock(_)) => self.front_matter(range, events),
            Event::Start(Tag::FootnoteDefinition(label)) => self.footnote(&label, range, events),
            _ => {}
        }
        self.footnotes.end_block();
    }

    /// Reads the definition of a footnote.
    fn footnote(&mut self, label: &str, range: &Range<usize>, events: &mut MarkdownEvents<'a>) {
        const MAX_DEPTH: usize = 4;
        if self.depth >= MAX_DEPTH {
            return;
        }
        self.depth += 1;
        let place = self.lines.place(range);
        let at = self.source.blocks.len();
        while let Some((event, range)) = events.next() {
            if matches!(event, Event::End(TagEnd::FootnoteDefinition)) {
                break;
            }
            self.block(event, &range, events);
        }
        self.depth -= 1;
        self.footnotes.define(label, at, self.source.blocks.split_off(at), place);
    }

    fn paragraph(
        &mut self,
        range: &Range<usize>,
        events: &mut MarkdownEvents<'a>,
        ends: impl Fn(&TagEnd) -> bool,
    ) {
        let text = self.inlines(range, events, ends);
        if text.value.is_empty() {
            return;
        }
        self.doubt_table(range);
        self.source.blocks.push(Block::Paragraph(text));
    }

    /// A paragraph with a row of dashes in it is a table that markdown does not take for one.
    fn doubt_table(&mut self, range: &Range<usize>) {
        let raw = &self.text[range.clone()];
        let is_rule = |line: &str| {
            line.contains("--")
                && line.contains('|')
                && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t' | '\r'))
        };
        let Some((header, rule)) =
            raw.lines().zip(raw.lines().skip(1)).find(|(_, line)| is_rule(line))
        else {
            return;
        };
        let (names, dashes) = (pipe_cells(header).len(), pipe_cells(rule).len());
        let message = format!(
            "these lines look like a table, but its header has {} and its row of dashes {}",
            cells(names),
            cells(dashes)
        );
        let help = "give both rows the same number of cells, or write \\| for a | inside a cell";
        let at = self.lines.place(range);
        self.emit(Diagnostic::new(Code::TableUnreadable, message).at(&at).help(help));
    }

    fn list(&mut self, first: Option<u64>, events: &mut MarkdownEvents<'a>) {
        let mut items = Vec::new();
        let mut number = first.map(|n| u32::try_from(n).unwrap_or(u32::MAX));
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::Item) => {
                    let mut builder = TextBuilder::default();
                    builder.list(number);
                    builder.item();
                    number = number.map(|n| n.saturating_add(1));
                    let text =
                        self.inlines_into(builder, &range, events, |end| *end == TagEnd::Item);
                    if !text.value.is_empty() {
                        items.push(text);
                    }
                }
                Event::End(TagEnd::List(_)) => break,
                _ => {}
            }
        }
        if !items.is_empty() {
            self.source.blocks.push(Block::List(items));
        }
    }

    fn table(&mut self, columns: usize, events: &mut MarkdownEvents<'a>) {
        let mut grid = Grid::default();
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => {
                    let row = self.row(columns, &range, events);
                    self.footnotes.end_row(self.source.blocks.len(), grid.rows.len());
                    grid.rows.push(row);
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        grid.marked_header = grid.rows.first().map_or(0, |header| usize::from(!header.is_blank()));
        self.source.blocks.push(Block::Grid(grid));
    }

    fn row(
        &mut self,
        columns: usize,
        range: &Range<usize>,
        events: &mut MarkdownEvents<'a>,
    ) -> Row {
        let place = self.lines.place(range);
        let mut cells: Vec<Cell> = Vec::with_capacity(columns);
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::TableCell) => {
                    let text = self.inlines(&range, events, |end| *end == TagEnd::TableCell);
                    self.footnotes.end_cell(cells.len());
                    cells.push(Cell::new(text.value, text.place));
                }
                Event::End(TagEnd::TableRow | TagEnd::TableHead) => break,
                _ => {}
            }
        }
        self.cells_beyond(columns, range, &mut cells);
        Row::new(cells, place)
    }

    /// Markdown drops the cells that a row has beyond its header; here their words go into the last
    /// cell.
    fn cells_beyond(&mut self, columns: usize, range: &Range<usize>, cells: &mut [Cell]) {
        let raw = &self.text[range.clone()];
        if raw.bytes().filter(|b| *b == b'|').count() <= columns {
            return;
        }
        let found = pipe_cells(raw);
        let beyond: Vec<Range<usize>> = found
            .iter()
            .skip(columns)
            .filter(|cell| !is_blank(&raw[(*cell).clone()]))
            .cloned()
            .collect();
        let (Some(first), Some(last)) = (beyond.first(), cells.last_mut()) else { return };
        let place = self.lines.place(&(range.start + first.start..range.start + first.end));
        for cell in &beyond {
            // what stands beyond is read as a cell's words are, tags and all
            let mut tail = read_inline(&raw[cell.clone()]);
            if let Some(block) = tail.blocks.first_mut() {
                block.spans.insert(0, Span::plain("| "));
            }
            last.value.resume(tail);
        }
        let message = format!(
            "the row has {}, the table {}: the words beyond are in its last cell",
            self::cells(found.len()),
            self::columns(columns)
        );
        self.emit(
            Diagnostic::new(Code::CellsBeyondHeader, message)
                .at(&place)
                .help("write \\| for a | inside a cell"),
        );
    }

    fn front_matter(&mut self, range: &Range<usize>, events: &mut MarkdownEvents<'a>) {
        let at = self.lines.place(range);
        let mut words = String::new();
        for (event, _) in events.by_ref() {
            match event {
                Event::Text(text) => words.push_str(&text),
                Event::End(TagEnd::MetadataBlock(_)) => break,
                _ => {}
            }
        }
        let message =
            "the settings at the top of the page were left out: they are for a web site's software";
        self.emit(Diagnostic::new(Code::MarkupIgnored, message).at(&at).left_out(words.trim()));
    }

    fn inlines(
        &mut self,
        range: &Range<usize>,
        events: &mut MarkdownEvents<'a>,
        ends: impl Fn(&TagEnd) -> bool,
    ) -> Sourced<Text> {
        self.inlines_into(TextBuilder::default(), range, events, ends)
    }

    /// Reads everything up to the end of a block into one text.
    fn inlines_into(
        &mut self,
        mut builder: TextBuilder,
        range: &Range<usize>,
        events: &mut MarkdownEvents<'a>,
        ends: impl Fn(&TagEnd) -> bool,
    ) -> Sourced<Text> {
        let place = self.lines.place(range);
        let mut depth = 0_usize;
        for (event, range) in events.by_ref() {
            match &event {
                Event::End(end) if depth == 0 && ends(end) => break,
                Event::Start(Tag::Item) => depth += 1,
                Event::End(TagEnd::Item) => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.inline(&mut builder, &event, &range);
        }
        Sourced::new(builder.finish(), place)
    }

    fn inline(&mut self, builder: &mut TextBuilder, event: &Event<'a>, range: &Range<usize>) {
        match event {
            Event::Text(words) | Event::Code(words) => self.words(builder, words, range),
            Event::InlineHtml(tag) => self.tag(builder, tag, range),
            Event::Html(html) => self.html(builder, html, range),
            Event::SoftBreak => builder.words(" "),
            Event::HardBreak => builder.line_break(),
            Event::FootnoteReference(label) => self.footnotes.mark(label),
            Event::Start(
                Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::CodeBlock(_)
                | Tag::HtmlBlock
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell,
            ) => builder.paragraph(),
            Event::Start(Tag::List(first)) => {
                builder.list(first.map(|n| u32::try_from(n).unwrap_or(u32::MAX)));
            }
            Event::End(TagEnd::List(_)) => builder.end_list(),
            Event::Start(Tag::Item) => builder.item(),
            Event::End(TagEnd::Paragraph | TagEnd::Item) => builder.close(),
            Event::Start(Tag::Image { dest_url, .. }) => {
                let at = self.lines.place(range);
                let message = "a picture was left out; the words that describe it were kept";
                let target = if self.has_command(range) {
                    &self.text[range.clone()]
                } else {
                    dest_url.as_ref()
                };
                self.emit(Diagnostic::new(Code::MarkupIgnored, message).at(&at).left_out(target));
            }
            // where it leads is known to the page builder only
            Event::Start(Tag::Link { .. }) | Event::End(TagEnd::Link)
                if self.has_command(range) => {}
            other => emphasis(builder, other),
        }
    }

    /// Adds words; a character that no output can hold is named in its place.
    fn words(&mut self, builder: &mut TextBuilder, words: &str, range: &Range<usize>) {
        builder.words(&characters::named(
            words,
            || self.lines.place(range),
            &mut self.source.diagnostics,
        ));
    }

    fn tag(&mut self, builder: &mut TextBuilder, tag: &str, range: &Range<usize>) {
        if !apply(builder, tag) {
            let at = self.lines.place(range);
            self.emit(
                Diagnostic::new(
                    Code::MarkupIgnored,
                    "HTML without a meaning in a plan was left out",
                )
                .at(&at)
                .left_out(tag.trim()),
            );
        }
    }

    /// A block of raw HTML: its tags and the words between them.
    fn html(&mut self, builder: &mut TextBuilder, html: &str, range: &Range<usize>) {
        let mut rest = html;
        while let Some(open) = rest.find('<') {
            self.words(builder, &decoded(&rest[..open]), range);
            let end = rest[open..].find('>').map_or(rest.len(), |i| open + i + 1);
            self.tag(builder, &rest[open..end], range);
            rest = &rest[end..];
        }
        self.words(builder, &decoded(rest), range);
    }

    fn emit(&mut self, diagnostic: Diagnostic) {
        self.source.diagnostics.push(diagnostic);
    }
}

/// Words of a raw HTML block with their entities read.
fn decoded(words: &str) -> String {
    if !words.contains('&') {
        return words.to_owned();
    }
    Parser::new(words)
        .filter_map(|event| if let Event::Text(text) = event { Some(text) } else { None })
        .fold(String::new(), |mut all, text| {
            if words.starts_with(char::is_whitespace) && all.is_empty() {
                all.push(' ');
            }
            all.push_str(&text);
            all
        })
}

/// The text of a stretch of markdown that stands on one line.
fn read_inline(markdown: &str) -> Text {
    let mut source = read(markdown.trim());
    match source.blocks.pop() {
        Some(Block::Paragraph(text)) if source.blocks.is_empty() => text.value,
        _ => Text::from_plain(markdown),
    }
}

/// Where the cells of a row of a pipe table stand in its line.
fn pipe_cells(row: &str) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    let mut escaped = false;
    for (i, b) in row.bytes().enumerate() {
        match b {
            b'|' if !escaped => cuts.push(i),
            _ => {}
        }
        escaped = b == b'\\' && !escaped;
    }
    let content = row.len() - row.trim_start().len()..row.trim_end().len();
    let mut cells = Vec::with_capacity(cuts.len() + 1);
    let mut start = content.start;
    for cut in cuts {
        if cut > content.start {
            cells.push(start..cut);
        }
        start = cut + 1;
    }
    if start < content.end {
        cells.push(start..content.end);
    }
    cells
}

fn cells(n: usize) -> String {
    if n == 1 { "1 cell".to_owned() } else { format!("{n} cells") }
}

fn columns(n: usize) -> String {
    if n == 1 { "1 column".to_owned() } else { format!("{n} columns") }
}

#[cfg(test)]
mod tests;
