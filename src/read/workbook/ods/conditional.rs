//! Conditional formats of tables, as LibreOffice writes them.

use crate::error::Error;
use crate::read::workbook::builder::SheetBuilder;
use crate::read::workbook::cell_range::{self, CellRange};
use crate::read::workbook::conditional::{
    Condition, ConditionalLook, ConditionalRule, comparison, expression, text,
};
use crate::read::workbook::style::CellBackground;
use crate::read::workbook::xml::{XmlEvent, XmlReader, XmlTag, attribute};

use super::styles::OdsStyles;

/// Reads the format whose element has just begun.
pub(super) fn read(
    tag: &XmlTag<'_>,
    xml: &mut XmlReader<'_>,
    styles: &OdsStyles,
    builder: &mut SheetBuilder,
) -> Result<(), Error> {
    let address = attribute(tag, "target-range-address").unwrap_or_default();
    let areas = areas(&address);
    let Some(areas) = areas else {
        builder.painted.push(CellRange::SHEET);
        return xml.skip();
    };
    let mut depth = 0_usize;
    while let Some(event) = xml.next()? {
        let tag = match event {
            XmlEvent::Start(tag) => {
                depth += 1;
                tag
            }
            XmlEvent::Empty(tag) => tag,
            XmlEvent::End(_) if depth == 0 => break,
            XmlEvent::End(_) => {
                depth -= 1;
                continue;
            }
            _ => continue,
        };
        let (condition, look) = match tag.name {
            "condition" => {
                let style = attribute(&tag, "apply-style-name").unwrap_or_default();
                let value = attribute(&tag, "value").unwrap_or_default();
                (condition(&value, &areas), styles.conditional_look(&style))
            }
            "color-scale" | "data-bar" => (
                Condition::OfNumbers,
                ConditionalLook {
                    background: Some(CellBackground::Other),
                    ..ConditionalLook::default()
                },
            ),
            _ => continue,
        };
        let priority = i64::try_from(builder.conditional.len()).unwrap_or(i64::MAX);
        // the first that holds is applied alone
        builder.conditional.push(ConditionalRule {
            areas: areas.clone(),
            priority,
            condition,
            look,
            stops: true,
        });
    }
    Ok(())
}

/// Ranges such as `'My plan'.E2:'My plan'.E9 Plan.G2`; none if one cannot be read.
fn areas(address: &str) -> Option<Vec<CellRange>> {
    let mut is_quoted = false;
    let parts = address.split(|c| {
        is_quoted ^= c == '\'';
        c == ' ' && !is_quoted
    });
    let cell = |part: &str| part.rsplit('.').next().unwrap_or_default().to_owned();
    let area = |range: &str| match range.rsplit_once(':') {
        Some((first, last)) => cell_range::area(&format!("{}:{}", cell(first), cell(last))),
        None => cell_range::area(&cell(range)),
    };
    let areas: Option<Vec<_>> = parts.filter(|part| !part.is_empty()).map(area).collect();
    areas.filter(|areas| !areas.is_empty())
}

/// A condition as LibreOffice writes it: `="Red"`, `contains-text("x")`, `formula-is(TRUE)`.
fn condition(value: &str, areas: &[CellRange]) -> Condition {
    let value = value.trim();
    let inside =
        |name: &str| value.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')').map(str::trim);
    let words = |name: &str| {
        let words = inside(name)?;
        Some(text(words.strip_prefix('"')?.strip_suffix('"')?))
    };
    if let Some(formula) = inside("formula-is") {
        return expression(&formula.replace("[.", "").replace(']', ""), areas);
    }
    let of_words = words("contains-text")
        .map(Condition::Contains)
        .or_else(|| words("not-contains-text").map(|words| Condition::Contains(words).not()))
        .or_else(|| words("begins-with").map(Condition::BeginsWith))
        .or_else(|| words("ends-with").map(Condition::EndsWith));
    if let Some(found) = of_words {
        return found;
    }
    for (name, operator) in [("between", "between"), ("not-between", "notBetween")] {
        if let Some((first, last)) = inside(name).and_then(|range| range.split_once(',')) {
            return comparison(operator, &[first.to_owned(), last.to_owned()]);
        }
    }
    let signs = [
        ("!=", "notEqual"),
        ("<>", "notEqual"),
        ("<=", "lessThanOrEqual"),
        (">=", "greaterThanOrEqual"),
        ("=", "equal"),
        ("<", "lessThan"),
        (">", "greaterThan"),
    ];
    match value {
        "is-error" => Condition::OfErrors,
        "is-no-error" => Condition::OfErrors.not(),
        _ => signs
            .iter()
            .find_map(|(sign, operator)| Some((value.strip_prefix(sign)?, operator)))
            .map_or(Condition::Unknown, |(with, operator)| {
                comparison(operator, &[with.to_owned()])
            }),
    }
}
