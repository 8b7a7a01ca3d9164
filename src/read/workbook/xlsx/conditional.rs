//! Conditional formats of sheets (ECMA-376-1, 18.3.1.10).

use crate::read::workbook::cell_range::CellRange;
use crate::read::workbook::conditional::{
    Condition, ConditionalLook, ConditionalRule, comparison, expression, text,
};
use crate::read::workbook::style::CellBackground;
use crate::read::workbook::xml::{XmlTag, attribute, is_set};

/// A rule as it is written.
pub(super) struct CfRule {
    areas: Vec<CellRange>,
    kind: String,
    operator: String,
    text: String,
    look: Option<usize>,
    priority: i64,
    stops: bool,
    pub(super) formulas: Vec<String>,
}

impl CfRule {
    /// The rule that a tag begins, for these cells.
    pub(super) fn read(tag: &XmlTag<'_>, areas: Vec<CellRange>) -> Self {
        let value = |name| attribute(tag, name).unwrap_or_default().into_owned();
        Self {
            areas,
            kind: value("type"),
            operator: value("operator"),
            text: value("text"),
            look: value("dxfId").parse().ok(),
            priority: value("priority").parse().unwrap_or(i64::MAX),
            stops: is_set(tag, "stopIfTrue"),
            formulas: Vec::new(),
        }
    }

    /// The rule with the look that it gives; none if that changes nothing that is seen.
    pub(super) fn settle(self, looks: &[ConditionalLook]) -> Option<ConditionalRule> {
        let look = self.look.and_then(|number| looks.get(number)).copied().unwrap_or_default();
        let first = self.formulas.first().map(String::as_str).unwrap_or_default();
        let words = text(&self.text);
        let condition = match self.kind.as_str() {
            "expression" => expression(first, &self.areas),
            "cellIs" => comparison(&self.operator, &self.formulas),
            "containsText" if !words.is_empty() => Condition::Contains(words),
            "notContainsText" if !words.is_empty() => Condition::Contains(words).not(),
            "beginsWith" if !words.is_empty() => Condition::BeginsWith(words),
            "endsWith" if !words.is_empty() => Condition::EndsWith(words),
            "containsBlanks" => Condition::Never,
            "notContainsBlanks" => Condition::Always,
            "containsErrors" => Condition::OfErrors,
            "notContainsErrors" => Condition::OfErrors.not(),
            // a colour for each number, none for words
            "colorScale" | "dataBar" => Condition::OfNumbers,
            _ => Condition::Unknown,
        };
        let look = match self.kind.as_str() {
            "colorScale" | "dataBar" => {
                ConditionalLook { background: Some(CellBackground::Other), ..look }
            }
            _ => look,
        };
        let changes = !look.is_indifferent() || (self.stops && condition != Condition::Never);
        changes.then_some(ConditionalRule {
            areas: self.areas,
            priority: self.priority,
            condition,
            look,
            stops: self.stops,
        })
    }
}
