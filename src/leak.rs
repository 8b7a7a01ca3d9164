//! The leak scan: what was left out of a public version is looked for in each output of it, opened
//! as a stranger would open it.
//!
//! [`removed`] lists what is left out: what [`publish`](fn@crate::publish) reports, and, without
//! asking the code that left it out, what the plan as it was holds and the plan as it is published
//! must not. [`LeakScan::scan`] takes an output apart (the streams, strings and attachments of a
//! PDF; every part of a package; the elements, attributes and data of a page; values of JSON, CSV
//! and calendars; data that is compressed or in base64 inside any of them) and looks for each of
//! these texts. Only letters and digits count, in whatever case: line ends, hyphens, quotation
//! marks and accents make no difference.
//!
//! A text such as “No” or “3” stands in every output, whoever wrote it. How widely a text is
//! searched for depends on its words:
//!
//! - with a word that neither the published plan nor the interface uses, or with four words and
//!   more: anywhere, as whole words; in the technical parts of a file (style sheets, attributes,
//!   names) only if two words are such, or one of four, or it is an address or looks like a code;
//! - with common words only: as a whole field (a cell, a value, an element);
//! - numbers and dates alone: not at all, since outputs calculate many of both.
//!
//! What the published plan says elsewhere in its own right is not searched for. Long texts are
//! searched for sentence by sentence, each by its first letters. Time and memory grow with the
//! texts and the outputs, not with their product.

mod field;
mod json;
mod open;
mod package;
mod page;
mod pdf;
mod removed;
mod squeeze;
mod to_unicode;

use std::collections::{HashMap, HashSet, VecDeque};

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::error::{Error, ErrorKind};
use crate::plan::Plan;
use crate::publish::{Removed, RemovedKind};
use crate::report;

use squeeze::SqueezedText;

pub use removed::removed;

/// The format of an output that is scanned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum OutputKind {
    /// A PDF.
    Pdf,
    /// A workbook or document: a ZIP package.
    Package,
    /// A web page.
    Html,
    /// JSON.
    Json,
    /// Markdown.
    Markdown,
    /// Values separated by commas.
    Csv,
    /// A calendar (iCalendar).
    Calendar,
    /// Plain text.
    Text,
}

/// A text that was left out and stands in an output all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Leak {
    /// What it is.
    pub kind: RemovedKind,
    /// Where it stands in the output: a page, a part, an element, a line.
    pub place: String,
    /// Which of the texts that were left out, in the order given.
    pub removed: usize,
}

/// The fewest letters of what is searched for anywhere.
const MIN_ANYWHERE: usize = 6;

/// How widely a text is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum SearchScope {
    Field,
    Words,
    Anywhere,
}

/// Part of a text that was left out.
#[derive(Debug)]
struct SearchPattern {
    removed: usize,
    kind: RemovedKind,
    reach: SearchScope,
    /// Whether it is the whole of its text or sentence, so that a word must end where it does.
    is_whole: bool,
}

/// The longest pattern, in bytes: the beginning of a sentence is enough to know it by.
const MAX_PATTERN: usize = 40;

/// The longest field that may be one that anyone may read, in bytes.
const MAX_FIELD: usize = 200;

/// Looks for what was left out of a public version.
#[derive(Debug)]
pub struct LeakScan {
    patterns: Vec<SearchPattern>,
    /// Finds all but those that are searched for as whole fields; none if there are no others.
    automaton: Option<AhoCorasick>,
    /// The pattern of each number of the automaton.
    searched: Vec<usize>,
    /// The patterns that are searched for as whole fields, by their letters.
    fields: HashMap<String, usize>,
}

