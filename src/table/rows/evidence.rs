//! Evidence that a row explains the table, or stands around it, rather than being an action.

use crate::plan::{Field, Scheme, Target, TargetKind, status, target};
use crate::source::{Cell, CellType, Row};
use crate::table::Column;
use crate::vocabulary::normalize;
use crate::vocabulary::words::NO_WORDS;
use crate::vocabulary::{cells, roles, rows as words};

use super::is_a_number;
use crate::table::body::{BodyRow, only_cell};

/// A row of this weight is a notice at the end of a table.
pub(in crate::table) const NOTICE: i32 = 3;
/// A row of this weight is a notice wherever it stands.
pub(super) const NOTICE_ANYWHERE: i32 = 5;

/// How much a row is like a notice below a table: its words, and how few of its cells are filled.
pub(in crate::table) fn notice(row: &Row, columns: &[Column]) -> i32 {
    const MOST_CELLS: usize = 4;
    if let Some(cell) = said_once(row) {
        let in_action = row
            .cells
            .iter()
            .zip(columns)
            .any(|(c, column)| std::ptr::eq(c, cell) && column.field == Field::Action);
        let beside =
            columns.len() > 2 && !in_action && cell.value.plain().split_whitespace().count() > 3;
        return notice_in(&cell.value.plain()) + i32::from(beside);
    }
    let filled: Vec<&Cell> = row.filled().collect();
    let (Some(first), true) =
        (filled.first(), filled.len() <= MOST_CELLS && filled.len() < row.cells.len())
    else {
        return 0;
    };
    let first_words = first.value.plain();
    let is_label = words::is_notice_label(&first_words);
    // an action may be called "Sign off" too; a signature has a line, a colon, or a label of its
    // own beside it
    let has_line = filled.iter().any(|cell| is_a_line_to_sign(&cell.value.plain()));
    let all_labelled = filled.chunks(2).all(|pair| {
        words::is_notice_label(&pair[0].value.plain()) || is_date_label(&pair[0].value.plain())
    });
    let form = i32::from(first_words.trim_end().ends_with(':')) * 3
        + i32::from(has_line) * 4
        + i32::from(filled.len() == 2);
    if has_line && (is_label || filled.len() <= 2) {
        NOTICE_ANYWHERE
    } else if is_label
        && filled.len() > 2
        && !all_labelled
        && !first_words.trim_end().ends_with(':')
    {
        0
    } else if is_label {
        2 + form
    } else {
        0
    }
}

/// Whether a row names a person or post, and at most a day, in two cells of a wider table: it may
/// be one who signs.
pub(in crate::table) fn may_be_a_signature(row: &Row, columns: &[Column]) -> bool {
    const FEWEST_COLUMNS: usize = 4;
    let filled: Vec<&Cell> = row.filled().collect();
    let is_owner = |cell: &&Cell| roles::looks_like_owner(&cell.value.plain(), &NO_WORDS);
    columns.len() >= FEWEST_COLUMNS
        && (1..=2).contains(&filled.len())
        && filled.iter().any(is_owner)
        && filled.iter().all(|cell| is_owner(cell) || is_date(cell))
}

