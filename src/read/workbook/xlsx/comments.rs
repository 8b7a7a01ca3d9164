//! Comments on cells: the old kind, and threads with their replies.

use std::collections::{HashMap, HashSet};

use crate::error::Error;
use crate::limits::Limits;
use crate::read::workbook::builder::signed;
use crate::read::workbook::xml::{XmlEvent, XmlReader, attribute};

use super::strings::words;
use crate::read::workbook::cell_range::reference;

/// A comment on a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CellComment {
    pub(super) at: (u32, u32),
    /// Its words, after the name of who wrote them.
    pub(super) words: String,
}

/// The comments of the old kind, in order.
pub(super) fn notes(part: &str, limits: &Limits) -> Result<Vec<CellComment>, Error> {
    let mut xml = XmlReader::new(part, limits);
    let mut authors: Vec<String> = Vec::new();
    let mut comments = Vec::new();
    let mut open = None;
    while let Some(event) = xml.next()? {
        let XmlEvent::Start(tag) = event else { continue };
        match tag.name {
            "author" => authors.push(xml.words()?.trim().to_owned()),
            "comment" => {
                let at = attribute(&tag, "ref").and_then(|r| reference(&r));
                let author = attribute(&tag, "authorId")
                    .and_then(|id| authors.get(id.parse::<usize>().ok()?));
                open = at.map(|at| (at, author.cloned().unwrap_or_default()));
            }
            "text" => {
                let words: String =
                    words(&mut xml, None)?.runs(false).into_iter().map(|run| run.text).collect();
                if let Some((at, author)) = open.take() {
                    comments.push(CellComment { at, words: signed(&author, words.trim()) });
                }
            }
            _ => {}
        }
    }
    Ok(comments)
}

/// The people who write in threads: their names by their numbers.
pub(super) fn people(part: &str, limits: &Limits) -> Result<HashMap<String, String>, Error> {
    let mut xml = XmlReader::new(part, limits);
    let mut people = HashMap::new();
    while let Some(event) = xml.next()? {
        if let XmlEvent::Start(tag) | XmlEvent::Empty(tag) = event
            && tag.name == "person"
            && let (Some(id), Some(name)) = (attribute(&tag, "id"), attribute(&tag, "displayName"))
        {
            people.insert(id.into_owned(), name.trim().to_owned());
        }
    }
    Ok(people)
}

/// What was said in threads, in order.
pub(super) fn threads(
    part: &str,
    people: &HashMap<String, String>,
    limits: &Limits,
) -> Result<Vec<CellComment>, Error> {
    let mut xml = XmlReader::new(part, limits);
    let mut comments = Vec::new();
    let mut open = None;
    while let Some(event) = xml.next()? {
        let XmlEvent::Start(tag) = event else { continue };
        match tag.name {
            "threadedComment" => {
                let author = attribute(&tag, "personId")
                    .and_then(|id| people.get(&*id))
                    .cloned()
                    .unwrap_or_default();
                open = attribute(&tag, "ref").and_then(|r| reference(&r)).map(|at| (at, author));
            }
            "text" => {
                let words = xml.words()?;
                if let Some((at, author)) = open.take() {
                    comments.push(CellComment { at, words: signed(&author, words.trim()) });
                }
            }
            _ => {}
        }
    }
    Ok(comments)
}

/// Both kinds together: Excel writes a thread twice, the second time as a comment of the old kind
/// for older versions.
pub(super) fn together(
    notes: Vec<CellComment>,
    threads: Vec<CellComment>,
) -> impl Iterator<Item = CellComment> {
    let threaded: HashSet<(u32, u32)> = threads.iter().map(|c| c.at).collect();
    notes.into_iter().filter(move |note| !threaded.contains(&note.at)).chain(threads)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_keep_who_wrote_them() {
        let part = r#"<comments><authors><author>Jo Lee</author><author/></authors><commentList>
            <comment ref="B2" authorId="0"><text><r><rPr><b/></rPr><t xml:space="preserve">Jo Lee:
</t></r><r><t>by May?</t></r></text></comment>
            <comment ref="C3" authorId="0"><text><t>Done</t></text></comment>
            <comment ref="nowhere" authorId="0"><text><t>lost</t></text></comment>
            <comment ref="D4" authorId="9"><text><t>No name</t></text></comment></commentList></comments>"#;
        let found = notes(part, &Limits::default()).unwrap();
        let shown: Vec<_> = found.iter().map(|c| (c.at, c.words.as_str())).collect();
        assert_eq!(
            shown,
            [((1, 1), "Jo Lee:\nby May?"), ((2, 2), "Jo Lee: Done"), ((3, 3), "No name")]
        );
    }

    #[test]
    fn a_thread_takes_the_place_of_its_copy() {
        let limits = Limits::default();
        let people =
            people(r#"<personList><person displayName="Jo Lee" id="{1}"/></personList>"#, &limits)
                .unwrap();
        let part = r#"<ThreadedComments><threadedComment ref="A1" personId="{1}"><text>Late?</text></threadedComment>
            <threadedComment ref="A1" personId="{2}" parentId="x"><text>No</text></threadedComment></ThreadedComments>"#;
        let threads = threads(part, &people, &limits).unwrap();
        let copy = CellComment {
            at: (0, 0),
            words: "[Threaded comment] Your version of Excel allows you to read this".to_owned(),
        };
        let other = CellComment { at: (1, 0), words: "Note".to_owned() };
        let words: Vec<String> = together(vec![copy, other], threads).map(|c| c.words).collect();
        assert_eq!(words, ["Note", "Jo Lee: Late?", "No"]);
    }
}
