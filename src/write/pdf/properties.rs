//! What the document says of itself: the XMP metadata of PDF/A and PDF/UA, and the old dictionary
//! with the same words.

use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

use crate::date::Date;
use crate::layout::page::DocumentProperties;

use super::PdfOptions;
use super::fonts::push_string;

const PRODUCER: &str = concat!("planwright ", env!("CARGO_PKG_VERSION"));

/// A text string: UTF-16 with its mark, unless ASCII will do (ISO 32000-1, 7.9.2.2).
pub(crate) fn text_string(text: &str) -> Object {
    match lopdf::text_string(text) {
        // as bytes rather than digits, which are twice as many
        Object::String(bytes, _) => Object::String(bytes, StringFormat::Literal),
        other => other,
    }
}

/// Adds a text string, in its brackets.
pub(crate) fn push_text(out: &mut Vec<u8>, text: &str) {
    if let Object::String(bytes, _) = text_string(text) {
        push_string(out, &bytes);
    }
}

/// Adds the XMP metadata; gives a reference to it.
///
/// ISO 19005-3, 6.6 asks for the part and level, ISO 14289-1, 5 for its part; as PDF/A does not
/// know the latter's names, they are explained in an extension schema.
pub(crate) fn metadata(
    frame: &mut Document,
    properties: &DocumentProperties,
    options: &PdfOptions<'_>,
) -> Object {
    let mut xmp = String::from(concat!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n",
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n",
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n",
        "<rdf:Description rdf:about=\"\"",
        " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"",
        " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"",
        " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"",
        " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"",
        " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"",
        " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n",
        "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>\n",
        "<pdfuaid:part>1</pdfuaid:part>\n",
        "<dc:format>application/pdf</dc:format>\n",
    ));
    let _ = writeln!(
        xmp,
        "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title>",
        escaped(&properties.title)
    );
    let _ = writeln!(
        xmp,
        "<dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language>",
        escaped(properties.language)
    );
    if !properties.organisation.is_empty() {
        let _ = writeln!(
            xmp,
            "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>",
            escaped(&properties.organisation)
        );
    }
    if !properties.description.is_empty() {
        let description = escaped(&properties.description);
        let _ = writeln!(
            xmp,
            "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{description}</rdf:li></rdf:Alt></dc:description>"
        );
    }
    let _ = writeln!(
        xmp,
        "<pdf:Producer>{PRODUCER}</pdf:Producer><xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>"
    );
    if let Some(day) = options.created {
        let _ = writeln!(
            xmp,
            "<xmp:CreateDate>{day}T00:00:00Z</xmp:CreateDate><xmp:ModifyDate>{day}T00:00:00Z</xmp:ModifyDate>"
        );
    }
    xmp.push_str(concat!(
        "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">",
        "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>",
        "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>",
        "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>",
        "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">",
        "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>",
        "<pdfaProperty:category>internal</pdfaProperty:category>",
        "<pdfaProperty:description>Part of ISO 14289 that the document follows</pdfaProperty:description>",
        "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\n",
        "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>",
    ));
    let dictionary: Dictionary = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    // left as it is: programs that know no PDF look for it in the bytes
    let stream = Stream::new(dictionary, xmp.into_bytes()).with_compression(false);
    Object::Reference(frame.add_object(stream))
}

/// Adds the document information dictionary, with the same words as the metadata (ISO 19005-3,
/// 6.6.3).
pub(crate) fn info(
    frame: &mut Document,
    properties: &DocumentProperties,
    options: &PdfOptions<'_>,
) -> ObjectId {
    let mut info = dictionary! {
        "Title" => text_string(&without_controls(&properties.title)),
        "Producer" => text_string(PRODUCER),
        "Creator" => text_string(PRODUCER),
    };
    if !properties.organisation.is_empty() {
        info.set("Author", text_string(&without_controls(&properties.organisation)));
    }
    if !properties.description.is_empty() {
        info.set("Subject", text_string(&without_controls(&properties.description)));
    }
    if let Some(day) = options.created {
        info.set("CreationDate", stamp(day));
        info.set("ModDate", stamp(day));
    }
    frame.add_object(info)
}

/// The beginning of a day (ISO 32000-1, 7.9.4).
pub(crate) fn stamp(day: Date) -> Object {
    Object::string_literal(format!("D:{:04}{:02}{:02}000000Z", day.year(), day.month(), day.day()))
}

/// Characters that XML cannot hold are shown as the mark for what cannot be shown.
fn without_controls(text: &str) -> String {
    text.chars()
        .map(
            |c| if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') { '\u{FFFD}' } else { c },
        )
        .collect()
}

fn escaped(text: &str) -> String {
    without_controls(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
