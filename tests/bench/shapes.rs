//! Documents of one unusual shape each, of any size: what is cheap in a usual plan and may not be
//! in another.
#![allow(dead_code)] // not every program that has them uses all

use std::fmt::Write as _;

use planwright::Format as Source;
use rust_xlsxwriter::{Format, Note, Workbook, Worksheet};

/// A family of documents.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) format: Source,
    /// How many units its smallest document has.
    pub(crate) base: usize,
    make: Make,
}

/// How a document of so many units is made.
enum Make {
    Text(fn(usize) -> String),
    Bytes(fn(usize) -> Vec<u8>),
}

impl Shape {
    /// The document of so many units.
    pub(crate) fn document(&self, units: usize) -> Vec<u8> {
        match self.make {
            Make::Text(make) => make(units).into_bytes(),
            Make::Bytes(make) => make(units),
        }
    }
}

const COLUMNS: &str = "Ref,Theme,Objective,Action,Owner,Target date,Updates,Status";
const WORDS: [&str; 8] =
    ["review", "records", "partners", "agree", "baseline", "quarterly", "improve", "outcomes"];

/// Every shape.
pub(crate) const SHAPES: &[Shape] = &[
    // rows
    values("rows", 2_000, |n| {
        rows(n, |i| row(i, "Amend the form", "Jo Lee", "Sept 2011", "", "On track"))
    }),
    values("short-rows", 4_000, |n| "Action\n".to_owned() + &lines(n, |i| format!("a{i}"))),
    values("same-reference", 2_000, |n| rows(n, |_| "1.1,,,Amend the form,Jo Lee,,,".to_owned())),
    values("same-rows", 2_000, |n| rows(n, |_| ",,,Amend the form,Jo Lee,,,".to_owned())),
    values("themes", 1_000, |n| {
        rows(n, |i| format!("{i},Theme {i},Objective {i},Amend form {i},Jo Lee,Sept 2011,,"))
    }),
    values("objectives", 1_000, |n| {
        rows(n, |i| format!("{i},Visits,Objective {i},Amend form {i},Jo Lee,Sept 2011,,"))
    }),
    values("statuses-of-its-own", 1_000, |n| {
        rows(n, |i| {
            row(i, "Amend the form", "Jo Lee", "Sept 2011", "", &format!("Phase {}", word(i)))
        })
    }),
    values("key-of-statuses", 1_000, |n| {
        "Status,Meaning\n".to_owned()
            + &lines(n, |i| format!("Phase {},Means {i}", word(i)))
            + "\n"
            + &rows(9, |i| row(i, "Amend", "Jo", "", "", "Phase a"))
    }),
    values("unreadable-dates", 1_000, |n| {
        rows(n, |i| row(i, "Amend the form", "Jo Lee", &format!("when {i} permits"), "", ""))
    }),
    values("blank-rows", 20_000, |n| {
        rows(3, |i| row(i, "Amend", "Jo", "", "", ""))
            + &",,,,,,,\n".repeat(n)
            + "9,,,Amend the form,Jo Lee,,,\n"
    }),
    values("dated-columns", 200, dated_columns),
    values("lists-of-actions", 1_000, |n| {
        let items = |what: &str| list_of(n, "\n", |i| format!("{}. {what} {i}", i + 1));
        format!(
            "Action,Owner,Target date\n\"{}\",\"{}\",Sept 2011\n",
            items("Amend form"),
            items("Jo Lee")
        )
    }),
    values("long-theme", 500, |n| {
        rows(n, |i| {
            format!(
                "{i},{},Objective {i},Amend form {i},Jo Lee,,,",
                words(if i == 0 { n } else { 3 }, 0)
            )
        })
    }),
    values("long-objective", 500, |n| {
        rows(n, |i| {
            format!(
                "{i},Visits,{},Amend form {i},Jo Lee,,,",
                if i < 2 { words(n, 0) } else { String::new() }
            )
        })
    }),
    values("long-headers", 500, |n| {
        format!(
            "Action,Owner,Target date,Comments {}\n{}",
            words(n, 0),
            lines(n, |i| format!("Amend form {i},Jo Lee,Sept 2011,words {i}"))
        )
    }),
    values("long-statuses", 200, |n| {
        rows(n, |i| {
            row(
                i,
                "Amend the form",
                "Jo Lee",
                "",
                "",
                &format!("Phase {} {}", word(i), words(6, i)),
            )
        })
    }),
    // owners
    values("owners", 2_000, |n| {
        rows(n, |i| {
            row(
                i,
                "Amend the form",
                &format!("{} {}", name(i), name(i / 7 + 3)),
                "Sept 2011",
                "",
                "",
            )
        })
    }),
    values("teams", 2_000, |n| {
        rows(n, |i| {
            row(
                i,
                "Amend the form",
                &format!("Head of {} {}", word(i), word(i + 1)),
                "Sept 2011",
                "",
                "",
            )
        })
    }),
    values("owners-with-many-words", 500, |n| {
        rows(n, |i| row(i, "Amend", &words(60, i), "Sept 2011", "", ""))
    }),
    values("owner-of-many-words", 4_000, |n| {
        rows(3, |i| row(i, "Amend the form", &words(n, i), "Sept 2011", "", ""))
    }),
    values("owners-in-a-cell", 1_000, |n| {
        rows(3, |i| {
            row(i, "Amend the form", &format!("\"{}\"", list(n, ", ")), "Sept 2011", "", "")
        })
    }),
    values("owners-by-and", 1_000, |n| {
        rows(3, |i| row(i, "Amend the form", &list(n, " and "), "Sept 2011", "", ""))
    }),
    values("owners-by-slash", 1_000, |n| {
        rows(3, |i| row(i, "Amend the form", &list(n, "/"), "Sept 2011", "", ""))
    }),
    values("owners-by-line", 1_000, |n| {
        rows(3, |i| {
            row(i, "Amend the form", &format!("\"{}\"", list(n, "\n")), "Sept 2011", "", "")
        })
    }),
    values("owners-by-ampersand", 1_000, |n| {
        rows(3, |i| row(i, "Amend the form", &list(n, " & "), "Sept 2011", "", ""))
    }),
    values("owners-in-pairs", 1_000, |n| {
        rows(n, |i| {
            row(
                i,
                "Amend",
                &format!("{} {} & {} {}", name(i), name(i + 5), name(i + 9), name(i / 3)),
                "",
                "",
                "",
            )
        })
    }),
    markdown("bold-names", 2_000, |n| {
        one_cell(&list_of(n, " ", |i| format!("**{} {}**", name(i), name(i + 3))))
    }),
    markdown("bold-owners", 1_000, |n| {
        table(2, |i| {
            format!(
                "{i} | Amend the form | {} | |",
                list_of(n, " ", |i| format!("**{} {}**", name(i), name(i + 3)))
            )
        })
    }),
    // columns
    values("columns", 500, |n| wide(n, 3)),
    values("columns-of-a-header", 2_000, |n| {
        format!(
            "Action,Owner,{}\nAmend the form,Jo Lee,x\n",
            list_of(n, ",", |i| format!("Note {}", word(i)))
        )
    }),
    values("same-columns", 500, |n| {
        format!("Action,Owner{}\nAmend,Jo{}\n", ",Comments".repeat(n), ",some words".repeat(n))
    }),
    values("ragged-rows", 300, |n| {
        rows(n, |i| row(i, "Amend the form", "Jo Lee", "", "", "") + &",x".repeat(i % 40))
    }),
    markdown("tables-with-their-own-columns", 100, |n| {
        list_of(n, "\n", |i| {
            format!(
                "## Part {i}\n\n| Action | Owner | Note {0} | Cost {0} |\n|---|---|---|---|\n| Amend form {i} | Jo Lee | words {i} | {i} |\n",
                word(i)
            )
        })
    }),
    markdown("tables", 500, |n| {
        list_of(n, "\n", |i| {
            format!(
                "| Action | Owner |\n|---|---|\n| Amend form {i} | Jo Lee |\n\nwords between {i}\n"
            )
        })
    }),
    markdown("headings-with-tables", 500, |n| {
        list_of(n, "\n", |i| {
            format!("## Part {i}\n\n| Action | Owner |\n|---|---|\n| Amend form {i} | Jo Lee |\n")
        })
    }),
    markdown("pipes", 5_000, |n| {
        format!("| Action | Owner |\n|---|---|\n| Amend | Jo {}|\n", "|".repeat(n))
    }),
    // words of one cell
    values("long-cell", 5_000, |n| rows(2, |i| row(i, &words(n, i), "Jo Lee", "", "", ""))),
    values("long-word", 20_000, |n| two_actions(&"w".repeat(n))),
    values("long-number", 20_000, |n| {
        rows(2, |i| row(i, "Amend", "Jo Lee", &"1".repeat(n), "", &"9".repeat(n)))
    }),
    values("long-status", 5_000, |n| rows(2, |i| row(i, "Amend", "Jo Lee", "", "", &words(n, i)))),
    values("long-target", 5_000, |n| rows(2, |i| row(i, "Amend", "Jo Lee", &words(n, i), "", ""))),
    values("dates-in-a-cell", 2_000, |n| {
        rows(2, |i| row(i, "Amend", "Jo Lee", &"Sept 2011 / ".repeat(n), "", ""))
    }),
    values("long-reference", 5_000, |n| {
        rows(2, |i| format!("{}{i},,,Amend,Jo,,,", "1.".repeat(n)))
    }),
    values("long-header", 2_000, |n| format!("Action,Owner,{}\nAmend,Jo,x\n", words(n, 0))),
    values("ampersands", 10_000, |n| {
        rows(2, |i| row(i, &"& ".repeat(n), &"A & ".repeat(n / 4), "", "", ""))
    }),
    values("entities", 5_000, |n| two_actions(&"&amp;&nosuch;&#38;&eacute;".repeat(n))),
    values("tags", 5_000, |n| two_actions(&"<b>bold</b> <i>".repeat(n))),
    values("angles", 10_000, |n| two_actions(&"< ".repeat(n))),
    values("paragraph-tags", 3_000, |n| two_actions(&"<p>words</p>".repeat(n))),
    values("list-tags", 3_000, |n| two_actions(&"<ul><li>words".repeat(n))),
    values("combining-marks", 10_000, |n| two_actions(&format!("e{}", "\u{301}".repeat(n)))),
    values("letters-with-marks", 10_000, |n| two_actions(&"e\u{301}\u{323} ".repeat(n))),
    values("soft-hyphens", 10_000, |n| two_actions(&"im\u{ad}prove\u{ad}".repeat(n))),
    values("zero-width", 10_000, |n| two_actions(&"a\u{200b}\u{200d}\u{feff}".repeat(n))),
    values("hyphens", 10_000, |n| two_actions(&"in-".repeat(n))),
    values("both-directions", 3_000, |n| {
        two_actions(&"words \u{645}\u{631}\u{62d}\u{628}\u{627} (12) ".repeat(n))
    }),
    values("directions-embedded", 10_000, |n| two_actions(&"\u{202b}a".repeat(n))),
    values("many-scripts", 3_000, |n| {
        two_actions(&"\u{4f60}\u{597d} \u{1f600} \u{e01} \u{915}\u{94d}\u{937} ".repeat(n))
    }),
    values("distinct-characters", 3_000, |n| {
        two_actions(
            &(0..n)
                .filter_map(|i| char::from_u32(0x4e00 + u32::try_from(i % 20_000).unwrap_or(0)))
                .collect::<String>(),
        )
    }),
    values("lines-of-a-cell", 3_000, |n| two_actions(&format!("\"{}\"", "some words\n".repeat(n)))),
    values("items-of-a-cell", 3_000, |n| {
        two_actions(&format!("\"{}\"", list_of(n, "\n", |i| format!("{}. words", i + 1))))
    }),
    values("bullets-of-a-cell", 3_000, |n| {
        two_actions(&format!("\"{}\"", "- some words\n".repeat(n)))
    }),
    values("deeper-items", 300, |n| {
        two_actions(&format!("\"{}\"", list_of(n, "\n", |i| format!("{}- words", " ".repeat(i)))))
    }),
    values("quotes", 10_000, |n| two_actions(&format!("\"{}\"", "\"\"".repeat(n)))),
    values("open-quote", 10_000, |n| format!("{COLUMNS}\n1,,,\"{}", "words, more\n".repeat(n))),
    values("links-as-typed", 2_000, |n| two_actions(&"https://example.org/a?b=c ".repeat(n))),
    values("addresses-of-mail", 2_000, |n| {
        rows(2, |i| row(i, "Amend", &"jo.lee@example.org ".repeat(n), "", "", ""))
    }),
    values("updates-of-a-cell", 1_000, |n| {
        rows(2, |i| {
            row(
                i,
                "Amend",
                "Jo Lee",
                "",
                &list_of(n, " ", |i| format!("Nov 20{:02} update: on track.", i % 90 + 10)),
                "",
            )
        })
    }),
    values("updates-by-line", 1_000, |n| {
        rows(2, |i| {
            row(
                i,
                "Amend",
                "Jo Lee",
                "",
                &format!(
                    "\"{}\"",
                    list_of(n, "\n", |i| format!(
                        "{:02}/11/20{:02}: on track",
                        i % 28 + 1,
                        i % 90 + 10
                    ))
                ),
                "",
            )
        })
    }),
    values("update-of-many-words", 5_000, |n| {
        rows(2, |i| row(i, "Amend", "Jo Lee", "", &words(n, i), ""))
    }),
    values("control-characters", 10_000, |n| {
        two_actions(&"some words\u{1} and more\u{7f} of them ".repeat(n / 10))
    }),
    values("spaces", 20_000, |n| two_actions(&format!("a{}b", " ".repeat(n)))),
    // around the plan
    markdown("headings", 1_000, |n| {
        lines(n, |i| format!("## Part {i}\n")) + &table(2, |i| format!("{i} | Amend | Jo | |"))
    }),
    markdown("headings-below", 1_000, |n| {
        table(2, |i| format!("{i} | Amend | Jo | |"))
            + "\n"
            + &lines(n, |i| format!("### Part {i}\n\nwords\n"))
    }),
    markdown("paragraph", 10_000, |n| {
        format!("# Plan\n\n{}\n\n{}", words(n, 0), table(2, |i| format!("{i} | Amend | Jo | |")))
    }),
    markdown("paragraphs", 3_000, |n| {
        "# Plan\n\n".to_owned()
            + &lines(n, |i| format!("Some words {i}.\n"))
            + &table(2, |i| format!("{i} | Amend | Jo | |"))
    }),
    markdown("paragraphs-below", 3_000, |n| {
        "# Plan\n\n".to_owned()
            + &table(2, |i| format!("{i} | Amend | Jo | |"))
            + "\n"
            + &lines(n, |i| format!("Some words {i}.\n"))
    }),
    markdown("title", 5_000, |n| {
        format!("# {}\n\n{}", words(n, 0), table(2, |i| format!("{i} | Amend | Jo | |")))
    }),
    markdown("recommendations", 1_000, |n| {
        format!(
            "# Plan\n\n## Recommendations\n\n{}\n{}",
            lines(n, |i| format!("- improve part {} of {}", word(i), word(i + 1))),
            table(2, |i| format!("{i} | Amend | Jo | |"))
        )
    }),
    markdown("recommendations-answered", 500, |n| {
        let recommendations =
            lines(n, |i| format!("- improve part {} of {} for all", word(i), word(i + 1)));
        let rows = lines(n, |i| {
            format!(
                "| Improve part {} of {} for all | Amend form {i} | Jo Lee |",
                word(i),
                word(i + 1)
            )
        });
        format!(
            "# Plan\n\n## Recommendations\n\n{recommendations}\n| Objective | Action | Owner |\n|---|---|---|\n{rows}"
        )
    }),
    markdown("title-on-every-page", 1_000, |n| {
        format!("# {}\n\n{}", words(n, 0), table(n, |i| format!("{i} | Amend | Jo | |")))
    }),
    markdown("recommendations-alike", 500, |n| {
        let recommendations =
            lines(n, |i| format!("- improve part {} of the records for all", word(i)));
        let rows = lines(n, |i| {
            format!(
                "| Improve the part {} of the records for all | Amend form {i} | Jo Lee |",
                word(i)
            )
        });
        format!(
            "# Plan\n\n## Recommendations\n\n{recommendations}\n| Objective | Action | Owner |\n|---|---|---|\n{rows}"
        )
    }),
    markdown("footnotes", 1_000, |n| {
        table(2, |i| format!("{i} | {} | Jo | |", list_of(n, " ", |i| format!("word[^{i}]"))))
            + "\n"
            + &lines(n, |i| format!("[^{i}]: words of {i}\n"))
    }),
    markdown("footnote-cited", 1_000, |n| {
        table(2, |i| format!("{i} | {} | Jo | |", "word[^1] ".repeat(n)))
            + &format!("\n[^1]: {}\n", words(20, 0))
    }),
    markdown("footnotes-of-footnotes", 300, |n| {
        table(2, |i| format!("{i} | word[^0] | Jo | |"))
            + "\n"
            + &lines(n, |i| format!("[^{i}]: words[^{}]\n", i + 1))
    }),
    markdown("links", 1_000, |n| {
        table(2, |i| {
            format!(
                "{i} | {} | Jo | |",
                list_of(n, " ", |i| format!("[words {i}](https://example.org/{i})"))
            )
        })
    }),
    markdown("links-by-name", 1_000, |n| {
        table(2, |i| format!("{i} | {} | Jo | |", list_of(n, " ", |i| format!("[words {i}][{i}]"))))
            + "\n"
            + &lines(n, |i| format!("[{i}]: https://example.org/{i}"))
    }),
    markdown("emphasis", 3_000, |n| one_cell(&"*a _b **c ~~d ".repeat(n))),
    markdown("brackets", 5_000, |n| one_cell(&"[".repeat(n))),
    markdown("images", 5_000, |n| one_cell(&"![a](b.png)".repeat(n))),
    markdown("backticks", 300, |n| one_cell(&list_of(n, " ", |i| "`".repeat(i % 400 + 1)))),
    markdown("backslashes", 10_000, |n| one_cell(&"\\".repeat(n))),
    markdown("commands", 3_000, |n| one_cell(&"{{ a }} {% b %} {: .c} ".repeat(n))),
    markdown("open-commands", 3_000, |n| one_cell(&"{{ a {% b ".repeat(n))),
    markdown("open-comments", 3_000, |n| {
        format!("{}\n\n{}", "<!-- a ".repeat(n), table(2, |i| format!("{i} | Amend | Jo | |")))
    }),
    markdown("open-comments-in-a-cell", 3_000, |n| one_cell(&"<!-- a ".repeat(n))),
    markdown("deep-list", 100, |n| {
        list_of(n, "\n", |i| format!("{}- words", "  ".repeat(i)))
            + "\n\n"
            + &table(2, |i| format!("{i} | Amend | Jo | |"))
    }),
    markdown("deep-quotation", 500, |n| {
        format!("{} words\n\n{}", ">".repeat(n), table(2, |i| format!("{i} | Amend | Jo | |")))
    }),
    markdown("list", 3_000, |n| {
        lines(n, |i| format!("- words {i}"))
            + "\n\n"
            + &table(2, |i| format!("{i} | Amend | Jo | |"))
    }),
    markdown("line-breaks", 3_000, |n| one_cell(&"words<br>".repeat(n))),
    markdown("plan-in-paragraphs", 500, |n| {
        lines(n, |i| {
            format!(
                "### Action {i}\n\n**Owner:** Jo Lee\n\n**Target date:** Sept 2011\n\n**Status:** On track\n"
            )
        })
    }),
    markdown("plan-in-lists", 500, |n| {
        "# Plan\n\n".to_owned()
            + &lines(n, |i| {
                format!("- Amend form {i}\n  - Owner: Jo Lee\n  - Target date: Sept 2011")
            })
    }),
    // pages
    page("page-rows", 1_000, |n| {
        page_table(&lines(n, |i| format!("<tr><td>Amend form {i}<td>Jo Lee<td>Sept 2011")))
    }),
    page("page-nested", 24, |n| page_table(&format!("<tr><td>{}Amend<td>Jo", "<div>".repeat(n)))),
    page("page-nested-inline", 14, |n| {
        page_table(&format!("<tr><td>{}Amend<td>Jo", "<b><i>".repeat(n)))
    }),
    page("page-unclosed", 1_000, |n| {
        page_table(&format!("<tr><td>{}<td>Jo", "<p><b>words".repeat(n)))
    }),
    page("page-lists", 14, |n| page_table(&format!("<tr><td>{}<td>Jo", "<ul><li>words".repeat(n)))),
    page("page-tables", 6, |n| {
        "<table><tr><th>Action<th>Owner<tr><td>Amend<td>Jo<tr><td>".repeat(n)
    }),
    page("page-many-tables", 300, |n| {
        list_of(n, "", |i| {
            format!(
                "<h2>Part {i}</h2><table><tr><th>Action<th>Owner<th>Note {i}<tr><td>Amend<td>Jo<td>x</table>"
            )
        })
    }),
    page("page-spans", 300, |n| {
        page_table(&lines(n, |i| {
            format!("<tr><td rowspan={}>Amend form {i}<td>Jo Lee<td>Sept 2011", i % 3 + 1)
        }))
    }),
    page("page-high-spans", 100, |n| {
        page_table(&lines(n, |i| {
            format!("<tr><td rowspan=65000>Amend form {i}<td>Jo Lee<td>Sept 2011")
        }))
    }),
    page("page-wide-spans", 100, |n| {
        page_table(&lines(n, |i| {
            format!("<tr><td colspan=1000>Amend form {i}<td>Jo Lee<td>Sept 2011")
        }))
    }),
    page("page-rules", 300, |n| {
        format!(
            "<style>{}</style>{}",
            lines(n, |i| format!(".c{i} {{ color: red; display: none }}")),
            page_table(&lines(n, |i| format!(
                "<tr><td class=d{i}>Amend form {i}<td>Jo<td>Sept 2011"
            )))
        )
    }),
    page("page-rules-of-descendants", 300, |n| {
        format!(
            "<style>{}</style>{}",
            lines(n, |i| format!("table td .c{i} b {{ display: none }}")),
            page_table(&lines(n, |i| format!(
                "<tr><td class=d{i}><b>Amend form {i}</b><td>Jo<td>Sept 2011"
            )))
        )
    }),
    page("page-classes", 1_000, |n| {
        format!(
            "<style>.a {{ color: red }}</style>{}",
            page_table(&format!(
                "<tr><td class=\"{}\">Amend<td>Jo",
                list_of(n, " ", |i| format!("c{i}"))
            ))
        )
    }),
    page("page-attributes", 1_000, |n| {
        page_table(&format!("<tr><td {}>Amend<td>Jo", list_of(n, " ", |i| format!("a{i}=b"))))
    }),
    page("page-entities", 5_000, |n| {
        page_table(&format!("<tr><td>{}<td>Jo", "&amp;&nosuch;&#38;&eacute;".repeat(n)))
    }),
    page("page-footnotes", 300, |n| {
        page_table(&lines(n, |i| {
            format!("<tr><td>Amend form {i}<sup><a href=\"#f{i}\">{i}</a></sup><td>Jo<td>")
        })) + &lines(n, |i| format!("<p id=f{i}><sup>{i}</sup> words of {i}</p>"))
    }),
    page("page-links", 1_000, |n| {
        page_table(&lines(n, |i| {
            format!("<tr><td><a href=\"https://example.org/{i}\">Amend form {i}</a><td>Jo<td>")
        }))
    }),
    page("page-misplaced", 24, |n| page_table(&"words<b>".repeat(n))),
    page("page-comments", 3_000, |n| {
        page_table(&format!("<tr><td>{}<td>Jo", "<!-- a -->".repeat(n)))
    }),
    page("page-paragraphs", 3_000, |n| {
        lines(n, |i| format!("<p>words {i}</p>")) + &page_table("<tr><td>Amend<td>Jo")
    }),
    page("page-formatting", 24, |n| {
        page_table(&format!("<tr><td>{}<td>Jo", list_of(n, "", |i| format!("<font a{i}>words<p>"))))
    }),
    // workbooks
    workbook("book-rows", 1_000, |n| {
        book(|sheet| {
            for_each_cell(n, 6, |r, c| write_cell(sheet, r + 1, c, &format!("words {r} {c}")));
        })
    }),
    workbook("book-columns", 2_000, |n| {
        book(|sheet| {
            for_each_cell(3, n.min(16_370), |r, c| {
                write_cell(sheet, r, c + 6, &format!("words {r} {c}"));
            });
        })
    }),
    workbook("book-merged", 500, |n| book(|sheet| (0..n).for_each(|i| merge(sheet, i)))),
    workbook("book-comments", 300, |n| {
        book(|sheet| for_each_cell(n, 2, |r, c| comment(sheet, r + 1, c)))
    }),
    workbook("book-formats", 500, |n| book(|sheet| (0..n).for_each(|i| formatted(sheet, i)))),
    workbook("book-rich", 3000, |n| book(|sheet| rich(sheet, n))),
    workbook("book-sheets", 50, sheets),
    workbook("book-diagonal", 200, |n| {
        book(|sheet| (0..n).for_each(|i| write_cell(sheet, i + 1, i % 16_000, "words")))
    }),
    workbook("book-sparse", 200, |n| {
        book(|sheet| (0..n).for_each(|i| write_cell(sheet, i * 37 + 1, i % 40, "words")))
    }),
];

