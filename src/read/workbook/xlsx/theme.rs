//! Colours as the parts of a workbook name them: by value, by their place in the theme or in the
//! palette, lightened or darkened (ECMA-376-1, 18.8.3, 18.8.19, 18.8.27 and 20.1.6.2).

use crate::colour::Colour;
use crate::limits::Limits;
use crate::read::workbook::palette::{BLACK, IndexedColours, WHITE};
use crate::read::workbook::xml::{XmlEvent, XmlReader, XmlTag, attribute};

/// The colours of Office's theme of 2007, which workbooks without a theme of their own mean.
const OFFICE: [u32; 12] = [
    0xff_ffff, 0x00_0000, 0xee_ece1, 0x1f_497d, 0x4f_81bd, 0xc0_504d, 0x9b_bb59, 0x80_64a2,
    0x4b_acc6, 0xf7_9646, 0x00_00ff, 0x80_0080,
];

/// The colours that a theme defines, in the order in which its part has them.
const SLOTS: [&str; 12] = [
    "dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6",
    "hlink", "folHlink",
];

/// The colours that the styles of a workbook may name.
#[derive(Clone)]
pub(crate) struct ThemeColours {
    theme: Vec<Colour>,
    indexed: IndexedColours,
}

impl Default for ThemeColours {
    fn default() -> Self {
        Self { theme: OFFICE.map(Colour::from_rgb).to_vec(), indexed: IndexedColours::default() }
    }
}

impl ThemeColours {
    /// The colours of a theme's part; those of Office where the part is missing or damaged.
    pub(crate) fn read(part: Option<&str>, limits: &Limits) -> Self {
        let theme = part.map(|part| slots(part, limits)).filter(|slots| slots.len() >= 4);
        theme.map_or_else(Self::default, |theme| Self { theme, ..Self::default() })
    }

    /// The colour that a tag such as `fgColor` names; none where it names none, or the reader's
    /// own.
    pub(crate) fn of(&self, tag: &XmlTag<'_>) -> Option<Colour> {
        let number = |name| attribute(tag, name).and_then(|number| number.parse::<usize>().ok());
        let colour = if let Some(value) = attribute(tag, "rgb") {
            hexadecimal(&value)?
        } else if let Some(at) = number("theme") {
            self.theme.get(at).copied().unwrap_or(BLACK)
        } else {
            match number("indexed")? {
                // what the system writes in, and on
                64 => BLACK,
                65 => WHITE,
                at => self.indexed.colour(at).unwrap_or(BLACK),
            }
        };
        let tint = attribute(tag, "tint").and_then(|tint| tint.parse::<f64>().ok());
        Some(tint.filter(|tint| *tint != 0.0).map_or(colour, |tint| tinted(colour, tint)))
    }
}

/// The colours of a theme's scheme, light before dark, as numbers name them.
fn slots(part: &str, limits: &Limits) -> Vec<Colour> {
    let mut colours = Vec::new();
    let mut xml = XmlReader::new(part, limits);
    let (mut in_scheme, mut is_open) = (false, false);
    while let Ok(Some(event)) = xml.next() {
        match event {
            XmlEvent::Start(tag) | XmlEvent::Empty(tag) => match tag.name {
                "clrScheme" => in_scheme = true,
                name if in_scheme && SLOTS.contains(&name) => is_open = true,
                "srgbClr" | "sysClr" if is_open => {
                    // the colour that the system had last, before its name
                    let value = |name| attribute(&tag, name).and_then(|value| hexadecimal(&value));
                    if let Some(colour) = value("lastClr").or_else(|| value("val")) {
                        colours.push(colour);
                        is_open = false;
                    }
                }
                _ => {}
            },
            XmlEvent::End(tag) if tag.name == "clrScheme" => break,
            // a slot without a colour that can be read keeps its place
            XmlEvent::End(tag) if is_open && SLOTS.contains(&tag.name) => {
                colours.push(BLACK);
                is_open = false;
            }
            _ => {}
        }
    }
    if colours.len() >= 4 {
        colours.swap(0, 1);
        colours.swap(2, 3);
    }
    colours
}

/// Six digits, or eight of which the first two are opacity.
fn hexadecimal(value: &str) -> Option<Colour> {
    Colour::from_hex(if value.len() == 8 { value.get(2..)? } else { value })
}

