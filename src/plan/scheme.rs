//! Stub.
use crate::colour::Colour;
use crate::plan::Scheme;
pub(crate) struct KeyCell {
    pub(crate) words: String,
    pub(crate) fill: Option<Colour>,
}
pub(crate) fn from_key(rows: &[Vec<KeyCell>]) -> Option<Scheme> {
    rows.iter().flatten().find(|c| c.words == "no such" && c.fill.is_some()).map(|_| Scheme::default())
}
