//! Colours as style sheets write them (CSS Color Module Level 4).

use crate::colour::Colour;

/// What is behind words on a page without colours.
pub(in crate::read::html) const WHITE: Colour = Colour::new(255, 255, 255);

/// The usual colour of words.
pub(super) const BLACK: Colour = Colour::new(0, 0, 0);

/// The alpha of colours that cannot be seen, at most.
const MAX_UNSEEN: f64 = 0.1;

/// A colour, and how much it covers what is behind it, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct CssColour {
    pub(super) colour: Colour,
    alpha: f64,
}

impl CssColour {
    /// The first colour that a value names.
    pub(super) fn find(value: &str) -> Option<Self> {
        tokens(value).find_map(Self::parse)
    }

    fn parse(word: &str) -> Option<Self> {
        let of = |colour| Self { colour, alpha: 1.0 };
        if word == "transparent" {
            return Some(Self { colour: WHITE, alpha: 0.0 });
        }
        if let Some(digits) = word.strip_prefix('#') {
            return hexadecimal(digits);
        }
        if let Some((name, arguments)) = word.split_once('(') {
            return function(name.trim(), arguments.strip_suffix(')')?);
        }
        named(word).map(of)
    }

    pub(super) fn is_unseen(self) -> bool {
        self.alpha <= MAX_UNSEEN
    }

    pub(super) fn is_solid(self) -> bool {
        self.alpha >= 1.0
    }
}

/// The words of a value; what stands in brackets is a part of its word.
pub(super) fn tokens(value: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    value
        .split(move |c: char| {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && c.is_whitespace()
        })
        .filter(|token| !token.is_empty())
}

fn hexadecimal(digits: &str) -> Option<CssColour> {
    let digits = match digits.len() {
        // each digit stands for two: #f90 is #ff9900
        3 | 4 => digits.chars().flat_map(|digit| [digit; 2]).collect::<String>(),
        _ => digits.to_owned(),
    };
    let alpha = match digits.get(6..) {
        Some("") | None => 1.0,
        Some(alpha) => f64::from(u8::from_str_radix(alpha, 16).ok()?) / 255.0,
    };
    Some(CssColour { colour: Colour::from_hex(digits.get(..6)?)?, alpha })
}

/// `rgb(255, 0, 0)`, `rgb(100% 0% 0% / 50%)`, `hsl(0, 100%, 50%)` and their forms with an alpha.
fn function(name: &str, arguments: &str) -> Option<CssColour> {
    let arguments: Vec<&str> = arguments
        .split([',', ' ', '/', '\t', '\n'])
        .filter(|argument| !argument.is_empty())
        .collect();
    let (parts, alpha) = match arguments.as_slice() {
        [a, b, c] => ([*a, *b, *c], 1.0),
        [a, b, c, alpha] => ([*a, *b, *c], fraction(alpha)?),
        _ => return None,
    };
    let colour = match name {
        "rgb" | "rgba" => {
            let part = |part: &str| match part.strip_suffix('%') {
                Some(percent) => percent.parse::<f64>().ok().map(|p| byte(p / 100.0)),
                None => part.parse::<f64>().ok().map(|p| byte(p / 255.0)),
            };
            Colour::new(part(parts[0])?, part(parts[1])?, part(parts[2])?)
        }
        "hsl" | "hsla" => {
            let hue: f64 = parts[0].trim_end_matches("deg").parse().ok()?;
            let percent =
                |part: &str| Some(part.trim_end_matches('%').parse::<f64>().ok()? / 100.0);
            hsl(hue, percent(parts[1])?.clamp(0.0, 1.0), percent(parts[2])?.clamp(0.0, 1.0))
        }
        _ => return None,
    };
    Some(CssColour { colour, alpha })
}

/// `0.5` or `50%`.
pub(super) fn fraction(word: &str) -> Option<f64> {
    match word.trim().strip_suffix('%') {
        Some(percent) => percent.parse::<f64>().ok().map(|percent| percent / 100.0),
        None => word.trim().parse().ok(),
    }
}