/// How much the last row of a table is like a notice: its words, the form of a line that closes a
/// document, and that it has one cell where the rows above it have several.
pub(in crate::table) fn closing<'a>(
    row: &Row,
    above: impl Iterator<Item = &'a Row>,
    columns: &[Column],
) -> i32 {
    const SAMPLE: usize = 20;
    const FEWEST: usize = 2;
    let weight = notice(row, columns);
    let filled: Vec<&Cell> = row.filled().take(3).collect();
    let (Some(first), true) = (filled.first(), weight < NOTICE && columns.len() > 2) else {
        return weight;
    };
    let at = row.cells.iter().position(|cell| std::ptr::eq(cell, *first)).unwrap_or_default();
    let form = match filled.as_slice() {
        [_] => closing_form(&first.value.plain()),
        [label, value]
            if !label.value.plain().ends_with(':')
                && !roles::looks_like_owner(&value.value.plain(), &NO_WORDS) =>
        {
            0
        }
        [label, _] => {
            closing_form(&label.value.plain()) + i32::from(ends_as_a_label(&label.value.plain()))
        }
        _ => 0,
    };
    let rates_all = form == 0 && rates_the_plan(&filled, row, columns);
    if form == 0 && !rates_all {
        return weight;
    }
    // other lines that close the document may stand between
    let above: Vec<&Row> = above
        .filter(|row| !row.is_blank())
        .take(SAMPLE)
        .skip_while(|row| row.filled().take(3).count() <= filled.len())
        .collect();
    let has_the_form =
        |row: &&Row| row.cells.get(at).is_some_and(|cell| closing_form(&cell.value.plain()) > 0);
    if above.len() < FEWEST || above.iter().any(has_the_form) {
        return weight;
    }
    let are_full = above.iter().all(|row| row.filled().count() > filled.len());
    if rates_all && are_full { weight + NOTICE } else { weight + form + i32::from(are_full) }
}

/// Whether a row has several words where the others have their number, and beside them only a
/// status: that of the whole plan.
fn rates_the_plan(filled: &[&Cell], row: &Row, columns: &[Column]) -> bool {
    let field = |cell: &Cell| {
        row.cells
            .iter()
            .zip(columns)
            .find(|(c, _)| std::ptr::eq(*c, cell))
            .map(|(_, column)| column.field)
    };
    let [name, status] = filled else { return false };
    let plain = name.value.plain();
    field(name) == Some(Field::Reference)
        && field(status) == Some(Field::Status)
        && plain.split_whitespace().count() > 1
        && !plain.contains(|c: char| c.is_ascii_digit())
}

/// How much a text has the form of a line that closes a document: what was done with it and by whom
/// or when, a label, a number of its issue, a footnote's mark, an address.
fn closing_form(text: &str) -> i32 {
    const PREPOSITIONS: &[&str] =
        &["at", "by", "in", "on", "to", "for", "from", "with", "gan", "ar"];
    const IRREGULAR: &[&str] =
        &["drawn", "held", "kept", "made", "put", "seen", "sent", "set", "taken", "written"];
    const LONGEST_LABEL: usize = 3;
    let text = text.trim();
    let normalized = normalize(text);
    let all: Vec<&str> = normalized.split(' ').collect();
    let first = all.first().copied().unwrap_or_default();
    let is_participle =
        (first.len() > 4 && first.ends_with("ed") && !cells::begins_with_verb(first))
            || IRREGULAR.contains(&first);
    let says_by_whom =
        is_participle && all.iter().skip(1).take(2).any(|word| PREPOSITIONS.contains(word));
    let label =
        text.split_once(':').filter(|(label, _)| label.split_whitespace().count() <= LONGEST_LABEL);
    let is_labelled = label.is_some_and(|(label, value)| {
        words::heading_word(text).is_none() && !label.is_empty() && is_a_value(value)
    });
    let is_an_issue = all.len() == 2
        && first.chars().all(char::is_alphabetic)
        && is_an_issue_number(all[1])
        && words::heading_word(text).is_none();
    let is_an_address = text.contains('@') || text.contains("://") || text.contains("www.");
    let is_marked = text.starts_with(['*', '†', '‡', '§', '¹', '²', '³', '^', '#']);
    2 * i32::from(says_by_whom || is_labelled || is_an_issue)
        + i32::from(is_an_address)
        + i32::from(is_marked)
}

