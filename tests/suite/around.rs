//! What stands above, below and beside the actions of a plan, and headers of other forms than a row
//! of short names.

use planwright::plan::Plan;
use planwright::{Format, ImportOptions, import, read};

struct Found {
    plan: Plan,
    /// Code and message of each diagnostic.
    reported: Vec<String>,
}

fn found(source: &str, format: Format) -> Found {
    let imported = import(read(source.as_bytes(), format).unwrap(), &ImportOptions::default());
    let reported =
        imported.diagnostics.iter().map(|d| format!("{}: {}", d.code, d.message)).collect();
    Found { plan: imported.plan, reported }
}

fn csv(source: &str) -> Found {
    found(source, Format::Delimited)
}

impl Found {
    /// "theme / reference-free action / owner / target" of each action.
    fn actions(&self) -> Vec<String> {
        let mut shown = Vec::new();
        for theme in &self.plan.themes {
            for action in theme.objectives.iter().flat_map(|objective| &objective.actions) {
                let owners =
                    action.owners.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                let target =
                    action.target.as_ref().map_or_else(String::new, |target| target.text.clone());
                shown.push(format!(
                    "{} / {} / {owners} / {target}",
                    theme.title,
                    action.action.plain()
                ));
            }
        }
        shown
    }

    fn reports(&self, words: &str) -> bool {
        self.reported.iter().any(|told| told.contains(words))
    }
}

const TWO: [&str; 2] =
    [" / Fit a lamp / Ann Lee / 29/01/2027", " / Paint the hall / Bo Day / 26/02/2027"];
const TABLE: &str =
    "Action,Lead,Deadline\nFit a lamp,Ann Lee,29/01/2027\nPaint the hall,Bo Day,26/02/2027\n";

#[test]
fn tables_on_top_of_each_other_keep_their_own_columns() {
    let text = "Hall plan\n\nLight\nAction,Lead,Deadline\nFit a lamp,Ann Lee,29/01/2027\nMend a switch,Ann Lee,26/03/2027\n\n\
                Paint\nTask,How we will know,Responsible,Due date\nPaint the hall,No bare walls,Bo Day,26/02/2027\n";
    let found = csv(text);
    assert_eq!(
        found.actions(),
        [
            "Light / Fit a lamp / Ann Lee / 29/01/2027",
            "Light / Mend a switch / Ann Lee / 26/03/2027",
            "Paint / Paint the hall / Bo Day / 26/02/2027"
        ]
    );
    assert_eq!(found.plan.title, "Hall plan");
}

#[test]
fn rows_like_actions_under_an_unknown_header_are_reported() {
    let found = csv(&format!(
        "Hall plan\nRef,Cost,Ends\nW1,£400,29/01/2027\nW2,£900,26/02/2027\n\n{TABLE}"
    ));
    assert!(
        found.reports("row-left-out: 2 rows look like actions, from “W1"),
        "{:?}",
        found.reported
    );
}

#[test]
fn lines_that_close_a_document_are_no_actions() {
    for gap in ["", "\n"] {
        let text = format!(
            "{TABLE}{gap}Checked by the trustees on 3 May 2026,,\nDrafted by A. Lee,,\nEdition 2,,\n‡ if the grant is paid,,\n"
        );
        let found = csv(&text);
        assert_eq!(found.actions(), TWO, "{gap:?}");
        assert!(
            found.reports("row-left-out: 4 rows below the table are not actions"),
            "{:?}",
            found.reported
        );
        for line in [
            "Checked by the trustees on 3 May 2026",
            "Drafted by A. Lee",
            "Edition 2",
            "‡ if the grant is paid",
        ] {
            assert!(found.plan.notes.plain().contains(line), "{line}");
        }
    }
    // an action without details stays one, and so does one that is like the others
    let found = csv(&format!("{TABLE}Sweep the yard,,\nNew curtains,,\n"));
    assert_eq!(found.actions().len(), 4);
    let logged = "Action,Lead,Deadline\nAgreed by email to fit a lamp,Ann Lee,29/01/2027\nAgreed by all to paint,Bo Day,26/02/2027\nAgreed by Bo to sweep,,\n";
    assert_eq!(csv(logged).actions().len(), 3);
}

