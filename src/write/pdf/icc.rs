//! The colours are sRGB, and the document says so with a profile (ICC.1:2001-04, version 2) and an
//! output intent.

use lopdf::{Document, Object, Stream, StringFormat, dictionary};

/// Adds the output intent (ISO 19005-3, 6.2.3); gives a reference to it.
pub(crate) fn output_intent(frame: &mut Document) -> Object {
    let mut stream = Stream::new(dictionary! { "N" => 3 }, profile());
    // a profile that can't be made smaller is as good as it is
    let _ = stream.compress();
    let profile = frame.add_object(stream);
    let name = || Object::String(b"sRGB IEC61966-2.1".to_vec(), StringFormat::Literal);
    Object::Reference(frame.add_object(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => name(),
        "Info" => name(),
        "DestOutputProfile" => Object::Reference(profile),
    }))
}

/// A matrix profile of sRGB: white, three primaries, and the curve that they share.
fn profile() -> Vec<u8> {
    let curve = curve();
    let description = description("sRGB");
    let tags: [(&[u8; 4], Vec<u8>); 9] = [
        (b"desc", description),
        (b"cprt", text("No copyright, use freely")),
        // media white, and primaries adapted to D50 (IEC 61966-2-1, as the ICC publishes them)
        (b"wtpt", xyz([0xF6D6, 0x1_0000, 0xD32D])),
        (b"rXYZ", xyz([0x6FA2, 0x38F5, 0x0390])),
        (b"gXYZ", xyz([0x6299, 0xB785, 0x18DA])),
        (b"bXYZ", xyz([0x24A0, 0x0F84, 0xB6CF])),
        (b"rTRC", curve),
        (b"gTRC", Vec::new()),
        (b"bTRC", Vec::new()),
    ];
    let mut table = Vec::new();
    let mut data = Vec::new();
    push(&mut table, 9);
    let start = 128 + 4 + 12 * 9;
    let mut last = (0, 0);
    for (name, tag) in tags {
        if !tag.is_empty() {
            last = (start + data.len(), tag.len());
            data.extend_from_slice(&tag);
            data.resize(data.len().next_multiple_of(4), 0);
        }
        // an empty one is the one before it once more
        table.extend_from_slice(name);
        push(&mut table, last.0);
        push(&mut table, last.1);
    }
    let mut out = Vec::new();
    push(&mut out, start + data.len());
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(&[2, 0x10, 0, 0]);
    out.extend_from_slice(b"mntrRGB XYZ ");
    // a date is asked for; that of the standard will do: 1999-10-18
    for part in [1999_u16, 10, 18, 0, 0, 0] {
        out.extend_from_slice(&part.to_be_bytes());
    }
    out.extend_from_slice(b"acsp");
    out.extend_from_slice(&[0; 28]);
    // the white that profiles connect at: D50
    out.extend_from_slice(&xyz([0xF6D6, 0x1_0000, 0xD32D])[8..]);
    out.resize(128, 0);
    out.append(&mut table);
    out.append(&mut data);
    out
}

fn push(out: &mut Vec<u8>, number: usize) {
    out.extend_from_slice(&u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes());
}

fn xyz(values: [u32; 3]) -> Vec<u8> {
    let mut out = b"XYZ \0\0\0\0".to_vec();
    for value in values {
        out.extend_from_slice(&value.to_be_bytes());
    }
    out
}

fn text(words: &str) -> Vec<u8> {
    [b"text\0\0\0\0", words.as_bytes(), b"\0"].concat()
}

/// The profile's name, in ASCII; the two other forms that the type asks for are empty.
fn description(words: &str) -> Vec<u8> {
    let mut out = b"desc\0\0\0\0".to_vec();
    push(&mut out, words.len() + 1);
    out.extend_from_slice(words.as_bytes());
    out.push(0);
    out.resize(out.len() + 4 + 4 + 2 + 1 + 67, 0);
    out
}

/// From the numbers of a colour to light: the curve of IEC 61966-2-1 at 1,024 points.
fn curve() -> Vec<u8> {
    const POINTS: u32 = 1024;
    let mut out = b"curv\0\0\0\0".to_vec();
    push(&mut out, POINTS as usize);
    for i in 0..POINTS {
        let value = f64::from(i) / f64::from(POINTS - 1);
        let light =
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // from 0 to 65,535
        let light = (light * 65_535.0).round() as u16;
        out.extend_from_slice(&light.to_be_bytes());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_is_whole() {
        let profile = profile();
        let size = u32::from_be_bytes(profile[..4].try_into().unwrap()) as usize;
        assert_eq!(size, profile.len());
        assert_eq!(&profile[36..40], b"acsp");
        for tag in profile[132..132 + 9 * 12].chunks(12) {
            let at = u32::from_be_bytes(tag[4..8].try_into().unwrap()) as usize;
            let length = u32::from_be_bytes(tag[8..12].try_into().unwrap()) as usize;
            assert!(at.is_multiple_of(4) && at + length <= size);
        }
        // black is no light, white is all of it
        let curve = curve();
        assert_eq!(
            (&curve[12..14], &curve[curve.len() - 2..]),
            (&[0_u8, 0][..], &[255_u8, 255][..])
        );
    }
}