const fn values(name: &'static str, base: usize, make: fn(usize) -> String) -> Shape {
    Shape { name, format: Source::Delimited, base, make: Make::Text(make) }
}

const fn markdown(name: &'static str, base: usize, make: fn(usize) -> String) -> Shape {
    Shape { name, format: Source::Markdown, base, make: Make::Text(make) }
}

const fn page(name: &'static str, base: usize, make: fn(usize) -> String) -> Shape {
    Shape { name, format: Source::Html, base, make: Make::Text(make) }
}

const fn workbook(name: &'static str, base: usize, make: fn(usize) -> Vec<u8>) -> Shape {
    Shape { name, format: Source::Workbook, base, make: Make::Bytes(make) }
}

fn list_of(n: usize, between: &str, one: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    for i in 0..n {
        if i > 0 {
            out.push_str(between);
        }
        out.push_str(&one(i));
    }
    out
}

fn lines(n: usize, one: impl Fn(usize) -> String) -> String {
    list_of(n, "\n", one) + "\n"
}

/// A table of values with so many rows.
fn rows(n: usize, one: impl Fn(usize) -> String) -> String {
    format!("{COLUMNS}\n{}", lines(n, one))
}

/// Two actions of the same words.
fn two_actions(words: &str) -> String {
    rows(2, |i| row(i, words, "Jo Lee", "", "", ""))
}

