//! Formats that depend on values, as far as they can hide the words of cells.
//!
//! A rule that compares a cell with a constant is evaluated. What one that looks at other cells, or
//! calculates, makes of a cell is not known.

use crate::colour::Colour;
use crate::source::{CellType, HiddenBy};

use super::cell_range::{CellRange, reference as cell_reference};
use super::style::{CellBackground, TextColours};

/// What a format makes of a cell where its condition holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ConditionalLook {
    pub(super) ink: Option<Colour>,
    pub(super) background: Option<CellBackground>,
    /// Whether its number format shows neither numbers nor words.
    pub(super) shows_nothing: bool,
    /// Whether its words are struck out, if it says so.
    pub(super) struck: Option<bool>,
}

impl ConditionalLook {
    /// Whether it can neither hide words nor show hidden ones.
    pub(super) fn is_indifferent(self) -> bool {
        self == Self::default()
    }

    fn over(self, colours: TextColours) -> TextColours {
        TextColours {
            ink: self.ink.or(colours.ink),
            background: self.background.unwrap_or(colours.background),
        }
    }
}

/// A rule with the cells that it is for.
#[derive(Debug, Clone)]
pub(super) struct ConditionalRule {
    pub(super) areas: Vec<CellRange>,
    /// The lower comes first.
    pub(super) priority: i64,
    pub(super) condition: Condition,
    pub(super) look: ConditionalLook,
    /// Whether those that follow are not looked at where it holds.
    pub(super) stops: bool,
}

/// When a rule holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Condition {
    Always,
    Never,
    OfNumbers,
    OfErrors,
    Compares(Comparison, Operand),
    /// From the first to the second, both included.
    Within(Operand, Operand),
    Contains(String),
    BeginsWith(String),
    EndsWith(String),
    Not(Box<Self>),
    Unknown,
}

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

/// What a value is compared with.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    Number(f64),
    Words(String),
}

/// The value of a cell with words.
#[derive(Debug, Clone, Copy)]
pub(super) struct ConditionValue<'a> {
    pub(super) words: &'a str,
    pub(super) number: Option<f64>,
    pub(super) holds: CellType,
}

/// What rules make of a cell: whether it is seen, and whether its words are struck out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RuleOutcome {
    pub(super) seen: ConditionalOutcome,
    pub(super) struck: bool,
    /// Whether a rule that cannot be evaluated would strike them out.
    pub(super) struck_perhaps: bool,
}

/// Whether the rules for a cell hide it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ConditionalOutcome {
    Shown,
    /// Hidden, on this background.
    Hidden(HiddenBy, CellBackground),
    /// A rule that cannot be evaluated decides.
    Unknown,
}

/// What rules, in the order of their priority, make of a cell in these colours.
pub(super) fn outcome<'r>(
    rules: impl Iterator<Item = &'r ConditionalRule>,
    value: ConditionValue<'_>,
    colours: TextColours,
) -> RuleOutcome {
    let mut certain = ConditionalLook::default();
    let mut uncertain = Vec::new();
    for rule in rules {
        match rule.condition.holds(value) {
            Some(false) => {}
            Some(true) => {
                certain.ink = certain.ink.or(rule.look.ink);
                certain.background = certain.background.or(rule.look.background);
                certain.shows_nothing |= rule.look.shows_nothing;
                certain.struck = certain.struck.or(rule.look.struck);
                if rule.stops {
                    break;
                }
            }
            None => uncertain.push(rule.look),
        }
    }
    let colours = certain.over(colours);
    let is_hidden = certain.shows_nothing || colours.hide();
    let may_change =
        |look: &ConditionalLook| (look.shows_nothing || look.over(colours).hide()) != is_hidden;
    let struck = certain.struck == Some(true);
    let struck_perhaps = !struck && uncertain.iter().any(|look| look.struck == Some(true));
    let seen = match is_hidden {
        _ if uncertain.iter().any(may_change) => ConditionalOutcome::Unknown,
        true if certain.shows_nothing => {
            ConditionalOutcome::Hidden(HiddenBy::NumberFormat, colours.background)
        }
        true => ConditionalOutcome::Hidden(HiddenBy::Colour, colours.background),
        false => ConditionalOutcome::Shown,
    };
    RuleOutcome { seen, struck, struck_perhaps }
}

