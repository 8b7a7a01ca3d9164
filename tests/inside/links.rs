//! One policy decides which links are live, and every output shows the same ones.

use std::collections::BTreeSet;

use lopdf::{Document, Object};
use planwright::layout::{LayoutOptions, PlanForm, layout};
use planwright::write::{HtmlOptions, PdfOptions, XlsxOptions};
use planwright::{
    Format, ImportOptions, Plan, PublishOptions, ReportOptions, import, publish, read, report,
    review, write,
};
use scraper::{Html, Selector};

/// Links of the case of misleading links, and more: what each says, and where it leads.
const LINKS: [(&str, &str, bool); 17] = [
    ("the guidance", "https://www.gov.uk@evil.example/guide", false),
    ("the helpline", "tel:01234567890", true),
    ("the page", "https://example.org/ok?a=1#b", true),
    ("the old page", "http://example.org/", true),
    ("the mailbox", "mailto:plans@example.org", true),
    ("the copy", "mailto:plans@example.org?bcc=other@example.org", false),
    ("the script", "javascript:alert(1)", false),
    ("the Script", "JavaScript:alert(2)", false),
    ("the data", "data:text/html,x", false),
    ("the file", "file:///C:/plans/plan.docx", false),
    ("the share", "file://server/share/plan.docx", false),
    ("the drive", "N:/plans/plan.docx", false),
    ("the neighbour", "//example.org/x", false),
    ("the form", "forms/form.docx", false),
    ("https://www.gov.uk", "https://evil.example/a", false),
    ("www.example.org", "https://example.org/shown", true),
    ("jo@example.org", "mailto:other@evil.example", false),
];

/// A plan with each link in each kind of text.
fn plan() -> Plan {
    let links: Vec<String> =
        LINKS.iter().map(|(words, address, _)| format!("[{words}](<{address}>)")).collect();
    let rows: Vec<String> = (1..)
        .zip(&links)
        .map(|(n, link)| {
            format!("| 1.{n} | Read {link} first | Jo Lee | See **{link}** | Sept 2026 |")
        })
        .collect();
    let markdown = format!(
        "# Plan\n\nSee {}.\n\n| Ref | Action | Owner | Success measures | Target date |\n|---|---|---|---|---|\n{}\n",
        links.join(", "),
        rows.join("\n")
    );
    import(read(markdown.as_bytes(), Format::Markdown).unwrap(), &ImportOptions::default()).plan
}

