//! Bytes of a text file become text, in whatever encoding they are.
//!
//! - A byte order mark decides: UTF-8, UTF-16 little or big endian.
//! - What looks like UTF-16 without a mark is read as such; other NUL bytes make a file binary.
//! - Strict UTF-8, then UTF-8 with some damage, then a guess that leans to Windows-1252.
//! - UTF-8 that was once read as Windows-1252 (`fÃ¼r`) is repaired where that is certain.
//! - CR LF becomes LF. No other character is changed: composed and decomposed umlauts stay as
//!   they are, and so do control characters.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// So many bytes at the start tell text from other content. Git looks at as many.
pub(crate) const HEAD_BYTES: usize = 8 << 10;

/// Guessing takes some hundred nanoseconds a byte, so it has to do with this much.
const GUESSED_BYTES: usize = 64 << 10;

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// A text, and what should be known about how it was decoded.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) damage: Option<Damage>,
}

/// What was wrong with the bytes of a text that could be decoded all the same.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Damage {
    /// The first place, in bytes from the start of the file.
    pub(crate) byte: usize,
    /// Its line, counted from 1.
    pub(crate) line: usize,
    pub(crate) reason: String,
}

/// Decodes the bytes of a text file; `None` if they look like a binary file.
///
/// Takes time in their number, and memory for three to four times as many where they are not
/// UTF-8.
pub(crate) fn decode(mut bytes: Vec<u8>) -> Option<Decoded> {
    if let Some(encoding) = utf16(&bytes) {
        return decode_as(encoding, &bytes).filter(|decoded| !is_binary(decoded.text.as_bytes()));
    }
    if is_binary(&bytes) {
        return None;
    }
    let mark = if bytes.starts_with(UTF8_MARK) { UTF8_MARK.len() } else { 0 };
    bytes.drain(..mark);
    match String::from_utf8(bytes) {
        Ok(text) => Some(Decoded { text: unix_lines(repair(text)), damage: None }),
        Err(error) => match damaged_utf8(error.as_bytes()) {
            Some(text) => {
                let valid = error.utf8_error().valid_up_to();
                let damage = Damage {
                    byte: mark + valid,
                    line: 1 + error.as_bytes()[..valid].iter().filter(|b| **b == b'\n').count(),
                    reason: "invalid UTF-8; broken characters were read as Windows-1252 \
                             or replaced"
                        .to_owned(),
                };
                Some(Decoded { text: unix_lines(text), damage: Some(damage) })
            }
            None => decode_as(guess(error.as_bytes()), error.as_bytes()),
        },
    }
}

/// Whether the start of a file does not look like text: NUL bytes, or more than one control
/// character in ten bytes.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    // Tabs, line and page ends, backspaces (overstriking) and escapes (colours) occur in texts.
    let is_control = |byte: &&u8| matches!(byte, 0x00..=0x07 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f);
    let low = head.iter().filter(|byte| **byte < b' ' || **byte == 0x7f);
    head.contains(&0) || low.filter(is_control).count() * 10 > head.len()
}

/// Whether the bytes are UTF-16, and in which order: by their mark, or because nearly every
/// second byte is zero, as in any text in Latin letters.
pub(crate) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.starts_with(b"\xff\xfe") {
        return Some(UTF_16LE);
    }
    if bytes.starts_with(b"\xfe\xff") {
        return Some(UTF_16BE);
    }
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    if !head.contains(&0) {
        return None;
    }
    let (pairs, rest) = head.as_chunks::<2>();
    // Fewer pairs may be so by chance. A zero character does not occur in text: that is UTF-32,
    // or no text at all.
    if pairs.len() < 8 || !rest.is_empty() || pairs.contains(&[0, 0]) {
        return None;
    }
    let high_zero = pairs.iter().filter(|pair| pair[0] == 0).count();
    let low_zero = pairs.iter().filter(|pair| pair[1] == 0).count();
    let nearly_all = pairs.len() - pairs.len() / 5;
    if low_zero >= nearly_all && high_zero * 20 < pairs.len() {
        Some(UTF_16LE)
    } else if high_zero >= nearly_all && low_zero * 20 < pairs.len() {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Option<Decoded> {
    let (text, has_errors) = encoding.decode_with_bom_removal(bytes);
    let damage = has_errors.then(|| Damage {
        byte: 0,
        line: 1,
        reason: format!("invalid {}; broken characters were replaced", encoding.name()),
    });
    Some(Decoded { text: unix_lines(text.into_owned()), damage })
}

/// Guesses the encoding of bytes that are not UTF-8. Where nothing speaks for another one it is
/// Windows-1252, of which ISO 8859-1 is a part.
fn guess(bytes: &[u8]) -> &'static Encoding {
    // Only what is not ASCII tells encodings apart, together with the word it is in.
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let word = bytes[..first].iter().rposition(u8::is_ascii_whitespace).unwrap_or(0);
    let sample = &bytes[word..];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    match sample.get(..GUESSED_BYTES) {
        // The cut may be within a character: that is no fault of the encoding.
        Some(start) => detector.feed(start, false),
        None => detector.feed(sample, true),
    };
    detector.guess(Some(b"de"), Utf8Detection::Deny)
}