impl Condition {
    /// The opposite.
    pub(super) fn not(self) -> Self {
        match self {
            Self::Always => Self::Never,
            Self::Never => Self::Always,
            Self::Unknown => Self::Unknown,
            other => Self::Not(Box::new(other)),
        }
    }

    /// Whether it holds of a value; none if that is not known.
    fn holds(&self, value: ConditionValue<'_>) -> Option<bool> {
        let lower = || value.words.to_lowercase();
        Some(match self {
            Self::Always => true,
            Self::Never => false,
            Self::OfNumbers => matches!(value.holds, CellType::Number | CellType::Date),
            Self::OfErrors => value.holds == CellType::Fault,
            Self::Contains(words) => lower().contains(words),
            Self::BeginsWith(words) => lower().starts_with(words),
            Self::EndsWith(words) => lower().ends_with(words),
            Self::Not(inner) => !inner.holds(value)?,
            Self::Compares(comparison, with) => comparison.holds(value.compare(with)?),
            Self::Within(first, last) => {
                value.compare(first)?.is_ge() && value.compare(last)?.is_le()
            }
            Self::Unknown => return None,
        })
    }
}

impl ConditionValue<'_> {
    /// How the value stands to another: in spreadsheets, words come after numbers.
    fn compare(self, with: &Operand) -> Option<std::cmp::Ordering> {
        use std::cmp::Ordering;
        match (self.holds, self.number, with) {
            (CellType::Words, _, Operand::Words(words)) => {
                Some(self.words.to_lowercase().cmp(words))
            }
            (CellType::Words, _, Operand::Number(_)) => Some(Ordering::Greater),
            (CellType::Number | CellType::Date, _, Operand::Words(_)) => Some(Ordering::Less),
            (_, Some(number), Operand::Number(with)) => number.partial_cmp(with),
            _ => None,
        }
    }
}

impl Comparison {
    fn holds(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::NotEqual => ordering.is_ne(),
            Self::Less => ordering.is_lt(),
            Self::AtMost => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::AtLeast => ordering.is_ge(),
        }
    }

    /// The comparison that a formula writes, and what stands behind it.
    fn split(formula: &str) -> Option<(&str, Self, &str)> {
        let at = formula.find(['=', '<', '>'])?;
        let (before, rest) = formula.split_at(at);
        let signs = [
            ("<>", Self::NotEqual),
            ("<=", Self::AtMost),
            (">=", Self::AtLeast),
            ("=", Self::Equal),
            ("<", Self::Less),
            (">", Self::Greater),
        ];
        let (behind, sign) =
            signs.iter().find_map(|(sign, is)| Some((rest.strip_prefix(sign)?, *is)))?;
        Some((before.trim(), sign, behind.trim()))
    }
}

impl Operand {
    /// A constant as formulas write it: `"Red"`, `5`.
    fn parse(formula: &str) -> Option<Self> {
        let formula = formula.trim();
        if let Ok(number) = formula.parse() {
            return Some(Self::Number(number));
        }
        let inside = formula.strip_prefix('"')?.strip_suffix('"')?;
        let is_one = !inside.replace("\"\"", "").contains('"');
        is_one.then(|| Self::Words(inside.replace("\"\"", "\"").to_lowercase()))
    }
}

