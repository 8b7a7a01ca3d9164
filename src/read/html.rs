//! Tables in HTML.

use crate::error::{Error, Kind};
use crate::source::Source;

use super::Limits;

pub(super) fn read(_bytes: &[u8], _limits: &Limits) -> Result<Source, Error> {
    Err(Error::new(Kind::Unsupported, "not read yet"))
}
