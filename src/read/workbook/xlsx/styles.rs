//! The styles of cells: colours, struck text, indents, and how numbers are shown.

use std::io::{Cursor, Write};

use calamine::{Color, Fill, FillPattern, NumberFormat, Reader, Style, Xlsx};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::colour::Colour;
use crate::read::workbook::number::{CellNumberFormat, built_in};
use crate::read::workbook::palette::meaningful_colour;
use crate::read::workbook::style::{CellBackground, CellStyle};

/// The styles by their numbers; `None` if the part is damaged.
///
/// calamine resolves themes, tints and the colours that have a number only. It reads styles from
/// whole packages, so it is given one that has nothing else in it.
pub(super) fn read(styles: &[u8], theme: Option<&[u8]>) -> Option<Vec<CellStyle>> {
    each(styles, theme, cell_style)
}

/// What is made of each style, by their numbers; `None` if the part is damaged.
pub(crate) fn each<T>(
    styles: &[u8],
    theme: Option<&[u8]>,
    made: impl Fn(&Style) -> T,
) -> Option<Vec<T>> {
    let mut workbook = Xlsx::new(Cursor::new(package(styles, theme)?)).ok()?;
    let cells = workbook.worksheet_cells_reader("-").ok()?;
    Some(cells.styles().iter().map(made).collect())
}

fn cell_style(style: &Style) -> CellStyle {
    let alignment = style.alignment.as_ref();
    let background = style.fill.as_ref().map(background).unwrap_or_default();
    let ink = style.font.as_ref().and_then(|font| font.color).map(colour);
    CellStyle {
        struck: style.font.as_ref().is_some_and(calamine::Font::has_strikethrough),
        fill: background.fill(),
        indent: alignment.and_then(|a| a.indent).unwrap_or_default(),
        format: style.number_format.as_ref().map(format).unwrap_or_default(),
        ink: ink.and_then(meaningful_colour),
        is_unseen: background.hides(ink),
    }
}

fn format(format: &NumberFormat) -> CellNumberFormat {
    let code = match format.format_id.and_then(|id| u16::try_from(id).ok()) {
        Some(id) if format.format_code == "General" => built_in(id),
        _ => &format.format_code,
    };
    CellNumberFormat::parse(code)
}

fn background(fill: &Fill) -> CellBackground {
    match (fill.pattern, fill.foreground_color) {
        (FillPattern::None, _) => CellBackground::Paper,
        (FillPattern::Solid, Some(foreground)) => CellBackground::Colour(colour(foreground)),
        _ => CellBackground::Other,
    }
}

fn colour(colour: Color) -> Colour {
    Colour::new(colour.red, colour.green, colour.blue)
}

fn package(styles: &[u8], theme: Option<&[u8]>) -> Option<Vec<u8>> {
    const PARTS: &[(&str, &str)] = &[
        (
            "_rels/.rels",
            r#"<Relationships><Relationship Id="w" Type="/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        ("xl/workbook.xml", r#"<workbook><sheets><sheet name="-" id="s"/></sheets></workbook>"#),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships><Relationship Id="s" Type="/worksheet" Target="s.xml"/></Relationships>"#,
        ),
        ("xl/s.xml", "<worksheet><sheetData/></worksheet>"),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(styles.len() + 4096)));
    let parts = PARTS.iter().map(|(name, xml)| (*name, xml.as_bytes()));
    for (name, part) in
        parts.chain([("xl/styles.xml", styles)]).chain(theme.map(|t| ("xl/theme/theme1.xml", t)))
    {
        zip.start_file(
            name,
            SimpleFileOptions::default().compression_method(CompressionMethod::Stored),
        )
        .ok()?;
        zip.write_all(part).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_give_colours_struck_text_and_indents() {
        let styles = br#"<x:styleSheet xmlns:x="x"><x:fonts><x:font/><x:font><x:strike/></x:font></x:fonts>
            <x:fills><x:fill><x:patternFill patternType="none"/></x:fill>
              <x:fill><x:patternFill patternType="solid"><x:fgColor rgb="FF00B050"/></x:patternFill></x:fill>
              <x:fill><x:patternFill patternType="solid"><x:fgColor theme="0"/></x:patternFill></x:fill>
              <x:fill><x:patternFill patternType="solid"><x:fgColor indexed="10"/></x:patternFill></x:fill></x:fills>
            <x:cellXfs><x:xf/><x:xf fontId="1" fillId="1"><x:alignment indent="2"/></x:xf><x:xf fillId="2"/><x:xf fillId="3"/></x:cellXfs></x:styleSheet>"#;
        let found = read(styles, None).unwrap();
        assert_eq!(found[0], CellStyle::default());
        assert_eq!(
            found[1],
            CellStyle {
                struck: true,
                fill: Some(Colour::new(0, 176, 80)),
                indent: 2,
                ..CellStyle::default()
            }
        );
        assert_eq!(found[2].fill, None);
        assert_eq!(found[3].fill, Some(Colour::new(255, 0, 0)));
        assert_eq!(read(b"<styleSheet><fonts>", None), None);
    }
}