/// The condition of a rule that compares cells with constants; `operator` as Excel names it.
pub(super) fn comparison(operator: &str, formulas: &[String]) -> Condition {
    let operand = |at: usize| formulas.get(at).and_then(|formula| Operand::parse(formula));
    let (first, second) = (operand(0), operand(1));
    let compares = |comparison, with: Option<Operand>| {
        with.map_or(Condition::Unknown, |with| Condition::Compares(comparison, with))
    };
    match operator {
        "equal" => compares(Comparison::Equal, first),
        "notEqual" => compares(Comparison::NotEqual, first),
        "lessThan" => compares(Comparison::Less, first),
        "lessThanOrEqual" => compares(Comparison::AtMost, first),
        "greaterThan" => compares(Comparison::Greater, first),
        "greaterThanOrEqual" => compares(Comparison::AtLeast, first),
        "between" | "notBetween" => match first.zip(second) {
            Some((first, second)) if operator == "between" => Condition::Within(first, second),
            Some((first, second)) => Condition::Within(first, second).not(),
            None => Condition::Unknown,
        },
        _ => Condition::Unknown,
    }
}

/// The condition of a formula that is written for the first cell of an area: constants, and the
/// comparison of the cell itself with one.
pub(super) fn expression(formula: &str, areas: &[CellRange]) -> Condition {
    let formula = formula.trim().trim_start_matches('=').trim();
    match formula.to_ascii_uppercase().as_str() {
        "TRUE" | "TRUE()" => return Condition::Always,
        "FALSE" | "FALSE()" => return Condition::Never,
        _ => {}
    }
    if let Some(inner) = call(formula, "NOT") {
        return expression(inner, areas).not();
    }
    if let Some(inner) = call(formula, "ISERROR") {
        return match call(inner, "SEARCH").or_else(|| call(inner, "FIND")) {
            Some(arguments) => found(arguments, areas).not(),
            None if is_own(inner, areas) => Condition::OfErrors,
            None => Condition::Unknown,
        };
    }
    if let Some(arguments) = call(formula, "ISNUMBER").and_then(|inner| call(inner, "SEARCH")) {
        return found(arguments, areas);
    }
    if let Some(inner) = call(formula, "ISBLANK") {
        return if is_own(inner, areas) { Condition::Never } else { Condition::Unknown };
    }
    if let Ok(number) = formula.parse::<f64>() {
        return if number == 0.0 { Condition::Never } else { Condition::Always };
    }
    let Some((left, comparison, right)) = Comparison::split(formula) else {
        return Condition::Unknown;
    };
    let length = call(left, "LEN").map(|inner| call(inner, "TRIM").unwrap_or(inner));
    match (Operand::parse(left), Operand::parse(right)) {
        (Some(left), Some(right)) => {
            let (words, number) = match &left {
                Operand::Number(number) => ("", Some(*number)),
                Operand::Words(words) => (words.as_str(), None),
            };
            let holds = if number.is_some() { CellType::Number } else { CellType::Words };
            let value = ConditionValue { words, number, holds };
            match value.compare(&right).map(|ordering| comparison.holds(ordering)) {
                Some(true) => Condition::Always,
                Some(false) => Condition::Never,
                None => Condition::Unknown,
            }
        }
        // only cells with words are asked
        (None, Some(Operand::Number(0.0))) if length.is_some_and(|of| is_own(of, areas)) => {
            match comparison {
                Comparison::Greater | Comparison::NotEqual | Comparison::AtLeast => {
                    Condition::Always
                }
                _ => Condition::Never,
            }
        }
        (None, Some(right)) if is_own(left, areas) => Condition::Compares(comparison, right),
        _ => Condition::Unknown,
    }
}

/// What stands between the brackets of a call of a function.
fn call<'f>(formula: &'f str, name: &str) -> Option<&'f str> {
    let formula = formula.trim();
    let start = formula.get(..name.len())?;
    if !start.eq_ignore_ascii_case(name) {
        return None;
    }
    let inside = formula.get(name.len()..)?.trim_start().strip_prefix('(')?.strip_suffix(')')?;
    let mut depth = 0_i32;
    let is_whole = inside.chars().all(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth >= 0
    });
    (is_whole && depth == 0).then(|| inside.trim())
}