/// A colour made lighter, or darker where the tint is below zero, in HLS (18.8.19).
fn tinted(colour: Colour, tint: f64) -> Colour {
    let [red, green, blue] =
        [colour.red, colour.green, colour.blue].map(|part| f64::from(part) / 255.0);
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    let (sum, range) = (most + least, most - least);
    let luminance = sum / 2.0;
    let saturation = match () {
        () if range == 0.0 => 0.0,
        () if luminance > 0.5 => range / (2.0 - sum),
        () => range / sum,
    };
    let (from, of, to) = match (colour.red, colour.green, colour.blue) {
        (r, g, b) if r >= g && r >= b => (0.0, green, blue),
        (_, g, b) if g >= b => (2.0, blue, red),
        _ => (4.0, red, green),
    };
    let hue = if range == 0.0 { 0.0 } else { (from + (of - to) / range).rem_euclid(6.0) };
    let luminance =
        if tint < 0.0 { luminance * (1.0 + tint) } else { luminance * (1.0 - tint) + tint };
    let luminance = luminance.clamp(0.0, 1.0);
    // the distance of the strongest and weakest part from the luminance
    let reach = saturation * luminance.min(1.0 - luminance);
    let part = |offset: f64| {
        let at = (offset + hue * 2.0).rem_euclid(12.0);
        let part = luminance - reach * (at - 3.0).min(9.0 - at).clamp(-1.0, 1.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "from 0 to 255"
        )]
        let byte = (part * 255.0).round().clamp(0.0, 255.0) as u8;
        byte
    };
    Colour::new(part(0.0), part(8.0), part(4.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(tag: &str, theme: Option<&str>) -> Option<Colour> {
        let limits = Limits::default();
        let colours = ThemeColours::read(theme, &limits);
        let mut xml = XmlReader::new(tag, &limits);
        match xml.next() {
            Ok(Some(XmlEvent::Empty(tag))) => colours.of(&tag),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn colours_are_named_by_value_theme_or_number() {
        assert_eq!(colour("<fgColor rgb='FF00B050'/>", None), Some(Colour::new(0, 176, 80)));
        assert_eq!(colour("<fgColor indexed='10'/>", None), Some(Colour::new(255, 0, 0)));
        assert_eq!(colour("<fgColor theme='0'/>", None), Some(WHITE));
        assert_eq!(colour("<fgColor auto='1'/>", None), None);
        let theme = "<t><clrScheme><dk1><sysClr val='windowText' lastClr='010203'/></dk1>\
            <lt1><srgbClr val='FAFAFA'/></lt1><dk2><srgbClr val='111111'/></dk2>\
            <lt2><none/></lt2><accent1><srgbClr val='336699'/></accent1></clrScheme></t>";
        assert_eq!(colour("<c theme='0'/>", Some(theme)), Some(Colour::new(250, 250, 250)));
        assert_eq!(colour("<c theme='1'/>", Some(theme)), Some(Colour::new(1, 2, 3)));
        assert_eq!(colour("<c theme='2'/>", Some(theme)), Some(BLACK));
        assert_eq!(colour("<c theme='4'/>", Some(theme)), Some(Colour::new(51, 102, 153)));
    }

    /// What Excel's palette shows for the first accent of Office's theme: 80 and 40 per cent
    /// lighter, and 25 per cent darker. Excel counts in whole steps, so a part may differ by one.
    #[test]
    fn tints_are_those_of_excel() {
        let accent = |tint: &str| colour(&format!("<c theme='4' tint='{tint}'/>"), None).unwrap();
        let shown = [
            ("0.7999816888943144", Colour::new(220, 230, 241)),
            ("0.3999755851924192", Colour::new(149, 179, 215)),
            ("-0.249977111117893", Colour::new(54, 96, 146)),
        ];
        for (tint, excel) in shown {
            let ours = accent(tint);
            let parts = [(ours.red, excel.red), (ours.green, excel.green), (ours.blue, excel.blue)];
            assert!(parts.iter().all(|(a, b)| a.abs_diff(*b) <= 1), "{tint}: {ours:?}, {excel:?}");
        }
        assert_eq!(colour("<c theme='0' tint='-0.5'/>", None), Some(Colour::new(128, 128, 128)));
    }
}
