//! How cells of an .xls file look.

use crate::read::workbook::binary::u16_at;
use crate::read::workbook::number::CellNumberFormat;

use super::XlsFormat;
use super::strings::StringEncoding;

pub(super) fn number_format(
    data: &[u8],
    writing: StringEncoding,
    is_old: bool,
) -> Option<(u16, CellNumberFormat)> {
    let code = data.get(2..)?;
    let (code, _) = if is_old { writing.short(code)? } else { writing.long(code)? };
    Some((u16_at(data, 0)?, CellNumberFormat::parse(&code)))
}

pub(super) fn cell_format(data: &[u8], is_old: bool) -> Option<XlsFormat> {
    let (pattern, colours) = if is_old {
        (u16_at(data, 10)? & 0x3f, u16_at(data, 8)?)
    } else {
        (u16_at(data, 16)? >> 10, u16_at(data, 18)?)
    };
    Some(XlsFormat {
        font: u16_at(data, 0)?,
        number: u16_at(data, 2)?,
        indent: if is_old { 0 } else { data.get(8)? & 0x0f },
        fill: (pattern, usize::from(colours & 0x7f)),
    })
}
