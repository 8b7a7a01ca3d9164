use crate::{Code, Format, ImportOptions, import, read};

#[test]
fn a_number_after_a_month_is_a_day_where_another_can_be_no_year() {
    let due = |second: &str| {
        let csv =
            format!("Action,Owner,Due date\nBuy lamps,Jo Lee,Mar 26\nFit lamps,Sam Roe,{second}\n");
        let imported =
            import(read(csv.as_bytes(), Format::Delimited).unwrap(), &ImportOptions::default());
        let dates: Vec<Option<String>> = imported
            .plan
            .actions()
            .map(|(_, _, action)| Some(action.target.as_ref()?.due?.to_string()))
            .collect();
        (dates, imported.diagnostics.iter().any(|d| d.code == Code::DateWithoutYear))
    };
    assert_eq!(
        due("Apr 27"),
        (vec![Some("2026-03-31".to_owned()), Some("2027-04-30".to_owned())], false)
    );
    assert_eq!(due("Apr 2"), (vec![None, None], true));
}
