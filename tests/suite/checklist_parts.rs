//! The checklist reads each part of a workbook as spreadsheet programs write it: kinds of sheets,
//! rows without numbers, filters, conditional formats, drawings, fonts and named styles.

#![allow(clippy::unwrap_used)] // a test that cannot make its workbook has failed

use planwright::Limits;
use planwright::checklist::{ChecklistAnswer, check_workbook};
use rust_xlsxwriter::{
    Button, Chart, ChartType, ConditionalFormatCell, ConditionalFormatCellRule, DocProperties,
    Format, Formula, Image, Note, Url,
};

use crate::checklist::{
    TITLES, dot, failing, fails, fill, gone_through, good, rewritten, sheet, table, wrap,
};

const SHEET: &str = "xl/worksheets/sheet1.xml";

/// The workbook of [`good`] with one part rewritten.
fn good_with(part: &str, rewrite: impl Fn(String) -> String) -> Vec<u8> {
    rewritten(&good().save_to_buffer().unwrap(), part, rewrite)
}

fn answer(bytes: &[u8], row: &str) -> ChecklistAnswer {
    gone_through(bytes).rows.into_iter().find(|one| one.asks == row).unwrap().answer
}

/// That nothing fails but the style of the titles.
fn passes(bytes: &[u8]) {
    let mut failing = failing(bytes);
    failing.retain(|(asks, _)| *asks != TITLES);
    assert_eq!(failing, []);
}

#[test]
fn sheets_are_told_apart_by_their_kinds() {
    let mut book = good();
    let mut chart = Chart::new(ChartType::Bar);
    chart.add_series().set_values("=Actions!$A$4:$A$5");
    book.add_chartsheet().set_name("Progress").unwrap().insert_chart(0, 0, &chart).unwrap();
    fails(&book.save_to_buffer().unwrap(), "Avoid images in spreadsheets", "Progress!A1");

    let with_second = |kind: &str| {
        let mut book = good();
        fill(book.add_worksheet().set_name("Second").unwrap(), "Second title", "Second");
        rewritten(&book.save_to_buffer().unwrap(), "xl/_rels/workbook.xml.rels", |part| {
            part.replace(
                "relationships/worksheet\" Target=\"worksheets/sheet2.xml",
                &format!("relationships/{kind}\" Target=\"worksheets/sheet2.xml"),
            )
        })
    };
    fails(&with_second("xlMacrosheet"), "Remove macros", "the workbook");
    passes(&with_second("dialogsheet"));
}

#[test]
fn what_is_found_is_listed_sheet_by_sheet_and_not_without_end() {
    let mut book = good();
    fill(book.add_worksheet().set_name("More").unwrap(), "More actions", "More");
    for at in 0..2 {
        book.worksheet_from_index(at).unwrap().write(5, 0, "below").unwrap();
    }
    let below = (
        "Avoid putting content below a table",
        vec!["Actions!A6".to_owned(), "More!A6".to_owned()],
    );
    assert!(failing(&book.save_to_buffer().unwrap()).contains(&below));
    // each shorthand that is not explained has a message of its own
    let bytes = sheet(|s| {
        let columns = ["Action", "Owner"]
            .map(|header| rust_xlsxwriter::TableColumn::new().set_header(header));
        s.add_table(10, 0, 200, 1, &table("Others").set_columns(&columns)).unwrap();
        for row in 0..190_u32 {
            let letter = |n: u32| char::from_u32(u32::from('a') + n).unwrap();
            let words = format!("[{}{}q]", letter(row / 20), letter(row % 20));
            s.write_with_format(11 + row, 1, words, &wrap()).unwrap();
        }
        Ok(s)
    });
    let rows = gone_through(&bytes).rows;
    let row = rows.iter().find(|row| row.asks == "Use cells in column A wisely").unwrap();
    assert_eq!(row.findings.len(), MOST);
}

/// How many different findings of one row are listed.
const MOST: usize = 100;

#[test]
fn a_property_with_another_name_is_no_language() {
    let mut book = good();
    book.set_properties(
        &DocProperties::new().set_title("Improvement plan").set_custom_property("Department", "HR"),
    );
    fails(&book.save_to_buffer().unwrap(), "Add document information", "the workbook");
}