#[test]
fn a_row_that_rates_the_whole_plan_is_no_action() {
    let text = "| Ref | Action | Lead | Due | RAG |\n|---|---|---|---|---|\n| 1 | Fit a lamp | Ann Lee | 29/01/2027 | G |\n\
                | 2 | Paint the hall | Bo Day | 26/02/2027 | A |\n";
    for row in ["| Programme as a whole | | | | A |", "| Overall | | | | A |"] {
        let found = found(&format!("{text}{row}\n"), Format::Markdown);
        assert_eq!(found.actions(), TWO, "{row}");
        assert!(found.reports("row-left-out"), "{:?}", found.reported);
    }
}

#[test]
fn lines_about_the_document_are_neither_theme_nor_title() {
    for line in [
        "Signs: R = late; A = slipping; G = fine",
        "Adopted at full council on 4 May 2026",
        "Last reviewed: 2 November 2026",
        "Manager: Ann Lee",
        "v1.2",
        "Scope: the hall and its yard",
    ] {
        let found = csv(&format!("Hall plan\n\"{line}\"\n\n{TABLE}"));
        assert_eq!(
            (found.plan.title.as_str(), found.actions()),
            ("Hall plan", TWO.map(str::to_owned).to_vec()),
            "{line}"
        );
        assert!(found.plan.introduction.plain().contains(line), "{line}");
    }
    let found =
        csv(&format!("Provider:,Elm House\nTitle:,Getting to good\nIssued:,12/03/2026\n\n{TABLE}"));
    assert_eq!(
        (found.plan.organisation.as_str(), found.plan.title.as_str()),
        ("Elm House", "Getting to good")
    );
    assert_eq!(found.actions(), TWO);
    let themed = csv(
        "Hall plan\nPriority 1: Light\n\nAction,Lead,Deadline\nFit a lamp,Ann Lee,29/01/2027\n",
    );
    assert_eq!(themed.actions(), ["Priority 1: Light / Fit a lamp / Ann Lee / 29/01/2027"]);
}

#[test]
fn decisions_below_or_beside_a_plan_are_left_out() {
    let below =
        csv(&format!("{TABLE}\nDecision,Date made,Seconded by\nUse oak,02/09/2026,Board\n"));
    assert_eq!(below.actions(), TWO);
    assert!(below.reports("its columns are those of a log of decisions"), "{:?}", below.reported);
    let beside = "Action,Lead,Deadline,,Decision,Date made,Seconded by\nFit a lamp,Ann Lee,29/01/2027,,Use oak,02/09/2026,Board\n\
                  Paint the hall,Bo Day,26/02/2027,,Keep the bell,07/10/2026,Board\n";
    let beside = csv(beside);
    assert_eq!(beside.actions(), TWO);
    let columns = beside
        .plan
        .themes
        .iter()
        .flat_map(|t| &t.objectives)
        .flat_map(|o| &o.actions)
        .map(|a| a.extra.0.len());
    assert_eq!(columns.sum::<usize>(), 0);
}

#[test]
fn cells_carry_a_header_that_no_one_knows() {
    let known = "Idea,Next step,Whose hands,No later than";
    for (header, more) in [(known.to_owned(), ""), (format!("{known},Scribbles"), ",soon")] {
        let text = format!(
            "{header}\nLight,Fit a lamp,Ann Lee,29/01/2027{more}\nWalls,Paint the hall,Bo Day,26/02/2027\n"
        );
        assert_eq!(csv(&text).actions(), TWO, "{header}");
    }
}

#[test]
fn labels_at_the_side_need_no_header() {
    let text = ",What,Who,When\nLIGHT,Fit a lamp,Ann Lee,29/01/2027\n,Mend a switch,Bo Day,26/02/2027\nPAINT,Paint the hall,Bo Day,26/03/2027\n\
                ,Prime the doors,Ann Lee,26/04/2027\n";
    let found = csv(text);
    assert_eq!(found.actions()[1], "LIGHT / Mend a switch / Bo Day / 26/02/2027");
    assert_eq!(found.actions()[3], "PAINT / Prime the doors / Ann Lee / 26/04/2027");
}

#[test]
fn a_header_of_paragraphs_is_read_by_its_first_sentences() {
    let text = "<table><tr><td>Area of concern. Use the words in the letter that you had from us this spring.</td>\
                <td>Steps to be taken. Start every step on a fresh line and give each of them a number.</td>\
                <td>Who is responsible? One person only please, and neither a team nor a committee of the home.</td>\
                <td>Timescale: Give a day, a month and a year, and please do not write that it is ongoing.</td></tr>\
                <tr><td>Light</td><td>Fit a lamp</td><td>Ann Lee</td><td>29/01/2027</td></tr>\
                <tr><td>Walls</td><td>Paint the hall</td><td>Bo Day</td><td>26/02/2027</td></tr></table>";
    assert_eq!(found(text, Format::Html).actions(), TWO);
}

