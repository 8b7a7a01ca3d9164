use super::*;
use crate::limits::Limits;
use crate::source::{Block, Row};

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
}

/// A workbook of one sheet, which has these records.
fn workbook(sheet: &[Vec<u8>]) -> Vec<u8> {
    let cell_format = |font: u8, number: u8, pattern: u8, colour: u8| {
        let mut data = [0; 20];
        (data[0], data[2], data[8], data[17], data[18]) = (font, number, 1, pattern << 2, colour);
        record(records::CELL_FORMAT, &data)
    };
    let globals = [
        record(records::BEGIN, &[0, 6, 5, 0]),
        record(records::FONT, &[0; 14]),
        record(records::FONT, &[0, 0, 8, 0, 0, 0, 0, 0]),
        record(records::NUMBER_FORMAT, b"\xa4\0\x06\0\0mmm yy"),
        cell_format(0, 0, 0, 0),
        cell_format(1, 0xa4, 1, 10),
        cell_format(0, 9, 0, 0),
        record(records::SHARED_STRINGS, b"\x01\0\0\0\x01\0\0\0\x05\0\0Audit"),
    ]
    .concat();
    let begins = u8::try_from(globals.len() + 4 + 12 + 4).unwrap();
    let listed =
        record(records::BOUND_SHEET, &[begins, 0, 0, 0, 0, 0, 4, 0, b'P', b'l', b'a', b'n']);
    let sheet = [record(records::BEGIN, &[0, 6, 16, 0]), sheet.concat(), record(records::END, &[])]
        .concat();
    [globals, listed, record(records::END, &[]), sheet].concat()
}

fn rows(stream: &[u8]) -> Vec<Row> {
    let limits = Limits::default();
    match read(stream, WorkbookBuilder::new(&limits)).unwrap().blocks.pop() {
        Some(Block::Grid(grid)) => grid.rows,
        other => panic!("{other:?}"),
    }
}

#[test]
fn cells_are_read_with_their_looks() {
    let date = [&[0, 0, 1, 0, 1, 0][..], &40816_f64.to_le_bytes()].concat();
    let found = rows(&workbook(&[
        record(records::ROW, &[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x20, 0]),
        record(records::SHARED_LABEL, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        record(records::NUMBER, &date),
        record(
            records::MANY_NUMBERS,
            &[1, 0, 0, 0, 2, 0, 0x57, 0x01, 0, 0, 0, 0, 0x06, 0, 0, 0, 1, 0],
        ),
        record(records::FORMULA, &[2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0]),
        record(records::FORMULA_STRING, b"\x04\0\0Done"),
        record(records::TRUTH_OR_ERROR, &[2, 0, 1, 0, 0, 0, 0x17, 1]),
        record(records::OBJECT, &[0x15, 0, 18, 0, 0x19, 0, 7, 0]),
        record(records::OBJECT_TEXT, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0]),
        record(records::CONTINUE, b"\0Why"),
        record(records::NOTE, &[0, 0, 0, 0, 0, 0, 7, 0, 2, 0, 0, b'J', b'o']),
        record(records::MERGED, &[1, 0, 0, 0, 1, 0, 0, 0, 0, 0]),
    ]));
    let words: Vec<String> =
        found.iter().flat_map(|r| &r.cells).map(|c| c.value.to_commonmark()).collect();
    assert_eq!(words, ["Audit", "~~Sep 2011~~", "85%", "1", "Done", "\\#REF!"]);
    assert_eq!(found.iter().map(|r| r.hidden).collect::<Vec<_>>(), [false, true, false]);
    let cells: Vec<_> = found.iter().flat_map(|r| &r.cells).collect();
    assert_eq!((cells[0].note().unwrap().plain().as_ref(), cells[0].span()), ("Jo: Why", (2, 1)));
    assert_eq!((cells[1].fill().unwrap().to_string().as_str(), cells[1].indent()), ("#ff0000", 1));
    assert!(cells[4].is_calculated());
    assert_eq!(cells[5].holds(), CellType::Fault);
}

#[test]
fn a_password_is_told_whatever_way_it_protects() {
    for data in [&[0_u8, 0, 1, 2, 3, 4][..], &[1, 0], &[0x12, 0x34, 0x56, 0x78]] {
        let stream = [record(records::BEGIN, &[0, 6]), record(records::FILE_PASS, data)].concat();
        assert!(
            read(&stream, WorkbookBuilder::new(&Limits::default())).unwrap_err().is_protected()
        );
    }
}

#[test]
fn a_stream_that_is_cut_short_gives_what_it_has() {
    let whole = workbook(&[record(records::SHARED_LABEL, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0])]);
    for length in 0..whole.len() {
        let _ = read(&whole[..length], WorkbookBuilder::new(&Limits::default())); // whatever it is, it is no panic
    }
    assert_eq!(rows(&whole[..whole.len() - 4])[0].cells[0].value.plain(), "Audit");
}
