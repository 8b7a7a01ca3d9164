//! Which recommendation an objective answers, recognised by its wording.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use foldhash::fast::RandomState;

use crate::plan::{Plan, Recommendation};

/// Two wordings with at least this share of their words in common are about the same thing.
const ALIKE: f64 = 0.8;

/// A recommendation that an objective answers.
pub(crate) struct AddressedRecommendation<'a> {
    pub(crate) recommendation: &'a Recommendation,
    /// How the two wordings differ; none where they do not.
    pub(crate) difference: Option<String>,
}

/// The recommendations of a plan, ready to be looked up by their wording.
pub(crate) struct RecommendationIndex<'a> {
    recommendations: Vec<(&'a Recommendation, ComparedWords)>,
    exact: HashMap<Vec<String>, usize, RandomState>,
    by_word: HashMap<String, Vec<usize>, RandomState>,
}

impl<'a> RecommendationIndex<'a> {
    pub(crate) fn of(plan: &'a Plan) -> Self {
        let recommendations: Vec<_> =
            plan.recommendations.iter().map(|r| (r, words(&r.text.plain()))).collect();
        let mut exact = HashMap::default();
        let mut by_word: HashMap<String, Vec<usize>, RandomState> = HashMap::default();
        for (i, (_, words)) in recommendations.iter().enumerate() {
            exact.entry(words.folded.clone()).or_insert(i);
            for word in &words.folded {
                let places = by_word.entry(word.clone()).or_default();
                if places.last() != Some(&i) {
                    places.push(i);
                }
            }
        }
        Self { recommendations, exact, by_word }
    }

    /// The recommendation that reads most like a text, if one does.
    pub(crate) fn answered_by(&self, text: &str) -> Option<AddressedRecommendation<'a>> {
        let objective = words(text);
        if let Some(i) = self.exact.get(&objective.folded) {
            return Some(AddressedRecommendation {
                recommendation: self.recommendations[*i].0,
                difference: None,
            });
        }
        let best = self
            .candidates(&objective.folded)
            .into_iter()
            .map(|i| (i, likeness(&objective.folded, &self.recommendations[i].1.folded)))
            .filter(|(_, likeness)| *likeness >= ALIKE)
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
        let (recommendation, wording) = &self.recommendations[best.0];
        Some(AddressedRecommendation {
            recommendation,
            difference: Some(difference(&objective, wording)),
        })
    }
}

impl RecommendationIndex<'_> {
    /// The recommendations that may be worded like these words.
    ///
    /// Those with the rarest words in common come first: of a long list whose items all share their
    /// words, only so many are looked at.
    fn candidates(&self, words: &[String]) -> Vec<usize> {
        const MOST_VISITED: usize = 400;
        const MOST: usize = 16;
        let mut places: Vec<&[usize]> =
            words.iter().filter_map(|word| self.by_word.get(word)).map(Vec::as_slice).collect();
        places.sort_by_key(|places| places.len());
        let mut left = MOST_VISITED;
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for places in places {
            for i in places.iter().take(left) {
                *shared.entry(*i).or_default() += 1;
            }
            left = left.saturating_sub(places.len());
        }
        if left > 0 {
            // no more words can be in common than are shared, so most wordings need no closer look
            let may_be = |i: usize, shared: usize| {
                shared * 20 >= (words.len() + self.recommendations[i].1.folded.len()) * 8
            };
            return shared
                .into_iter()
                .filter(|(i, shared)| may_be(*i, *shared))
                .map(|(i, _)| i)
                .collect();
        }
        let mut most: Vec<(usize, usize)> = shared.into_iter().collect();
        most.sort_by_key(|(i, shared)| (Reverse(*shared), *i));
        most.truncate(MOST);
        most.into_iter().map(|(i, _)| i).collect()
    }
}

/// The words of a wording: as typed, and as they are compared, one for one.
struct ComparedWords {
    typed: Vec<String>,
    folded: Vec<String>,
}

fn words(text: &str) -> ComparedWords {
    let parts = text
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .map(|w| w.trim_matches(['\'', '’']));
    let typed: Vec<String> = parts.filter(|w| !w.is_empty()).map(str::to_owned).collect();
    let folded = typed.iter().map(|w| w.replace('’', "'").to_lowercase()).collect();
    ComparedWords { typed, folded }
}