impl LeakScan {
    /// Prepares the search for texts that were left out of plans. `published` are the plans that
    /// may be read; `also_public` are texts that outputs hold and no plan does, such as whom to
    /// contact.
    ///
    /// ```
    /// use planwright::leak::{LeakScan, OutputKind, removed};
    /// use planwright::plan::{Note, Objective, Theme};
    /// use planwright::{Plan, PublishOptions, RemovedKind, publish};
    ///
    /// let note = Note { about: "Owner".to_owned(), text: "off sick until May".into() };
    /// let objective = Objective { notes: vec![note], ..Objective::default() };
    /// let theme = Theme { objectives: vec![objective], ..Theme::default() };
    /// let plan = Plan { themes: vec![theme], ..Plan::default() };
    /// let published = publish(plan.clone(), &PublishOptions::public());
    /// let scan = LeakScan::new(&removed(&plan, &published), &[published.plan()], &[])?;
    /// let leaks = scan.scan("He is off\nsick until May.".as_bytes(), OutputKind::Text)?;
    /// assert_eq!((leaks[0].kind, leaks[0].place.as_str()), (RemovedKind::Comment, "line 1"));
    /// # Ok::<(), planwright::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If there is more to search for than fits in memory.
    pub fn new(
        removed: &[Removed],
        published: &[&Plan],
        also_public: &[&str],
    ) -> Result<Self, Error> {
        let fixed = report::fixed_words();
        let mut interface: Vec<&str> = fixed.iter().map(String::as_str).collect();
        interface.append(&mut removed::terms());
        interface.extend(also_public);
        let interface = PublicCorpus::new(interface.into_iter());
        let allowed: Vec<String> =
            published.iter().flat_map(|plan| removed::public_texts(plan)).collect();
        let public = PublicCorpus::new(allowed.iter().map(String::as_str));
        let mut scan = Self {
            patterns: Vec::new(),
            automaton: None,
            searched: Vec::new(),
            fields: HashMap::new(),
        };
        let mut letters: Vec<String> = Vec::new();
        let mut seen: HashSet<(String, RemovedKind)> = HashSet::new();
        for (at, one) in removed.iter().enumerate() {
            let text = if one.kind() == RemovedKind::Link {
                without_scheme(one.text())
            } else {
                one.text()
            };
            let wholes = std::iter::once((text, true));
            let sentences = sentences(text).map(|sentence| (sentence, false));
            for (text, is_text) in wholes.chain(sentences) {
                let squeezed = SqueezedText::new(text);
                let (beginning, is_whole) = squeezed.beginning(MAX_PATTERN);
                let reach = reach(text, &squeezed, &[&interface, &public]);
                // an address of common words, such as that of a section, gives nothing away
                let may_be_field = is_text && one.kind() != RemovedKind::Link;
                let Some(reach) = reach.filter(|reach| may_be_field || *reach > SearchScope::Field)
                else {
                    continue;
                };
                if !seen.insert((beginning.to_owned(), one.kind())) {
                    continue;
                }
                let pattern = scan.patterns.len();
                scan.patterns.push(SearchPattern {
                    removed: at,
                    kind: one.kind(),
                    reach,
                    is_whole,
                });
                if reach > SearchScope::Field {
                    letters.push(beginning.to_owned());
                    scan.searched.push(pattern);
                } else {
                    scan.fields.insert(squeezed.letters, pattern);
                }
            }
        }
        if !letters.is_empty() {
            let built =
                AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(&letters);
            scan.automaton = Some(built.map_err(|e| {
                Error::new(
                    ErrorKind::TooLarge,
                    format!("too much was left out to search for it: {e}"),
                )
            })?);
        }
        scan.allow(&interface);
        scan.allow(&public);
        Ok(scan)
    }

    /// Takes what anyone may read out of the search.
    fn allow(&mut self, corpus: &PublicCorpus) {
        self.fields.retain(|letters, _| !corpus.fields.contains(letters));
        let mut found = HashSet::new();
        if let Some(automaton) = &self.automaton {
            for text in &corpus.texts {
                for hit in automaton.find_overlapping_iter(&text.letters) {
                    let at = self.searched[hit.pattern().as_usize()];
                    if self.is_hit(at, text, hit.start(), hit.end()) {
                        found.insert(at);
                    }
                }
            }
        }
        for (at, pattern) in self.patterns.iter_mut().enumerate() {
            if found.contains(&at) {
                pattern.reach = SearchScope::Field; // and as no field is known for it, it is not searched for any more
            }
        }
    }

    fn is_hit(&self, pattern: usize, text: &SqueezedText, start: usize, end: usize) -> bool {
        text.begins_at(start) && (!self.patterns[pattern].is_whole || text.begins_at(end))
    }

    /// Whether there is nothing to search for.
    pub fn is_empty(&self) -> bool {
        self.automaton.is_none() && self.fields.is_empty()
    }

    /// Opens an output and gives each text in it that was left out of the plan, in the order in
    /// which they stand there.
    ///
    /// # Errors
    ///
    /// If the output cannot be opened as its format says: then nothing can be said of it.
    pub fn scan(&self, output: &[u8], kind: OutputKind) -> Result<Vec<Leak>, Error> {
        if self.is_empty() {
            return Ok(Vec::new());
        }
        let mut search = OutputSearch::new(self);
        open::output(output, kind, &mut search)?;
        Ok(search.leaks)
    }
}

/// How much the parts of an output may hold that are opened inside one another, in bytes.
const MAX_UNPACKED: usize = 2 << 30;

/// How deep packed data may stand inside packed data.
const MAX_DEPTH: usize = 6;

/// Data that stands in a part of an output and is to be looked through next.
#[derive(Debug)]
struct NestedData {
    bytes: Vec<u8>,
    place: String,
    /// Whether it must be possible to open it; what only looked like data need not be.
    is_certain: bool,
}

/// What a text in an output is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TextRole {
    /// For people, or a value of the plan.
    Content,
    /// For programs: names, styles, scripts.
    Technical,
}