/// Where every action of a PDF that opens an address leads, wherever in the file it stands.
fn addresses_of_pdf(pdf: &[u8]) -> BTreeSet<String> {
    fn collect(object: &Object, found: &mut BTreeSet<String>) {
        match object {
            Object::Dictionary(entries) => {
                for kind in [&b"URI"[..], b"JS", b"F", b"UF", b"Launch"] {
                    match entries.get(kind) {
                        Ok(Object::String(address, _)) if entries.get(b"S").is_ok() => {
                            found.insert(String::from_utf8(address.clone()).unwrap());
                        }
                        _ => {}
                    }
                }
                entries.iter().for_each(|(_, value)| collect(value, found));
            }
            Object::Array(items) => items.iter().for_each(|item| collect(item, found)),
            Object::Stream(stream) => {
                stream.dict.iter().for_each(|(_, value)| collect(value, found));
            }
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    Document::load_mem(pdf)
        .unwrap()
        .objects
        .values()
        .for_each(|object| collect(object, &mut found));
    found
}

fn addresses_of_page(page: &str) -> BTreeSet<String> {
    let page = Html::parse_document(page);
    let links = Selector::parse("[href], [src], [action], [formaction]").unwrap();
    let attributes = page
        .select(&links)
        .flat_map(|element| element.value().attrs().filter(|(name, _)| *name != "class"));
    let addresses = attributes.filter(|(name, value)| {
        ["href", "src", "action", "formaction"].contains(name) && !value.starts_with('#')
    });
    addresses.map(|(_, value)| value.to_owned()).collect()
}

#[test]
fn the_same_links_are_live_in_every_output_and_the_others_are_text() {
    let plan = plan();
    let expected: BTreeSet<String> = LINKS
        .iter()
        .filter(|(_, _, live)| *live)
        .map(|(_, address, _)| (*address).to_owned())
        .collect();
    let plan = publish(plan, &PublishOptions::internal());
    let report = report(&plan, &review(&plan, None), &ReportOptions::default());
    for form in [PlanForm::Table, PlanForm::Cards] {
        let pages = layout(&report, &LayoutOptions { form, ..LayoutOptions::default() });
        let pdf = write::pdf(&pages, &PdfOptions::default()).unwrap();
        assert_eq!(addresses_of_pdf(&pdf), expected, "{form:?}");
        assert!(pages.dump().contains("(javascript:"), "the address stands behind the words");
    }
    for layout in [PlanForm::Table, PlanForm::Cards] {
        let page = write::html(&report, &HtmlOptions { layout, ..HtmlOptions::default() });
        assert_eq!(addresses_of_page(&page), expected, "{layout:?}");
        assert!(page.contains("the share (file://server/share/plan.docx)"));
    }
    let markdown = write::markdown(&plan);
    let links = pulldown_cmark::Parser::new_ext(&markdown, pulldown_cmark::Options::ENABLE_TABLES)
        .filter_map(|event| match event {
            pulldown_cmark::Event::Start(pulldown_cmark::Tag::Link { dest_url, .. }) => {
                Some(dest_url.into_string())
            }
            _ => None,
        });
    assert_eq!(links.collect::<BTreeSet<_>>(), expected);
    let workbook = write::xlsx(&report, &XlsxOptions::default()).unwrap();
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(workbook)).unwrap();
    let mut relations = String::new();
    let names: Vec<String> = parts.file_names().map(|name| name.unwrap().into_owned()).collect();
    for name in names.iter().filter(|name| name.contains("_rels/")) {
        relations += &std::io::read_to_string(parts.by_name(name).unwrap()).unwrap();
    }
    let external = relations.split("<Relationship ").filter(|one| one.contains("\"External\""));
    let targets: BTreeSet<String> = external
        .map(|one| one.split("Target=\"").nth(1).unwrap().split('"').next().unwrap().to_owned())
        .collect();
    // Excel keeps what follows "#" apart, and takes no telephone numbers
    let in_a_sheet: BTreeSet<String> = expected
        .iter()
        .filter(|address| !address.starts_with("tel:"))
        .map(|address| address.split('#').next().unwrap().to_owned())
        .collect();
    assert_eq!(targets, in_a_sheet);
    // the plan itself keeps every address
    let kept = planwright::json::write(&plan).unwrap();
    assert!(LINKS.iter().all(|(_, address, _)| kept.contains(address)));
}

/// The addresses to which the cells of a workbook lead, with the words of these cells.
fn links_of_workbook(bytes: &[u8]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for block in read(bytes, Format::Workbook).unwrap().blocks {
        let planwright::source::Block::Grid(grid) = block else { continue };
        for cell in grid.rows.iter().flat_map(|row| &row.cells) {
            let spans = || cell.value.blocks.iter().flat_map(|block| &block.spans);
            if let Some(link) = spans().find_map(|span| span.link.clone()) {
                found.push((link, cell.value.plain().into_owned()));
            }
        }
    }
    found
}

#[test]
fn a_cell_with_one_link_is_a_link_and_others_show_the_addresses() {
    let long = format!("https://example.org/{}", "x".repeat(2_100));
    let source = format!(
        "# Plan\n\n| Ref | Action | Owner | Target date |\n|---|---|---|---|\n\
         | 1.1 | Read **[the guide](https://example.org/guide)** first | Jo Lee | Sept 2026 |\n\
         | 1.2 | Read [one](https://example.org/1) and [two](https://example.org/2) | Jo Lee | Sept 2026 |\n\
         | 1.3 | Read [a long one]({long}) | Jo Lee | Sept 2026 |\n\
         | 1.4 | Ask [the team](mailto:team@example.org) | Jo Lee | Sept 2026 |\n"
    );
    let imported =
        || import(read(source.as_bytes(), Format::Markdown).unwrap(), &ImportOptions::default());
    let plan = publish(imported().plan, &PublishOptions::internal());
    let report_of = |plan| report(plan, &review(plan, None), &ReportOptions::default());
    let review_book = write::xlsx(&report_of(&plan), &XlsxOptions::default()).unwrap();
    let in_plan = |words: &str| !words.contains("overdue");
    let links: BTreeSet<_> =
        links_of_workbook(&review_book).into_iter().filter(|(_, words)| in_plan(words)).collect();
    let guide = "https://example.org/guide";
    let mailbox = "mailto:team@example.org";
    let expected = [
        (guide.to_owned(), format!("Read the guide ({guide}) first")),
        (mailbox.to_owned(), "Ask the team (mailto:team@example.org)".to_owned()),
    ];
    assert_eq!(links, expected.into_iter().collect());
    let plan = publish(imported().plan, &PublishOptions::public());
    let published =
        write::xlsx_published(&report_of(&plan), &write::PublishedOptions::default()).unwrap();
    let links: Vec<_> = links_of_workbook(&published)
        .into_iter()
        .filter(|(address, _)| !address.starts_with('#'))
        .collect();
    assert_eq!(links, [(guide.to_owned(), "Read the guide first".to_owned())]);
    let words: String = read(&published, Format::Workbook)
        .unwrap()
        .blocks
        .iter()
        .filter_map(|block| match block {
            planwright::source::Block::Grid(grid) => Some(grid),
            _ => None,
        })
        .flat_map(|grid| &grid.rows)
        .flat_map(|row| &row.cells)
        .map(|cell| cell.value.plain().into_owned())
        .collect();
    assert!(words.contains("one (https://example.org/1) and two (https://example.org/2)"));
    assert!(words.contains(&format!("a long one ({long})")));
}

/// Addresses that are not for the public, each with a word by which it is found.
const SECRET: [&str; 20] = [
    "https://user:SECRET@example.org/",
    "www.example.org/?token=SECRET",
    "example.org/?token=SECRET",
    "intranet.example.org/SECRET",
    "S:\\\\Teams\\\\SECRET plans\\\\SECRET.docx",
    "\\\\\\\\server\\\\share\\\\SECRET",
    "file:///c:/SECRET",
    "https://example.org/go?url=http%3A%2F%2Fintranet%2FSECRET",
    "https://example.org/go?redirect=https%253A%252F%252Fb.example%252F%253Ftoken%253DSECRET",
    "https://archive.example.org/2020/http://intranet/SECRET",
    "https://example.org/f/eyJhbGciOiJIUzI1NiJ9.eyJTRUNSRVQiOjF9.SECRETdozjgNryP4J3jVmN",
    "https://example.org/l/19%3ameeting_NTc4ZDdhNzItYzA4Ni00YjE4LTk0ZDItSECRET%40thread.v2/0",
    "https://meet.example.org/j/123456789?pwd=SECRET",
    "https://meet.example.org/3456789?p=Rk9v3xT1sXbKk2TzSECRET",
    "https://example.org/reset/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08?SECRET",
    "https://s3.example.org/b?X-Amz-Date=20260101&X-Amz-Signature=SECRET",
    "https://blob.example.org/c?sv=2020&se=2026-01-01&sig=SECRET",
    "https://example.org/#access_token=SECRET",
    "http://10.0.0.7/SECRET",
    "https://council.sharepoint.com/sites/SECRET",
];

/// Addresses that are for the public.
const PUBLIC: [&str; 6] = [
    "https://www.gov.uk/government/publications/working-together-to-safeguard-children--2",
    "https://example.org/docs/3f2504e0-4f89-11d3-9a0c-0305e82c3301/plan-2026-03-01.pdf",
    "https://example.org/a/b/commit/a94a8fe5",
    "https://assets.example.org/media/5a7b9f3de5274a34770eb9f6/Annual_Report_2025-26_v2.pdf",
    "https://democracy.example.org/ieListDocuments.aspx?CId=134&MId=8523&Ver=4",
    "https://example.org/go?url=https%3A%2F%2Fwww.gov.uk%2Fguidance",
];

#[test]
fn no_public_output_holds_a_secret_address_and_each_holds_the_others() {
    let row = |(n, address): (usize, &&str)| {
        let link = format!("[the page](<{}>)", address.replace("\\\\", "\\"));
        format!("| 1.{n} | See {address} now | Jo Lee | Sept 2026 | {link} |\n")
    };
    let rows: String = (1..).zip(SECRET.iter().chain(&PUBLIC)).map(row).collect();
    let source = format!(
        "# Plan\n\n| Ref | Action | Owner | Target date | Comments |\n|---|---|---|---|---|\n{rows}"
    );
    let imported =
        import(read(source.as_bytes(), Format::Markdown).unwrap(), &ImportOptions::default());
    let plan = publish(imported.plan, &PublishOptions::public());
    let report = report(&plan, &review(&plan, None), &ReportOptions::default());
    let parts_of = |book: Vec<u8>| {
        let mut parts = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
        let count = parts.len();
        let read = |i| std::io::read_to_string(parts.by_index(i).unwrap()).unwrap_or_default();
        (0..count).map(read).collect::<String>().replace("&amp;", "&")
    };
    let published = write::xlsx_published(&report, &write::PublishedOptions::default()).unwrap();
    let outputs = [
        ("json", planwright::json::write(&plan).unwrap()),
        ("markdown", write::markdown(&plan)),
        ("csv", String::from_utf8(write::csv(&plan).unwrap()).unwrap().replace("&amp;", "&")),
        ("html", write::html(&report, &HtmlOptions::default()).replace("&amp;", "&")),
        ("xlsx", parts_of(write::xlsx(&report, &XlsxOptions::default()).unwrap())),
        ("published xlsx", parts_of(published)),
        ("pdf", layout(&report, &LayoutOptions::default()).dump()),
    ];
    for (output, text) in &outputs {
        assert!(!text.contains("SECRET"), "{output}: {text}");
        assert!(!text.contains("9f86d081884c7d65"), "{output}");
        assert!(text.contains("link removed"), "{output}");
    }
    for (output, text) in outputs.iter().filter(|(output, _)| *output != "pdf") {
        for address in PUBLIC {
            assert!(text.contains(address), "{output}: {address}");
        }
    }
}
