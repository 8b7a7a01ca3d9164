//! Words that people hide by colour, format, size or style: none is in a public output, all are
//! reported to those who work on the plan and read when asked for, and what only looks like it is
//! published.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::cli::{run, said};
use crate::publish::outputs_of;
use crate::publisher::assert_nowhere;
use crate::whole;

use planwright::{Code, Format, ImportOptions, Imported, PublishOptions, import, publish, read};

fn imported(source: &[u8], format: Format, include_hidden: bool) -> Imported {
    let options = ImportOptions { include_hidden, ..ImportOptions::default() };
    import(read(source, format).unwrap(), &options)
}

/// Checks that the words beginning with “Zq” are hidden, and those beginning with “Seen” are not.
fn assert_hidden(source: &[u8], format: Format, described: &str) {
    let words = |start: &str| -> Vec<String> {
        let all = described.split(|c: char| !c.is_alphanumeric());
        all.filter(|word| word.starts_with(start)).map(str::to_owned).collect()
    };
    let (hidden, seen) = (words("Zq"), words("Seen"));
    assert!(!hidden.is_empty() && !seen.is_empty());
    let plan = imported(source, format, false);
    let left_out: String =
        plan.diagnostics.iter().filter_map(|found| found.left_out.as_deref()).collect();
    for word in &hidden {
        assert!(left_out.contains(word.as_str()), "{word} is not reported");
    }
    let public = publish(plan.plan, &PublishOptions::public());
    let hidden: Vec<&str> = hidden.iter().map(String::as_str).collect();
    assert_nowhere(&outputs_of(&public), &hidden);
    let published = whole::json(public.plan()).unwrap();
    for word in &seen {
        assert!(published.contains(word.as_str()), "{word} is not published");
    }
    let asked_for = whole::json(&imported(source, format, true).plan).unwrap();
    for word in hidden {
        assert!(asked_for.contains(word), "{word} is lost");
    }
}

fn zipped(parts: &[(&str, String)]) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        package.start_file(*name, SimpleFileOptions::default()).unwrap();
        package.write_all(part.as_bytes()).unwrap();
    }
    package.finish().unwrap().into_inner()
}

/// Fonts: 1 white, 2 black, 3 red, 4 of one point, 5 in the theme's light colour, 6 grey.
const FONTS: &str = "<font/><font><color rgb='FFFFFFFF'/></font><font><color rgb='FF000000'/></font>\
    <font><color rgb='FFFF0000'/></font><font><sz val='1'/></font>\
    <font><color theme='0' tint='-0.03'/></font><font><color rgb='FF999999'/></font>";

/// Fills: 1 black, 2 red, 3 navy, 4 pale grey.
const FILLS: &str = "<fill/><fill><patternFill patternType='solid'><fgColor rgb='FF000000'/></patternFill></fill>\
    <fill><patternFill patternType='solid'><fgColor rgb='FFFF0000'/></patternFill></fill>\
    <fill><patternFill patternType='solid'><fgColor rgb='FF000080'/></patternFill></fill>\
    <fill><patternFill patternType='solid'><fgColor rgb='FFF2F2F2'/></patternFill></fill>";

const CONTENT_TYPES: &str = "<Types><Override PartName='/xl/workbook.xml' \
    ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/></Types>";