#[test]
fn only_titles_and_headers_fail_for_a_sign_at_their_end() {
    let signs = "Do not use symbols or superscript to signpost to notes";
    fails(&sheet(|s| s.write_with_format(2, 1, "Owner*", &wrap())), signs, "Actions!B3");
    let in_body = sheet(|s| s.write_with_format(3, 0, "Audit the records*", &wrap()));
    assert_eq!(answer(&in_body, signs), ChecklistAnswer::ForAPerson);
}

#[test]
fn a_note_in_the_first_column_is_where_it_should_be() {
    let mut book = good();
    let actions = book.worksheet_from_index(0).unwrap();
    actions.write_with_format(3, 0, "Audit the records [note 1]", &wrap()).unwrap();
    let notes = book.add_worksheet().set_name("Notes").unwrap();
    fill(notes, "Notes", "Notes");
    notes.write_with_format(3, 0, "note 1", &wrap()).unwrap();
    passes(&book.save_to_buffer().unwrap());
}

#[test]
fn links_say_where_they_lead() {
    let links = "Links must be accessible";
    let link = |address: &str, words: &str| {
        let mut book = good();
        fill(book.add_worksheet().set_name("Key").unwrap(), "Key to statuses", "Key");
        let url = Url::new(address).set_text(words);
        book.worksheet_from_index(0).unwrap().write_url_with_format(4, 1, &url, &wrap()).unwrap();
        answer(&book.save_to_buffer().unwrap(), links)
    };
    let place = "internal:'Key'!A1";
    assert_eq!(link(place, "Key"), ChecklistAnswer::Passes);
    assert_eq!(link(place, "Key to statuses"), ChecklistAnswer::Passes);
    assert_eq!(link(place, "Statuses"), ChecklistAnswer::ForAPerson);
    assert_eq!(
        link("https://example.org/", "https://example.org/abcdefghij"),
        ChecklistAnswer::ForAPerson
    );
    assert_eq!(
        link("https://example.org/", "https://example.org/abcdefghijk"),
        ChecklistAnswer::Fails
    );
    let formula = Formula::new("=HYPERLINK(\"https://example.org/\", \"the report\")");
    let formula = formula.set_result("the report");
    let by_formula = sheet(|s| s.write_formula_with_format(4, 1, formula.clone(), &wrap()));
    assert_eq!(answer(&by_formula, links), ChecklistAnswer::ForAPerson);
}

#[test]
fn fonts_are_told_by_name_and_by_family() {
    let readable = "Format text to make it accessible";
    let owner = |look: &Format| sheet(|s| s.write_with_format(3, 1, "Lin Ferguson", look));
    fails(&owner(&wrap().set_font_name("Georgia")), readable, "Actions!B4");
    fails(&owner(&wrap().set_font_name("Foo").set_font_family(1)), readable, "Actions!B4");
    passes(&owner(&wrap().set_font_name("Century Gothic")));
    passes(&owner(&wrap().set_font_name("Courier Sans")));
    passes(&owner(&wrap().set_font_size(10)));
}

#[test]
fn rows_and_cells_without_numbers_follow_one_another() {
    let unnumbered = |part: String| {
        let mut part = part;
        for row in 1..=5 {
            part = part.replace(&format!("<row r=\"{row}\""), "<row");
            for column in ["A", "B"] {
                part = part.replace(&format!("<c r=\"{column}{row}\""), "<c");
            }
        }
        part
    };
    let bytes = good_with(SHEET, unnumbered);
    assert_eq!(failing(&bytes), [(TITLES, vec!["Actions!A1".to_owned()])]);
    let below = "<row/><row><c t=\"inlineStr\"><is><t>below</t></is></c></row></sheetData>";
    let bytes = good_with(SHEET, |part| unnumbered(part).replace("</sheetData>", below));
    fails(&bytes, "Avoid putting content below a table", "Actions!A7");
}

#[test]
fn shared_strings_without_words_count() {
    let column_a = "Use cells in column A wisely";
    let strings = "xl/sharedStrings.xml";
    let before =
        |tag: &str| good_with(strings, |part| part.replacen("<si>", &format!("{tag}<si>"), 1));
    passes(&before("<other/>"));
    let places = vec!["Actions!A1".to_owned()];
    let failing = failing(&before("<si/>"));
    assert!(
        failing.iter().any(|(row, at)| *row == column_a && at.starts_with(&places)),
        "{failing:?}"
    );
}

