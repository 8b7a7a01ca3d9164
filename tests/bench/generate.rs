//! A plan of any size as a converter leaves it: one table cut by pages into many, headers repeated,
//! rows broken in two.
//!
//! The same number of actions always gives the same text.

use std::fmt::Write as _;

const HEADER: &str = "| What? | Who? | How? | Success measures | Target date |\n";
const SUBJECTS: &[&str] = &[
    "case records",
    "supervision records",
    "core assessments",
    "care plans",
    "health assessments",
    "pathway plans",
    "the joint protocol",
    "statutory visiting forms",
    "personal education plans",
    "referral thresholds",
    "placement agreements",
];
const VERBS: &[&str] = &[
    "Ensure that",
    "Review whether",
    "Audit how far",
    "Establish that",
    "Check that",
    "Show that",
];
const STANDARDS: &[&str] = &[
    "reflect the views of children and young people",
    "are kept up to date after every significant change",
    "are shared with partner agencies in good time",
    "are signed off by a manager within five working days",
    "show a clear reason for each decision",
    "set out what happens where a placement is at risk",
    "record what was offered and what was declined",
    "are audited against the agreed baseline each quarter",
    "are understood by staff in every team",
];
const ENDS: &[&str] = &[
    "across all district teams",
    "in planning and in practice",
    "and report to the Board",
    "within existing budgets",
    "with partners",
];
const FIRST: &[&str] = &[
    "Alex", "Bryony", "Carys", "Dilip", "Edna", "Femi", "Grace", "Hari", "Imran", "Jo", "Katya",
    "Lewis", "Maeve",
];
const LAST: &[&str] = &[
    "Abbott", "Barlow", "Chandra", "Dyer", "Ellis", "Foster", "Gill", "Hughes", "Iqbal", "Jarvis",
    "Khan",
];
const TEAMS: &[&str] = &[
    "District Managers",
    "Team Managers",
    "the Workforce Development Team",
    "the Health Delivery Group",
];
const TARGETS: &[&str] = &[
    "Sept '11",
    "Oct '11",
    "Nov '11",
    "Feb '12",
    "Mar '12",
    "June '12",
    "April '13",
    "31/03/2012",
    "Ongoing",
];
const UPDATES: &[&str] = &[
    "Action completed.",
    "Awaiting results of the next audit.",
    "Records amended and distributed by target date (action complete).",
    "Action on track.",
    "Briefings are being held at county meetings.",
    "Discussions are taking place through the joint board.",
];
const AREAS: &[&str] = &[
    "Leadership and management",
    "Quality of provision",
    "Being healthy",
    "Staying safe",
    "Partnership working",
];

/// Numbers that look random and are the same each time (Knuth's constants for a linear congruential
/// generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides
    }

    fn one_of(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len())]
    }

    fn sentence(&mut self) -> String {
        let (verb, subject, standard) =
            (self.one_of(VERBS), self.one_of(SUBJECTS), self.one_of(STANDARDS));
        let also = self.one_of(STANDARDS);
        format!("{verb} {subject} {standard}, and that they {also} {}.", self.one_of(ENDS))
    }

    fn person(&mut self) -> String {
        format!("{} {}", self.one_of(FIRST), self.one_of(LAST))
    }

    fn owners(&mut self) -> String {
        match self.below(10) {
            0..7 => self.person(),
            7 | 8 => format!("{} with {}", self.person(), self.one_of(TEAMS)),
            _ => format!("{}, {}", self.person(), self.person()),
        }
    }

    fn measures(&mut self, tags: bool) -> String {
        let (percent, subject) = (5 + self.below(95), self.one_of(SUBJECTS));
        let measure = format!(
            "{percent}% of {subject} meet the standard by the next review. {}",
            self.sentence()
        );
        let update = format!("November 2011 update: {}", self.one_of(UPDATES));
        match (self.below(10), tags) {
            (0, _) => measure,
            (_, true) => format!("<p>{measure}</p> <p>{update}</p>"),
            (_, false) => format!("{measure} {update}"),
        }
    }
}

/// A plan of so many actions, as markdown.
pub(crate) fn markdown(actions: usize) -> String {
    let mut dice = Dice(2011);
    let recommendations: Vec<String> = (0..11).map(|_| dice.sentence()).collect();
    let mut text = front(&recommendations);
    let mut page = Page { text: &mut text, left: 0, tags: false };
    let (mut in_theme, mut in_objective, mut objective) = (0, 0, String::new());
    for number in 0..actions {
        page.turn(&mut dice);
        if in_theme == 0 {
            in_theme = 25 + dice.below(30);
            in_objective = 0;
            page.row(&[
                &format!("Service {}: {}", number / 40 + 1, dice.one_of(AREAS)),
                "",
                "",
                "",
                "",
            ]);
        }
        if in_objective == 0 {
            in_objective = 1 + dice.below(6);
            objective = if dice.below(3) == 0 {
                recommendations[dice.below(recommendations.len())].clone()
            } else {
                dice.sentence()
            };
        }
        let tags = page.tags;
        let cells = [
            std::mem::take(&mut objective),
            dice.owners(),
            dice.sentence(),
            dice.measures(tags),
            dice.one_of(TARGETS).to_owned(),
        ];
        page.action(&cells, &mut dice);
        in_theme -= 1;
        in_objective = (in_objective - 1).min(in_theme);
    }
    text
}

/// Title, dates of the review cycle, organisation and recommendations.
fn front(recommendations: &[String]) -> String {
    let mut text = "Improvement Plan: Services for Children 2011/12\n\n".to_owned();
    text += "| Completion date | Reviewed | Date of next review |\n|---|---|---|\n| August 2011 | November 2011 | March 2012 |\n\n";
    text +=
        "Example County Council\n\nAreas for improvement: safeguarding\n\nWithin three months:\n\n";
    for recommendation in recommendations {
        let _ = writeln!(text, "- {recommendation}");
    }
    text + "\nImprovement Plan\n"
}

/// The page of the source that is being filled.
struct Page<'a> {
    text: &'a mut String,
    /// How many more rows fit.
    left: usize,
    /// Whether this page's cells have their paragraphs in tags.
    tags: bool,
}

impl Page<'_> {
    /// Begins a new page with the header of the table where this one is full.
    fn turn(&mut self, dice: &mut Dice) {
        if self.left == 0 {
            self.left = 5 + dice.below(6);
            self.tags = dice.below(2) == 0;
            let wide = "-".repeat(120 + dice.below(80));
            let _ = write!(self.text, "\n{HEADER}|{wide}|{wide}|{wide}|{wide}|---|\n");
        }
        self.left -= 1;
    }

    fn row(&mut self, cells: &[&str]) {
        let _ = writeln!(self.text, "| {} |", cells.join(" | "));
    }

    /// An action; as the last of a page it may be broken in two, in mid-sentence.
    fn action(&mut self, cells: &[String; 5], dice: &mut Dice) {
        let [objective, owners, action, measures, target] = cells;
        if self.left > 0 || dice.below(3) > 0 {
            return self.row(&[objective, owners, action, measures, target]);
        }
        let (action, action_rest) = halves(action);
        let (target, target_rest) = target.split_once(' ').unwrap_or((target, ""));
        self.row(&[objective, owners, action, measures, target]);
        self.turn(dice);
        self.row(&["", "", action_rest, "", target_rest]);
    }
}

/// A sentence broken between two words.
fn halves(sentence: &str) -> (&str, &str) {
    let middle = sentence.len() / 2;
    let at = sentence[middle..].find(' ').map_or(sentence.len(), |i| middle + i);
    (&sentence[..at], sentence[at..].trim_start())
}
