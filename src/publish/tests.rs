use super::*;
use crate::plan::{Action, Objective, Theme};
use crate::text::Text;

fn published_text(typed: &str) -> Text {
    let plan = Plan { introduction: Text::from_commonmark(typed), ..Plan::default() };
    publish(plan, &PublishOptions::public()).plan().introduction.clone()
}

#[test]
fn addresses_behind_words_go_and_the_words_stay() {
    let cases = [
        ("[ask Jo](mailto:jo@example.org)", "ask Jo"),
        ("see [the form](file:///N:/staff/form.docx) first", "see the form first"),
        ("[the form](forms/form.docx)", "the form"),
        (
            "[ring](tel:01962000000) [01962000000](tel:01962000000)",
            "ring [01962000000](<tel:01962000000>)",
        ),
        ("[log in](https://jo:secret@example.org/)", "log in"),
        ("[the report](https://example.org/a@b)", "[the report](<https://example.org/a@b>)"),
        ("<jo@example.org>", "[jo@example.org](<mailto:jo@example.org>)"),
        ("[the policy](http://intranet/policy)", "the policy"),
        ("<https://example.org/f?token=abc>", "[link removed]"),
        ("see http://10.0.0.1/x now", "see [link removed] now"),
        ("see S:/Teams/HR/rota.docx and/or ask", "see [link removed] and/or ask"),
        ("on //srv01/hr/rota.docx, w/c 5/9/2025", "on [link removed], w/c 5/9/2025"),
        ("intranet/policies or intranet/website", "[link removed] or intranet/website"),
        ("he/she, 24/7, N/A; onenote:///a", "he/she, 24/7, N/A; [link removed]"),
    ];
    for (typed, published) in cases {
        let text = published_text(typed);
        assert_eq!(text.to_commonmark().replace("\\[", "[").replace("\\]", "]"), published);
        assert_eq!(text, Text::from_commonmark(&text.to_commonmark()));
    }
}

#[test]
fn those_who_work_on_the_plan_see_all_of_it() {
    let plan = Plan {
        introduction: Text::from_commonmark("[ask Jo](mailto:jo@example.org) ~~soon~~"),
        ..Plan::default()
    };
    let options = PublishOptions::internal().with_people([Person::new("Jo")]).with_internal(["1"]);
    let published = publish(plan.clone(), &options);
    assert_eq!(
        (published.plan(), published.diagnostics(), published.removed()),
        (&plan, &[][..], &[][..])
    );
}

#[test]
fn a_part_is_for_the_public_only_if_all_of_it_is() {
    use Audience::{Internal, Public};
    for (a, b, both) in [
        (Public, Public, Public),
        (Public, Internal, Internal),
        (Internal, Public, Internal),
        (Internal, Internal, Internal),
    ] {
        assert_eq!(a.narrower(b), both);
    }
    let of =
        |audience| publish(Plan::default(), &PublishOptions::internal().with_audience(audience));
    assert!(
        of(Public).suits(Public)
            && of(Public).suits(Internal)
            && of(Internal).suits(Internal)
            && !of(Internal).suits(Public)
    );
}

#[test]
fn a_plan_without_a_column_of_a_name_says_which_it_has() {
    let action = Action {
        extra: crate::plan::Extra(vec![("Cost".to_owned(), "1".into())]),
        ..Action::default()
    };
    let objective = Objective { actions: vec![action], ..Objective::default() };
    let plan = Plan {
        themes: vec![Theme { objectives: vec![objective], ..Theme::default() }],
        ..Plan::default()
    };
    let published = publish(plan, &PublishOptions::public().with_leave_out(["Costs", "cost"]));
    assert_eq!(published.unmatched_columns(), ["Costs"]);
    assert!(published.plan().actions().all(|(_, _, action)| action.extra.is_empty()));
}
