//! Where a status comes from that an owner gave in a return, in words: "return of Lin Ferguson,
//! March 2012".

use crate::date::PartialDate;
use crate::plan::target::partial_date;

/// The words for a return.
pub(crate) fn source_of(by: &str, when: Option<PartialDate>) -> String {
    let whose = if by.is_empty() { "return".to_owned() } else { format!("return of {by}") };
    when.map_or(whose.clone(), |when| format!("{whose}, {}", when.in_words()))
}

/// Whether the words for where a status comes from name a return, as [`source_of`] words them.
pub(crate) fn is_source_of_return(words: &str) -> bool {
    let is_name = |words: &str| words.split(' ').all(|word| word.starts_with(char::is_uppercase));
    match words.strip_prefix("return") {
        Some("") => true,
        Some(rest) => {
            date_of_return(words).is_some() || rest.strip_prefix(" of ").is_some_and(is_name)
        }
        None => false,
    }
}

/// When a status was reported that comes from a return, from the words of [`source_of`].
pub(crate) fn date_of_return(words: &str) -> Option<PartialDate> {
    let rest = words.strip_prefix("return")?;
    let (who, date) = rest.rsplit_once(", ")?;
    partial_date(date).filter(|_| who.is_empty() || who.starts_with(" of "))
}