/// A workbook of a sheet, and of another that may be hidden. The styles of cells are given as their
/// font, fill and number format.
fn workbook(styles: &[(u8, u8, u8)], sheet: &str, second: Option<(&str, &str)>) -> Vec<u8> {
    let xfs: Vec<String> = styles
        .iter()
        .map(|(font, fill, format)| {
            format!("<xf fontId='{font}' fillId='{fill}' numFmtId='{format}'/>")
        })
        .collect();
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id='{id}' Type='{office}/{kind}' Target='{target}'/>")
    };
    let (name, cells) = second.unwrap_or(("Other", ""));
    zipped(&[
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        (
            "_rels/.rels",
            format!(
                "<Relationships>{}</Relationships>",
                relation("r1", "officeDocument", "xl/workbook.xml")
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook><sheets><sheet name='Plan' r:id='r1'/><sheet name='{name}' state='hidden' r:id='r3'/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships>{}{}{}</Relationships>",
                relation("r1", "worksheet", "worksheets/sheet1.xml"),
                relation("r2", "styles", "styles.xml"),
                relation("r3", "worksheet", "worksheets/sheet2.xml"),
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet><numFmts><numFmt numFmtId='100' formatCode='[White]@'/>\
                 <numFmt numFmtId='101' formatCode=';;;'/><numFmt numFmtId='102' formatCode='[Color 2]0;0'/>\
                 <numFmt numFmtId='103' formatCode='[Red]@'/></numFmts>\
                 <fonts>{FONTS}</fonts><fills>{FILLS}</fills><cellXfs>{}</cellXfs>\
                 <dxfs><dxf><font><color rgb='FFFFFFFF'/></font></dxf><dxf><font><color rgb='FFFF0000'/></font>\
                 <fill><patternFill><bgColor rgb='FFFF0000'/></patternFill></fill></dxf>\
                 <dxf><font><strike/></font></dxf></dxfs></styleSheet>",
                xfs.concat()
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet>{sheet}</worksheet>")),
        (
            "xl/worksheets/sheet2.xml",
            format!("<worksheet><sheetData>{cells}</sheetData></worksheet>"),
        ),
    ])
}

fn cell(words: &str, style: usize) -> String {
    format!("<c t='inlineStr' s='{style}'><is><t>{words}</t></is></c>")
}

/// A sheet of actions with these cells as their updates and statuses.
fn sheet(cells: &[(String, String)], before: &str, after: &str) -> String {
    let plain = |words: &[&str]| words.iter().map(|words| cell(words, 0)).collect::<String>();
    let header = plain(&["Ref", "Action", "Owner", "Target date", "Update", "RAG"]);
    let rows = (1..).zip(cells).map(|(number, (update, status))| {
        let first = format!("1.{number}");
        let action = format!("Review the visits of team {number}");
        let row = plain(&[&first, &action, "Jo Lee", "30/6/2026"]);
        format!("<row>{row}{update}{status}</row>")
    });
    let rows: String = rows.collect();
    format!("{before}<sheetData><row>{header}</row>{rows}</sheetData>{after}")
}

#[test]
fn colours_formats_and_runs_hide_words_of_an_excel_workbook() {
    let styles = [
        (0, 0, 0),
        (1, 0, 0),   // 1: white on paper
        (2, 1, 0),   // 2: black on black
        (0, 1, 0),   // 3: the automatic colour on black
        (5, 0, 0),   // 4: the theme's light colour, darkened a little
        (4, 0, 0),   // 5: one point
        (0, 0, 100), // 6: [White]
        (0, 0, 101), // 7: ;;;
        (1, 3, 0),   // 8: white on navy
        (6, 4, 0),   // 9: grey on pale grey
        (3, 0, 103), // 10: red
        (1, 3, 100), // 11: [White] on navy
        (0, 0, 102), // 12: [Color 2] for positive numbers
    ];
    let runs =
        |runs: &str, style: usize| format!("<c t='inlineStr' s='{style}'><is>{runs}</is></c>");
    let white = "<rPr><color rgb='FFFFFFFF'/></rPr>";
    let updates = [
        cell("Zqwhite", 1),
        cell("Zqblack", 2),
        cell("Zqautomatic", 3),
        cell("Zqtheme", 4),
        cell("Zqtiny", 5),
        cell("Zqformat", 6),
        cell("Zqnothing", 7),
        cell("Seennavy", 8),
        cell("Seengrey and more", 9),
        cell("Seenred", 10),
        cell("Seenwhite on navy", 11),
        runs(
            &format!(
                "<r><t>Seenrun </t></r><r>{white}<t>Zqrun</t></r><r><rPr><b/></rPr><t> Seenbold</t></r>"
            ),
            0,
        ),
        runs(
            &format!(
                "<r>{white}<t>Seenlight</t></r><r><rPr><color rgb='FF000080'/></rPr><t>Zqdark</t></r>"
            ),
            8,
        ),
        runs(
            "<r><rPr><sz val='1'/></rPr><t>Zqsmall</t></r><r><rPr><sz val='9'/></rPr><t> Seennine</t></r>",
            0,
        ),
        runs("<r><rPr><color rgb='FF000000'/></rPr><t>Seenown</t></r><r><t>Zqcell</t></r>", 1),
        cell("Zqalways", 0),
        cell("Zqcontained fox", 0),
        cell("Seenother", 0),
        cell("Seenvalue", 0),
        cell("Zqrelit", 8),
        cell("Seenunknown", 0),
    ];
    let cells: Vec<_> = updates.into_iter().map(|update| (update, cell("Green", 0))).collect();
    // the updates of rows 17 to 22
    let rule = |cells: &str, rule: &str, formula: &str| {
        format!(
            "<conditionalFormatting sqref='{cells}'><cfRule priority='1' {rule}><formula>{formula}</formula></cfRule></conditionalFormatting>"
        )
    };
    let after = [
        rule("E17", "type='expression' dxfId='0'", "TRUE"),
        rule(
            "E18:E19",
            "type='containsText' text='Fox' dxfId='0'",
            "NOT(ISERROR(SEARCH(\"Fox\",E18)))",
        ),
        rule("E20", "type='cellIs' operator='equal' dxfId='0'", "\"Late\""),
        rule("E21", "type='notContainsBlanks' dxfId='1'", "LEN(TRIM(E21))>0"),
        rule("E22", "type='expression' dxfId='0'", "COUNTIF(E:E,E22)>1"),
    ]
    .concat();
    let sheet = sheet(&cells, "", &after);
    let source = workbook(&styles, &sheet, None);
    assert_hidden(&source, Format::Workbook, &sheet);
    let doubts: Vec<_> = imported(&source, Format::Workbook, false)
        .diagnostics
        .into_iter()
        .filter(|found| found.code == Code::HiddenWordsKept)
        .map(|found| found.place.unwrap().to_string())
        .collect();
    assert_eq!(doubts, ["Plan!E22"]);
}

#[test]
fn shared_strings_and_numbers_can_be_hidden_too() {
    let styles = [(0, 0, 0), (0, 0, 102), (0, 0, 101)];
    let number = |number: &str, style: usize| format!("<c s='{style}'><v>{number}</v></c>");
    let cells = [
        (number("70770077", 1), cell("Green", 0)),
        (number("-5005005", 1), cell("Green", 0)),
        (number("80880088", 2), cell("Green", 0)),
    ];
    let source = workbook(&styles, &sheet(&cells, "", ""), None);
    let plan = imported(&source, Format::Workbook, false).plan;
    let public = whole::json(publish(plan, &PublishOptions::public()).plan()).unwrap();
    let found = ["70770077", "5005005", "80880088"].map(|number| public.contains(number));
    assert_eq!(found, [false, true, false]);
}

#[test]
fn next_to_no_width_or_height_hides_columns_and_rows() {
    let row = |words: &str, height: &str| {
        let cells = ["1.9", words, "Jo Lee", "30/6/2026", "u", "Green", "n"].map(|w| cell(w, 0));
        format!("<row ht='{height}'>{}</row>", cells.concat())
    };
    let header = ["Ref", "Action", "Owner", "Target date", "Update", "RAG", "Zqnotes"];
    let header: String = header.map(|words| cell(words, 0)).concat();
    let sheet = format!(
        "<cols><col min='7' max='7' width='0.1'/><col min='1' max='1' width='2'/></cols><sheetData>\
         <row>{header}</row>{}{}</sheetData>",
        row("Seenaction of the plan", "9"),
        row("Zqaction of the plan", "0.75")
    );
    assert_hidden(&workbook(&[(0, 0, 0)], &sheet, None), Format::Workbook, &sheet);
}

#[test]
fn statuses_in_their_own_colour_are_kept_in_the_column_of_statuses_alone() {
    let styles = [(0, 0, 0), (3, 2, 0), (2, 1, 0)];
    let cells = [
        (cell("Seenfirst", 0), cell("Red", 1)),
        (cell("Red", 1), cell("R", 1)),
        (cell("Complete", 2), cell("Zqsurname", 1)),
        (cell("Zqone", 2), cell("Green", 0)),
    ];
    let sheet = sheet(&cells, "", "");
    let source = workbook(&styles, &sheet, None);
    assert_hidden(&source, Format::Workbook, &sheet);
    let plan = imported(&source, Format::Workbook, false).plan;
    let actions: Vec<_> = plan
        .actions()
        .map(|(_, _, action)| (action.status.because.clone(), action.updates.len()))
        .collect();
    let expected = [("Red", 1), ("R", 0), ("filled red (#ff0000)", 0), ("Green", 0)];
    assert_eq!(actions, expected.map(|(status, updates)| (status.to_owned(), updates)));
    // as a conditional format paints them
    let cells = [(cell("Seenone", 0), cell("Red", 0)), (cell("Seentwo", 0), cell("Green", 0))];
    let painted = "<conditionalFormatting sqref='F2:F3'><cfRule type='cellIs' operator='equal' dxfId='1' \
        priority='1'><formula>\"Red\"</formula></cfRule></conditionalFormatting>";
    let source = workbook(&styles, &self::sheet(&cells, "", painted), None);
    let plan = imported(&source, Format::Workbook, false).plan;
    let statuses: Vec<_> =
        plan.actions().map(|(_, _, action)| action.status.because.clone()).collect();
    assert_eq!(statuses, ["Red", "Green"]);
}

#[test]
fn hidden_sheets_are_not_named_in_public() {
    let cells = [(cell("Seen", 0), cell("Green", 0))];
    let hidden = "<row><c t='e'><v>#REF!</v></c><c t='inlineStr'><is><t>words</t></is></c></row>";
    let source = workbook(&[(0, 0, 0)], &sheet(&cells, "", ""), Some(("Zqsheet", hidden)));
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("plan.xlsx"), source).unwrap();
    let convert = |audience: &str| {
        let arguments = ["convert", "plan.xlsx", "-o", "plan.json", "-v", "--audience", audience];
        let done = run(folder.path(), &arguments);
        assert!(done.status.success(), "{}", said(&done));
        said(&done)
    };
    let public = convert("public");
    assert!(
        public.contains("the sheet “…” was left out") && public.contains("plan.xlsx:…!A1"),
        "{public}"
    );
    assert!(!public.contains("Zqsheet"), "{public}");
    assert!(convert("internal").contains("plan.xlsx:Zqsheet!A1"));
}

