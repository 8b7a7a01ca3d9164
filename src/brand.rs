//! How a council's own documents look: its name, its fonts, its colours, its logo.

mod font;
mod picture;

use crate::colour::{Colour, LEAST_CONTRAST};
use crate::error::{Error, ErrorKind};

pub use font::{BrandFonts, Font};
pub use picture::Picture;
pub(crate) use picture::{DrawingShape, PathStep, PictureContent};

/// The look of whoever publishes the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brand {
    /// Who publishes the plan, where the plan itself does not say whose it is.
    pub name: String,
    /// The fonts of its words; by default the program's own.
    pub fonts: BrandFonts,
    colours: BrandColours,
    logo: Option<Logo>,
}

/// Colours that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BrandColours {
    /// Behind themes, for strong rules and headings.
    pub(crate) main: Colour,
    /// For links.
    pub(crate) accent: Colour,
}

/// A logo, and what it shows in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Logo {
    pub(crate) picture: Picture,
    pub(crate) alternative: String,
}

impl BrandColours {
    pub(crate) const OURS: Self =
        Self { main: Colour::new(0x27, 0x41, 0x52), accent: Colour::new(0x14, 0x48, 0x8c) };
}

impl Default for Brand {
    fn default() -> Self {
        Self {
            name: String::new(),
            fonts: BrandFonts::default(),
            colours: BrandColours::OURS,
            logo: None,
        }
    }
}

impl BrandColours {
    /// The colours of a page that is read in the dark: what words have on its grounds is lighter
    /// there.
    pub(crate) fn in_the_dark(self) -> Self {
        Self { accent: lighter(self.accent, DARK_TINT), ..self }
    }
}

const WHITE: Colour = Colour::new(0xff, 0xff, 0xff);
/// Behind objectives: the darkest ground on which links stand.
pub(crate) const TINT: Colour = Colour::new(0xf3, 0xf6, 0xf8);
/// The same on a page that is read in the dark: the lightest ground there.
pub(crate) const DARK_TINT: Colour = Colour::new(0x20, 0x28, 0x2e);

