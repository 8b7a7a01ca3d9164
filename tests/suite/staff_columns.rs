//! Columns that those who work on a plan write for each other are in no output of the public
//! version, whatever they were read as.

#![allow(clippy::unwrap_used, reason = "a test has failed if there is nothing")]

use crate::publish::outputs_of;
use crate::publisher::assert_nowhere;
use crate::whole;

use planwright::{Format, ImportOptions, PublishOptions, Published, import, publish, read};

/// A plan with a column of this header behind others.
fn published(header: &str, before: &str) -> Published {
    let measures = if before.is_empty() { "" } else { "All in post," };
    let table = format!(
        "Ref,Action,Owner,Target date,Status,Update,{before}\"{header}\"\n\
         1,Recruit two school nurses,Head of Health,30/09/2025,On track,Adverts in June,{measures}Zqone candidate withdrew after grievance\n\
         2,Review the fire policy,Estates Manager,31/10/2025,At risk,Draft is ready,{measures}Zqtwo contractor is being sued\n"
    );
    let source = read(table.as_bytes(), Format::Delimited).unwrap();
    publish(import(source, &ImportOptions::default()).plan, &PublishOptions::public())
}

#[test]
fn columns_for_those_who_work_on_the_plan_are_not_published() {
    for header in [
        "Internal notes",
        "Notes (internal)",
        "Confidential comments",
        "Officer comments (not for publication)",
        "Sensitive",
        "Restricted",
        "Reviewer's notes",
        "Evidence link",
        "How will we know? (evidence)",
    ] {
        for before in ["", "Success measures,"] {
            let public = published(header, before);
            assert_nowhere(&outputs_of(&public), &["Zqone", "Zqtwo"]);
            let plan = whole::json(public.plan()).unwrap();
            for kept in ["Adverts in June", "Draft is ready", "at-risk", "Recruit two"] {
                assert!(plan.contains(kept), "{header}: {kept}");
            }
            let said = public.diagnostics().iter().map(|found| found.message.as_str());
            let of_columns = "1 column was removed from the public version";
            assert_eq!(said.filter(|said| *said == of_columns).count(), 1, "{header}");
        }
    }
}

#[test]
fn columns_with_such_words_and_another_meaning_are_published() {
    for (header, before) in [
        ("Internal audit recommendation", ""),
        ("Evidence of impact measures", ""),
        ("Notes", "Success measures,"),
        ("Private sector updates", ""),
    ] {
        let plan = whole::json(published(header, before).plan()).unwrap();
        assert!(plan.contains("Zqone") && plan.contains("Zqtwo"), "{header}");
    }
}