/// The search through one output.
struct OutputSearch<'a> {
    scan: &'a LeakScan,
    leaks: Vec<Leak>,
    seen: HashSet<(usize, String)>,
    squeezed: SqueezedText,
    /// How many bytes may still be unpacked.
    left: usize,
    nested: VecDeque<NestedData>,
}

impl<'a> OutputSearch<'a> {
    fn new(scan: &'a LeakScan) -> Self {
        Self {
            scan,
            leaks: Vec::new(),
            seen: HashSet::new(),
            squeezed: SqueezedText::default(),
            left: MAX_UNPACKED,
            nested: VecDeque::new(),
        }
    }

    /// Looks through a text that is one field of the output.
    fn text(&mut self, words: &str, part: TextRole, place: &dyn Fn() -> String) {
        self.squeezed.clear();
        self.squeezed.add(words);
        let mut found = Vec::new();
        if let Some(automaton) = &self.scan.automaton {
            for hit in automaton.find_overlapping_iter(&self.squeezed.letters) {
                let at = self.scan.searched[hit.pattern().as_usize()];
                let least = if part == TextRole::Content {
                    SearchScope::Words
                } else {
                    SearchScope::Anywhere
                };
                if self.scan.patterns[at].reach >= least
                    && self.scan.is_hit(at, &self.squeezed, hit.start(), hit.end())
                {
                    found.push(at);
                }
            }
        }
        if part == TextRole::Content {
            found.extend(self.scan.fields.get(&self.squeezed.letters));
        }
        for at in found {
            let SearchPattern { removed, kind, .. } = self.scan.patterns[at];
            let place = place();
            if self.seen.insert((removed, place.clone())) {
                self.leaks.push(Leak { kind, place, removed });
            }
        }
    }

    /// Has data looked through once this part has been.
    fn nest(&mut self, bytes: Vec<u8>, place: String) {
        self.nested.push_back(NestedData { bytes, place, is_certain: true });
    }

    /// Whether something was found in a part.
    fn is_found_in(&self, place: &str) -> bool {
        self.leaks.iter().any(|leak| leak.place.starts_with(place))
    }

    /// Takes so many bytes from what may still be unpacked.
    fn unpack(&mut self, bytes: usize) -> Result<(), Error> {
        self.left = self.left.checked_sub(bytes).ok_or_else(|| {
            Error::new(ErrorKind::TooLarge, "its parts are too large to be searched")
        })?;
        Ok(())
    }
}

/// Texts that anyone may read.
struct PublicCorpus {
    texts: Vec<SqueezedText>,
    words: HashSet<String>,
    fields: HashSet<String>,
}

impl PublicCorpus {
    fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let texts: Vec<SqueezedText> = texts.map(SqueezedText::new).collect();
        let words = texts.iter().flat_map(|text| text.words().map(str::to_owned)).collect();
        let fields = texts
            .iter()
            .filter(|text| text.letters.len() <= MAX_FIELD)
            .map(|text| text.letters.clone())
            .collect();
        Self { texts, words, fields }
    }
}

/// How widely a text is searched for, given what anyone may read; none for numbers and dates.
fn reach(text: &str, squeezed: &SqueezedText, public: &[&PublicCorpus]) -> Option<SearchScope> {
    let has = |word: &str, is: fn(char) -> bool| word.chars().any(is);
    let is_known = |word: &str| public.iter().any(|corpus| corpus.words.contains(word));
    let all = squeezed.words().count();
    let own = squeezed.words().filter(|word| {
        word.chars().count() >= 3 && has(word, char::is_alphabetic) && !is_known(word)
    });
    let (mut own_words, mut is_code) = (0, text.contains('@'));
    for word in own {
        own_words += 1;
        is_code |= word.len() >= 14 || (word.len() >= MIN_ANYWHERE && has(word, char::is_numeric));
    }
    let has_number = squeezed.words().any(|word| !has(word, char::is_alphabetic));
    match (all, own_words) {
        (0, _) => None,
        (2.., 2..) | (4.., 1..) if squeezed.letters.len() >= 10 => Some(SearchScope::Anywhere),
        (_, 1..) if is_code && squeezed.letters.len() >= MIN_ANYWHERE => {
            Some(SearchScope::Anywhere)
        }
        (_, 1..) | (4.., 0) => Some(SearchScope::Words),
        _ if has_number
            && squeezed.words().all(|word| !has(word, char::is_alphabetic) || is_known(word)) =>
        {
            None
        }
        _ => Some(SearchScope::Field),
    }
}

/// An address without its scheme, which says nothing of where it leads.
fn without_scheme(address: &str) -> &str {
    address.split_once(':').map_or(address, |(_, rest)| rest.trim_start_matches('/'))
}

/// The sentences and lines of a text that has several.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', ';', '!', '?'])
        .flat_map(|line| line.split(". "))
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
}

#[cfg(test)]
mod tests;
