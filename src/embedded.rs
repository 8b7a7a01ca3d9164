//! The plan that an output of ours carries, read back from it.
//!
//! A PDF that [`write::pdf`](crate::write::pdf) was given the plan for has it attached as a plan
//! file; a workbook has it in a hidden sheet, a web page in a block of data. What else a PDF or
//! page holds is not looked at: it says how a plan was shown, not what it is.
//!
//! # What guards the reading
//!
//! A PDF may come from anywhere, and libraries that read whole PDFs can be made to fill the memory
//! or the stack by a file of a few hundred bytes, with references that go round in circles and
//! tables that announce more than there is. So the PDF is not read as a whole. A stream cannot be
//! compressed into another object (ISO 32000-1, 7.5.7), so that the beginning of each attached file
//! stands in the open, whichever program saved the PDF last. That beginning is looked for, from the
//! end of the file, since what was saved last stands last. No reference is followed. How many
//! beginnings are tried, how long each may be and how deep it may go are fixed; what is unpacked of
//! all of them together stays within [`Limits::unpacked`].

mod attachment;
mod block;
mod filled;
mod sheet;
mod written;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::error::{Error, ErrorKind};
use crate::json;
use crate::limits::Limits;
use crate::plan::Plan;
use crate::read::within_size;

use attachment::UnpackError;

pub(crate) use block::{FILLED, ID as BLOCK, data as block_data};
pub use filled::{FilledAnswer, ReturnedWorkbook, read_workbook};
pub use sheet::Embedding;
pub(crate) use sheet::{NAME as SHEET, cells as sheet_cells};

/// How far into a file its header may begin (PDF Reference 1.7, appendix H, note 13).
const HEADER_WITHIN: usize = 1024;

/// How near the end of a file its last line must be (PDF Reference 1.7, appendix H, note 18).
const END_WITHIN: usize = 1024;

/// What a person can do who has only the PDF.
const OTHER_WAYS: &str = "give the spreadsheet or document that the PDF was made from; if there is none any more, turn the PDF into \
     markdown or a workbook with a converter (one that reads scans, if its pages are pictures), look it through, and give that";

/// What a person can do whose PDF was damaged on its way.
const FETCH_AGAIN: &str =
    "fetch the PDF again from where it came from, or give what it was made from";

/// Reads the plan that a PDF of ours carries, within the default [`Limits`].
///
/// ```
/// use planwright::layout::{LayoutOptions, layout};
/// use planwright::write::{PdfOptions, pdf};
/// use planwright::{Plan, PublishOptions, ReportOptions, embedded, publish, report, review};
///
/// let plan = publish(Plan { title: "Improvement plan".to_owned(), ..Plan::default() }, &PublishOptions::internal());
/// let report = report(&plan, &review(&plan, None), &ReportOptions::default());
/// let options = PdfOptions { plan: Some(&plan), ..PdfOptions::default() };
/// let bytes = pdf(&layout(&report, &LayoutOptions::default()), &options)?;
/// assert_eq!(&embedded::read_pdf(&bytes)?, plan.plan());
/// # Ok::<(), planwright::Error>(())
/// ```
///
/// # Errors
///
/// If the bytes are no PDF, or one that carries no plan ([`Error::is_unsupported`]), is encrypted
/// ([`Error::is_protected`]) or damaged, or goes beyond a limit; if the plan file in it has a
/// version, key or value that this library does not know.
pub fn read_pdf(bytes: &[u8]) -> Result<Plan, Error> {
    read_pdf_within(bytes, &Limits::default())
}

