//! The page's one script, and the hash by which the policy of the page allows it and nothing else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// What the page runs, if anything can run on it: the form is made before anything is found in it.
pub(super) const SCRIPT: &str = concat!(
    include_str!("page.js"),
    include_str!("pieces.js"),
    include_str!("review.js"),
    include_str!("find.js")
);

/// The source expression that allows the script: `'sha256-...'` (Content Security Policy Level 3,
/// 2.3.1).
pub(super) fn allowed() -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(SCRIPT)))
}
