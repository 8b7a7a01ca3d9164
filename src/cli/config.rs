//! Settings that stand in a file, `planwright.toml`: those of all plans in a folder, so that they
//! need not be typed each time.

use planwright::layout::{PaperSize, PlanForm};
use planwright::{Audience, Language, WorkbookProfile};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use planwright::plan::{Category, Colour, Field, Scheme};
use planwright::report::PackSection;
use planwright::{Brand, BrandFonts, Date, ExtraWords, Font, Person, Picture};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::failure::Failure;
use super::files;

/// What the file is called that is used without being named, if it stands beside the input.
pub(super) const NAME: &str = "planwright.toml";

/// A file of settings that holds them all, each commented out at its default.
pub(super) const TEMPLATE: &str = include_str!("planwright.toml");

/// What a file of settings may hold; all of it may be missing.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct Settings {
    /// What columns mean, by their headers.
    pub(super) columns: BTreeMap<String, ColumnMeaning>,
    /// Words beside the built-in vocabulary.
    pub(super) words: WordSettings,
    pub(super) dates: DateSettings,
    pub(super) reading: ReadingSettings,
    pub(super) publish: WritingSettings,
    pub(super) pack: PackSettings,
    brand: BrandSettings,
    scheme: Option<Spanned<Scheme>>,
}

/// `[words]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct WordSettings {
    columns: BTreeMap<ColumnMeaning, Vec<SettingWord>>,
    statuses: BTreeMap<StatusCategory, Vec<SettingWord>>,
    roles: RoleWords,
}

/// `[words.roles]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct RoleWords {
    posts: Vec<SettingWord>,
    bodies: Vec<SettingWord>,
}

impl WordSettings {
    /// These words, for an import.
    pub(super) fn words(&self) -> ExtraWords {
        let mut words = ExtraWords::default();
        for (meaning, headers) in &self.columns {
            words =
                headers.iter().fold(words, |words, header| words.with_header(meaning.0, &header.0));
        }
        for (category, statuses) in &self.statuses {
            words = statuses
                .iter()
                .fold(words, |words, status| words.with_status(category.0, &status.0));
        }
        words = self.roles.posts.iter().fold(words, |words, post| words.with_post(&post.0));
        self.roles.bodies.iter().fold(words, |words, body| words.with_body(&body.0))
    }
}

/// A word or phrase, which has a letter or a digit.
#[derive(Debug)]
struct SettingWord(String);

impl<'de> Deserialize<'de> for SettingWord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        if word.contains(char::is_alphanumeric) {
            return Ok(Self(word));
        }
        Err(D::Error::custom(format!("“{word}” has no letter or digit")))
    }
}

/// A category of statuses, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct StatusCategory(Category);

impl<'de> Deserialize<'de> for StatusCategory {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let names =
            || Category::ALL.iter().map(|category| category.name()).collect::<Vec<_>>().join(", ");
        Category::from_name(&name.trim().to_lowercase().replace([' ', '_'], "-"))
            .map(Self)
            .ok_or_else(|| {
                D::Error::custom(format!(
                    "“{name}” is not a category of statuses; use one of {}",
                    names()
                ))
            })
    }
}

/// `[dates]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct DateSettings {
    pub(super) financial_year_starts: Option<Month>,
}

/// `[reading]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct ReadingSettings {
    pub(super) sheets: Vec<String>,
    pub(super) include_hidden: bool,
    pub(super) stitch: Option<bool>,
}

/// `[publish]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct WritingSettings {
    pub(super) audience: Option<Audience>,
    pub(super) layout: Option<PlanForm>,
    pub(super) profile: Option<WorkbookProfile>,
    pub(super) contact: String,
    pub(super) paper: Option<PaperSize>,
    pub(super) lang: Option<Language>,
    /// Headers of columns that the public version leaves out.
    pub(super) leave_out: Vec<String>,
    /// Titles of themes, and references of objectives and actions, that are internal.
    pub(super) internal: Vec<String>,
    /// Whether what is struck out or hidden is published.
    pub(super) hidden: bool,
    people: Vec<PersonSettings>,
}

impl WritingSettings {
    /// The people whose names stand in the plans.
    pub(super) fn people(&self) -> Vec<Person> {
        let person = |PersonSettings { name, role, may_stay }: &PersonSettings| {
            let person = Person::new(name.0.trim()).with_role(role.trim());
            if *may_stay { person.allowed_to_stay() } else { person }
        };
        self.people.iter().map(person).collect()
    }
}

