use std::io::Write as _;

use base64::Engine as _;

use super::*;
use crate::text::Text;

fn scan_for(removed: &[&str]) -> LeakScan {
    let removed: Vec<Removed> =
        removed.iter().map(|text| Removed::new(RemovedKind::Comment, *text)).collect();
    LeakScan::new(&removed, &[], &[]).unwrap()
}

fn places(removed: &[&str], output: &[u8], kind: OutputKind) -> Vec<String> {
    scan_for(removed).scan(output, kind).unwrap().into_iter().map(|leak| leak.place).collect()
}

const SECRET: &str = "Off sick until May, says the “lead”";

#[test]
fn a_text_is_found_however_it_is_broken_or_spelt() {
    for shown in [
        "so: off sick until may, says the lead.",
        "off\u{a0}sick un\u{ad}til\nMAY, says the 'lead'",
        "off sick un-\ntil May says\nthe lead",
        "o\u{301}ff sick until Máy, says the lead",
    ] {
        assert_eq!(places(&[SECRET], shown.as_bytes(), OutputKind::Text).len(), 1, "{shown}");
    }
    assert!(places(&[SECRET], b"off sick until Monday", OutputKind::Text).is_empty());
}

#[test]
fn each_sentence_of_a_long_text_is_searched_for() {
    let long = "Seen by the deputy on Tuesday. Zebedee will not return before the summer term, and the governors know of it already.\nTell no one";
    let scan = scan_for(&[long]);
    for part in [
        "zebedee will not return before the summer term and the governors know",
        "SEEN BY THE DEPUTY ON TUESDAY",
    ] {
        assert!(!scan.scan(part.as_bytes(), OutputKind::Text).unwrap().is_empty(), "{part}");
    }
}

#[test]
fn short_and_common_texts_are_searched_for_as_whole_fields() {
    let found =
        |removed: &str, csv: &str| !places(&[removed], csv.as_bytes(), OutputKind::Csv).is_empty();
    assert!(found("JW", "a,JW\n") && !found("JW", "a,the JW school\n"));
    assert!(found("audit", "a,an audit of files\n"), "a word that nothing else uses");
    // words of the interface, and numbers and dates, which every output holds
    for common in ["No update", "3", "30 November 2011", "Overdue", "2 days", "100%"] {
        assert!(!found(common, &format!("a,{common}\n")), "{common}");
    }
}

