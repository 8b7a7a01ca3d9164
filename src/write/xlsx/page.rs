//! How sheets look on paper.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::report::{Report, limited};

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

/// What A4 landscape leaves between the margins, in pixels of 96 to an inch: across, and down less
/// a little for other printers.
const ROOM: (u32, u32) = (1040, 660);
/// How many page breaks Excel allows in a sheet.
const BREAKS: usize = 1023;

/// Where the pages of a long table end, so that an objective is not cut needlessly.
///
/// A program that ignores page breaks when it fits a sheet to the width of a page prints as it
/// would without them.
pub(super) struct PageBreaks {
    /// How high a page is, and the headers that repeat on each, in pixels of the sheet.
    room: u32,
    headers: u32,
    used: u32,
    breaks: Vec<u32>,
}

impl PageBreaks {
    /// Pages of a table of a width, in pixels, below what takes `above` pixels on the first page,
    /// `headers` of them on every page.
    pub(super) fn new(width: u32, above: u32, headers: u32) -> Self {
        let (across, down) = ROOM;
        let room = if width > across {
            u64::from(down) * u64::from(width) / u64::from(across)
        } else {
            down.into()
        };
        Self {
            room: u32::try_from(room).unwrap_or(u32::MAX),
            headers,
            used: above,
            breaks: Vec::new(),
        }
    }

    /// Takes in rows that belong together, of these heights, from `first` on.
    pub(super) fn add(&mut self, first: u32, heights: &[u32]) {
        let all: u32 = heights.iter().sum();
        let fits = |height: u32| self.used.saturating_add(height) <= self.room;
        let cut_for_nothing = !fits(all)
            && self.headers.saturating_add(all) <= self.room
            && self.used > self.room / 2;
        if (!fits(*heights.first().unwrap_or(&0)) || cut_for_nothing) && self.used > self.headers {
            self.breaks.push(first);
            self.used = self.headers;
        }
        for height in heights {
            if self.used.saturating_add(*height) > self.room {
                self.used = self.headers;
            }
            self.used += height;
        }
    }

    /// Sets the breaks; those beyond what Excel allows are left to the program that prints.
    pub(super) fn end(mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        self.breaks.truncate(BREAKS);
        sheet.set_page_breaks(&self.breaks)?;
        Ok(())
    }
}

/// The footer: title and edition at the left, page number at the right, in 255 units together
/// (Excel's limit).
fn footer(report: &Report) -> String {
    let running = &report.running;
    let page = running
        .page
        .split("{page}")
        .map(|part| part.split("{pages}").map(literal).collect::<Vec<_>>().join("&N"));
    let page = page.collect::<Vec<_>>().join("&P");
    // the space keeps a number at the start of the words from being read as part of the size
    let footer = |title: usize, edition: usize| {
        format!(
            "&L&8 {}\n {}&R&8 {page}",
            literal(&limited(&running.title, title)),
            literal(&limited(&running.edition, edition))
        )
    };
    let lengths = [(120, 100), (60, 60), (30, 20)];
    let fitting = lengths
        .iter()
        .map(|(title, edition)| footer(*title, *edition))
        .find(|f| f.encode_utf16().count() <= 255);
    fitting.unwrap_or_else(|| "&R&8 &P / &N".to_owned())
}

/// Words in which `&` is no instruction.
fn literal(words: &str) -> String {
    words.replace('&', "&&")
}