/// Reads the plan that a PDF of ours carries, within limits of the caller's: those of all bytes,
/// and of the bytes unpacked.
///
/// # Errors
///
/// As for [`read_pdf`].
pub fn read_pdf_within(bytes: &[u8], limits: &Limits) -> Result<Plan, Error> {
    within_size(bytes, limits)?;
    let head = &bytes[..bytes.len().min(HEADER_WITHIN)];
    if !head.windows(5).any(|w| w == b"%PDF-") {
        return Err(Error::new(ErrorKind::Unreadable, "this is not a PDF").help(
            "check that it is the right file; if it is of another kind, give it its own extension",
        ));
    }
    let mut left = limits.unpacked;
    let (mut attached, mut trouble) = (0, None);
    for file in attachment::last_first(bytes) {
        attached += 1;
        match file.unpacked(left) {
            Ok(unpacked) if is_plan_file(&unpacked) => return plan(&unpacked),
            Ok(unpacked) => left -= unpacked.len().min(left),
            Err(met) => trouble = trouble.or(Some(met)),
        }
    }
    Err(match trouble {
        _ if attachment::is_encrypted(bytes) => Error::new(ErrorKind::Protected, "this PDF is encrypted, and nothing in it can be read")
            .help("open it and save it without a password and without restrictions, or give what it was made from"),
        Some(UnpackError::TooLarge) => {
            let message =
                format!("what is attached to this PDF is more than {} MB once unpacked, the most that is read", limits.unpacked >> 20);
            Error::new(ErrorKind::TooLarge, message).help("check that it is the right file")
        }
        Some(UnpackError::Damaged) => Error::new(ErrorKind::Unreadable, "what is attached to this PDF is damaged").help(FETCH_AGAIN),
        None if attached > 0 => Error::new(ErrorKind::Unsupported, "no file that is attached to this PDF is a plan").help(OTHER_WAYS),
        None if !bytes[bytes.len().saturating_sub(END_WITHIN)..].windows(5).any(|w| w == b"%%EOF") => {
            Error::new(ErrorKind::Unreadable, "this PDF is cut short: its end is missing").help(FETCH_AGAIN)
        }
        None => Error::new(
            ErrorKind::Unsupported,
            "this PDF carries no plan: only those that planwright wrote do, until another program prints or shrinks them",
        )
        .help(OTHER_WAYS),
    })
}

/// Reads the plan that a web page of ours carries, and what was filled in on it; none if the page
/// carries no plan.
///
/// ```
/// use planwright::embedded::{self, Embedding};
/// use planwright::write::{HtmlOptions, html};
/// use planwright::{Limits, Plan, PublishOptions, ReportOptions, publish, report, review};
///
/// let plan = publish(Plan { title: "Improvement plan".to_owned(), ..Plan::default() }, &PublishOptions::internal());
/// let carries = Some(Embedding { plan: &plan, as_of: None, return_of: None, language: planwright::Language::English });
/// let report = report(&plan, &review(&plan, None), &ReportOptions::default());
/// let page = html(&report, &HtmlOptions { carries, ..HtmlOptions::default() });
/// assert_eq!(embedded::read_page(page.as_bytes(), &Limits::default())?.map(|page| page.plan).as_ref(), Some(plan.plan()));
/// # Ok::<(), planwright::Error>(())
/// ```
///
/// # Errors
///
/// If the block in which the plan stands is damaged, is of a version that this library does not
/// know, or goes beyond a limit: that of all bytes, or of the bytes unpacked.
pub fn read_page(bytes: &[u8], limits: &Limits) -> Result<Option<ReturnedWorkbook>, Error> {
    within_size(bytes, limits)?;
    let Some(embedded) = block::read(bytes, limits).transpose()? else { return Ok(None) };
    let (filled_in, place) = block::filled(bytes, limits)?;
    Ok(Some(filled::of_page(embedded, filled_in, &place)))
}

/// Whether a file is a plan file, of whatever version, rather than another file that someone
/// attached.
fn is_plan_file(bytes: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct ScriptElement {
        #[serde(rename = "planwright")]
        _version: IgnoredAny,
    }
    serde_json::from_slice::<ScriptElement>(bytes).is_ok()
}