fn hsl(hue: f64, saturation: f64, lightness: f64) -> Colour {
    let reach = saturation * lightness.min(1.0 - lightness);
    let part = |offset: f64| {
        let at = (offset + hue / 30.0).rem_euclid(12.0);
        byte(lightness - reach * (at - 3.0).min(9.0 - at).clamp(-1.0, 1.0))
    };
    Colour::new(part(0.0), part(8.0), part(4.0))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 255")]
fn byte(part: f64) -> u8 {
    (part.clamp(0.0, 1.0) * 255.0).round() as u8
}

fn named(word: &str) -> Option<Colour> {
    let number = match word {
        "windowtext" | "canvastext" => 0x00_0000,
        "window" | "canvas" => 0xff_ffff,
        _ => NAMES.iter().find(|(name, _)| *name == word)?.1,
    };
    Some(Colour::from_rgb(number))
}

/// The colours that have names.
const NAMES: &[(&str, u32)] = &[
    ("aliceblue", 0xf0_f8ff),
    ("antiquewhite", 0xfa_ebd7),
    ("aqua", 0x00_ffff),
    ("aquamarine", 0x7f_ffd4),
    ("azure", 0xf0_ffff),
    ("beige", 0xf5_f5dc),
    ("bisque", 0xff_e4c4),
    ("black", 0x00_0000),
    ("blanchedalmond", 0xff_ebcd),
    ("blue", 0x00_00ff),
    ("blueviolet", 0x8a_2be2),
    ("brown", 0xa5_2a2a),
    ("burlywood", 0xde_b887),
    ("cadetblue", 0x5f_9ea0),
    ("chartreuse", 0x7f_ff00),
    ("chocolate", 0xd2_691e),
    ("coral", 0xff_7f50),
    ("cornflowerblue", 0x64_95ed),
    ("cornsilk", 0xff_f8dc),
    ("crimson", 0xdc_143c),
    ("cyan", 0x00_ffff),
    ("darkblue", 0x00_008b),
    ("darkcyan", 0x00_8b8b),
    ("darkgoldenrod", 0xb8_860b),
    ("darkgray", 0xa9_a9a9),
    ("darkgreen", 0x00_6400),
    ("darkgrey", 0xa9_a9a9),
    ("darkkhaki", 0xbd_b76b),
    ("darkmagenta", 0x8b_008b),
    ("darkolivegreen", 0x55_6b2f),
    ("darkorange", 0xff_8c00),
    ("darkorchid", 0x99_32cc),
    ("darkred", 0x8b_0000),
    ("darksalmon", 0xe9_967a),
    ("darkseagreen", 0x8f_bc8f),
    ("darkslateblue", 0x48_3d8b),
    ("darkslategray", 0x2f_4f4f),
    ("darkslategrey", 0x2f_4f4f),
    ("darkturquoise", 0x00_ced1),
    ("darkviolet", 0x94_00d3),
    ("deeppink", 0xff_1493),
    ("deepskyblue", 0x00_bfff),
    ("dimgray", 0x69_6969),
    ("dimgrey", 0x69_6969),
    ("dodgerblue", 0x1e_90ff),
    ("firebrick", 0xb2_2222),
    ("floralwhite", 0xff_faf0),
    ("forestgreen", 0x22_8b22),
    ("fuchsia", 0xff_00ff),
    ("gainsboro", 0xdc_dcdc),
    ("ghostwhite", 0xf8_f8ff),
    ("gold", 0xff_d700),
    ("goldenrod", 0xda_a520),
    ("gray", 0x80_8080),
    ("green", 0x00_8000),
    ("greenyellow", 0xad_ff2f),
    ("grey", 0x80_8080),
    ("honeydew", 0xf0_fff0),
    ("hotpink", 0xff_69b4),
    ("indianred", 0xcd_5c5c),
    ("indigo", 0x4b_0082),
    ("ivory", 0xff_fff0),
    ("khaki", 0xf0_e68c),
    ("lavender", 0xe6_e6fa),
    ("lavenderblush", 0xff_f0f5),
    ("lawngreen", 0x7c_fc00),
    ("lemonchiffon", 0xff_facd),
    ("lightblue", 0xad_d8e6),
    ("lightcoral", 0xf0_8080),
    ("lightcyan", 0xe0_ffff),
    ("lightgoldenrodyellow", 0xfa_fad2),
    ("lightgray", 0xd3_d3d3),
    ("lightgreen", 0x90_ee90),
    ("lightgrey", 0xd3_d3d3),
    ("lightpink", 0xff_b6c1),
    ("lightsalmon", 0xff_a07a),
    ("lightseagreen", 0x20_b2aa),
    ("lightskyblue", 0x87_cefa),
    ("lightslategray", 0x77_8899),
    ("lightslategrey", 0x77_8899),
    ("lightsteelblue", 0xb0_c4de),
    ("lightyellow", 0xff_ffe0),
    ("lime", 0x00_ff00),
    ("limegreen", 0x32_cd32),
    ("linen", 0xfa_f0e6),
    ("magenta", 0xff_00ff),
    ("maroon", 0x80_0000),
    ("mediumaquamarine", 0x66_cdaa),
    ("mediumblue", 0x00_00cd),
    ("mediumorchid", 0xba_55d3),
    ("mediumpurple", 0x93_70db),
    ("mediumseagreen", 0x3c_b371),
    ("mediumslateblue", 0x7b_68ee),
    ("mediumspringgreen", 0x00_fa9a),
    ("mediumturquoise", 0x48_d1cc),
    ("mediumvioletred", 0xc7_1585),
    ("midnightblue", 0x19_1970),
    ("mintcream", 0xf5_fffa),
    ("mistyrose", 0xff_e4e1),
    ("moccasin", 0xff_e4b5),
    ("navajowhite", 0xff_dead),
    ("navy", 0x00_0080),
    ("oldlace", 0xfd_f5e6),
    ("olive", 0x80_8000),
    ("olivedrab", 0x6b_8e23),
    ("orange", 0xff_a500),
    ("orangered", 0xff_4500),
    ("orchid", 0xda_70d6),
    ("palegoldenrod", 0xee_e8aa),
    ("palegreen", 0x98_fb98),
    ("paleturquoise", 0xaf_eeee),
    ("palevioletred", 0xdb_7093),
    ("papayawhip", 0xff_efd5),
    ("peachpuff", 0xff_dab9),
    ("peru", 0xcd_853f),
    ("pink", 0xff_c0cb),
    ("plum", 0xdd_a0dd),
    ("powderblue", 0xb0_e0e6),
    ("purple", 0x80_0080),
    ("rebeccapurple", 0x66_3399),
    ("red", 0xff_0000),
    ("rosybrown", 0xbc_8f8f),
    ("royalblue", 0x41_69e1),
    ("saddlebrown", 0x8b_4513),
    ("salmon", 0xfa_8072),
    ("sandybrown", 0xf4_a460),
    ("seagreen", 0x2e_8b57),
    ("seashell", 0xff_f5ee),
    ("sienna", 0xa0_522d),
    ("silver", 0xc0_c0c0),
    ("skyblue", 0x87_ceeb),
    ("slateblue", 0x6a_5acd),
    ("slategray", 0x70_8090),
    ("slategrey", 0x70_8090),
    ("snow", 0xff_fafa),
    ("springgreen", 0x00_ff7f),
    ("steelblue", 0x46_82b4),
    ("tan", 0xd2_b48c),
    ("teal", 0x00_8080),
    ("thistle", 0xd8_bfd8),
    ("tomato", 0xff_6347),
    ("turquoise", 0x40_e0d0),
    ("violet", 0xee_82ee),
    ("wheat", 0xf5_deb3),
    ("white", 0xff_ffff),
    ("whitesmoke", 0xf5_f5f5),
    ("yellow", 0xff_ff00),
    ("yellowgreen", 0x9a_cd32),
];