#[test]
fn styles_groups_and_runs_hide_words_of_an_opendocument_workbook() {
    let style = |name: &str, more: &str, properties: &str| {
        format!(
            "<style:style style:name='{name}' style:family='table-cell'{more}>{properties}</style:style>"
        )
    };
    let text = |properties: &str| format!("<style:text-properties {properties}/>");
    let styles = [
        style("white", "", &text("fo:color='#ffffff'")),
        "<style:style style:name='child' style:family='table-cell' style:parent-style-name='white'/>".to_owned(),
        style("Shown_5f_1", " style:display-name='Shown_1'", &text("fo:color='#ffffff'")),
        style("gone", "", &text("text:display='none'")),
        style("tiny", "", &text("fo:font-size='1pt'")),
        style("dark", "", "<style:table-cell-properties fo:background-color='#101010'/><style:text-properties fo:color='#000000'/>"),
        style("auto", "", "<style:table-cell-properties fo:background-color='#000000'/><style:text-properties style:use-window-font-color='true'/>"),
        style("header", "", "<style:table-cell-properties fo:background-color='#000080'/><style:text-properties fo:color='#ffffff'/>"),
        style("grey", "", &text("fo:color='#999999'")),
        style("format", " style:data-style-name='N1'", ""),
        "<number:text-style style:name='N1'><style:text-properties fo:color='#ffffff'/><number:text-content/></number:text-style>".to_owned(),
        "<style:style style:name='T1' style:family='text'><style:text-properties fo:color='#ffffff'/></style:style>".to_owned(),
        "<style:style style:name='T2' style:family='text'><style:text-properties text:display='none'/></style:style>".to_owned(),
        "<style:style style:name='T3' style:family='text'><style:text-properties fo:color='#ff0000'/></style:style>".to_owned(),
        // another family has names of its own
        "<style:style style:name='grey' style:family='text'><style:text-properties fo:color='#ffffff'/></style:style>".to_owned(),
    ]
    .concat();
    let cell = |style: &str, words: &str| {
        format!(
            "<table:table-cell office:value-type='string' table:style-name='{style}'><text:p>{words}</text:p></table:table-cell>"
        )
    };
    let row = |style: &str, words: &str| {
        let plain = ["1", "Review the visits of the team", "Jo Lee", "30/6/2026"];
        let plain: String = plain.map(|words| cell("", words)).concat();
        format!("<table:table-row>{plain}{}</table:table-row>", cell(style, words))
    };
    let span = |style: &str, words: &str| {
        format!("<text:span text:style-name='{style}'>{words}</text:span>")
    };
    let header: String = ["Ref", "Action", "Owner", "Target date", "Update"]
        .map(|words| cell("header", words))
        .concat();
    let rows = [
        format!("<table:table-row>{header}</table:table-row>"),
        row("white", "Zqwhite"),
        row("child", "Zqparent"),
        row("gone", "Zqgone"),
        row("tiny", "Zqtiny"),
        row("dark", "Zqdark"),
        row("auto", "Seenautomatic"),
        row("header", "Seennavy"),
        row("grey", "Seengrey"),
        row("format", "Zqformat"),
        row("", &format!("Seenrun {} and {}", span("T1", "Zqrun"), span("T3", "Seenred"))),
        row("", &format!("{}Seenrest", span("T2", "Zqdisplay"))),
        row("white", &format!("{}Zqcell", span("T3", "Seenown "))),
        format!(
            "<table:table-row-group table:display='false'>{}</table:table-row-group>",
            row("", "Zqgroup")
        ),
        format!("<table:table-row-group>{}</table:table-row-group>", row("", "Seengroup")),
        row("", "Zqalways"),
        row("", "Zqcontained fox"),
        row("", "Seenother"),
        row("", "Zqshown"),
    ];
    let rule = |cells: &str, style: &str, value: &str| {
        format!(
            "<calcext:conditional-format calcext:target-range-address='{cells}'><calcext:condition calcext:apply-style-name='{style}' calcext:value='{value}' calcext:base-cell-address='Plan.E16'/></calcext:conditional-format>"
        )
    };
    let formats = [
        rule("Plan.E16:Plan.E16", "white", "formula-is(TRUE)"),
        rule("Plan.E17:Plan.E18", "white", "contains-text(&quot;Fox&quot;)"),
        // by the name that is shown, and not the one that is written
        rule("Plan.E19:Plan.E19", "Shown_1", "formula-is(LEN([.E19])&gt;0)"),
    ];
    let table = format!(
        "<table:table table:name='Plan'>{}<calcext:conditional-formats>{}</calcext:conditional-formats></table:table>",
        rows.concat(),
        formats.concat()
    );
    let content = format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    );
    let source = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".to_owned()),
        ("content.xml", content),
    ]);
    assert_hidden(&source, Format::Workbook, &table);
}

