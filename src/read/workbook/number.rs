//! Numbers and dates written out as the sheet shows them.
//!
//! A number format is read once for each style of a workbook, and each number is written by it.
//! Dates are written day first whatever order the format has, as precisely as it shows them.

mod date;
mod decimal;
mod pattern;

use crate::colour::Colour;
use crate::source::CellType;

use date::DatePrecision;
pub(super) use date::iso;
use pattern::{DigitPattern, FormatSection, SectionMeaning};

/// From which day a workbook counts its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Epoch {
    /// From 1900, as nearly all do.
    From1900,
    /// From 1904, as Excel for the Mac once did.
    From1904,
}

/// How numbers are shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct CellNumberFormat {
    /// For positive numbers, negative numbers and zero, or for what their conditions say; none for
    /// the plainest way.
    sections: Vec<FormatSection>,
    /// Whether it shows no number at all.
    pub(super) hides_numbers: bool,
    /// Whether it shows no words.
    pub(super) hides_words: bool,
    /// The colour that it gives to words.
    pub(super) ink_of_words: Option<Colour>,
    /// The colours that its sections give to numbers, where one does.
    inks: Vec<Option<Colour>>,
}

impl CellNumberFormat {
    /// Reads a format code such as `0.00` or `mmm yy`; what it has beyond the usual is shown the
    /// plainest way.
    pub(super) fn parse(code: &str) -> Self {
        let codes = pattern::sections(code);
        let words_code =
            codes.get(3).or_else(|| codes.last().filter(|code| pattern::has_words(code))).copied();
        let sections: Vec<FormatSection> =
            codes.iter().take(3).copied().map(FormatSection::parse).collect();
        let inks: Vec<_> = codes.iter().take(3).copied().map(pattern::ink).collect();
        let plain =
            sections.iter().all(|s| s.condition.is_none() && s.shown == SectionMeaning::General);
        Self {
            sections: if plain { Vec::new() } else { sections },
            hides_numbers: codes.len() > 1
                && codes.iter().take(3).copied().all(pattern::shows_nothing),
            hides_words: codes.get(3).is_some_and(|code| !pattern::has_words(code)),
            ink_of_words: words_code.and_then(pattern::ink),
            inks: if inks.iter().any(Option::is_some) { inks } else { Vec::new() },
        }
    }

    /// A number's words, and what they hold.
    pub(super) fn words(&self, value: f64, epoch: Epoch) -> (String, CellType) {
        let Some((section, unsigned)) = self.section(value) else {
            return (decimal::plain(value), CellType::Number);
        };
        let magnitude = if unsigned { value.abs() } else { value };
        match &section.shown {
            SectionMeaning::General => (decimal::plain(magnitude), CellType::Number),
            SectionMeaning::Number(pattern) => (pattern.words(magnitude), CellType::Number),
            SectionMeaning::Words(words) => (words.clone(), CellType::Words),
            SectionMeaning::Elapsed => (date::elapsed(value), CellType::Number),
            SectionMeaning::Date(precision) => match date::serial(value, epoch) {
                Some(moment) => (moment.words(*precision), CellType::Date),
                None => (decimal::plain(value), CellType::Number),
            },
        }
    }

    /// The words of a date that is not kept as a number.
    pub(super) fn moment(&self, moment: date::Moment) -> String {
        let precision = self.sections.iter().find_map(|s| {
            if let SectionMeaning::Date(precision) = s.shown { Some(precision) } else { None }
        });
        moment.words(precision.unwrap_or(DatePrecision::DayAndTime))
    }

    /// The colour that all numbers have.
    pub(super) fn ink_of_numbers(&self) -> Option<Colour> {
        let first = self.inks.first().copied().flatten()?;
        self.inks.iter().all(|ink| *ink == Some(first)).then_some(first)
    }

    /// The colour that a number has.
    pub(super) fn ink_of(&self, value: f64) -> Option<Colour> {
        let is_conditional = self.sections.iter().any(|s| s.condition.is_some());
        let at = match self.inks.len() {
            0 => return None,
            _ if is_conditional => self
                .sections
                .iter()
                .position(|s| s.condition.as_ref().is_none_or(|c| c.holds(value)))?,
            2.. if value < 0.0 => 1,
            3.. if value == 0.0 => 2,
            _ => 0,
        };
        self.inks.get(at).copied().flatten()
    }

    /// The section that shows a number, and whether the section has the number's sign in itself.
    fn section(&self, value: f64) -> Option<(&FormatSection, bool)> {
        if self.sections.iter().any(|s| s.condition.is_some()) {
            let found =
                self.sections.iter().find(|s| s.condition.as_ref().is_none_or(|c| c.holds(value)));
            return found.map(|s| (s, false));
        }
        match (self.sections.as_slice(), value) {
            ([_, negative, ..], v) if v < 0.0 => Some((negative, true)),
            ([_, _, zero], 0.0) => Some((zero, false)),
            (sections, _) => sections.first().map(|s| (s, false)),
        }
    }
}

