//! The few colours that people tell statuses by, in words, letters and fills.

use crate::plan::{Category, Colour};

/// A colour as people name it in a status: all its shades.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hue {
    /// From brick to crimson.
    Red,
    /// Amber, orange, gold and yellow: schemes have one of them at most.
    Amber,
    /// From lime to sea green.
    Green,
    /// From sky blue to navy.
    Blue,
    /// Neither white nor black.
    Grey,
}

impl Hue {
    /// The hue of a shade; none for white, black, pale tints, and colours that no BRAG scheme has.
    pub(crate) fn of(colour: Colour) -> Option<Self> {
        // the fills of Excel's cell styles “Good”, “Neutral” and “Bad”: as pale as banding, but
        // meant
        const EXCEL_STYLES: &[(Colour, Hue)] = &[
            (Colour::new(0xc6, 0xef, 0xce), Hue::Green),
            (Colour::new(0xff, 0xeb, 0x9c), Hue::Amber),
            (Colour::new(0xff, 0xc7, 0xce), Hue::Red),
        ];
        const NEARLY_BLACK: i32 = 50;
        const NEARLY_WHITE: i32 = 225;
        const NEARLY_GREY: i32 = 20;
        if let Some((_, hue)) = EXCEL_STYLES.iter().find(|(style, _)| *style == colour) {
            return Some(*hue);
        }
        let [red, green, blue] = [colour.red, colour.green, colour.blue].map(i32::from);
        let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
        let chroma = most - least;
        if most < NEARLY_BLACK {
            return None;
        }
        if chroma <= NEARLY_GREY {
            return (most < NEARLY_WHITE).then_some(Self::Grey);
        }
        let lightness = (most + least) * 100 / 510;
        let saturation = chroma * 100 / most;
        if lightness > 78 || saturation < 30 {
            return None;
        }
        let degrees = if most == red {
            60 * (green - blue) / chroma
        } else if most == green {
            120 + 60 * (blue - red) / chroma
        } else {
            240 + 60 * (red - green) / chroma
        };
        match degrees {
            -22..20 => Some(Self::Red),
            20..68 => Some(Self::Amber),
            68..165 => Some(Self::Green),
            180..256 => Some(Self::Blue),
            _ => None,
        }
    }

    /// The hue that a word names, or a letter as BRAG writes it; in lower case.
    pub(crate) fn named(word: &str) -> Option<Self> {
        Some(match word {
            "red" | "r" => Self::Red,
            "amber" | "a" | "yellow" | "orange" => Self::Amber,
            "green" | "g" => Self::Green,
            "blue" | "b" => Self::Blue,
            "grey" | "gray" => Self::Grey,
            _ => return None,
        })
    }

    /// What kind of status it is by custom, where a plan's key does not say.
    pub(crate) fn category(self) -> Option<Category> {
        match self {
            Self::Red => Some(Category::OffTrack),
            Self::Amber => Some(Category::AtRisk),
            Self::Green => Some(Category::UnderWay),
            Self::Blue => Some(Category::Complete),
            Self::Grey => None,
        }
    }

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Amber => "amber",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Grey => "grey",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_of_the_usual_palettes_have_their_hue() {
        for (shades, expected) in [
            // Excel's standard colours, its theme accents and their darker halves, LibreOffice's
            // palette
            (
                "ff0000 c00000 ff3300 800000 c9211e ff4000 bf0041 ff6d6d ffc7ce d4351c",
                Some(Hue::Red),
            ),
            (
                "ffc000 ffff00 ff9900 ff6600 ed7d31 c55a11 ffd966 f4b084 806000 ffbf00 ff8000 ffeb9c ffdd00",
                Some(Hue::Amber),
            ),
            (
                "00b050 92d050 00ff00 70ad47 a9d08e 375623 99cc00 00a933 81d41a 77bc65 c6efce 00703c",
                Some(Hue::Green),
            ),
            (
                "0070c0 00b0f0 002060 4472c4 5b9bd5 9bc2e6 1f4e79 0000ff 2a6099 1d70b8",
                Some(Hue::Blue),
            ),
            ("808080 a6a6a6 bfbfbf d9d9d9 505a5f", Some(Hue::Grey)),
            ("ffffff f2f2f2 eeefef 000000 0d0d0d", None),
            ("e2efda ddebf7 fff2cc fce4d6 ededed c6e0b4 f8cbad bdd7ee ccffcc ffffcc", None),
            ("7030a0 4c2c92 d53880 28a197 ff00ff", None),
        ] {
            for shade in shades.split(' ') {
                let colour: Colour = serde_json::from_value(format!("#{shade}").into()).unwrap();
                assert_eq!(Hue::of(colour), expected, "{shade}");
            }
        }
    }
}