/// "3", "0.4", "v2".
fn is_an_issue_number(word: &str) -> bool {
    let number = word.strip_prefix('v').unwrap_or(word);
    !number.is_empty()
        && number.len() <= 4
        && number.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// Whether what stands after a label is a date, a number, a person or body, an address.
fn is_a_value(value: &str) -> bool {
    const MOST_WORDS: usize = 6;
    let value = value.trim();
    let is_short = value.split_whitespace().count() <= MOST_WORDS;
    let is_one = || {
        has_a_month(value)
            || roles::looks_like_owner(value, &NO_WORDS)
            || value.contains('@')
            || value.contains("www.")
    };
    !value.is_empty() && is_short && (!value.contains(char::is_alphabetic) || is_one())
}

/// "Agreed by", "Chair:": something stands after it.
fn ends_as_a_label(text: &str) -> bool {
    text.trim_end().ends_with(':')
        || normalize(text)
            .rsplit(' ')
            .next()
            .is_some_and(|last| matches!(last, "by" | "on" | "gan"))
}

/// Whether a line says of a document by whom or when something was done with it, which issue it is,
/// or what its signs mean.
pub(crate) fn closes_a_document(line: &str) -> bool {
    let (does_not_label, form) = (!line.contains(':'), closing_form(line));
    is_notice(line) || (does_not_label && form >= 2)
}

/// Whether a text by itself says that it is a notice.
pub(in crate::table) fn is_notice(text: &str) -> bool {
    notice_in(text) >= NOTICE
}

/// The words of a row that has them once: in one cell, or the same in each.
pub(super) fn said_once(row: &Row) -> Option<&Cell> {
    let (first, rest) = row.cells.split_first()?;
    let copies =
        !rest.is_empty() && !first.value.is_empty() && rest.iter().all(|c| c.value == first.value);
    if copies { Some(first) } else { only_cell(row) }
}

fn is_date_label(words: &str) -> bool {
    words.trim_end().ends_with(':') && words.split_whitespace().count() <= 3
}

/// How much the words of a cell are like a notice.
fn notice_in(cell: &str) -> i32 {
    let plain = cell.trim();
    let mut weight = 0;
    if words::heading_word(plain).is_some() {
        weight -= 4;
    }
    if plain.starts_with(['©', '™'])
        || plain.to_lowercase().starts_with("(c) ")
        || is_a_page_number(plain)
        || is_a_line_to_sign(plain)
    {
        weight += 5;
    }
    if is_a_key(plain) {
        weight += 4;
    }
    if words::is_notice_label(plain) {
        weight += 3;
    }
    if words::opens_a_notice(plain) {
        weight += 3;
    }
    // no heading begins like that
    if normalize(plain).starts_with("please ") {
        weight += 2;
    }
    weight += i32::try_from(words::notice_phrases(plain).min(2)).unwrap_or(0) * 2;
    if plain.contains('@') || plain.contains("://") || plain.contains("www.") {
        weight += 1;
    }
    if plain.starts_with(['*', '†', '‡']) || begins_without_a_verb(plain) {
        weight += 1;
    }
    weight
}

/// Whether a sentence begins with an article or a pronoun and says that something is, was or will
/// be.
fn begins_without_a_verb(cell: &str) -> bool {
    const SUBJECTS: &[&str] = &[
        "the", "this", "these", "those", "all", "any", "each", "every", "it", "we", "they",
        "there", "where", "if",
    ];
    const STATES: &[&str] = &[
        "is", "are", "was", "were", "has", "have", "had", "will", "should", "must", "can", "may",
        "approved", "agreed", "endorsed",
    ];
    let normalized = normalize(cell);
    let mut all = normalized.split(' ');
    all.next().is_some_and(|first| SUBJECTS.contains(&first))
        && all.any(|word| STATES.contains(&word))
}

/// "Page 2 of 7", "2 of 7", "Page 2", "- 2 -".
fn is_a_page_number(cell: &str) -> bool {
    let normalized = normalize(cell);
    let words: Vec<&str> = normalized.split(' ').collect();
    let is_number = |word: &&str| {
        !word.is_empty() && word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit())
    };
    match words.as_slice() {
        ["page" | "tudalen" | "p", number] => is_number(number),
        ["page" | "tudalen" | "p", number, "of" | "o", all] | [number, "of" | "o", all] => {
            is_number(number) && is_number(all)
        }
        _ => false,
    }
}

