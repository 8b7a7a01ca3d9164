//! Objects as they stand in a file (ISO 32000-1, 7.3). lopdf writes whole documents only.

use std::io::Write as _;

use lopdf::{Dictionary, Object};

use super::fonts::push_string;

/// An object; in the place of a stream, which stands by itself, its dictionary.
pub(crate) fn bytes(object: &Object) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut out, object);
    out
}

/// The entries of a dictionary, without the marks around them.
pub(crate) fn entries(dictionary: &Dictionary) -> Vec<u8> {
    let mut out = Vec::new();
    write_entries(&mut out, dictionary);
    out
}

fn write(out: &mut Vec<u8>, object: &Object) {
    // writing to memory cannot fail
    let _ = match object {
        Object::Null => out.write_all(b"null"),
        Object::Boolean(value) => write!(out, "{value}"),
        Object::Integer(value) => write!(out, "{value}"),
        Object::Real(value) => write!(out, "{value}"),
        Object::Reference((number, generation)) => write!(out, "{number} {generation} R"),
        Object::Name(name) => {
            write_name(out, name);
            Ok(())
        }
        Object::String(bytes, _) => {
            push_string(out, bytes);
            Ok(())
        }
        Object::Array(items) => {
            out.push(b'[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 && !begins_with_delimiter(item) {
                    out.push(b' ');
                }
                write(out, item);
            }
            out.push(b']');
            Ok(())
        }
        Object::Dictionary(dictionary) => {
            write_dictionary(out, dictionary);
            Ok(())
        }
        Object::Stream(stream) => {
            write_dictionary(out, &stream.dict);
            Ok(())
        }
    };
}

fn write_dictionary(out: &mut Vec<u8>, dictionary: &Dictionary) {
    out.extend_from_slice(b"<<");
    write_entries(out, dictionary);
    out.extend_from_slice(b">>");
}

fn write_entries(out: &mut Vec<u8>, dictionary: &Dictionary) {
    for (key, value) in dictionary {
        write_name(out, key);
        if !begins_with_delimiter(value) {
            out.push(b' ');
        }
        write(out, value);
    }
}

/// Whether it can follow a name or a number without a space (7.2.2).
fn begins_with_delimiter(object: &Object) -> bool {
    matches!(
        object,
        Object::Name(_) | Object::String(..) | Object::Array(_) | Object::Dictionary(_)
    )
}

/// A name, with the number of each byte that is no regular character (7.3.5).
fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            let _ = write!(out, "#{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    #[test]
    fn objects_stand_as_the_standard_writes_them() {
        let object = Object::Dictionary(dictionary! {
            "Type" => "Annot",
            "A B" => vec![1.into(), Object::Reference((7, 0)), "Name".into(), Object::Null],
            "Contents" => Object::string_literal("1 (of 2)\\\r"),
            "Inner" => dictionary! { "Marked" => true },
        });
        assert_eq!(
            String::from_utf8_lossy(&bytes(&object)),
            r"<</Type/Annot/A#20B[1 7 0 R/Name null]/Contents(1 \(of 2\)\\\r)/Inner<</Marked true>>>>"
        );
    }
}