impl DigitPattern {
    /// A number by this pattern.
    fn words(&self, value: f64) -> String {
        let decimals = self.decimals.max(self.hidden_decimals(value));
        let mut scaled = if self.percent { value * 100.0 } else { value };
        for _ in 0..self.thousandths {
            scaled /= 1000.0;
        }
        let mut digits = decimal::rounded(scaled.abs(), decimals);
        let is_zero = !digits.bytes().any(|b| matches!(b, b'1'..=b'9'));
        let words = format!("{}{}", self.before, self.after);
        if is_zero && self.least_digits + self.least_decimals == 0 && !words.trim().is_empty() {
            return words.trim().to_owned();
        }
        if let Some((whole, fraction)) = digits.split_once('.') {
            let kept = fraction.len() - fraction.bytes().rev().take_while(|b| *b == b'0').count();
            let kept = kept.max(self.least_decimals);
            digits = if kept == 0 {
                whole.to_owned()
            } else {
                format!("{whole}.{}", fraction.get(..kept).unwrap_or(fraction))
            };
        }
        let whole = digits.find('.').unwrap_or(digits.len());
        for _ in whole..self.least_digits {
            digits.insert(0, '0');
        }
        if self.grouped {
            let mut at = digits.find('.').unwrap_or(digits.len());
            while at > 3 {
                at -= 3;
                digits.insert(at, ',');
            }
        }
        let sign = if scaled < 0.0 && !is_zero { "-" } else { "" };
        format!("{sign}{}{digits}{}", self.before, self.after).trim().to_owned()
    }
}

impl DigitPattern {
    /// How many decimals a format of whole numbers hides that count: references such as 1.1 are
    /// often shown so.
    fn hidden_decimals(&self, value: f64) -> usize {
        let is_bare = self.before.is_empty()
            && self.after.is_empty()
            && !self.grouped
            && self.thousandths == 0
            && self.decimals == 0;
        let exactly = decimal::plain(value);
        let decimals = exactly.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        if is_bare && decimals <= 2 { decimals } else { 0 }
    }
}

