//! Links to web pages and mailboxes.
//!
//! A cell of a sheet is one link or none: a text with exactly one link makes its cell that link, and
//! in all texts the addresses stand behind the words. Excel takes no more than 65,530 links in a
//! sheet and 2,080 characters in an address; beyond that, words remain.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use rust_xlsxwriter::{Url, Worksheet};

/// How many links a sheet may have; its contents have some too.
const MAX_LINKS: usize = 65_000;
/// The most characters of an address.
const MAX_ADDRESS: usize = 2_080;

/// The links of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum TextLinks {
    /// It has none.
    #[default]
    None,
    /// All of them lead to one address.
    One(String),
    /// They lead to several addresses.
    Several,
}

impl TextLinks {
    /// Adds a link.
    pub(super) fn add(&mut self, address: &str) {
        match self {
            Self::None => *self = Self::One(address.to_owned()),
            Self::One(known) if known == address => {}
            Self::One(_) | Self::Several => *self = Self::Several,
        }
    }

    /// The address to which all links lead.
    pub(super) fn address(&self) -> Option<String> {
        match self {
            Self::One(address) => Some(address.clone()),
            Self::None | Self::Several => None,
        }
    }

    /// The address that the cell of the text leads to, if Excel takes it.
    pub(super) fn url(&self) -> Option<Url> {
        let Self::One(address) = self else { return None };
        let (scheme, _) = address.split_once(':')?;
        let is_known =
            ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        // what the writing library escapes takes three characters
        let escaped = address.bytes().filter(|b| b" \"<>[]^`{}\\".contains(b)).count();
        // a scheme in capitals is unknown to it
        let address = format!("{}{}", scheme.to_ascii_lowercase(), &address[scheme.len()..]);
        (is_known && address.len() + 2 * escaped <= MAX_ADDRESS).then(|| Url::new(address))
    }
}

/// How many links each sheet has.
#[derive(Debug, Default)]
pub(super) struct LinkCounts {
    sheets: RefCell<HashMap<String, usize>>,
    left_out: Cell<usize>,
}

impl LinkCounts {
    /// Counts a link of a sheet; false if the sheet has as many as it can have.
    pub(super) fn add(&self, sheet: &Worksheet) -> bool {
        let mut sheets = self.sheets.borrow_mut();
        let count = sheets.entry(sheet.name()).or_default();
        if *count >= MAX_LINKS {
            self.left_out.set(self.left_out.get() + 1);
            return false;
        }
        *count += 1;
        true
    }

    /// How many links have become words.
    pub(super) fn left_out(&self) -> usize {
        self.left_out.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_excel_takes_is_a_link() {
        let takes = |addresses: &[&str]| {
            let mut links = TextLinks::default();
            for address in addresses {
                links.add(address);
            }
            links.url().is_some()
        };
        let long = |length: usize| format!("https://a.uk/{}", "x".repeat(length - 13));
        assert!(takes(&["https://a.uk/"]));
        assert!(takes(&["https://a.uk/", "https://a.uk/"]));
        assert!(takes(&["HTTPS://a.uk/"]));
        assert!(takes(&["mailto:jo@a.uk"]));
        assert!(takes(&[&long(2_080)]));
        assert!(!takes(&[&long(2_081)]));
        assert!(!takes(&["tel:01234567890"]));
        assert!(!takes(&["https://a.uk/", "https://b.uk/"]));
        assert!(!takes(&[]));
    }

    #[test]
    fn a_sheet_has_no_more_links_than_it_can_have() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let links = LinkCounts::default();
        let first = book.add_worksheet();
        assert!((0..MAX_LINKS).all(|_| links.add(first)));
        assert!(!links.add(first));
        assert!(links.add(book.add_worksheet()));
        assert_eq!(links.left_out(), 1);
    }
}
