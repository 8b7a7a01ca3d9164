use super::*;
use crate::limits::Limits;
use crate::read::workbook::zipped;
use crate::source::{Block, Grid};

fn read_content(content: &str) -> Result<Source, Error> {
    let content = format!("<office:document-content>{content}</office:document-content>");
    let bytes = zipped(&[("content.xml", content.as_bytes())]);
    let limits = Limits::default();
    read(ZipPackage::open(&bytes, &limits).unwrap(), WorkbookBuilder::new(&limits))
}

fn grid(table: &str) -> Grid {
    let styles = "<office:automatic-styles><style:style style:name='red'><style:table-cell-properties fo:background-color='#ff0000'/></style:style>\
            <style:style style:name='off'><style:table-properties table:display='false'/></style:style></office:automatic-styles>";
    let content = format!(
        "{styles}<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    );
    match read_content(&content).unwrap().blocks.pop() {
        Some(Block::Grid(grid)) => grid,
        other => panic!("{other:?}"),
    }
}

fn shown(grid: &Grid) -> Vec<String> {
    let cells = grid.rows.iter().flat_map(|r| &r.cells).filter(|c| !c.value.is_empty());
    cells.map(|c| format!("{}={} {:?}", c.place, c.value.plain(), c.holds())).collect()
}

#[test]
fn values_and_looks_are_read() {
    let found = grid(
            "<table:table table:name='Plan' table:style-name='off'><table:table-column table:default-cell-style-name='red'/>
             <table:table-column table:number-columns-repeated='2' table:visibility='collapse'/>
             <table:table-header-rows><table:table-row><table:table-cell table:number-rows-spanned='2'><text:p>Audit</text:p></table:table-cell>
             <table:table-cell office:value-type='date' office:date-value='2011-09-30'><text:p>09/30/11</text:p></table:table-cell></table:table-row></table:table-header-rows>
             <table:table-row table:visibility='filter'><table:covered-table-cell/><table:table-cell office:value-type='percentage' office:value='0.85'><text:p>85%</text:p></table:table-cell>
             <table:table-cell office:value='1.5'/><table:table-cell table:style-name='red'/></table:table-row>
             <table:table-row><table:table-cell/><table:table-cell table:formula='of:=1/0' calcext:value-type='error'><text:p>#DIV/0!</text:p></table:table-cell></table:table-row></table:table>",
        );
    assert_eq!(
        shown(&found),
        [
            "Plan!A1=Audit Words",
            "Plan!B1=30/09/2011 Date",
            "Plan!B2=85% Number",
            "Plan!C2=1.5 Number",
            "Plan!B3=#DIV/0! Fault"
        ]
    );
    let audit = &found.rows[0].cells[0];
    assert_eq!((audit.span(), audit.fill()), ((2, 1), Some(crate::colour::Colour::new(255, 0, 0))));
    assert_eq!(found.rows.iter().map(|r| r.hidden).collect::<Vec<_>>(), [false, true, false]);
    let sheet = found.sheet.unwrap();
    assert_eq!((sheet.hidden, sheet.hidden_columns), (true, vec![1..=2]));
}

#[test]
fn what_is_repeated_costs_what_it_holds() {
    let found = grid(
            "<table:table table:name='S'><table:table-row table:number-rows-repeated='3'><table:table-cell table:number-columns-repeated='2'><text:p>x</text:p></table:table-cell>
             <table:table-cell table:number-columns-repeated='16382'/></table:table-row>
             <table:table-row table:number-rows-repeated='1048572'><table:table-cell table:number-columns-repeated='16384' table:style-name='red'/></table:table-row>
             <table:table-row><table:table-cell><text:p>last</text:p></table:table-cell></table:table-row></table:table>",
        );
    assert_eq!(found.rows.len(), 4);
    assert_eq!(shown(&found).last().unwrap(), "S!A1048576=last Words");
    let too_many = |rows: u64, columns: u64| {
        let content = format!(
            "<table:table table:name='S'><table:table-row table:number-rows-repeated='{rows}'><table:table-cell table:number-columns-repeated='{columns}'><text:p>x</text:p></table:table-cell></table:table-row></table:table>"
        );
        read_content(&content).unwrap_err().is_too_large()
    };
    assert!(
        too_many(999_999_999, 999_999_999)
            && too_many(1_000_000, 16_000)
            && too_many(1, 99_999_999_999)
    );
}