/// Reads UTF-8 in which some places are broken: cut characters, or lines from another file in
/// Windows-1252. `None` if more is broken than valid, which is another encoding then.
fn damaged_utf8(bytes: &[u8]) -> Option<String> {
    let (mut valid, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if valid <= broken {
        return None;
    }
    let mut text = String::with_capacity(bytes.len() + 8);
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        at += chunk.valid().len() + chunk.invalid().len();
        match chunk.invalid() {
            [] => {}
            // A lone byte is a letter of Windows-1252, unless the end of the file cut it.
            [byte] if at < bytes.len() => {
                text.push_str(&WINDOWS_1252.decode_without_bom_handling(&[*byte]).0);
            }
            _ => text.push('\u{fffd}'),
        }
    }
    Some(text)
}

/// What UTF-8 turns into these characters when it is read as Windows-1252 is hardly ever meant.
const COMMON_IN_GERMAN: [char; 17] =
    ['ä', 'ö', 'ü', 'Ä', 'Ö', 'Ü', 'ß', '–', '—', '„', '“', '”', '‚', '‘', '’', '…', '€'];

/// Undoes the reading of UTF-8 as Windows-1252 or ISO 8859-1, which makes `Ã¤` of `ä`.
///
/// Only where that is certain: every character that is not ASCII is part of such a sequence, and
/// one at least stands for a character that is common in German.
fn repair(text: String) -> String {
    if text.is_ascii() {
        return text;
    }
    match misread(&text) {
        Some(repaired) if repaired.contains(COMMON_IN_GERMAN) => repaired,
        _ => text,
    }
}

/// The text whose UTF-8 reads like `text` in Windows-1252, if there is one. Stops at the first
/// character that speaks against it, so that good text costs next to nothing.
fn misread(text: &str) -> Option<String> {
    let mut repaired = String::new();
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| byte >= 0x80) {
        let (ascii, tail) = rest.split_at(at);
        let mut chars = tail.chars();
        let lead = byte_of(chars.next()?)?;
        let length = match lead {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            _ => return None,
        };
        let mut sequence = [lead, 0, 0, 0];
        for byte in &mut sequence[1..length] {
            *byte = byte_of(chars.next()?)?;
        }
        repaired.push_str(ascii);
        repaired.push_str(std::str::from_utf8(&sequence[..length]).ok()?);
        rest = chars.as_str();
    }
    repaired.push_str(rest);
    Some(repaired)
}

/// The byte that reads as this character in Windows-1252 or ISO 8859-1.
fn byte_of(char: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(char)) {
        return Some(byte);
    }
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = WINDOWS_1252.encode(char.encode_utf8(&mut buffer));
    match bytes {
        Cow::Owned(bytes) if !unmappable => bytes.first().copied(),
        _ => None,
    }
}

