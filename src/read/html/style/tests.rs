use super::*;
use crate::read::Limits;
use crate::read::html::parse::parse;
use crate::read::html::tree::{HtmlTree, TreeStep};

/// What is said of the cell in a table with this tag.
fn of(styles: &StyleSheet, tag: &str) -> StyleDeclaration {
    let page = format!("<table class=t id=i><tr class=z>{tag}x");
    let tree = parse(&page, &Limits::default()).unwrap();
    let is_cell = |step: &TreeStep| match step {
        TreeStep::Enter(id) => matches!(tree.name(*id), "td" | "th"),
        TreeStep::Leave(_) => false,
    };
    match tree.walk(HtmlTree::ROOT).find(is_cell) {
        Some(TreeStep::Enter(id)) => styles.of(&tree, id),
        _ => panic!("no cell in {page}"),
    }
}

#[test]
fn rules_are_for_the_elements_that_their_selectors_name() {
    let hides = |rule: &str, tag: &str| {
        let mut styles = StyleSheet::default();
        styles.take(rule);
        let declared = of(&styles, tag);
        (declared.is_removed(), declared.is_doubtful)
    };
    for selector in [
        "td",
        "*",
        ".a",
        "td.a",
        "#b",
        "tr.z > td",
        ".t td",
        "#i .a",
        "table tr > .a",
        "[id]",
        "td[id=b]",
        "[class~='a']",
        "html table td",
        "th, td",
        "TD",
    ] {
        let rule = format!("{selector} {{display: none}}");
        assert_eq!(hides(&rule, "<td class=a id=b>"), (true, false), "{selector}");
    }
    for selector in ["th", ".b", "tr.y td", "table > td", "td:hover", "td::before", "td .a"] {
        let rule = format!("{selector} {{display: none}}");
        assert_eq!(hides(&rule, "<td class=a id=b>"), (false, false), "{selector}");
    }
    for selector in ["td:nth-child(2)", "th + td", "td:not(.b)"] {
        let rule = format!("{selector} {{display: none}}");
        assert_eq!(hides(&rule, "<td class=a>"), (false, true), "{selector}");
    }
    assert!(hides("@media screen {td {display:none}}", "<td>").0);
    assert_eq!(hides("@media (max-width: 9em) {td {display:none}}", "<td>"), (false, true));
    assert_eq!(hides("@media print {td {display:none}}", "<td>"), (false, false));
}

#[test]
fn the_rule_that_comes_first_wins() {
    let is_hidden = |rules: &str, tag: &str| {
        let mut styles = StyleSheet::default();
        styles.take(rules);
        of(&styles, tag).is_removed()
    };
    assert!(!is_hidden("td.a {display:block} .a {display:none}", "<td class=a>"));
    assert!(is_hidden("#b {display:none} td.a {display:block}", "<td class=a id=b>"));
    assert!(is_hidden("td {display:block} td {display:none}", "<td>"));
    assert!(!is_hidden("td {display:none}", "<td style='display:table-cell'>"));
    assert!(is_hidden("td {display:none !important}", "<td style='display:table-cell'>"));
    assert!(!is_hidden("td {display:table-cell}", "<td hidden>"));
}

#[test]
fn backgrounds_are_read_as_programs_write_them() {
    let orange = Some(Colour::new(255, 153, 0));
    for (value, expected) in [
        ("#ff9900", orange),
        ("#f90", orange),
        ("rgb(255, 153, 0)", orange),
        ("url(x.png) #ff9900 no-repeat", orange),
        ("red", Some(Colour::new(255, 0, 0))),
        ("rgb(100% 60% 0% / 1)", orange),
        ("hsl(36, 100%, 50%)", orange),
        ("rebeccapurple", Some(Colour::new(0x66, 0x33, 0x99))),
        ("white", Some(WHITE)),
        ("#ffffff", Some(WHITE)),
        ("transparent", Some(WHITE)),
        ("url(x.png)", None),
        ("#12é", None),
        ("rgb(1,2)", None),
    ] {
        assert_eq!(fill(value), expected, "{value}");
    }
}

