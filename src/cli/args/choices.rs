//! Who outputs are for.

use clap::Args as ClapArgs;
use planwright::Audience;

/// Who the outputs are for.
#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct PublishingArgs {
    /// Who the outputs are for; for the public, what only those who work on the plan may see is
    /// removed
    #[arg(long, value_enum, value_name = "AUDIENCE")]
    pub(in crate::cli) audience: Option<Audience>,

    /// A column to leave out of the public version, by its header; may be given more than once
    #[arg(long, value_name = "HEADER")]
    pub(in crate::cli) leave_out: Vec<String>,

    /// Publish struck-out text too, and hidden text that --include-hidden reads
    #[arg(long)]
    pub(in crate::cli) publish_hidden: bool,
}
