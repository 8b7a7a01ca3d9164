//! How much of a column is of each kind.

/// The shares of the filled cells that are like that, from 0 to 1; of `grouped`, the share of all
/// rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct ColumnShares {
    pub(super) days: f32,
    pub(super) dates: f32,
    pub(super) statuses: f32,
    pub(super) owners: f32,
    pub(super) codes: f32,
    pub(super) numbers: f32,
    pub(super) percents: f32,
    pub(super) money: f32,
    pub(super) levels: f32,
    pub(super) marks: f32,
    pub(super) answers: f32,
    pub(super) verbs: f32,
    pub(super) progress: f32,
    pub(super) measures: f32,
    pub(super) sentences: f32,
    pub(super) distinct: f32,
    pub(super) grouped: f32,
    /// The number of words in a cell.
    pub(super) words: f32,
}