#[test]
fn what_a_sheet_says_of_itself_is_read() {
    let add = |before: &str, tag: &str| {
        good_with(SHEET, |part| part.replacen(before, &format!("{tag}{before}"), 1))
    };
    let filter = add("<pageMargins", "<autoFilter ref=\"A3:B5\"/>");
    fails(&filter, "Avoid adding filters and freeze panes", "Actions!A3");
    let narrow = good_with(SHEET, |part| {
        let (before, rest) = part.split_once("<cols>").unwrap();
        let (_, after) = rest.split_once("</cols>").unwrap();
        format!("{before}{after}").replace("<sheetFormatPr", "<sheetFormatPr defaultColWidth=\"5\"")
    });
    let sensible = "Columns should be a sensible width";
    assert!(failing(&narrow).iter().any(|(row, _)| *row == sensible), "{:?}", failing(&narrow));
    let scrolled =
        good_with(SHEET, |part| part.replace("<sheetView ", "<sheetView topLeftCell=\"A4\" "));
    fails(
        &scrolled,
        "Ensure the cursor is in cell A1 of the first worksheet when doing your final save",
        "Actions!A4",
    );
    let named = good_with("xl/tables/table1.xml", |part| {
        part.replace("displayName=\"Actions\"", "displayName=\"Table3\"")
    });
    fails(&named, "Give tables meaningful names", "Actions!A3");
}

#[test]
fn a_sheet_has_a_limited_number_of_tables() {
    let with_parts = |count: usize| {
        let part = "<tablePart r:id=\"rId1\"/>";
        good_with(SHEET, |sheet| sheet.replace(part, &part.repeat(count)))
    };
    assert!(check_workbook(&with_parts(TABLES), &Limits::default()).is_ok());
    let refused = check_workbook(&with_parts(TABLES + 1), &Limits::default());
    assert!(refused.unwrap_err().is_too_large());
}

/// The most tables of a sheet.
const TABLES: usize = 1000;

#[test]
fn only_conditional_formats_that_fill_are_fills() {
    let filled = "Do not use a background fill";
    let depending = |look: &Format| {
        let rule = ConditionalFormatCellRule::EqualTo("[x]");
        let format = ConditionalFormatCell::new().set_rule(rule).set_format(look);
        sheet(|s| s.add_conditional_format(3, 1, 4, 1, &format))
    };
    fails(&depending(&Format::new().set_background_color("#FFF2CC")), filled, "Actions!B4");
    passes(&depending(&Format::new().set_bold()));
    let picture = Image::new_from_buffer(&dot()).unwrap();
    fails(&sheet(|s| Ok(s.insert_background_image(&picture))), filled, "Actions!A1");
}

#[test]
fn comments_do_not_float_and_buttons_do() {
    passes(&sheet(|s| s.insert_note(3, 1, &Note::new("ask her"))));
    fails(
        &sheet(|s| s.insert_button(6, 3, &Button::new())),
        "Do not use headers and footers, floating text boxes or floating toolbars",
        "Actions!A1",
    );
}

#[test]
fn titles_have_the_style_of_a_heading_by_number_or_by_name() {
    for style in [
        "name=\"Überschrift 1\" xfId=\"0\" builtinId=\"16\"",
        "name=\"Title\" xfId=\"0\"",
        "name=\"Excel Built-in Heading 2\" xfId=\"0\"",
    ] {
        let bytes = good_with("xl/styles.xml", |part| {
            part.replace("name=\"Normal\" xfId=\"0\" builtinId=\"0\"", style)
        });
        assert_eq!(failing(&bytes), [], "{style}");
    }
}

#[test]
fn words_that_do_not_wrap_must_fit_and_rows_must_be_high_enough() {
    let wraps = "Wrap text within cells";
    let plain = Format::new().set_font_name("Arial").set_font_size(12);
    let unwrapped = |words: &str| sheet(|s| s.write_with_format(3, 0, words, &plain));
    passes(&unwrapped("Audit"));
    passes(&unwrapped(&"a b ".repeat(10)));
    fails(&unwrapped("Audit\nAmend"), wraps, "Actions!A4");
    fails(&unwrapped(&"a b ".repeat(12)), wraps, "Actions!A4");
    let in_row = |height: f64| {
        sheet(|s| {
            s.write_with_format(3, 0, "a b ".repeat(33), &wrap()).unwrap();
            s.set_row_height(3, height)
        })
    };
    passes(&in_row(28.0));
    fails(&in_row(26.0), wraps, "Actions!A4");
}
