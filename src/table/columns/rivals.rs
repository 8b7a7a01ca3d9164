//! What a column says of another that could have its meaning.

use std::collections::HashMap;

use crate::plan::Field;
use crate::table::profile::ValueKind;
use crate::vocabulary::columns;
use crate::vocabulary::normalize;

use super::{ColumnEvidence, UNMISTAKABLE, takes_one_column};

/// Weighs more than anything for a meaning.
const NEVER: f32 = 100.0;

/// The impact of a risk, beside its likelihood, is a score and no measure of success.
pub(super) fn scores_beside_likelihood(candidates: &mut [ColumnEvidence]) {
    let is_likelihood = |c: &ColumnEvidence| {
        let words = normalize(&c.header.words);
        words.split(' ').any(|word| matches!(word, "likelihood" | "probability" | "tebygolrwydd"))
    };
    if !candidates.iter().any(is_likelihood) {
        return;
    }
    for candidate in candidates.iter_mut() {
        let words = normalize(&candidate.header.words);
        if words
            .split(' ')
            .any(|word| matches!(word, "impact" | "severity" | "consequence" | "effaith"))
        {
            candidate.weights.add(Field::SuccessMeasures, -NEVER);
        }
    }
}

/// Of two columns for one meaning, that whose header is the meaning's own word comes before one that
/// qualifies it: "Owner" before "Risk owner".
pub(super) fn exact_headers_first(candidates: &mut [ColumnEvidence]) {
    const LESS: f32 = 0.5;
    let words: Vec<String> =
        candidates.iter().map(|c| columns::comparison_key(&c.header.words)).collect();
    let mut exact: HashMap<&str, usize> = HashMap::new();
    for (i, candidate) in candidates.iter().enumerate().filter(|(i, _)| !words[*i].is_empty()) {
        if candidate.fixed.is_none() && !candidate.profile.is_blank() {
            exact.entry(&words[i]).or_insert(i);
        }
    }
    let mut lower: Vec<(usize, Field, f32)> = Vec::new();
    for (i, qualified) in candidates.iter().enumerate() {
        let Some((_, rest)) = words[i].split_once(' ') else { continue };
        let ends = std::iter::successors(Some(rest), |rest| Some(rest.split_once(' ')?.1));
        let Some(at) = ends.take(MAX_QUALIFIERS).find_map(|end| exact.get(end)) else { continue };
        let short = &candidates[*at];
        let (field, weight) = short.meaning.weights.best();
        if takes_one_column(field)
            && (short.is_named(field) || weight >= UNMISTAKABLE)
            && short.gain(field) > 0.0
        {
            let above = qualified.weights.get(field) - (short.weights.get(field) - LESS);
            lower.extend((above > 0.0).then_some((i, field, above)));
        }
    }
    for (i, field, above) in lower {
        candidates[i].weights.add(field, -above);
    }
}

/// How many words before the meaning's own are looked past.
const MAX_QUALIFIERS: usize = 4;

/// Of two columns of dates whose headers leave it open which is the target, the later one is.
pub(super) fn earlier_dates_are_starts(candidates: &mut [ColumnEvidence]) {
    const MOST: usize = 4;
    const WEIGHT: f32 = 1.5;
    let is_open = |c: &ColumnEvidence| {
        c.fixed.is_none() && c.meaning.name.is_none() && c.profile.kind() == Some(ValueKind::Date)
    };
    let dated: Vec<usize> =
        (0..candidates.len()).filter(|i| is_open(&candidates[*i])).take(MOST).collect();
    for (at, first) in dated.iter().enumerate() {
        for second in &dated[at + 1..] {
            let (first, second) = (*first, *second);
            let (earlier, later) =
                if candidates[first].profile.is_mostly_before(&candidates[second].profile) {
                    (first, second)
                } else if candidates[second].profile.is_mostly_before(&candidates[first].profile) {
                    (second, first)
                } else {
                    continue;
                };
            candidates[earlier].weights.add(Field::Start, WEIGHT);
            candidates[earlier].weights.add(Field::Target, -WEIGHT);
            candidates[later].weights.add(Field::Target, WEIGHT);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::Field;
    use crate::{Format, ImportOptions, import, read};

    /// The header that is read as a field.
    fn read_as(field: Field, headers: [&str; 2]) -> String {
        let source = format!(
            "| Ref | Action | {} | Target date | {} |\n|---|---|---|---|---|\n\
             | 1.1 | Train all staff | Jo Lee | Sept 2025 | Siân Rees |\n\
             | 1.2 | Write the policy | Mary Smith | Oct 2025 | Tom Okafor |\n",
            headers[0], headers[1]
        );
        let source = read(source.as_bytes(), Format::Markdown).unwrap();
        let plan = import(source, &ImportOptions::default()).plan;
        let mut of_field = plan.columns.iter().filter(|column| column.field == field);
        of_field.next().map(|column| column.header.clone()).unwrap_or_default()
    }

    #[test]
    fn a_header_that_is_the_word_itself_comes_before_one_that_qualifies_it() {
        for (headers, expected) in [
            (["Owner", "Risk owner"], "Owner"),
            (["Risk owner", "Owner"], "Owner"),
            (["Action owner", "Owner"], "Owner"),
            (["Risk owner", "Cost"], "Risk owner"),
            (["Cost", "Risk owner"], "Risk owner"),
        ] {
            assert_eq!(read_as(Field::Owner, headers), expected, "{headers:?}");
        }
    }
}
