//! What belongs to a sheet and has a part of its own: tables and drawings.

use crate::error::Error;
use crate::limits::Limits;
use crate::read::workbook::cell_range::{CellRange, area};
use crate::read::workbook::xml::{XmlEvent, XmlReader, attribute, is_set};

use super::{DrawingObject, ListObject};

/// Reads a table; its filter joins those of the sheet.
pub(super) fn table(
    part: &str,
    limits: &Limits,
    filters: &mut Vec<CellRange>,
) -> Result<Option<ListObject>, Error> {
    let mut xml = XmlReader::new(part, limits);
    let mut table: Option<ListObject> = None;
    while let Some(event) = xml.next()? {
        let (XmlEvent::Start(tag) | XmlEvent::Empty(tag)) = event else { continue };
        let value = |name| attribute(&tag, name).unwrap_or_default().into_owned();
        match (tag.name, &mut table) {
            ("table", None) => {
                table = area(&value("ref")).map(|area| ListObject {
                    name: Some(value("displayName"))
                        .filter(|name| !name.is_empty())
                        .unwrap_or_else(|| value("name")),
                    area,
                    has_header: value("headerRowCount") != "0",
                    headers: Vec::new(),
                    is_striped: false,
                });
            }
            ("autoFilter", _) => filters.extend(area(&value("ref"))),
            ("tableColumn", Some(table)) => {
                table.headers.push(value("name").replace("_x000a_", "\n"));
            }
            ("tableStyleInfo", Some(table)) => {
                let has_look = !matches!(value("name").as_str(), "" | "TableStyleLight1" | "None");
                table.is_striped = has_look
                    && (is_set(&tag, "showRowStripes") || is_set(&tag, "showColumnStripes"));
            }
            _ => {}
        }
    }
    Ok(table)
}

/// Reads what is drawn over a sheet.
pub(super) fn drawing(
    part: &str,
    limits: &Limits,
    drawn: &mut Vec<((u32, u32), DrawingObject)>,
) -> Result<(), Error> {
    let mut xml = XmlReader::new(part, limits);
    let (mut at, mut is_from) = ((0, 0), false);
    while let Some(event) = xml.next()? {
        match event {
            XmlEvent::Start(tag) => match tag.name {
                "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor" => at = (0, 0),
                "from" => is_from = true,
                "row" if is_from => at.0 = xml.words()?.trim().parse().unwrap_or_default(),
                "col" if is_from => at.1 = xml.words()?.trim().parse().unwrap_or_default(),
                "pic" => drawn.push((at, DrawingObject::Picture)),
                "graphicFrame" => drawn.push((at, DrawingObject::Chart)),
                "sp" | "cxnSp" => drawn.push((at, DrawingObject::Shape)),
                _ => {}
            },
            XmlEvent::End(tag) if tag.name == "from" => is_from = false,
            _ => {}
        }
    }
    Ok(())
}

/// Finds what is to be worked with in a drawing of the old kind, in which comments on cells stand
/// too.
pub(super) fn old_drawing(part: &str, drawn: &mut Vec<((u32, u32), DrawingObject)>) {
    let kinds = part.split("ObjectType=\"").skip(1).filter_map(|rest| rest.split('"').next());
    drawn.extend(kinds.filter(|kind| *kind != "Note").map(|_| ((0, 0), DrawingObject::Control)));
}
