//! Web pages: the words of each block, attributes, comments, scripts, and data inside any of them.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::field::field;
use super::{OutputSearch, TextRole, json};

/// Elements inside a line of text.
const INLINE: [&str; 22] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark",
    "q", "s", "small", "span", "strong", "sub", "sup", "wbr",
];

/// Attributes that hold words for people.
const WORDED: [&str; 12] = [
    "title",
    "alt",
    "aria-label",
    "aria-description",
    "placeholder",
    "value",
    "href",
    "label",
    "summary",
    "abbr",
    "src",
    "data-label",
];

/// Looks through a page.
pub(super) fn search(source: &str, place: &str, search: &mut OutputSearch<'_>) {
    let sink = PageTokens {
        walk: RefCell::new(PageWalk { place, words: String::new(), raw: None, line: 1, search }),
    };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    let whole = StrTendril::from_slice(source);
    queue.push_back(whole);
    // it stops at the end of a script only if the sink asks for that
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
}

struct PageTokens<'a, 's, 'l> {
    walk: RefCell<PageWalk<'a, 's, 'l>>,
}

struct PageWalk<'a, 's, 'l> {
    place: &'a str,
    words: String,
    /// The element whose content is no markup.
    raw: Option<String>,
    line: u64,
    search: &'s mut OutputSearch<'l>,
}

impl TokenSink for PageTokens<'_, '_, '_> {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut walk = self.walk.borrow_mut();
        match token {
            Token::CharacterTokens(words) => {
                if walk.words.trim().is_empty() {
                    walk.line = line;
                }
                walk.words.push_str(&words);
            }
            Token::NullCharacterToken => walk.words.push(' '),
            Token::CommentToken(words) => {
                walk.line = line;
                walk.field(&words, TextRole::Content);
            }
            Token::TagToken(tag) => {
                let name: &str = &tag.name;
                if name == "br" {
                    walk.words.push('\n');
                } else if !INLINE.contains(&name) {
                    walk.flush();
                }
                walk.line = line;
                return walk.tag(&tag);
            }
            Token::EOFToken => walk.flush(),
            Token::DoctypeToken(_) | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

impl PageWalk<'_, '_, '_> {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        for attribute in &tag.attrs {
            let name: &str = &attribute.name.local;
            self.field(
                &attribute.value,
                if WORDED.contains(&name) { TextRole::Content } else { TextRole::Technical },
            );
        }
        self.raw = None;
        if tag.kind == TagKind::EndTag || tag.self_closing {
            return TokenSinkResult::Continue;
        }
        let name: &str = &tag.name;
        let state = match name {
            "script" => ScriptData,
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => Rawtext,
            "title" | "textarea" => return TokenSinkResult::RawData(Rcdata),
            _ => return TokenSinkResult::Continue,
        };
        self.raw = Some(name.to_owned());
        TokenSinkResult::RawData(state)
    }

    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        if words.trim().is_empty() {
            return;
        }
        let is_code = self.raw.as_ref().is_some_and(|name| name == "script" || name == "style");
        let is_json = json::is_json(words.trim().as_bytes());
        if is_json {
            let place = at(self.place, self.line);
            self.search.nest(words.trim().into(), format!("{place} > data"));
        }
        let role = if is_code || is_json { TextRole::Technical } else { TextRole::Content };
        self.field(&words, role);
    }

    fn field(&mut self, words: &str, part: TextRole) {
        let Self { place, line, search, .. } = self;
        let at = || at(place, *line);
        field(words, part, &at, search);
        // a data: URI may write its text with percent signs (RFC 2397)
        if let Some(percent) = words.strip_prefix("data:").filter(|words| words.contains('%')) {
            field(&unescaped(percent), part, &at, search);
        }
    }
}

fn at(place: &str, line: u64) -> String {
    if place.is_empty() { format!("line {line}") } else { format!("{place}, line {line}") }
}

fn unescaped(words: &str) -> String {
    let bytes = words.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let code =
            || u8::from_str_radix(std::str::from_utf8(bytes.get(at + 1..at + 3)?).ok()?, 16).ok();
        if let (b'%', Some(code)) = (byte, code()) {
            out.push(code);
            at += 3;
        } else {
            out.push(*byte);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
