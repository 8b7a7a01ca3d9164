use super::*;

fn built(fill: impl FnOnce(&mut SheetBuilder, &mut WorkbookBuilder<'_>)) -> Source {
    let limits = Limits::default();
    let mut workbook = WorkbookBuilder::new(&limits);
    let mut builder = SheetBuilder::new("Plan", false);
    fill(&mut builder, &mut workbook);
    builder.finish(&mut workbook).unwrap();
    workbook.source
}

fn only_grid(source: &Source) -> &Grid {
    match source.blocks.as_slice() {
        [Block::Grid(grid)] => grid,
        other => panic!("{other:?}"),
    }
}

fn put(
    builder: &mut SheetBuilder,
    workbook: &mut WorkbookBuilder<'_>,
    at: (u32, u32),
    words: &str,
) {
    builder.cell(at, Span::plain(words), CellAttributes::default(), workbook).unwrap();
}

#[test]
fn only_rows_and_columns_with_words_are_kept_and_know_their_places() {
    let source = built(|builder, workbook| {
        put(builder, workbook, (1_048_575, 5), "far");
        put(builder, workbook, (2, 1), "near");
        put(builder, workbook, (7, 3), "  ");
        builder.hidden_rows = vec![4..=9, 1_048_570..=1_048_575];
    });
    let grid = only_grid(&source);
    let shown: Vec<String> = grid
        .rows
        .iter()
        .flat_map(|r| &r.cells)
        .map(|c| format!("{}={}", c.place, c.value))
        .collect();
    assert_eq!(shown, ["Plan!B3=near", "Plan!F3=", "Plan!B1048576=", "Plan!F1048576=far"]);
    assert_eq!(grid.rows.iter().map(|r| r.hidden).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn colours_comments_merges_and_links_find_their_cells() {
    let green = Colour::new(0, 176, 80);
    let source = built(|builder, workbook| {
        put(builder, workbook, (0, 0), "Action");
        put(builder, workbook, (0, 1), "RAG");
        put(builder, workbook, (1, 0), "    Audit files");
        builder.blank((1, 1), Some(green));
        builder.blank((9, 9), Some(green));
        builder.note((1, 0), "Jo Lee: by May".to_owned(), workbook).unwrap();
        builder.note((3, 1), "a comment alone".to_owned(), workbook).unwrap();
        builder.merged.push(CellRange { first: (1, 0), last: (2, 0) });
        builder
            .links
            .push((CellRange { first: (0, 0), last: (9, 0) }, "https://example.org".to_owned()));
    });
    let grid = only_grid(&source);
    let audit = &grid.rows[1].cells[0];
    assert_eq!(
        (audit.indent(), audit.span(), audit.note().unwrap().plain().as_ref()),
        (2, (2, 1), "Jo Lee: by May")
    );
    assert_eq!(audit.value.blocks[0].spans[0].link.as_deref(), Some("https://example.org"));
    assert_eq!(grid.rows[1].cells[1].fill(), Some(green));
    assert_eq!(grid.rows[2].place.to_string(), "Plan!A4");
    assert_eq!(grid.rows[2].cells[1].note().unwrap().plain(), "a comment alone");
}

#[test]
fn a_sheet_of_too_many_cells_is_refused() {
    let limits = Limits { cells: 100, ..Limits::default() };
    let mut workbook = WorkbookBuilder::new(&limits);
    let mut builder = SheetBuilder::new("Plan", false);
    for i in 0..11 {
        put(&mut builder, &mut workbook, (i, i), "x");
    }
    assert!(builder.finish(&mut workbook).unwrap_err().is_too_large());
}