#[test]
fn styles_by_name_are_those_of_a_class_alone() {
    let mut styles = StyleSheet::default();
    styles.take("<!-- /* a */ td.xl65\n{mso-style-parent:style0;\n background:#00B050; mso-pattern:black none;}\n.font5 {text-decoration:line-through;} -->");
    let [cell, font, plain] =
        ["<td class='x xl65'>", "<td class=font5>", "<td>"].map(|tag| of(&styles, tag));
    assert_eq!(cell.fill, Some(Colour::new(0, 0xb0, 0x50)));
    assert_eq!(font.struck, Some(true));
    assert_eq!(plain, StyleDeclaration::default());
}

#[test]
fn words_that_cannot_be_seen_are_known() {
    let by = |style: &str| {
        StyleSheet::default().of_page().inside(StyleDeclaration::read(style)).hidden_by()
    };
    for style in [
        "display:none",
        "visibility: hidden",
        "visibility:collapse",
        "font-size:0pt",
        "height:0;overflow:hidden",
        "opacity:0",
        "opacity: 1%",
        "position:absolute;left:-9999px",
        "text-indent:-9999px",
        "margin-left: -999em",
        "position:absolute;clip:rect(0 0 0 0)",
        "clip-path: inset(50%)",
        "transform: scale(0)",
        "transform: translateX(-2000px)",
        "font-size:1px",
        "font: 0/0 a",
        "color:transparent",
        "color: rgba(0,0,0,0)",
        "color:#0000",
    ] {
        assert_eq!(by(style), Some(HiddenBy::PageStyle), "{style}");
    }
    for style in [
        "color:#fff",
        "color: white; background: transparent",
        "background:navy;color:#000080",
        "COLOR: rgb(255,255,255)",
        "color: hsl(0 0% 100%)",
        "color: snow",
        "background: black",
        "color:#fefefe",
    ] {
        assert_eq!(by(style), Some(HiddenBy::Colour), "{style}");
    }
    for style in [
        "color:white;background:navy",
        "color:white;background:url(x.png)",
        "font-size:0.8em",
        "height:0",
        "color:var(--x)",
        "color:yellow",
        "color:#ccc",
        "color:white;background:linear-gradient(navy, blue)",
        "color:white;background:rgba(0,0,0,.8)",
        "left:-9999px",
        "text-indent:-18pt",
        "opacity:.6",
        "transform: rotate(0deg)",
        "font: bold 11pt Arial",
        "font: 700 1.1em/1.2 Arial",
    ] {
        assert_eq!(by(style), None, "{style}");
    }
    let again = |outer: &str, inner: &str| {
        StyleSheet::default()
            .of_page()
            .inside(StyleDeclaration::read(outer))
            .inside(StyleDeclaration::read(inner))
            .hides()
    };
    assert!(again("display:none", "display:block"));
    assert!(!again("visibility:hidden", "visibility:visible"));
    assert!(!again("font-size:0", "font-size:12px"));
    assert!(again("font-size:0", "font-size:2em"));
}

#[test]
fn white_words_are_kept_where_something_may_be_behind_them() {
    let hides = |sheet: &str, tag: &str| {
        let mut styles = StyleSheet::default();
        styles.take(sheet);
        styles.of_page().inside(of(&styles, tag)).hides()
    };
    let white = "<td style='color:white'>";
    assert!(hides("th {background: navy}", white));
    for sheet in [
        "td {background: navy}",
        "td:first-child {background: navy}",
        "@media screen {td {background: navy}}",
        "@media (min-width: 9em) {.z td {background: navy}}",
        "@import 'other.css';",
        "tr {td {background: navy}}",
    ] {
        assert!(!hides(sheet, white), "{sheet}");
    }
}

#[test]
fn items_of_word_are_known_by_their_level() {
    assert_eq!(
        StyleDeclaration::read("text-indent:-18pt;mso-list:l0 level2 lfo1").list_level,
        Some(2)
    );
    assert!(StyleDeclaration::read("mso-list:Ignore").is_marker);
    assert!(StyleDeclaration::read("DISPLAY: None !important").is_removed());
}
