//! The records of which old workbooks consist: a kind, a length, bytes.

use crate::read::workbook::binary::u16_at;

pub(super) const FORMULA: u16 = 0x0006;
pub(super) const END: u16 = 0x000a;
pub(super) const NOTE: u16 = 0x001c;
pub(super) const DATE_MODE: u16 = 0x0022;
pub(super) const FILE_PASS: u16 = 0x002f;
pub(super) const FONT: u16 = 0x0031;
pub(super) const CONTINUE: u16 = 0x003c;
pub(super) const CODE_PAGE: u16 = 0x0042;
pub(super) const OBJECT: u16 = 0x005d;
pub(super) const COLUMN_INFO: u16 = 0x007d;
pub(super) const BOUND_SHEET: u16 = 0x0085;
pub(super) const PALETTE: u16 = 0x0092;
pub(super) const MANY_NUMBERS: u16 = 0x00bd;
pub(super) const MANY_BLANKS: u16 = 0x00be;
pub(super) const RICH_LABEL: u16 = 0x00d6;
pub(super) const CELL_FORMAT: u16 = 0x00e0;
pub(super) const CONDITIONAL_FORMAT: u16 = 0x01b0;
pub(super) const MERGED: u16 = 0x00e5;
pub(super) const SHARED_STRINGS: u16 = 0x00fc;
pub(super) const SHARED_LABEL: u16 = 0x00fd;
pub(super) const OBJECT_TEXT: u16 = 0x01b6;
pub(super) const BLANK: u16 = 0x0201;
pub(super) const NUMBER: u16 = 0x0203;
pub(super) const LABEL: u16 = 0x0204;
pub(super) const TRUTH_OR_ERROR: u16 = 0x0205;
pub(super) const FORMULA_STRING: u16 = 0x0207;
pub(super) const ROW: u16 = 0x0208;
pub(super) const SHORT_NUMBER: u16 = 0x027e;
pub(super) const NUMBER_FORMAT: u16 = 0x041e;
pub(super) const BEGIN: u16 = 0x0809;

/// A record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BiffRecord<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
}

/// The records from here on; one that is cut short is the last.
pub(super) fn records(stream: &[u8]) -> impl Iterator<Item = BiffRecord<'_>> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(rest, 0)?, u16_at(rest, 2)?);
        let body = rest.get(4..)?;
        let (data, after) = body.split_at_checked(usize::from(length)).unwrap_or((body, &[]));
        rest = after;
        Some(BiffRecord { kind, data })
    })
}
