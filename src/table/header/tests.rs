use super::*;

fn row(cells: &[&str]) -> Row {
    let cells =
        cells.iter().map(|h| Cell::new(Text::from_plain(h), Place::in_text(1, 1, 0))).collect();
    Row::new(cells, Place::in_text(1, 1, 0))
}

fn fields(headers: &[&str]) -> Vec<Field> {
    let header = TableHeader::of_plan(&[row(headers)], ColumnHints::NONE, HeaderMarking::Unmarked);
    header.map(|h| h.columns.iter().map(|c| c.field).collect()).unwrap_or_default()
}

#[test]
fn what_is_the_objective_only_where_a_column_says_how() {
    assert_eq!(fields(&["What?", "Who?", "How?"]), [Field::Objective, Field::Owner, Field::Action]);
    assert_eq!(fields(&["What?", "Who?", "When?"]), [Field::Action, Field::Owner, Field::Target]);
    assert_eq!(
        fields(&["Recommendation", "Action", "Lead"]),
        [Field::Objective, Field::Action, Field::Owner]
    );
}

#[test]
fn a_second_column_of_the_same_meaning_is_kept_apart() {
    assert_eq!(fields(&["Action", "Lead", "Owner"]), [Field::Action, Field::Extra, Field::Owner]);
    assert_eq!(
        fields(&["Action", "Date", "Target date"]),
        [Field::Action, Field::Extra, Field::Target]
    );
}

#[test]
fn lists_beside_a_plan_are_none() {
    for headers in [
        &["Name", "Title", "Email", "Phone"][..],
        &["Date", "Description", "Version", "Author"],
        &["Colour", "Meaning"],
        &["Completion date", "Reviewed", "Date of next review"],
        &["Status", "Definition"],
    ] {
        assert_eq!(fields(headers), [], "{headers:?}");
    }
}

#[test]
fn header_of_two_rows_is_read_as_one() {
    let upper = row(&["Action", "Responsibility", "", "Timescale", ""]);
    let lower = row(&["", "Lead", "Support", "Start", "End"]);
    let header =
        TableHeader::of_plan(&[upper, lower.clone()], ColumnHints::NONE, HeaderMarking::Unmarked)
            .unwrap();
    let shown: Vec<(&str, Field)> =
        header.columns.iter().map(|c| (c.header.as_str(), c.field)).collect();
    let expected = [
        ("Action", Field::Action),
        ("Responsibility: Lead", Field::Owner),
        ("Responsibility: Support", Field::Extra),
        ("Timescale: Start", Field::Start),
        ("Timescale: End", Field::Target),
    ];
    assert_eq!((header.height, shown.as_slice()), (2, &expected[..]));
    // a title above the table is no part of its header
    let title = row(&["Action plan", "", "", "", ""]);
    assert!(
        TableHeader::of_plan(&[title, lower], ColumnHints::NONE, HeaderMarking::Unmarked).is_none()
    );
}