/// A stretch to write on: "Signed ______", "Date ........".
fn is_a_line_to_sign(cell: &str) -> bool {
    cell.contains("____") || cell.contains("......") || cell.contains("………")
}

/// "B = complete, G = on track": two or more meanings, each after a sign.
fn is_a_key(cell: &str) -> bool {
    let is_a_meaning = |part: &str| {
        let part = part.rsplit(':').next().unwrap_or(part);
        part.split_once(['=', '–']).is_some_and(|(sign, meaning)| {
            !meaning.trim().is_empty()
                && !sign.trim().is_empty()
                && sign.split_whitespace().count() <= 3
        })
    };
    cell.split([',', ';', '\n', '|']).filter(|part| is_a_meaning(part)).count() >= 2
}

/// Whether a cell beside the word "Total" adds something up: a number, money, a count with a word.
pub(super) fn is_amount(cell: &str) -> bool {
    const MOST_WORDS: usize = 3;
    let has_letters = cell.contains(char::is_alphabetic);
    !has_letters
        || (cell.contains(|c: char| c.is_ascii_digit())
            && cell.split_whitespace().count() <= MOST_WORDS
            && !has_a_month(cell))
}

fn has_a_month(cell: &str) -> bool {
    Target::read(cell).due.is_some()
}

/// Whether a row below the header explains what to fill in, as forms do.
///
/// Each filled cell is weighed: what asks for a value counts for it, a value counts against it.
pub(super) fn is_guidance(
    row: &Row,
    next: Option<&Row>,
    columns: &[Column],
    rows: &[BodyRow],
) -> bool {
    const ENOUGH: i32 = 4;
    const ENOUGH_ALONE: i32 = 3;
    /// The most that italics add to a row, and a comparison with its column to a cell.
    const MOST_ADDED: i32 = 2;
    let filled = || {
        row.cells.iter().zip(columns).enumerate().filter(|(_, (cell, _))| !cell.value.is_empty())
    };
    let count = filled().count();
    let enough = if count == 1 { ENOUGH_ALONE } else { ENOUGH };
    let mut weight: i32 =
        filled().map(|(i, (cell, column))| guidance_in(cell, column, || are_dated(rows, i))).sum();
    let compared =
        || filled().filter(|(_, (_, column))| matches!(column.field, Field::Owner | Field::Status));
    if weight + MOST_ADDED * (1 + i32::try_from(compared().count()).unwrap_or(0)) < enough {
        return false;
    }
    weight +=
        compared().map(|(i, (cell, column))| unlike_the_others(cell, column, rows, i)).sum::<i32>();
    let italic = |row: &Row| row.filled().all(is_italic);
    if weight > 0 && italic(row) && next.is_some_and(|next| !next.is_blank() && !italic(next)) {
        weight += MOST_ADDED;
    }
    weight >= enough
}

/// How much a cell differs from the others of its column, which hold names or statuses.
fn unlike_the_others(cell: &Cell, column: &Column, rows: &[BodyRow], at: usize) -> i32 {
    const SAMPLE: usize = 12;
    const FEWEST: usize = 2;
    let scheme = Scheme::default();
    let is_one: &dyn Fn(&str) -> bool = match column.field {
        Field::Owner => &|words| roles::looks_like_owner(words, &NO_WORDS),
        Field::Status => &|words| status::is_status(words, &scheme),
        _ => return 0,
    };
    if is_one(&cell.value.plain()) || cell.value.plain().split_whitespace().count() < 2 {
        return 0;
    }
    let others = || {
        rows.iter()
            .take(SAMPLE)
            .filter_map(|body| body.row.cells.get(at))
            .filter(|c| !c.value.is_empty() && c.value != cell.value)
    };
    let alike = others().filter(|c| is_one(&c.value.plain())).count();
    if alike >= FEWEST && alike * 10 >= others().count() * 8 { 2 } else { 0 }
}

