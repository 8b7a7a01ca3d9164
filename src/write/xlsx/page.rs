//! How sheets look on paper.

use rust_xlsxwriter::Worksheet;

use super::plan::limited;
use crate::report::Report;

/// A4, as Excel numbers paper.
const A4: u8 = 9;

/// A4 landscape, all columns on a page, the running words and page number in the footer.
pub(super) fn set_up(sheet: &mut Worksheet, report: &Report) {
    sheet
        .set_paper_size(A4)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
        .set_header_footer_scale_with_doc(false)
        .set_footer(footer(report))
        .set_screen_gridlines(false);
}

/// The footer: title and edition at the left, page number at the right, in 255 units together (Excel's limit).
fn footer(report: &Report) -> String {
    let running = &report.running;
    let page = running.page.split("{page}").map(|part| part.split("{pages}").map(literal).collect::<Vec<_>>().join("&N"));
    let page = page.collect::<Vec<_>>().join("&P");
    // the space keeps a number at the start of the words from being read as part of the size
    let footer = |title: usize, edition: usize| {
        format!("&L&8 {}\n {}&R&8 {page}", literal(&limited(&running.title, title)), literal(&limited(&running.edition, edition)))
    };
    let lengths = [(120, 100), (60, 60), (30, 20)];
    let fitting = lengths.iter().map(|(title, edition)| footer(*title, *edition)).find(|f| f.encode_utf16().count() <= 255);
    fitting.unwrap_or_else(|| "&R&8 &P / &N".to_owned())
}

/// Words in which `&` is no instruction.
fn literal(words: &str) -> String {
    words.replace('&', "&&")
}