impl Brand {
    /// The brand of a publisher of this name, in the program's own colours.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// The brand with another main colour: behind the titles of themes, in headings and strong
    /// rules.
    ///
    /// ```
    /// use planwright::Brand;
    /// use planwright::plan::Colour;
    ///
    /// assert!(Brand::default().with_main(Colour::new(0x1d, 0x70, 0xb8)).is_ok());
    /// let refused = Brand::default().with_main(Colour::new(0xff, 0xcc, 0x00)).unwrap_err();
    /// assert!(refused.to_string().contains("1.5 to 1"));
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::is_unsupported`] if white words on it could not be read (WCAG 2.2, 1.4.3): the
    /// contrast is less than 4.5 to 1.
    pub fn with_main(mut self, colour: Colour) -> Result<Self, Error> {
        readable(colour, WHITE, "main", "white words on it")?;
        self.colours.main = colour;
        Ok(self)
    }

    /// The brand with another colour for links.
    ///
    /// # Errors
    ///
    /// [`Error::is_unsupported`] if words in it could not be read on the lightly tinted ground of a
    /// table: the contrast is less than 4.5 to 1.
    pub fn with_accent(mut self, colour: Colour) -> Result<Self, Error> {
        readable(colour, TINT, "accent", "the ground of the pages")?;
        self.colours.accent = colour;
        Ok(self)
    }

    /// The brand with a logo, and with what the logo shows in words, for those who cannot see it
    /// (WCAG 2.2, 1.1.1).
    ///
    /// # Errors
    ///
    /// [`Error::is_unsupported`] if there are no words for it.
    pub fn with_logo(mut self, picture: Picture, alternative: &str) -> Result<Self, Error> {
        let alternative = alternative.trim();
        if alternative.is_empty() {
            return Err(Error::new(
                ErrorKind::Unsupported,
                "the logo has no alternative text, so that those who cannot see it would miss it",
            )
            .help("say in a few words what it shows, as in \"Hampshire County Council\""));
        }
        self.logo = Some(Logo { picture, alternative: alternative.to_owned() });
        Ok(self)
    }

    /// The brand with its name, and what its logo shows in words, changed.
    #[must_use]
    pub fn with_words(mut self, change: impl Fn(&str) -> String) -> Self {
        self.name = change(&self.name);
        if let Some(logo) = &mut self.logo {
            logo.alternative = change(&logo.alternative);
        }
        self
    }

    pub(crate) fn colours(&self) -> BrandColours {
        self.colours
    }

    pub(crate) fn logo(&self) -> Option<&Logo> {
        self.logo.as_ref()
    }
}

/// Whether a colour and what stands on it can be distinguished well enough.
fn readable(colour: Colour, other: Colour, which: &str, what: &str) -> Result<(), Error> {
    let contrast = colour.contrast(other);
    if contrast >= LEAST_CONTRAST {
        return Ok(());
    }
    // rounded down: what is refused must not look as though it were enough
    let shown = (contrast * 10.0).floor() / 10.0;
    let message = format!(
        "the {which} colour {colour} has a contrast of {shown} to 1 with {what}; at least 4.5 to 1 is needed (WCAG 2.2, 1.4.3)"
    );
    Err(Error::new(ErrorKind::Unsupported, message)
        .help(format!("take a darker one, such as {}", darker(colour, other))))
}

/// The colour, only as much darker as it has to be.
fn darker(colour: Colour, other: Colour) -> Colour {
    let part = |c: u8, percent: u16| u8::try_from(u16::from(c) * percent / 100).unwrap_or(c);
    let at = |percent: u16| {
        Colour::new(
            part(colour.red, percent),
            part(colour.green, percent),
            part(colour.blue, percent),
        )
    };
    (0..100)
        .rev()
        .map(at)
        .find(|c| c.contrast(other) >= LEAST_CONTRAST)
        .unwrap_or(BrandColours::OURS.main)
}

/// The colour, only as much lighter as it has to be.
fn lighter(colour: Colour, other: Colour) -> Colour {
    let part = |c: u8, percent: u16| {
        c.saturating_add(u8::try_from(u16::from(255 - c) * percent / 100).unwrap_or(u8::MAX))
    };
    let at = |percent: u16| {
        Colour::new(
            part(colour.red, percent),
            part(colour.green, percent),
            part(colour.blue, percent),
        )
    };
    (0..=100).map(at).find(|c| c.contrast(other) >= LEAST_CONTRAST).unwrap_or(WHITE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_has_a_way_out() {
        for colour in [
            Colour::new(0xff, 0xcc, 0),
            Colour::new(0xff, 0xff, 0xff),
            Colour::new(0x77, 0x77, 0x77),
            Colour::new(0x00, 0xa0, 0xff),
        ] {
            assert!(
                Brand::default().with_main(colour).is_err()
                    || colour.contrast(WHITE) >= LEAST_CONTRAST
            );
            assert!(Brand::default().with_main(darker(colour, WHITE)).is_ok());
            assert!(Brand::default().with_accent(darker(colour, TINT)).is_ok());
        }
        let refused = Brand::default().with_accent(Colour::new(0x76, 0x76, 0x76)).unwrap_err();
        assert!(refused.to_string().contains("4.1 to 1"), "{refused}");
        assert!(
            Brand::default()
                .with_main(BrandColours::OURS.main)
                .unwrap()
                .with_accent(BrandColours::OURS.accent)
                .is_ok()
        );
    }

    #[test]
    fn colours_can_be_read_in_the_dark() {
        for accent in [
            Colour::new(0, 0, 0),
            BrandColours::OURS.accent,
            Colour::new(0x7a, 0x1f, 0x5c),
            Colour::new(0x59, 0x59, 0x59),
        ] {
            let brand = Brand::default().with_accent(accent).unwrap();
            assert!(
                brand.colours().in_the_dark().accent.contrast(DARK_TINT) >= LEAST_CONTRAST,
                "{accent}"
            );
        }
    }

    #[test]
    fn a_logo_needs_words() {
        let picture = Picture::read(include_bytes!("../tests/logo/logo.svg")).unwrap();
        assert!(Brand::default().with_logo(picture.clone(), " ").is_err());
        assert!(Brand::default().with_logo(picture, "County Council").is_ok());
    }
}