#[test]
fn an_address_is_found_without_its_scheme() {
    let removed = [
        Removed::new(RemovedKind::Link, "mailto:jo.lee@example.org"),
        Removed::new(RemovedKind::Link, "file:///N:/staff/form.docx"),
    ];
    let scan = LeakScan::new(&removed, &[], &[]).unwrap();
    assert_eq!(
        scan.scan(b"Write to Jo.Lee@example.org, or see N:\\staff\\form.docx", OutputKind::Text)
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn what_the_plan_says_in_its_own_right_is_no_leak() {
    let diagnostics = |words: &str| Text::from_plain(words);
    let plan = Plan {
        introduction: diagnostics("Amend the visiting form"),
        notes: diagnostics("Staff"),
        ..Plan::default()
    };
    let removed = ["amend the visiting form", "staff", "the form that is amended"]
        .map(|text| Removed::new(RemovedKind::Comment, text));
    let scan = LeakScan::new(&removed, &[&plan], &["Ask the governors’ clerk"]).unwrap();
    let leaks = scan
        .scan(b"Amend the visiting form,Staff\nthe form that is amended,", OutputKind::Csv)
        .unwrap();
    assert_eq!(
        leaks.iter().map(|leak| (leak.removed, leak.place.as_str())).collect::<Vec<_>>(),
        [(2, "line 2")]
    );
    let contact = [Removed::new(RemovedKind::Evidence, "ask the governors' clerk")];
    let scan = |also: &[&str]| {
        LeakScan::new(&contact, &[&plan], also)
            .unwrap()
            .scan(b"Ask the governors' clerk", OutputKind::Text)
    };
    assert_eq!(
        (scan(&[]).unwrap().len(), scan(&["Ask the governors’ clerk"]).unwrap().len()),
        (1, 0)
    );
}

#[test]
fn what_is_never_public_is_a_leak_though_the_published_plan_has_it() {
    let note = crate::plan::Note { about: "Owner".to_owned(), text: "Zebedee is away".into() };
    let objective = crate::plan::Objective {
        notes: vec![note],
        evidence: "Minutes".into(),
        ..Default::default()
    };
    let plan = Plan {
        themes: vec![crate::plan::Theme { objectives: vec![objective], ..Default::default() }],
        ..Plan::default()
    };
    let published = crate::publish(plan.clone(), &crate::PublishOptions::public());
    // nothing was removed from the plan that is written
    let scan = LeakScan::new(&removed(&plan, &published), &[&plan], &[]).unwrap();
    let leaks = scan
        .scan(
            crate::json::write(&crate::publish(plan.clone(), &crate::PublishOptions::internal()))
                .unwrap()
                .as_bytes(),
            OutputKind::Json,
        )
        .unwrap();
    assert_eq!(
        leaks.iter().map(|leak| leak.kind).collect::<Vec<_>>(),
        [RemovedKind::Evidence, RemovedKind::Comment]
    );
}

#[test]
fn packed_and_encoded_data_is_opened() {
    let base64 = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
    let zlib = |bytes: &[u8]| {
        crate::compression::compress(bytes, crate::compression::CompressionLevel::Usual)
    };
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("customXml/item1.xml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(b"<a>Off &#115;ick<b/> and<c>off <r>sick</r><r> until May, says the &quot;lead&quot;</r></c></a>").unwrap();
    let package = zip.finish().unwrap().into_inner();
    let json =
        serde_json::json!({ "a": [1, { "b": SECRET }] }).to_string().replace("sick", "\\u0073ick");
    let long =
        format!("{SECRET}. This is long enough to be compressed, and {}", "it repeats ".repeat(9));
    for (kind, output, place) in [
        (OutputKind::Json, json.clone().into_bytes(), "a.1.b"),
        (OutputKind::Package, package.clone(), "customXml/item1.xml"),
        (OutputKind::Html, format!("<p>a</p>\n<!-- {SECRET} -->").into_bytes(), "line 2"),
        (
            OutputKind::Html,
            format!("<p title='{}'>", SECRET.replace("sick", "&#x73;ick")).into_bytes(),
            "line 1",
        ),
        (OutputKind::Html, b"<p>Off <b>si</b>ck until<br>May, says the lead".to_vec(), "line 1"),
        (OutputKind::Html, format!("<script>let a = '{SECRET}'</script>").into_bytes(), "line 1"),
        (
            OutputKind::Html,
            format!("<script type='application/json'>{json}</script>").into_bytes(),
            "line 1 > data, a.1.b",
        ),
        (
            OutputKind::Html,
            format!("<img src='data:text/plain;base64,{}'>", base64(long.as_bytes())).into_bytes(),
            "line 1 > embedded data, line 1",
        ),
        (
            OutputKind::Html,
            b"<a href='data:text/plain,Off%20sick%20until%20May,%20says%20the%20lead'>".to_vec(),
            "line 1",
        ),
        (
            OutputKind::Csv,
            base64(&zlib(long.as_bytes())).into_bytes(),
            "line 1 > embedded data > compressed data, line 1",
        ),
        (
            OutputKind::Csv,
            base64(&package).into_bytes(),
            "line 1 > embedded data > customXml/item1.xml",
        ),
        (
            OutputKind::Calendar,
            b"BEGIN:VEVENT\r\nDESCRIPTION:off si\r\n ck until May\\, says\\nthe lead\r\n".to_vec(),
            "line 2",
        ),
        (
            OutputKind::Markdown,
            b"# P\n\noff *si*ck until  \nMay&#44; says the lead".to_vec(),
            "line 4",
        ),
        (
            OutputKind::Markdown,
            b"[a](https://example.org/off-sick-until-may-says-the-lead)".to_vec(),
            "line 1",
        ),
    ] {
        assert_eq!(
            places(&[SECRET], &output, kind),
            [place],
            "{}",
            String::from_utf8_lossy(&output)
        );
    }
}

#[test]
fn an_output_that_cannot_be_opened_is_an_error() {
    let scan = scan_for(&[SECRET]);
    for (kind, output) in
        [(OutputKind::Pdf, "%PDF-1.7"), (OutputKind::Package, "PK"), (OutputKind::Json, "{\"a\": ")]
    {
        assert!(scan.scan(output.as_bytes(), kind).is_err_and(|e| e.is_unreadable()), "{kind:?}");
    }
    assert!(scan_for(&[]).scan(b"", OutputKind::Pdf).unwrap().is_empty(), "nothing was left out");
}

#[test]
fn a_paragraph_of_the_plan_and_the_address_of_a_section_are_no_leaks() {
    let plan = Plan {
        notes: Text::from_commonmark("First\n\nAgency\n\nActions for the board"),
        ..Plan::default()
    };
    let removed = [
        Removed::new(RemovedKind::Review, "Agency"),
        Removed::new(RemovedKind::Link, "#actions-for-the-board"),
    ];
    let scan = LeakScan::new(&removed, &[&plan], &[]).unwrap();
    assert_eq!(scan.scan(b"Agency\nActions for the board\n", OutputKind::Csv).unwrap(), []);
}

#[test]
fn a_word_is_found_only_as_a_whole_and_a_part_of_a_text_only_if_it_tells_something() {
    let found =
        |removed: &[&str], csv: &str| !places(removed, csv.as_bytes(), OutputKind::Csv).is_empty();
    assert!(found(&["audit"], "a,one audit more\n"));
    assert!(!found(&["audit"], "a,two auditors\n") && !found(&["audit"], "a,the preaudit\n"));
    assert!(!found(&["Zebedee is away. JW"], "a,JW\n"));
    let address = [Removed::new(RemovedKind::Link, "#jw")];
    let scan = LeakScan::new(&address, &[], &[]).unwrap();
    assert_eq!(scan.scan(b"a,JW\n", OutputKind::Csv).unwrap(), []);
}

#[test]
fn cells_and_titles_of_links_in_markdown_are_fields() {
    let found = |source: &str| places(&["JW"], source.as_bytes(), OutputKind::Markdown);
    assert_eq!(found("| a | b |\n|---|---|\n| JW | ~~c~~ |\n"), ["line 3"]);
    assert_eq!(found("[a](https://example.org/ \"JW\")"), ["line 1"]);
    assert_eq!(found("the JW school"), [""; 0]);
}

#[test]
fn a_leak_in_one_line_is_reported_once() {
    let lines = "first\noff sick until May, says the lead\nlast";
    assert_eq!(places(&[SECRET], lines.as_bytes(), OutputKind::Text), ["line 2"]);
    assert_eq!(places(&[SECRET], lines.as_bytes(), OutputKind::Markdown), ["line 3"]);
}

#[test]
fn how_widely_a_text_is_searched_for_depends_on_what_it_tells() {
    let public = PublicCorpus::new(["the board meets each month"].into_iter());
    for (text, expected) in [
        ("", None),
        ("3", None),
        ("30.11.2011", None),
        ("month 3", None),
        ("JW 3", Some(SearchScope::Field)),
        ("JW", Some(SearchScope::Field)),
        ("the board", Some(SearchScope::Field)),
        ("the board meets each", Some(SearchScope::Words)),
        ("audit", Some(SearchScope::Words)),
        ("the audit", Some(SearchScope::Words)),
        ("the auditor", Some(SearchScope::Words)),
        ("Jane Auditor", Some(SearchScope::Anywhere)),
        ("the board of auditors", Some(SearchScope::Anywhere)),
        ("abcdefghijklm", Some(SearchScope::Words)),
        ("abcdefghijklmn", Some(SearchScope::Anywhere)),
        ("case1", Some(SearchScope::Words)),
        ("case12", Some(SearchScope::Anywhere)),
        ("jo@abcd", Some(SearchScope::Anywhere)),
        ("1@ab", Some(SearchScope::Field)),
    ] {
        assert_eq!(reach(text, &SqueezedText::new(text), &[&public]), expected, "{text}");
    }
}

#[test]
fn json_is_searched_as_deep_as_it_can_be_read() {
    let nested = |depth: usize| {
        let json = format!("{}\"{SECRET}\"{}", "[".repeat(depth), "]".repeat(depth));
        scan_for(&[SECRET]).scan(json.as_bytes(), OutputKind::Json).map(|leaks| leaks.len())
    };
    assert_eq!(nested(120).unwrap(), 1);
    assert!(nested(121).is_err());
    // the keys of columns are headers; those of the format are not
    assert_eq!(places(&["JW"], br#"{"extra": {"JW": 1}}"#, OutputKind::Json), ["extra.JW"]);
    assert_eq!(places(&["JW"], br#"{"other": {"JW": 1}}"#, OutputKind::Json), [""; 0]);
    assert_eq!(places(&["case12"], br#"{"case12": true}"#, OutputKind::Json), ["case12"]);
    let calendar = b"SUMMARY:JW\r\nX-NOTE:JW\r\nUID:JW\r\n";
    assert_eq!(places(&["JW"], calendar, OutputKind::Calendar), ["line 1", "line 2"]);
}

#[test]
fn data_is_opened_however_it_is_packed() {
    use flate2::Compression;
    let base64 = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
    let zlib = |bytes: &[u8]| {
        crate::compression::compress(bytes, crate::compression::CompressionLevel::Usual)
    };
    let found = |bytes: &[u8]| places(&[SECRET], base64(bytes).as_bytes(), OutputKind::Csv);
    let long = format!("{SECRET}, while the deputy knows of it and will tell no one else here.");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(long.as_bytes()).unwrap();
    assert_eq!(
        found(&gzip.finish().unwrap()),
        ["line 1 > embedded data > compressed data, line 1"]
    );
    let mut bare = flate2::write::DeflateEncoder::new(Vec::new(), Compression::default());
    bare.write_all(long.as_bytes()).unwrap();
    assert_eq!(found(&bare.finish().unwrap()), ["line 1 > embedded data, line 1"]);
    // what begins like JSON, or like compressed data, and is neither
    for text in [format!("{{ {long}"), format!("x{long}")] {
        let expected = usize::from(!text.starts_with('x'));
        assert_eq!(found(text.as_bytes()).len(), expected, "{text}");
    }
    assert_eq!(found(format!("x {long}").as_bytes()).len(), 1);
    let short = b"Off sick until May, says Jo L.";
    assert_eq!(base64(short).len(), 40);
    assert_eq!(
        places(&["Off sick until May"], base64(short).as_bytes(), OutputKind::Csv),
        ["line 1 > embedded data, line 1"]
    );
    let layers = |count: usize| (0..count).fold(long.clone().into_bytes(), |data, _| zlib(&data));
    assert_eq!(found(&layers(5)).len(), 1);
    assert_eq!(found(&layers(6)).len(), 0, "it stands too deep to be opened");
    let scan = scan_for(&[SECRET]);
    let mut search = OutputSearch::new(&scan);
    search.left = long.len() - 1;
    assert!(open::data(&zlib(long.as_bytes()), "", &mut search).is_err());
    search.left = long.len();
    assert!(open::data(&zlib(long.as_bytes()), "", &mut search).is_ok());
}

#[test]
fn scripts_and_styles_of_a_page_are_technical_and_what_follows_is_content() {
    let found = |page: &str| places(&["JW"], page.as_bytes(), OutputKind::Html).len();
    assert_eq!(found("<style>a</style>JW"), 1);
    assert_eq!(found("<script>a</script><p>JW</p>"), 1);
    assert_eq!(found("<title>JW</title>"), 1);
    assert_eq!(found("<style>JW</style><script>JW</script>"), 0);
}

#[test]
fn a_pdf_inside_another_output_is_opened() {
    let plan = Plan { notes: Text::from_plain(SECRET), ..Plan::default() };
    let plan = crate::publish(plan, &crate::PublishOptions::internal());
    let report = report(&plan, &crate::review(&plan, None), &crate::ReportOptions::default());
    let pages = crate::layout::layout(&report, &crate::layout::LayoutOptions::default());
    let pdf = crate::write::pdf(&pages, &crate::write::PdfOptions::default()).unwrap();
    let encoded = base64::engine::general_purpose::STANDARD.encode(pdf);
    assert!(!places(&[SECRET], encoded.as_bytes(), OutputKind::Csv).is_empty());
}

#[test]
fn words_of_xml_are_divided_by_breaks_and_base64_goes_on_from_cell_to_cell() {
    let package = |part: &str| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("data.xml", zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(part.as_bytes()).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let found = |part: &str| places(&[SECRET], &package(part), OutputKind::Package);
    let broken = "<a><t>so</t><br/><t>off sick until May, says the lead</t><br/><t>so</t></a>";
    assert_eq!(found(broken), ["data.xml"]);
    assert_eq!(found("<a>Off &#115;ick until May, says the lead</a>"), ["data.xml"]);
    assert_eq!(places(&["JW"], &package("<a descr='JW'/>"), OutputKind::Package), ["data.xml"]);
    assert_eq!(places(&["JW"], &package("<a style='JW'/>"), OutputKind::Package), [""; 0]);
    let strings = format!("<sst><si><t>a</t></si><si><t>{SECRET}</t></si></sst>");
    assert_eq!(found(&strings), ["data.xml, string 2"]);
    let letters = base64::engine::general_purpose::STANDARD.encode(format!(
        "{} {SECRET} {}",
        "words of no interest".repeat(2),
        "more of them".repeat(4)
    ));
    let (first, rest) = letters.split_at(68);
    let cells = format!("<a><v>{first}</v><v>{rest}</v><v>end</v></a>");
    assert_eq!(found(&cells), ["data.xml > embedded data, line 1"]);
}
