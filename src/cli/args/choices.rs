//! Who outputs are for, and the values that options and settings may have.

use clap::{Args as ClapArgs, ValueEnum};
use planwright::Language;
use serde::Deserialize;

/// Who the outputs are for.
#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct PublishingArgs {
    /// Who the outputs are for; for the public, what only those who work on the plan may see is
    /// removed
    #[arg(long, value_enum, value_name = "AUDIENCE")]
    pub(in crate::cli) audience: Option<AudienceName>,

    /// A column to leave out of the public version, by its header; may be given more than once
    #[arg(long, value_name = "HEADER")]
    pub(in crate::cli) leave_out: Vec<String>,

    /// Publish struck-out text too, and hidden text that --include-hidden reads
    #[arg(long)]
    pub(in crate::cli) publish_hidden: bool,
}

/// The language of the words around a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::cli) enum LanguageName {
    /// English (the default)
    En,
    /// Welsh
    Cy,
}

impl From<LanguageName> for Language {
    fn from(name: LanguageName) -> Self {
        match name {
            LanguageName::En => Self::English,
            LanguageName::Cy => Self::Welsh,
        }
    }
}

/// What workbooks are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::cli) enum ProfileName {
    /// Reviewing: cells to fill in, filters and colours (the default)
    Review,
    /// Publishing: a cover sheet and plain tables that screen readers and other programs can read
    Publish,
}

/// A sheet of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::cli) enum PaperName {
    /// 210 by 297 millimetres
    A4,
    /// 297 by 420 millimetres
    A3,
    /// 8.5 by 11 inches
    Letter,
}

/// For whom the outputs are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::cli) enum AudienceName {
    /// Those who work on the plan (the default)
    Internal,
    /// Everyone: without comments, evidence, reviewers' entries, struck-out text, internal parts
    /// and links
    Public,
}

/// What the plan is laid out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::cli) enum LayoutName {
    /// A table; in PDF on pages that lie on their sides (the default)
    Table,
    /// A card for each action, for reading and for screen readers; in PDF on upright pages, in
    /// letters of 12 points
    Cards,
}