/// The share of words that two wordings have in common, 0 to 1 (Dice's coefficient over words
/// counted as often as they occur).
#[allow(clippy::cast_precision_loss)] // wordings have far fewer words than a float can count
fn likeness(a: &[String], b: &[String]) -> f64 {
    let mut counts: HashMap<&str, usize, RandomState> = HashMap::default();
    for word in a {
        *counts.entry(word).or_default() += 1;
    }
    let mut common = 0;
    for word in b {
        if let Some(left) = counts.get_mut(word.as_str()).filter(|n| **n > 0) {
            *left -= 1;
            common += 1;
        }
    }
    2.0 * f64::from(common) / (a.len() + b.len()).max(1) as f64
}

/// What only the objective says, and what only the recommendation says.
fn difference(objective: &ComparedWords, recommendation: &ComparedWords) -> String {
    let (here_alone, there_alone) = apart(objective, recommendation);
    let quoted =
        |runs: &[String]| runs.iter().map(|r| format!("“{r}”")).collect::<Vec<_>>().join(", ");
    match (here_alone.is_empty(), there_alone.is_empty()) {
        (false, false) => format!(
            "the objective says {} where the recommendation says {}",
            quoted(&here_alone),
            quoted(&there_alone)
        ),
        (false, true) => format!("only the objective says {}", quoted(&here_alone)),
        (true, false) => format!("only the recommendation says {}", quoted(&there_alone)),
        (true, true) => "the same words in another order".to_owned(),
    }
}

/// The runs of words that each side has alone, by the longest common subsequence of words.
fn apart(one: &ComparedWords, other: &ComparedWords) -> (Vec<String>, Vec<String>) {
    // wordings are sentences; a text of pages is compared by its first words
    const MOST: usize = 400;
    let (a, b) =
        (&one.folded[..one.folded.len().min(MOST)], &other.folded[..other.folded.len().min(MOST)]);
    let width = b.len() + 1;
    let mut longest = vec![0_u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i] == b[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let (mut only_a, mut only_b) = (WordRuns::default(), WordRuns::default());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            only_a.end();
            only_b.end();
            i += 1;
            j += 1;
        } else if j >= b.len()
            || (i < a.len() && longest[(i + 1) * width + j] >= longest[i * width + j + 1])
        {
            only_a.add(&one.typed[i]);
            i += 1;
        } else {
            only_b.add(&other.typed[j]);
            j += 1;
        }
    }
    (only_a.runs, only_b.runs)
}

#[derive(Default)]
struct WordRuns {
    runs: Vec<String>,
    open: bool,
}

impl WordRuns {
    fn add(&mut self, word: &str) {
        match self.runs.last_mut() {
            Some(last) if self.open => {
                last.push(' ');
                last.push_str(word);
            }
            _ => self.runs.push(word.to_owned()),
        }
        self.open = true;
    }

    fn end(&mut self) {
        self.open = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn an_objective_finds_its_recommendation_though_the_wording_differs() {
        let mut plan = Plan::default();
        for text in [
            "review joint processes for further integration within the Children's Reception Team (CRT)",
            "monitor case recording.",
        ] {
            let reference = format!("R{}", plan.recommendations.len() + 1);
            plan.recommendations.push(Recommendation {
                reference,
                text: Text::from_plain(text),
                ..Recommendation::default()
            });
        }
        let wordings = RecommendationIndex::of(&plan);
        let found = |text: &str| {
            wordings
                .answered_by(text)
                .map(|a| (a.recommendation.reference.as_str(), a.difference.unwrap_or_default()))
        };
        assert_eq!(found("Monitor case recording"), Some(("R2", String::new())));
        assert_eq!(
            found("P Monitor case recording"),
            Some(("R2", "only the objective says “P”".to_owned()))
        );
        let (reference, difference) =
            found("Review joint processes for further integration within the CRT").unwrap();
        assert_eq!(
            (reference, difference.as_str()),
            ("R1", "only the recommendation says “Children's Reception Team”")
        );
        assert_eq!(found("Build a new school"), None);
    }
}