fn is_italic(cell: &Cell) -> bool {
    cell.value
        .blocks
        .iter()
        .flat_map(|block| &block.spans)
        .filter(|span| !span.text.trim().is_empty())
        .all(|span| span.style.italic)
}

/// Whether most of the first cells of a column are dates.
fn are_dated(rows: &[BodyRow], column: usize) -> bool {
    const SAMPLE: usize = 12;
    let cells = || {
        rows.iter()
            .take(SAMPLE)
            .filter_map(|body| body.row.cells.get(column))
            .filter(|c| !c.value.is_empty())
    };
    let dated = cells().filter(|c| is_date(c)).count();
    dated > 0 && dated * 2 >= cells().count()
}

fn is_date(cell: &Cell) -> bool {
    cell.holds() == CellType::Date || Target::read(&cell.value.plain()).due.is_some()
}

/// How much a cell asks for a value, above 0, or holds one, below 0.
fn guidance_in(cell: &Cell, column: &Column, are_dated: impl Fn() -> bool) -> i32 {
    let plain = cell.value.plain();
    let plain = plain.trim();
    if cell.holds() == CellType::Number {
        return -3;
    }
    if words::is_placeholder(plain) || is_bracketed(plain) {
        return 3;
    }
    let phrases = i32::try_from(words::guidance_phrases(plain).min(2)).unwrap_or(0);
    let asks = i32::from(words::opens_guidance(plain)) + phrases + i32::from(plain.ends_with('?'));
    let is_date_column = matches!(column.field, Field::Target | Field::Start | Field::CompletedOn)
        || normalize(&column.header).split(' ').any(|word| word == "date");
    match column.field {
        _ if is_date_column => date_asked_for(cell, plain, asks, are_dated),
        Field::Status | Field::Percent => {
            if names_several_states(plain) {
                3
            } else if status::is_status(plain, &Scheme::default()) {
                -3
            } else if asks > 0 {
                2 + asks
            } else {
                0
            }
        }
        Field::Owner if words::asks_for_an_owner(plain) => 3,
        Field::Owner => asks - 1,
        Field::Reference if asks > 0 => asks,
        Field::Reference if is_a_number(plain) => -3,
        Field::Reference => {
            i32::try_from(plain.split_whitespace().count().saturating_sub(1).min(2)).unwrap_or(0)
        }
        Field::Action if asks == 0 => -1,
        _ => asks,
    }
}

fn date_asked_for(cell: &Cell, plain: &str, asks: i32, are_dated: impl Fn() -> bool) -> i32 {
    if is_date(cell) {
        return -4;
    }
    let in_place_of_a_date = target::is_to_be_confirmed(plain)
        || matches!(
            Target::read(plain).kind,
            TargetKind::Ongoing | TargetKind::Recurring | TargetKind::Relative
        );
    if in_place_of_a_date {
        return -2;
    }
    let no_digit = !plain.contains(|c: char| c.is_ascii_digit());
    if no_digit
        && normalize(plain)
            .split(' ')
            .any(|word| matches!(word, "date" | "when" | "deadline" | "dyddiad" | "pryd"))
    {
        return 3;
    }
    asks + 2 * i32::from(no_digit && plain.split_whitespace().count() >= 2 && are_dated())
}

/// "[insert name]", "<owner>".
fn is_bracketed(cell: &str) -> bool {
    (cell.starts_with('[') && cell.ends_with(']')) || (cell.starts_with('<') && cell.ends_with('>'))
}

/// "Red / Amber / Green", "Not started, in progress or complete".
fn names_several_states(cell: &str) -> bool {
    let scheme = Scheme::default();
    let parts = cell.split(['/', ',', ';', '|', '\n', ':']).flat_map(|part| part.split(" or "));
    parts.map(str::trim).filter(|part| !part.is_empty() && status::is_status(part, &scheme)).count()
        >= 2
}
