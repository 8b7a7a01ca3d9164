//! What must hold of whatever is read.

use planwright::leak::{LeakScan, OutputKind, removed};
use planwright::write::{HtmlOptions, csv, html, markdown};
use planwright::{
    Format, ImportOptions, Imported, Limits, Plan, PublishOptions, ReportOptions, import, json,
    publish, read_within, report, review,
};

use crate::document::Laid;

/// Room for small files, and not for much more.
pub(crate) fn limits() -> Limits {
    Limits { unpacked: 8 << 20, cells: 100_000, ..Limits::default() }
}

/// Reads and imports the bytes: there is a plan that its file can hold, or an error with a message.
pub(crate) fn read_and_import(bytes: &[u8], format: Format) -> Option<Imported> {
    match read_within(bytes, format, &limits()) {
        Ok(source) => {
            let imported = import(source, &ImportOptions::default());
            let file = json::write(&publish(imported.plan.clone(), &PublishOptions::internal()))
                .expect("a plan file");
            let again = json::read(file.as_bytes()).expect("what was written can be read");
            let again = json::write(&publish(again, &PublishOptions::internal()));
            assert!(file == again.expect("a plan file"), "read otherwise than written: {file}");
            Some(imported)
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            None
        }
    }
}

/// Reads a document as [`read_and_import`] does, twice, and its public version; no word is lost.
pub(crate) fn read_document(bytes: &[u8], format: Format, document: &Laid) {
    let Some(imported) = read_and_import(bytes, format) else { return };
    assert!(Some(&imported) == read_and_import(bytes, format).as_ref(), "not the same again");
    // packages hold marks as words, and the comments on cells
    let is_package = format == Format::Workbook;
    if is_package || !document.marked {
        let found = texts(&imported);
        let is_lost = |word: &&String| {
            !found.contains(*word) && (is_package || !document.noted.contains(word))
        };
        let lost: Vec<&String> = document.own.iter().filter(is_lost).collect();
        assert!(lost.is_empty(), "lost: {lost:?} of {}", String::from_utf8_lossy(bytes));
    }
    scan_public_version(imported.plan);
}

/// The texts of a plan, and of what messages say was left out of it.
fn texts(imported: &Imported) -> String {
    fn each(value: &serde_json::Value, out: &mut String) {
        match value {
            serde_json::Value::String(text) => {
                out.push_str(text);
                out.push('\n');
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| each(item, out)),
            serde_json::Value::Object(entries) => entries.iter().for_each(|(key, value)| {
                out.push_str(key);
                out.push('\n');
                each(value, out);
            }),
            _ => {}
        }
    }
    let mut out = String::new();
    each(&serde_json::to_value(&imported.plan).expect("a plan"), &mut out);
    imported.diagnostics.iter().filter_map(|one| one.left_out.as_deref()).for_each(|left_out| {
        out.push_str(left_out);
        out.push('\n');
    });
    // CommonMark has the number of a letter where emphasis begins or ends inside a word
    out.replace("&#122;", "z").replace("&#113;", "q")
}

/// Nothing that was removed from the public version is in what is written of it.
pub(crate) fn scan_public_version(plan: Plan) {
    let published = publish(plan.clone(), &PublishOptions::public());
    let removed = removed(&plan, &published);
    if removed.is_empty() {
        return;
    }
    let scan = LeakScan::new(&removed, &[published.plan()], &[]).expect("memory");
    let review = review(&published, "2012-01-31".parse().ok());
    let page =
        html(&report(&published, &review, &ReportOptions::default()), &HtmlOptions::default());
    for (output, kind) in [
        (json::write(&published).expect("a plan file").into_bytes(), OutputKind::Json),
        (markdown(&published).into_bytes(), OutputKind::Markdown),
        (csv(&published).expect("values"), OutputKind::Csv),
        (page.into_bytes(), OutputKind::Html),
    ] {
        let leaks = scan.scan(&output, kind).expect("an output that can be searched");
        let texts: Vec<&str> = leaks.iter().map(|leak| removed[leak.removed].text()).collect();
        assert!(leaks.is_empty(), "{texts:?} in {leaks:?}");
    }
}