fn row(i: usize, action: &str, owner: &str, target: &str, updates: &str, status: &str) -> String {
    format!("{i},Visits,Better forms,{action},{owner},{target},{updates},{status}")
}

/// A word for each number, in letters only.
fn word(mut i: usize) -> String {
    let mut out = String::from("w");
    loop {
        out.push(char::from(b'a' + u8::try_from(i % 26).unwrap_or(0)));
        i /= 26;
        if i == 0 {
            return out;
        }
    }
}

fn name(i: usize) -> String {
    let word = word(i);
    word[..1].to_uppercase() + &word[1..]
}

/// So many words.
fn words(n: usize, from: usize) -> String {
    list_of(n, " ", |i| WORDS[(i * 7 + i / 8 + from) % WORDS.len()].to_owned())
}

/// So many names.
fn list(n: usize, between: &str) -> String {
    list_of(n, between, |i| format!("{} {}", name(i), name(i + 3)))
}

fn dated_columns(n: usize) -> String {
    let header = list_of(n, ",", |i| {
        format!("{:02}/{:02}/20{:02}", i % 28 + 1, i / 28 % 12 + 1, i / 336 % 80 + 10)
    });
    let cells = list_of(n, ",", |_| "on track".to_owned());
    format!("Action,Owner,{header}\nAmend the form,Jo Lee,{cells}\nAmend it again,Jo Lee,{cells}\n")
}

