//! The plan as a file inside the PDF, so that the PDF can be read as a plan again.

use lopdf::{Document, Object, Stream, dictionary};

use crate::compression::{CompressionLevel, compress};
use crate::date::Date;
use crate::error::Error;
use crate::json;
use crate::layout::page::DocumentProperties;
use crate::plan::Plan;

use super::properties::{stamp, text_string};

/// What the file is called.
pub(crate) const NAME: &str = "plan.json";

/// A plan file, ready to be attached.
pub(crate) struct PlanAttachment {
    size: usize,
    compressed: Vec<u8>,
}

impl PlanAttachment {
    pub(crate) fn new(plan: &Plan) -> Result<Self, Error> {
        let text = json::write_close(plan)?;
        Ok(Self { size: text.len(), compressed: compress(&text, CompressionLevel::Less) })
    }

    /// Adds it to a document; gives a reference to what the catalogue and the names must point to.
    ///
    /// ISO 19005-3, 6.8 asks for the type of its content, both names, and how it is related to the
    /// document; ISO 14289-1, 7.11 for both names too. The stream says of itself that it is an
    /// embedded file: by that, [`embedded`](crate::embedded) finds it.
    pub(crate) fn add(
        self,
        frame: &mut Document,
        properties: &DocumentProperties,
        created: Option<Date>,
    ) -> Object {
        let mut parameters = dictionary! { "Size" => i64::try_from(self.size).unwrap_or(i64::MAX) };
        if let Some(day) = created {
            parameters.set("ModDate", stamp(day));
        }
        let entries = dictionary! {
            "Type" => "EmbeddedFile",
            "Subtype" => "application/json",
            "Filter" => "FlateDecode",
            "Params" => parameters,
        };
        let content = Object::Reference(frame.add_object(Stream::new(entries, self.compressed)));
        let specification = dictionary! {
            "Type" => "Filespec",
            "F" => Object::string_literal(NAME),
            "UF" => text_string(NAME),
            "Desc" => text_string(&properties.plan_file),
            "AFRelationship" => "Source",
            "EF" => dictionary! { "F" => content.clone(), "UF" => content },
        };
        Object::Reference(frame.add_object(specification))
    }
}