/// The code of a format that workbooks have without saying so, by its number (ECMA-376, 18.8.30).
pub(super) fn built_in(number: u16) -> &'static str {
    match number {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5..=8 => "\"£\"#,##0.##",
        9 => "0%",
        10 => "0.00%",
        14 | 15 | 27..=31 | 36 | 50..=54 | 57 | 58 => "dd/mm/yyyy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 | 32 | 55 => "h:mm",
        21 | 33 | 56 => "h:mm:ss",
        22 => "dd/mm/yyyy h:mm",
        37 | 38 => "#,##0;-#,##0",
        39 | 40 => "#,##0.00;-#,##0.00",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        _ => "General",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::workbook::palette::WHITE;

    #[test]
    fn formats_that_show_nothing_are_known() {
        let hides = |code: &str| {
            let format = CellNumberFormat::parse(code);
            (format.hides_numbers, format.hides_words)
        };
        assert_eq!(
            [";;;", ";;", "\"\";\"\";\"\";\"\"", "0;-0;;@", "General", "", "0;;;"].map(hides),
            [
                (true, true),
                (true, false),
                (true, true),
                (false, false),
                (false, false),
                (false, false),
                (false, true)
            ]
        );
        let blank = ["_x;* ;[White]\"\";[Red]", "0;0;0;\"private\"", "0;0;0;_-@_-"];
        assert_eq!(blank.map(hides), [(true, true), (false, true), (false, false)]);
    }

    #[test]
    fn formats_give_colours_to_numbers_and_words() {
        let white = Some(WHITE);
        let inks = |code: &str| {
            let format = CellNumberFormat::parse(code);
            ([1.0, -1.0, 0.0].map(|value| format.ink_of(value)), format.ink_of_words)
        };
        assert_eq!(inks("[White]@"), ([white; 3], white));
        assert_eq!(inks("[Color 2]0;0;0;[color2]@"), ([white, None, None], white));
        assert_eq!(inks("0;[WHITE]-0;\"[White]\""), ([None, white, None], None));
        assert_eq!(inks("[<5][White]0;0").0, [white; 3]);
        assert_eq!(inks("[<1][White]0;0").0, [None, white, white]);
        assert_eq!(inks("[$-809]dd/mm/yyyy;@"), ([None; 3], None));
    }

    #[test]
    fn numbers_are_written_as_the_sheet_shows_them() {
        let cases = [
            ("General", 1.1, "1.1"),
            ("General", 2.0, "2"),
            ("General", 0.1 + 0.2, "0.3"),
            ("General", -1.500_000_000_000_000_2, "-1.5"),
            ("General", 1e15, "1000000000000000"),
            ("General", 1e22, "1E+22"),
            ("General", 0.000_12, "0.00012"),
            ("0", 1.1, "1.1"),
            ("0", 100.0 / 3.0, "33"),
            ("#,##0", 85.4, "85"),
            ("0.00", 1.1, "1.10"),
            ("0.00", 1.005, "1.01"),
            ("0.00", -0.001, "0.00"),
            ("#,##0", 1_234_567.0, "1,234,567"),
            ("#,##0.00", 999.5, "999.50"),
            ("0.0#", 1.25, "1.25"),
            ("0.0#", 1.0, "1.0"),
            ("#.##", 2.0, "2"),
            ("000", 7.0, "007"),
            ("0%", 0.85, "85%"),
            ("0.0%", 0.855, "85.5%"),
            ("\"£\"#,##0", 10_000.0, "£10,000"),
            ("[$£-809]#,##0.00", -5.5, "-£5.50"),
            ("£#,##0;[Red]-£#,##0", -3.0, "-£3"),
            ("_-* #,##0.00_-;\\-* #,##0.00_-;_-* \"-\"??_-;_-@_-", 0.0, "-"),
            ("#,##0_);(#,##0)", -12.0, "(12)"),
            ("0\" weeks\"", 6.0, "6 weeks"),
            ("#,##0,", 12_345.0, "12"),
            ("[=1]\"Yes\";[=0]\"No\";General", 1.0, "Yes"),
            ("[=1]\"Yes\";[=0]\"No\";General", 3.0, "3"),
            ("\"Done\";\"Done\";\"Not started\"", 0.0, "Not started"),
            ("0.00E+00", 12_345.0, "12345"),
            ("# ?/?", 0.5, "0.5"),
            ("@", 12.0, "12"),
            ("00-00", 1234.0, "1234"),
            ("0.0.0", 1.25, "1.25"),
        ];
        for (code, value, shown) in cases {
            assert_eq!(
                CellNumberFormat::parse(code).words(value, Epoch::From1900).0,
                shown,
                "{code} of {value}"
            );
        }
    }

    #[test]
    fn dates_are_written_day_first_as_precisely_as_the_sheet_shows_them() {
        let cases = [
            ("dd/mm/yyyy", 40_816.0, "30/09/2011"),
            ("mm-dd-yy", 40_816.0, "30/09/2011"),
            ("[$-809]d mmmm yyyy;@", 40_816.0, "30/09/2011"),
            ("d-mmm", 40_816.0, "30/09/2011"),
            ("mmm-yy", 40_816.0, "Sep 2011"),
            ("mmmm yyyy", 40_816.0, "September 2011"),
            ("mm/yyyy", 40_816.0, "Sep 2011"),
            ("yyyy", 40_816.0, "2011"),
            ("dd/mm/yyyy hh:mm", 40_816.604_166_67, "30/09/2011 14:30"),
            ("dd/mm/yyyy hh:mm", 40_816.0, "30/09/2011"),
            ("dd/mm/yyyy", 40_816.604_166_67, "30/09/2011"),
            ("h:mm", 0.604_166_67, "14:30"),
            ("h:mm:ss", 40_816.604_178_24, "30/09/2011 14:30:01"),
            ("dd/mm/yyyy hh:mm", 40_816.999_999_9, "01/10/2011"),
            ("dd/mm/yyyy", 1.0, "01/01/1900"),
            ("dd/mm/yyyy", 60.0, "29/02/1900"),
            ("dd/mm/yyyy", 61.0, "01/03/1900"),
            ("dd/mm/yyyy", 0.0, "00/01/1900"),
            ("dd/mm/yyyy", -5.0, "-5"),
            ("dd/mm/yyyy", 1e9, "1000000000"),
            ("[h]:mm", 1.5, "36:00"),
            ("\"Due \"dd/mm/yyyy", 40_816.0, "30/09/2011"),
            ("#,##0\" days\"", 5.0, "5 days"),
        ];
        for (code, value, shown) in cases {
            assert_eq!(
                CellNumberFormat::parse(code).words(value, Epoch::From1900).0,
                shown,
                "{code} of {value}"
            );
        }
        let day = CellNumberFormat::parse("dd/mm/yyyy");
        assert_eq!(day.words(39_354.0, Epoch::From1904), ("30/09/2011".to_owned(), CellType::Date));
        assert_eq!(day.words(0.0, Epoch::From1904).0, "01/01/1904");
    }

    #[test]
    fn dates_that_are_no_numbers_are_read_too() {
        let shown =
            |code: &str, text: &str| iso(text).map(|m| CellNumberFormat::parse(code).moment(m));
        assert_eq!(shown("General", "2021-01-31").as_deref(), Some("31/01/2021"));
        assert_eq!(
            shown("General", "2021-01-01T10:10:10.5Z").as_deref(),
            Some("01/01/2021 10:10:10")
        );
        assert_eq!(shown("mmm yyyy", "2021-01-01T00:00:00").as_deref(), Some("Jan 2021"));
        assert_eq!(shown("General", "10:10:10").as_deref(), Some("10:10:10"));
        assert_eq!(shown("General", "2021-13-01"), None);
        assert_eq!(shown("General", "soon"), None);
    }
}