fn wide(n: usize, count: usize) -> String {
    let header = list_of(n, ",", |i| format!("Note {}", word(i)));
    format!(
        "Action,Owner,{header}\n{}",
        lines(count, |r| format!(
            "Amend form {r},Jo Lee,{}",
            list_of(n, ",", |i| format!("words {i}"))
        ))
    )
}

/// A table in markdown with so many rows.
fn table(n: usize, one: impl Fn(usize) -> String) -> String {
    let mut out = "| Ref | Action | Owner | Target date |\n|---|---|---|---|\n".to_owned();
    for i in 0..n {
        let _ = writeln!(out, "| {}", one(i));
    }
    out
}

fn one_cell(words: &str) -> String {
    table(2, |i| format!("{i} | {words} | Jo Lee | |"))
}

fn page_table(rows: &str) -> String {
    format!("<table><tr><th>Action<th>Owner<th>Target date{rows}</table>")
}

/// A workbook with a sheet that has the header of a plan.
fn book(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    header(sheet);
    fill(sheet);
    book.save_to_buffer().unwrap()
}

fn sheets(n: usize) -> Vec<u8> {
    let mut book = Workbook::new();
    for i in 0..n {
        let sheet = book.add_worksheet();
        header(sheet);
        write_cell(sheet, 1, 0, &format!("Amend form {i}"));
        write_cell(sheet, 0, 6, &format!("Note {}", word(i)));
        write_cell(sheet, 1, 6, "words");
    }
    book.save_to_buffer().unwrap()
}