/// Whether words are found in the cell itself, from the arguments of `SEARCH`.
fn found(arguments: &str, areas: &[CellRange]) -> Condition {
    let Some((words, cell)) = arguments.rsplit_once(',') else { return Condition::Unknown };
    match Operand::parse(words) {
        Some(Operand::Words(words)) if is_own(cell, areas) && !words.contains(['*', '?']) => {
            Condition::Contains(words)
        }
        _ => Condition::Unknown,
    }
}

/// Whether a reference is to the cell itself, for each cell of the areas.
fn is_own(reference: &str, areas: &[CellRange]) -> bool {
    let reference = reference.trim();
    let Some(first) = areas.first() else { return false };
    let is_fixed_column = reference.starts_with('$');
    let is_fixed_row = reference.get(1..).is_some_and(|rest| rest.contains('$'));
    cell_reference(reference) == Some(first.first)
        && (!is_fixed_column || areas.iter().all(|area| area.first.1 == area.last.1))
        && (!is_fixed_row || areas.iter().all(|area| area.first.0 == area.last.0))
}

/// The words of a condition on texts, as they are compared.
pub(super) fn text(words: &str) -> String {
    words.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(condition: &Condition, words: &str) -> Option<bool> {
        let number = words.parse().ok();
        let holds = if number.is_some() { CellType::Number } else { CellType::Words };
        condition.holds(ConditionValue { words, number, holds })
    }

    #[test]
    fn formulas_about_the_cell_itself_are_evaluated() {
        let areas = [CellRange { first: (4, 4), last: (9, 4) }];
        let of = |formula: &str, words: &str| holds(&expression(formula, &areas), words);
        for formula in
            ["TRUE", "=1=1", "1", "LEN(TRIM(E5))>0", "E5<>\"\"", "NOT(ISBLANK($E5))", "E5=\"Red\""]
        {
            assert_eq!(of(formula, "red"), Some(true), "{formula}");
        }
        for formula in ["FALSE", "0", "1>2", "ISBLANK(E5)", "E5=\"Amber\"", "ISERROR(E5)"] {
            assert_eq!(of(formula, "Red"), Some(false), "{formula}");
        }
        assert_eq!(of("NOT(ISERROR(SEARCH(\"fox\",E5)))", "Ann Fox"), Some(true));
        assert_eq!(of("ISNUMBER(SEARCH(\"fox\",E5))", "Ann Lee"), Some(false));
        assert_eq!(of("E5>3", "4"), Some(true));
        for formula in ["F5=\"x\"", "E$5=\"x\"", "E5=E4", "COUNTIF(E:E,E5)>1", "E5", ""] {
            assert_eq!(of(formula, "x"), None, "{formula}");
        }
    }

    #[test]
    fn rules_that_cannot_be_evaluated_leave_what_they_decide_open() {
        let white = Colour::new(255, 255, 255);
        let black = TextColours { ink: Some(Colour::new(0, 0, 0)), ..TextColours::default() };
        let rule = |condition, look| ConditionalRule {
            areas: Vec::new(),
            priority: 1,
            condition,
            look,
            stops: false,
        };
        let whitens = ConditionalLook { ink: Some(white), ..ConditionalLook::default() };
        let navy = CellBackground::Colour(Colour::new(0, 0, 128));
        let on_navy = ConditionalLook { background: Some(navy), ..whitens };
        let value = ConditionValue { words: "x", number: None, holds: CellType::Words };
        let of = |rules: &[ConditionalRule]| outcome(rules.iter(), value, black).seen;
        let hidden = ConditionalOutcome::Hidden(HiddenBy::Colour, CellBackground::Paper);
        assert_eq!(of(&[rule(Condition::Always, whitens)]), hidden);
        assert_eq!(of(&[rule(Condition::Never, whitens)]), ConditionalOutcome::Shown);
        assert_eq!(of(&[rule(Condition::Unknown, whitens)]), ConditionalOutcome::Unknown);
        assert_eq!(of(&[rule(Condition::Unknown, on_navy)]), ConditionalOutcome::Shown);
        assert_eq!(
            of(&[rule(Condition::Always, whitens), rule(Condition::Always, on_navy)]),
            ConditionalOutcome::Shown
        );
    }
}