/// `[[publish.people]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PersonSettings {
    name: SettingWord,
    #[serde(default)]
    role: String,
    #[serde(default)]
    may_stay: bool,
}

/// `[pack]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct PackSettings {
    #[serde(deserialize_with = "pack_sections")]
    pub(super) sections: Option<Vec<PackSection>>,
    pub(super) inspected: Option<Date>,
}

fn pack_sections<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Vec<PackSection>>, D::Error> {
    let mut sections = Vec::new();
    for name in Vec::<String>::deserialize(deserializer)? {
        let known =
            || PackSection::ALL.iter().map(|section| section.name()).collect::<Vec<_>>().join(", ");
        let section = PackSection::from_name(&name).ok_or_else(|| {
            D::Error::custom(format!(
                "“{name}” is no section of a review pack; it is one of {}",
                known()
            ))
        })?;
        if sections.contains(&section) {
            return Err(D::Error::custom(format!("the section “{name}” is named twice")));
        }
        sections.push(section);
    }
    Ok(Some(sections))
}

/// `[brand]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct BrandSettings {
    name: String,
    main: Option<Spanned<Colour>>,
    accent: Option<Spanned<Colour>>,
    logo: Option<Spanned<PathBuf>>,
    logo_text: Option<String>,
    font: Option<Spanned<PathBuf>>,
    font_bold: Option<Spanned<PathBuf>>,
    font_italic: Option<Spanned<PathBuf>>,
    font_bold_italic: Option<Spanned<PathBuf>>,
    font_fallback: Vec<Spanned<PathBuf>>,
}

impl BrandSettings {
    /// The brand; what is refused is reported with its place in the settings, which are `text` in
    /// the file called `name`.
    fn brand(self, text: &str, name: &str, folder: &Path) -> Result<Brand, Failure> {
        let refused = |span: Range<usize>, error: planwright::Error| {
            let failure = bad(name, text, span, &error.to_string());
            match error.what_to_do() {
                Some(help) => failure.with_help(help),
                None => failure,
            }
        };
        let beside = |file: &Spanned<PathBuf>| {
            files::read_of_settings(folder, file.get_ref())?.map_err(|why| {
                bad(name, text, file.span(), &why).with_help(
                    "put a copy of the logo or font into the folder of the settings, and name that",
                )
            })
        };
        let mut brand = Brand::named(self.name);
        if let Some(main) = self.main {
            let span = main.span();
            brand = brand.with_main(main.into_inner()).map_err(|e| refused(span, e))?;
        }
        if let Some(accent) = self.accent {
            let span = accent.span();
            brand = brand.with_accent(accent.into_inner()).map_err(|e| refused(span, e))?;
        }
        if let Some(logo) = self.logo {
            let span = logo.span();
            let bytes = beside(&logo)?;
            let picture = Picture::read(&bytes).map_err(|e| refused(span.clone(), e))?;
            brand = brand
                .with_logo(picture, &self.logo_text.unwrap_or_default())
                .map_err(|e| refused(span, e))?;
        }
        let font = |file: Spanned<PathBuf>| {
            Font::read(&beside(&file)?).map_err(|e| refused(file.span(), e))
        };
        brand.fonts = BrandFonts {
            regular: self.font.map(font).transpose()?,
            bold: self.font_bold.map(font).transpose()?,
            italic: self.font_italic.map(font).transpose()?,
            bold_italic: self.font_bold_italic.map(font).transpose()?,
            fallback: self.font_fallback.into_iter().map(font).collect::<Result<_, _>>()?,
        };
        Ok(brand)
    }
}

impl Settings {
    /// Reads the settings in a file; gives them and the brand, whose logo and fonts are looked for
    /// beside the file.
    pub(super) fn load(path: &Path) -> Result<(Self, Brand), Failure> {
        let (bytes, name) = (files::read(path)?, path.display().to_string());
        let mut settings = Self::read(&bytes, &name)?;
        let text = String::from_utf8_lossy(&bytes);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let brand = std::mem::take(&mut settings.brand).brand(
            text,
            &name,
            path.parent().unwrap_or(Path::new("")),
        )?;
        Ok((settings, brand))
    }

    /// What the statuses mean, if that is set.
    pub(super) fn scheme(&self) -> Option<&Scheme> {
        self.scheme.as_ref().map(Spanned::get_ref)
    }

