//! Words by their letters: acronyms, addresses, orders.

/// "Lead on the work", "Support for staff": a noun that may be what is to be done.
pub(super) fn is_imperative(word: &str) -> bool {
    matches!(
        word,
        "Support"
            | "support"
            | "Monitor"
            | "monitor"
            | "Meeting"
            | "Meetings"
            | "Practice"
            | "Home"
            | "Post"
            | "Users"
    )
}

pub(super) fn is_acronym(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    (2..=6).contains(&word.len()) && word.chars().filter(|c| c.is_uppercase()).count() >= 2
}

pub(super) fn is_email(text: &str) -> bool {
    let last = text
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default()
        .trim_matches(['<', '>', '(', ')', '[', ']']);
    let Some((user, host)) = last.split_once('@') else { return false };
    let words = text.split_whitespace().count();
    !user.is_empty() && host.contains('.') && !host.contains('@') && words <= 5
}