fn plan(file: &[u8]) -> Result<Plan, Error> {
    json::parse(file).map_err(|(fault, _)| {
        Error::new(ErrorKind::Unreadable, format!("the plan attached to this PDF cannot be read: {fault}"))
            .help("read it with the planwright that wrote it, or a newer one, or give what the PDF was made from")
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    /// A PDF as far as it is looked at: files attached with these entries.
    fn pdf(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = b"%PDF-1.7\n".to_vec();
        for (entries, data) in files {
            out.extend_from_slice(
                format!("7 0 obj\n<</Type/EmbeddedFile{entries}>>\nstream\r\n").as_bytes(),
            );
            out.extend_from_slice(data);
            out.extend_from_slice(b"\nendstream\nendobj\n");
        }
        out.extend_from_slice(
            b"8 0 obj\n<</Names<</EmbeddedFiles 9 0 R>>>>\nendobj\nstartxref\n0\n%%EOF\n",
        );
        out
    }

    fn packed(data: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn plan_file(title: &str) -> Vec<u8> {
        json::write_close(&Plan { title: title.to_owned(), ..Plan::default() }).unwrap()
    }

    #[test]
    fn what_was_saved_last_counts() {
        let (old, new) = (plan_file("Old"), plan_file("New"));
        assert_eq!(read_pdf(&pdf(&[("", &old), ("", &new)])).unwrap().title, "New");
        let beside = [
            ("/Subtype/application#2Fjson", new.as_slice()),
            ("", b"{\"minutes\": []}"),
            ("/Length 99999", b"Minutes"),
        ];
        assert_eq!(read_pdf(&pdf(&beside)).unwrap().title, "New");
    }

    #[test]
    fn the_length_is_taken_from_where_it_stands() {
        let file = plan_file("endstream");
        let exact = format!("/Length {}", file.len());
        assert_eq!(read_pdf(&pdf(&[(&exact, &file)])).unwrap().title, "endstream");
        let file = plan_file("Plan");
        for entries in [
            "",
            "/Subtype/application#2Foctet-stream",
            "/Length 12 0 R",
            "/Length 3",
            "/Length -1",
            "/Length 99999999999",
        ] {
            assert_eq!(read_pdf(&pdf(&[(entries, &file)])).unwrap().title, "Plan", "{entries}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_apart() {
        let diagnostics = |bytes: &[u8]| read_pdf(bytes).unwrap_err();
        assert!(diagnostics(b"PK\x03\x04").is_unreadable());
        assert!(diagnostics(&pdf(&[])).is_unsupported());
        assert!(diagnostics(b"%PDF-1.7\n1 0 obj\n<</Type/Cata").to_string().contains("cut short"));
        let other = diagnostics(&pdf(&[("", b"{\"title\": \"planwright\"}")]));
        assert!(other.is_unsupported() && other.to_string().starts_with("no file"), "{other}");
        for entries in [
            "/Filter/FlateDecode",
            "/Filter/LZWDecode",
            "/DecodeParms<<>>",
            "/Filter[/FlateDecode/FlateDecode/FlateDecode]",
        ] {
            let damaged = diagnostics(&pdf(&[(entries, b"{}")]));
            assert!(
                damaged.is_unreadable() && damaged.to_string().contains("damaged"),
                "{entries}: {damaged}"
            );
        }
        let mut encrypted = pdf(&[("/Filter/FlateDecode", b"\x81\x03")]);
        encrypted.extend_from_slice(b"trailer\n<</Encrypt 3 0 R>>\n");
        assert!(diagnostics(&encrypted).is_protected());
        let newer = diagnostics(&pdf(&[("", b"{\"planwright\": 2, \"mood\": 1}")]));
        assert!(newer.to_string().contains("plan file version 2 is not known here"), "{newer}");
    }

    #[test]
    fn limits_hold_for_all_that_is_attached_together() {
        let (file, limits) =
            (plan_file("Plan"), |unpacked| Limits { unpacked, ..Limits::default() });
        let with_others = |n: usize| {
            pdf(&[vec![("", file.as_slice())], vec![("", b"{\"minutes\": []}".as_slice()); n]]
                .concat())
        };
        assert!(read_pdf_within(&with_others(0), &limits(file.len() + 1)).is_ok());
        assert!(
            read_pdf_within(&with_others(1), &limits(file.len() + 1)).unwrap_err().is_too_large()
        );
        assert!(
            read_pdf_within(&with_others(0), &Limits { bytes: 100, ..Limits::default() })
                .unwrap_err()
                .is_too_large()
        );
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let once = packed(&vec![b' '; 20 << 20]);
        let twice = packed(&once);
        for (entries, data) in
            [("/Filter/FlateDecode", once), ("/Filter[/FlateDecode/FlateDecode]", twice)]
        {
            let limits = Limits { unpacked: 1 << 20, ..Limits::default() };
            assert!(
                read_pdf_within(&pdf(&[(entries, &data)]), &limits).unwrap_err().is_too_large(),
                "{entries}"
            );
        }
    }
}