#[test]
fn styles_hide_words_of_a_page() {
    let rules = ".white {color: #fff} .gone {display: none} #one {display: none !important}
        tr.z > td {display: none} .a .b {visibility: hidden} @media screen {.m {display: none}}
        th {background: navy; color: white} tr:nth-child(even) {background: #eee}
        .chip {background: #00703c; color: white} .dark {background: black; color: white}
        .note {color: #999} @media print {.p {display: none}} .last {position: absolute; left: -9999px}";
    let updates = [
        "<td>Seenone <span class=white>Zqclass</span>",
        "<td>Seentwo <span style='color: hsl(0, 0%, 100%)'>Zqinline</span>",
        "<td>Seenthree <font color=ffffff>Zqfont</font>",
        "<td>Seenfour <span class=gone>Zqgone</span><span id=one>Zqid</span>",
        "<td class=a>Seenfive <i class=b>Zqdescendant</i> <i class=m>Zqmedia</i>",
        "<td>Seensix <span class=last>Zqfar</span> <span style='text-indent:-9999px'>Zqindent</span>",
        "<td>Seenseven <span style='color: transparent'>Zqtransparent</span> <span style='opacity: 0'>Zqopacity</span>",
        "<td>Seeneight <dialog>Zqdialog</dialog><details><summary>Seensummary</summary>Seendetails</details>",
        "<td bgcolor=black style='color: #000'>Zqblack",
        "<td style='background: black'>Zqdefault",
        "<td class=dark>Seenwhite <span style='color: black'>Zqancestor</span>",
        "<td>Seennine <span class=chip>Seenchip</span> <span class=note>Seengrey</span> <span class=p>Seenprint</span>",
        "<td style='background: url(x.png); color: white'>Seenpicture",
    ];
    let rows: Vec<String> = (1..)
        .zip(updates)
        .map(|(number, update)| {
            format!("<tr><td>1.{number}<td>Review the visits of team {number}<td>Jo Lee<td>30/6/2026{update}")
        })
        .collect();
    let table = format!(
        "<table><thead><tr><th>Ref<th>Action<th>Owner<th>Target date<th>Update</thead><tbody>{}\
         <tr class=z><td>2.1<td>Zqrow<td>Jo Lee<td>30/6/2026<td>x</table>",
        rows.concat()
    );
    let page =
        format!("<!DOCTYPE html><style>{rules}</style><body>{table}<p class=gone>Zqparagraph");
    assert_hidden(page.as_bytes(), Format::Html, &page);
}

#[test]
fn styles_that_depend_on_what_is_not_read_hide_nothing_and_are_reported() {
    let page = "<style>td:nth-child(5) {display: none}</style><table><tr><th>Ref<th>Action<th>Owner<th>Target date<th>Update\
        <tr><td>1<td>Review the visits<td>Jo Lee<td>30/6/2026<td>Kept words</table>";
    let plan = imported(page.as_bytes(), Format::Html, false);
    assert!(whole::json(&plan.plan).unwrap().contains("Kept words"));
    let doubt = plan.diagnostics.iter().find(|found| found.code == Code::HiddenWordsKept).unwrap();
    assert!(
        doubt.message.starts_with("a style of the page may hide 5 pieces of text"),
        "{}",
        doubt.message
    );
}

#[test]
fn conditional_formats_strike_words_out() {
    let rule = |cells: &str, formula: &str| {
        format!(
            "<conditionalFormatting sqref='{cells}'><cfRule type='expression' dxfId='2' priority='1'>\
             <formula>{formula}</formula></cfRule></conditionalFormatting>"
        )
    };
    let rules =
        [rule("E2:E3", "ISNUMBER(SEARCH(\"zqstruck\",E2))"), rule("E4", "$F4=\"Withdrawn\"")];
    let cells = ["Zqstruck", "Seenplain", "Seenperhaps"];
    let cells = cells.map(|words| (cell(words, 0), cell("Green", 0)));
    let source = workbook(&[(0, 0, 0)], &sheet(&cells, "", &rules.concat()), None);
    let plan = imported(&source, Format::Workbook, false);
    let doubts = plan.diagnostics.iter().filter(|found| found.code == Code::HiddenWordsKept);
    let doubts: Vec<&str> = doubts.map(|found| found.message.as_str()).collect();
    assert_eq!(doubts.len(), 1, "{doubts:?}");
    assert!(doubts[0].starts_with("a conditional format may strike out the text"), "{doubts:?}");
    assert!(whole::json(&plan.plan).unwrap().contains("~~Zqstruck~~"));
    let public = publish(plan.plan, &PublishOptions::public());
    assert_nowhere(&outputs_of(&public), &["Zqstruck"]);
    let published = whole::json(public.plan()).unwrap();
    assert!(published.contains("Seenplain") && published.contains("Seenperhaps"));
}

#[test]
fn comments_of_a_page_that_word_saved_are_hidden() {
    let page = "<table><tr><th>Ref<th>Action<th>Owner<th>Target date<th>Update\
        <tr><td>1<td>Review the rota<td>Head<td>30/6/2026<td><p>Seenrota drafted\
        <span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1'>[ZqJL1]</a></span></p>\
        <tr><td>2<td>Train staff<td>Head<td>31/6/2026<td>Seenbooked</table>\
        <div style='mso-element:comment-list'><hr class=msocomoff><div style='mso-element:comment'>\
        <div id='_com_1' class=msocomtxt><p class=MsoCommentText><a href='#_msoanchor_1' class=msocomoff>\
        [ZqJL1]</a>Zqcomment on sick leave</p></div></div></div>";
    assert_hidden(page.as_bytes(), Format::Html, page);
    let loose = "<h1>Plan</h1><p>Seenaim of all<table><tr><th>Ref<th>Action<th>Owner<th>Target date\
        <tr><td>1<td>Review the rota<td>Head<td>30/6/2026</table><p class=MsoCommentText>Zqloose";
    assert_hidden(loose.as_bytes(), Format::Html, loose);
}

#[test]
fn nested_rules_variables_alternatives_and_escapes_hide_words_of_a_page() {
    let rules = ":root {--bg: #fff; --gone: none; --seen: #123} .v {color: var(--bg)}
        .w {display: var(--gone)} .f {color: var(--x, white)} .s {color: var(--seen)}
        td {.n {display: none} & > .o {display: none} color: black} b:is(.y, .u) {display: none}
        :is(q, .r) {display: none} .e {displ\\61y: none} .md\\:h {display: none}
        .l {letter-spacing: -1em} .z {zoom: 0} .k {letter-spacing: -0.5px; zoom: 1}";
    let updates = [
        "Seenone <i class=v>Zqvariable</i><i class=w>Zqdisplay</i><i class=f>Zqfallback</i>",
        "Seentwo <i class=n>Zqnested</i><i class=o>Zqchild</i><i class=s>Seenvariable</i>",
        "Seenthree <b class=y>Zqis</b><b class=r>Zqlist</b><q>Zqtag</q><i class=y>Seeni</i>",
        "Seenfour <i class=e>Zqescape</i><i class='md:h'>Zqclass</i><i class=k>Seenclose</i>",
        "Seenfive <i class=l>Zqspacing</i><i class=z>Zqzoom</i><i style='color:var(--bg)'>Zqown</i>",
    ];
    let rows = updates
        .map(|update| format!("<tr><td>1<td>Review the visits<td>Jo Lee<td>30/6/2026<td>{update}"));
    let page = format!(
        "<style>{rules}</style><table><tr><th>Ref<th>Action<th>Owner<th>Target date<th>Update{}</table>",
        rows.concat()
    );
    assert_hidden(page.as_bytes(), Format::Html, &page);
}