fn unix_lines(text: String) -> String {
    // Most files have no such line ends, and looking for one byte is much faster.
    if text.as_bytes().contains(&b'\r') { text.replace("\r\n", "\n") } else { text }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::markdown::heading;

    const PIECES: &[&[u8]] = &[
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\r\n",
        b"\n\n",
        b"# ",
        b"```",
        b"---\n",
        b"Zwei Worte",
        b"\xc3\xa4",
        b"\xe4",
        b"\xc3\x83\xc2\xa4",
        b"\xe2\x80",
        b"\xf0\x9f\x98\x80",
        b"\0",
        b"\xe2\x80\xa8",
        b" ",
        b"a\0",
    ];

    proptest! {
        /// Bytes from pieces that matter here: nothing panics, and titles are parts of the text.
        #[test]
        fn any_bytes(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
            let bytes = pieces.concat();
            if let Some(Decoded { text, .. }) = decode(bytes) {
                prop_assert!(!text.contains("\r\n"));
                if let Some(title) = heading(&text) {
                    prop_assert!(text[title.range].contains(&title.text));
                }
            }
        }
    }

    #[track_caller]
    fn check(bytes: &[u8], text: Option<&str>, has_notice: bool) {
        let decoded = decode(bytes.to_vec());
        let start = &bytes[..bytes.len().min(80)];
        assert!(decoded.as_ref().map(|decoded| decoded.text.as_str()) == text, "{start:x?}");
        let notice = decoded.and_then(|decoded| decoded.damage);
        assert_eq!(notice.is_some(), has_notice, "{notice:?}");
    }

    #[test]
    fn encodings() {
        let utf16 = |text: &str, order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(order).collect()
        };
        let text = "Größe für Pjöngjang – „so“\n";
        for (bytes, expected, has_notice) in [
            (text.as_bytes(), text, false),
            (b"\xef\xbb\xbfGr\xc3\xb6\xc3\x9fe", "Größe", false),
            (&utf16(&format!("\u{feff}{text}"), u16::to_le_bytes), text, false),
            (&utf16(&format!("\u{feff}{text}"), u16::to_be_bytes), text, false),
            (&utf16("Größe für alle\r\n", u16::to_le_bytes), "Größe für alle\n", false),
            (&utf16("Größe für alle\r\n", u16::to_be_bytes), "Größe für alle\n", false),
            (&utf16("\u{feff}Андрей", u16::to_le_bytes), "Андрей", false),
            (b"\xff\xfeA\0B", "A\u{fffd}", true),
            (b"Gr\xf6\xdfe", "Größe", false),
            (b"f\xfcr", "für", false),
            (b"\xc4rger", "Ärger", false),
            (b"M\xe4dchen \x96 \x84so\x93 \x80", "Mädchen – „so“ €", false),
            // Mostly UTF-8: a line from elsewhere, a character that is cut at the end.
            ("Größe für alle ".as_bytes(), "Größe für alle ", false),
            (b"Gr\xc3\xb6\xc3\x9fe, Gr\xf6se", "Größe, Gröse", true),
            (b"Gr\xc3\xb6\xc3\x9fe \xc3", "Größe \u{fffd}", true),
            (b"Gr\xc3\xb6\xc3\x9fe \xe2\x80 so", "Größe \u{fffd} so", true),
            // Decomposed umlauts, old line ends and control characters stay.
            ("Gro\u{308}ße".as_bytes(), "Gro\u{308}ße", false),
            (b"a\r\nb\rc\n\r\n", "a\nb\rc\n\n", false),
            (b"Farbe \x1b[31mrot\x1b[0m, laut \x07", "Farbe \x1b[31mrot\x1b[0m, laut \x07", false),
            (b"", "", false),
        ] {
            check(bytes, Some(expected), has_notice);
        }
        // Only the start is looked at to guess, so that this takes no minutes.
        let long = "Größe für alle. ".repeat(100_000);
        check(&WINDOWS_1252.encode(&long).0, Some(&long), false);
        // Russian in Windows-1251, long enough to be told from German.
        let russian = "Министр обороны России прибыл в столицу";
        check(&encoding_rs::WINDOWS_1251.encode(russian).0, Some(russian), false);
    }

    #[test]
    fn binary_files() {
        for bytes in [
            &b"\x7fELF\x02\x01\x01\0"[..],
            b"Text\0Text, mehr Text",
            b"\xff\xfe\0\0T\0\0\0e\0\0\0",
            b"\x01\x02\x03abc",
            b"\0",
        ] {
            check(bytes, None, false);
        }
        let mut late = b"x".repeat(HEAD_BYTES);
        late.push(0);
        assert!(decode(late).is_some());
    }

    #[test]
    fn repairs() {
        for (broken, repaired) in [
            ("fÃ¼r", "für"),
            ("PjÃ¶ngjang â€“ â€žsoâ€œ 5 â‚¬", "Pjöngjang – „so“ 5 €"),
            ("StraÃŸe", "Straße"),
            // Read as ISO 8859-1, which leaves control characters.
            ("Stra\u{c3}\u{9f}e", "Straße"),
            ("ErdoÄŸan fÃ¤hrt", "Erdoğan fährt"),
            // Not throughout, not German, or by chance: better left alone.
            ("für fÃ¼r", "für fÃ¼r"),
            ("fÃ¼r Ãlter", "fÃ¼r Ãlter"),
            ("CAFÉ…", "CAFÉ…"),
            ("»CAFÉ«", "»CAFÉ«"),
            ("SÃO PAULO", "SÃO PAULO"),
            ("Ã", "Ã"),
            ("für", "für"),
            ("Андрей", "Андрей"),
        ] {
            assert_eq!(repair(broken.to_owned()), repaired);
        }
    }
}