    /// Reads settings; `name` is what their file is called.
    pub(super) fn read(bytes: &[u8], name: &str) -> Result<Self, Failure> {
        let text = std::str::from_utf8(bytes).map_err(|e| {
            let valid = String::from_utf8_lossy(&bytes[..e.valid_up_to()]).into_owned();
            bad(name, &valid, valid.len()..valid.len(), "the text is not UTF-8")
                .with_help("save it with the encoding UTF-8")
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let settings: Self = toml::from_str(text).map_err(|e| {
            let message = e.message().replacen("unknown field", "there is no setting", 1).replacen(
                "a boolean",
                "true or false",
                1,
            );
            bad(name, text, e.span().unwrap_or_default(), &message)
        })?;
        if let Some(scheme) = &settings.scheme
            && let Some(message) = fault(scheme.get_ref())
        {
            return Err(bad(name, text, scheme.span(), &message));
        }
        Ok(settings)
    }
}

/// The file of settings to use for an input: the one that was named, else the one that stands
/// beside the input.
pub(super) fn file_for(input: Option<&Path>, named: Option<&PathBuf>) -> Option<PathBuf> {
    named
        .cloned()
        .or_else(|| Some(input?.with_file_name(NAME)).filter(|beside| files::is_file(beside)))
}

/// What makes a scheme unusable.
fn fault(scheme: &Scheme) -> Option<String> {
    if scheme.states.is_empty() {
        return Some("the scheme has no states: give it at least one [[scheme.states]]".to_owned());
    }
    let mut ids = BTreeSet::new();
    let twice = scheme.states.iter().find(|s| !ids.insert(s.id.as_str()))?;
    Some(format!("two states have the id “{}”: give each its own", twice.id))
}

/// What is wrong with settings, and where.
fn bad(name: &str, text: &str, span: Range<usize>, message: &str) -> Failure {
    let before = text.get(..span.start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Failure::settings(name, format!("{line}:{column}"), message)
        .with_help("`planwright init` prints every setting, with what it does and what it may be")
}

/// What a column means, by the name of its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ColumnMeaning(pub(super) Field);

impl ColumnMeaning {
    /// The meaning of this name, however its words are divided.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Field::from_name(&name.trim().to_lowercase().replace([' ', '-'], "_")).map(Self)
    }

    /// The names of all meanings.
    pub(super) fn names() -> String {
        Field::ALL.iter().map(|f| f.name()).collect::<Vec<_>>().join(", ")
    }
}

impl<'de> Deserialize<'de> for ColumnMeaning {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::from_name(&name).ok_or_else(|| {
            D::Error::custom(format!(
                "“{name}” is not a meaning of a column; use one of {}",
                Self::names()
            ))
        })
    }
}

/// A month, by its name or its number from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Month(pub(super) i8);

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NameOrNumber)
    }
}

struct NameOrNumber;

impl Visitor<'_> for NameOrNumber {
    type Value = Month;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a month: its name, as \"April\", or its number from 1 to 12")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Month, E> {
        let month = i8::try_from(number).ok().filter(|n| (1..=12).contains(n));
        month.map(Month).ok_or_else(|| {
            E::custom(format!(
                "{number} is no month: write its name, as \"April\", or its number from 1 to 12"
            ))
        })
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Month, E> {
        const SHORTEST: usize = 3;
        const NAMES: [&str; 12] = [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ];
        let name_or_start = name.trim().to_lowercase();
        let found = (1..).zip(NAMES).find(|(_, month)| {
            name_or_start.len() >= SHORTEST && month.starts_with(&name_or_start)
        });
        if let Some((number, _)) = found {
            return Ok(Month(number));
        }
        match name.trim().parse() {
            Ok(number) => self.visit_i64(number),
            Err(_) => Err(E::custom(format!(
                "“{name}” is no month: write its name, as \"April\", or its number from 1 to 12"
            ))),
        }
    }
}

/// What `--column` calls the meaning of columns that are left out.
pub(super) const EXCLUDED: &str = "none";

/// What `--column` takes.
pub(super) fn column_help() -> String {
    format!(
        "write HEADER=FIELD, as in --column \"Lead officer=owner\", or the column's letters, as in --column \"B=owner\"; FIELD is one of {}, or {EXCLUDED} to leave the column out",
        ColumnMeaning::names()
    )
}

#[cfg(test)]
mod tests;