fn header(sheet: &mut Worksheet) {
    for (column, words) in
        ["Action", "Owner", "Target date", "Updates", "Status", "Cost"].iter().enumerate()
    {
        write_cell(sheet, 0, column, words);
    }
}

fn at(row: usize, column: usize) -> (u32, u16) {
    (u32::try_from(row).unwrap(), u16::try_from(column).unwrap())
}

fn write_cell(sheet: &mut Worksheet, row: usize, column: usize, words: &str) {
    let (row, column) = at(row, column);
    sheet.write_string(row, column, words).unwrap();
}

fn for_each_cell(rows: usize, columns: usize, mut one: impl FnMut(usize, usize)) {
    (0..rows).for_each(|row| (0..columns).for_each(|column| one(row, column)));
}

fn merge(sheet: &mut Worksheet, i: usize) {
    let (row, _) = at(i * 2 + 1, 0);
    sheet.merge_range(row, 0, row + 1, 0, &format!("Amend form {i}"), &Format::new()).unwrap();
    write_cell(sheet, i * 2 + 1, 1, "Jo Lee");
    write_cell(sheet, i * 2 + 2, 1, "Ann Roe");
}

fn comment(sheet: &mut Worksheet, row: usize, column: usize) {
    write_cell(sheet, row, column, "words");
    let (row, column) = at(row, column);
    sheet.insert_note(row, column, &Note::new(format!("words on {row}"))).unwrap();
}

fn formatted(sheet: &mut Worksheet, i: usize) {
    let (row, _) = at(i + 1, 0);
    let colour = u32::try_from(i * 7919 % 0xff_ffff).unwrap();
    let format = Format::new().set_background_color(colour).set_num_format(format!("0.00\"{i}\""));
    sheet.write_number_with_format(row, 5, 12.5, &format).unwrap();
    write_cell(sheet, i + 1, 0, "Amend the form");
}

fn rich(sheet: &mut Worksheet, n: usize) {
    let bold = Format::new().set_bold();
    let plain = Format::new();
    let words: Vec<String> = (0..n).map(|i| format!("word{i} ")).collect();
    let runs: Vec<(&Format, &str)> = words
        .iter()
        .enumerate()
        .map(|(i, w)| (if i % 2 == 0 { &bold } else { &plain }, w.as_str()))
        .collect();
    // more runs than these do not fit into one cell, as their markup counts
    for (row, runs) in (1..).zip(runs.chunks(100)) {
        sheet.write_rich_string(row, 0, runs).unwrap();
        write_cell(sheet, row.try_into().unwrap(), 1, "Jo Lee");
    }
}
