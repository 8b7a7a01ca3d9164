//! How like two wordings are, by the words that they share: a word that few wordings have says more
//! than one that most have.

use std::collections::HashMap;

/// How many letters of a word count: "review" and "reviewing" are alike. Words with digits count
/// whole.
const STEM: usize = 6;

/// Texts of so few characters are compared letter for letter too, since one word that is spelt
/// otherwise is a large part of them.
const SHORT: usize = 24;

/// How like the letters of short texts must be to say anything.
const LEAST_BY_LETTERS: f64 = 0.6;

/// A text, as it is compared.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct ComparableText {
    /// What it says, with the white space of its source.
    pub(super) text: String,
    /// Its words and pairs of words, by number, each once, in order.
    pub(super) features: Vec<usize>,
    /// What all of them weigh.
    weight: f64,
}

/// Words and pairs of words by number, and how much each says.
#[derive(Debug, Default)]
pub(super) struct TermWeights {
    words: HashMap<String, usize>,
    pairs: HashMap<(usize, usize), usize>,
    /// In how many wordings each is.
    found_in: Vec<u32>,
    wordings: u32,
}

impl TermWeights {
    /// Takes in a text. What its words weigh is known once all texts are in:
    /// [`TermWeights::weigh`].
    pub(super) fn take_in(&mut self, text: String) -> ComparableText {
        let mut features = Vec::new();
        let mut before = None;
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let word = self.number_of(&stem(word));
            features.push(word);
            if let Some(before) = before {
                features.push(self.number_of_pair((before, word)));
            }
            before = Some(word);
        }
        features.sort_unstable();
        features.dedup();
        self.wordings += 1;
        for feature in &features {
            self.found_in[*feature] += 1;
        }
        ComparableText { text, features, weight: 0.0 }
    }

    /// Weighs a wording, now that all are in.
    pub(super) fn weigh(&self, wording: &mut ComparableText) {
        wording.weight = wording.features.iter().map(|feature| self.weight(*feature)).sum();
    }

    /// How much it says that two wordings share a word: the less, the more have it.
    pub(super) fn weight(&self, feature: usize) -> f64 {
        (1.0 + f64::from(self.wordings) / f64::from(self.found_in[feature].max(1))).ln()
    }

    /// How many words and pairs of words there are.
    pub(super) fn len(&self) -> usize {
        self.found_in.len()
    }

    /// How like two wordings are: from 0 to 1.
    pub(super) fn likeness(&self, a: &ComparableText, b: &ComparableText) -> f64 {
        if a.text == b.text {
            return 1.0;
        }
        let mut shared = 0.0;
        let mut others = b.features.iter().peekable();
        for feature in &a.features {
            while others.next_if(|other| *other < feature).is_some() {}
            if others.next_if_eq(&feature).is_some() {
                shared += self.weight(*feature);
            }
        }
        let all = a.weight + b.weight;
        let by_words = if all > 0.0 { 2.0 * shared / all } else { 0.0 };
        if a.text.len().max(b.text.len()) > SHORT {
            return by_words;
        }
        let by_letters = strsim::sorensen_dice(&a.text, &b.text);
        if by_letters < LEAST_BY_LETTERS { by_words } else { by_words.max(by_letters) }
    }

    fn number_of(&mut self, word: &str) -> usize {
        if let Some(number) = self.words.get(word) {
            return *number;
        }
        let number = self.new_number();
        self.words.insert(word.to_owned(), number);
        number
    }

    fn number_of_pair(&mut self, pair: (usize, usize)) -> usize {
        if let Some(number) = self.pairs.get(&pair) {
            return *number;
        }
        let number = self.new_number();
        self.pairs.insert(pair, number);
        number
    }

    fn new_number(&mut self) -> usize {
        self.found_in.push(0);
        self.found_in.len() - 1
    }
}

/// What counts of a word.
fn stem(word: &str) -> String {
    let counts = if word.chars().any(char::is_numeric) { usize::MAX } else { STEM };
    word.chars().take(counts).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_say_says_little() {
        let texts = [
            "Ensure that the records of visits are kept",
            "Ensure that the records of meetings are kept",
            "Ensure that the records of training are kept",
            "Make sure that visits are recorded",
            "Recruitment",
            "Recrutment",
        ];
        let mut all = TermWeights::default();
        let mut wordings = texts.map(|text| all.take_in(text.to_owned()));
        for wording in &mut wordings {
            all.weigh(wording);
        }
        let like = |a: usize, b: usize| all.likeness(&wordings[a], &wordings[b]);
        assert!(like(0, 1) < 0.8, "{}", like(0, 1));
        assert!(like(0, 3) > like(1, 3), "{} {}", like(0, 3), like(1, 3));
        assert!(like(4, 5) > 0.6 && like(0, 4) < 0.01);
    }
}