#[test]
fn a_row_below_merged_groups_belongs_to_the_header() {
    let text = "<table><tr><td>Ref</td><td>Action</td><td colspan=2>Officer responsible</td><td colspan=2>Dates</td></tr>\
                <tr><td></td><td></td><td>Lead</td><td>Support</td><td>Start</td><td>End</td></tr>\
                <tr><td>1</td><td>Fit a lamp</td><td>Ann Lee</td><td>Estates</td><td>01/01/2027</td><td>29/01/2027</td></tr>\
                <tr><td>2</td><td>Paint the hall</td><td>Bo Day</td><td>Estates</td><td>01/02/2027</td><td>26/02/2027</td></tr></table>";
    assert_eq!(found(text, Format::Html).actions(), TWO);
}

#[test]
fn names_of_cards_are_headings_and_tables_left_out_say_where_they_stand() {
    let card = |name: &str, action: &str| {
        format!(
            "| {name} | |\n|---|---|\n| Action | {action} |\n| Lead | Ann Lee |\n| Due | May 2027 |\n\n"
        )
    };
    let list = "## People\n\n| Name | Role | Email |\n|---|---|---|\n| Jo Lee | Chair | jo@example.org |\n";
    let text = format!(
        "# Hall plan\n\n{}{}{list}",
        card("Change A", "Fit a lamp"),
        card("Change B", "Paint the hall")
    );
    let found = found(&text, Format::Markdown);
    assert_eq!(
        found.actions(),
        [
            "Change A / Fit a lamp / Ann Lee / May 2027",
            "Change B / Paint the hall / Ann Lee / May 2027"
        ]
    );
    let message = "its columns are those of a list of contacts; it stands below “People”; its first row is “Name”, “Role”, “Email”";
    assert!(found.reports(message), "{:?}", found.reported);
}

#[test]
fn review_dates_in_lines_above_the_plan_are_read_and_kept() {
    let text = "# Care plan\n\nReviewed: June 2026\n\nNext review: September 2026\n\nOwner: see below\n\n| Action | Owner | Due |\n|---|---|---|\n| Train staff | Ann Ash | May 2027 |\n";
    let plan = found(text, Format::Markdown).plan;
    let shown = |date: Option<planwright::PartialDate>| {
        date.map(|date| date.to_string()).unwrap_or_default()
    };
    assert_eq!([shown(plan.cycle.reviewed), shown(plan.cycle.next_review)], ["2026-06", "2026-09"]);
    assert!(plan.introduction.plain().contains("Reviewed: June 2026"), "{}", plan.introduction);
}

#[test]
fn comments_on_original_and_revised_dates_are_kept() {
    let page = "<table><tr><th>Action<th>Owner<th>Original date<th>Revised date<tr><td>Train staff<td>Ann Ash\
                <td>31/03/2027<sup>a</sup><td>30/06/2027<sup>b</sup></table><p><sup>a</sup> Set by the board</p><p><sup>b</sup> Agreed in May</p>";
    let plan = found(page, Format::Html).plan;
    let (_, _, action) = plan.actions().next().unwrap();
    assert_eq!(action.target.as_ref().unwrap().due, "2027-06-30".parse().ok());
    let comments: Vec<String> =
        action.notes.iter().map(|note| note.text.plain().into_owned()).collect();
    assert_eq!(comments, ["Set by the board\nAgreed in May"]);
}

#[test]
fn a_table_that_is_no_plan_without_what_stands_beside_it_is_quoted() {
    // found by fuzzing: its own columns alone are no plan, and it was left out in silence
    let source =
        "November 2011 update,Start,Dyddiad targed,Dyddiad targed\n,,,!!,,,,Amend the form\n";
    let imported =
        import(read(source.as_bytes(), Format::Delimited).unwrap(), &ImportOptions::default());
    let quoted: String =
        imported.diagnostics.iter().filter_map(|d| d.left_out.as_deref()).collect();
    assert!(quoted.contains("Amend the form") && quoted.contains("Start"), "{quoted}");
}
