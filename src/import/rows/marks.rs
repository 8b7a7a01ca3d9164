//! What is reported of marks in cells: struck-out words, and links that mislead.

use crate::address;
use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;
use crate::plan::Field;
use crate::source::Cell;
use crate::table::Column;
use crate::text::Text;

use crate::import::Importer;

impl Importer {
    /// Removes the struck-out words of a cell whose words are kept without their styles.
    pub(super) fn withdrawn(&mut self, cell: Option<&mut Cell>) {
        let Some(cell) = cell else { return };
        let words = cell.value.struck_words();
        if !words.is_empty() {
            cell.value.remove_struck();
            let message = format!("“{words}” is struck out in the source; it was left out");
            self.emit(Diagnostic::new(Code::StruckText, message).at(&cell.place).left_out(words));
        }
    }

    /// Reports links whose words are the address of another host.
    pub(super) fn misleading_links(&mut self, text: &Text, place: &Place) {
        for span in text.blocks.iter().flat_map(|block| &block.spans) {
            let Some(link) =
                span.link.as_deref().filter(|link| address::misleads(&span.text, link))
            else {
                continue;
            };
            let message = format!("the link “{}” leads to another address: {link}", span.text);
            self.emit(
                Diagnostic::new(Code::LinkMisleads, message)
                    .at(place)
                    .help("check where it should lead, and correct the words or the link"),
            );
        }
    }

    /// Reports words that are struck out: in a line of its own, as not every output can strike
    /// them.
    pub(super) fn struck(&mut self, cells: &[Cell], columns: Option<&[Column]>) {
        let filled = || cells.iter().enumerate().filter(|(_, c)| !c.value.is_empty());
        if filled().count() > 1 && filled().all(|(_, cell)| cell.value.is_struck()) {
            let place = filled().map(|(_, cell)| &cell.place).next();
            let message = "the whole row is struck out in the source; it was kept, as struck";
            let diagnostic = Diagnostic::new(Code::StruckText, message)
                .help("if the action was withdrawn, take its row out of the source");
            self.diagnostics.extend(place.map(|place| diagnostic.at(place)));
            return;
        }
        for (i, cell) in filled() {
            let field = columns.and_then(|columns| columns.get(i)).map(|c| c.field);
            let words = cell.value.struck_words();
            // dates, owners and statuses are reported where they are read
            if !words.is_empty()
                && !matches!(field, Some(Field::Target | Field::Owner | Field::Status))
            {
                let message =
                    format!("“{words}” is struck out in the source; it was kept, as struck");
                self.emit(Diagnostic::new(Code::StruckText, message).at(&cell.place));
            }
        }
    }
}
