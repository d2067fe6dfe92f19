//! The encoding of a page: what it says of itself, where its bytes do not tell better.

use encoding_rs::{Encoding, UTF_8};

use crate::decode::{self, Decoded};

/// So far into a page its encoding must be named. Browsers look at 1,024 bytes.
const LOOKED_AT: usize = 4096;

/// Decodes a page. `label` is what the server or the mail said of its encoding.
///
/// Bytes that are valid UTF-8 are that, whatever is said of them: pages are converted when they
/// are saved, and what they say of themselves is not. `None` if it is a binary file.
pub(crate) fn decode(bytes: Vec<u8>, label: Option<&str>) -> Option<Decoded> {
    let named =
        label.and_then(|label| Encoding::for_label(label.as_bytes())).or_else(|| named(&bytes));
    let is_plain = bytes.starts_with(b"\xef\xbb\xbf") || decode::utf16(&bytes).is_some();
    match named {
        Some(encoding) if !is_plain && encoding != UTF_8 && str::from_utf8(&bytes).is_err() => {
            let (text, _) = encoding.decode_without_bom_handling(&bytes);
            (!decode::is_binary(&bytes)).then(|| Decoded { text: text.into_owned(), damage: None })
        }
        _ => decode::decode(bytes),
    }
}

/// The encoding that a page (or XML) names: `charset=…`, `encoding="…"`.
fn named(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(LOOKED_AT)].to_ascii_lowercase();
    for mark in [&b"charset="[..], b"encoding="] {
        let mut at = 0;
        while let Some(found) = head[at..].windows(mark.len()).position(|window| window == mark) {
            at += found + mark.len();
            let rest = &head[at..];
            let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
            let end = rest
                .iter()
                .position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(byte)))
                .unwrap_or(rest.len());
            if let Some(encoding) = Encoding::for_label(&rest[..end]) {
                return Some(encoding);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        let text = "<meta charset=\"CHARSET\"><p>Größe für 5 €</p>";
        for label in ["utf-8", "windows-1252", "iso-8859-15", "macintosh"] {
            let html = text.replace("CHARSET", label);
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let bytes = encoding.encode(&html).0.into_owned();
            // MacRoman has had the euro since 1998; Python and others write it as encoding_rs.
            let decoded = decode(bytes, None).unwrap();
            assert_eq!(decoded.text, html, "{label}");
            // Converted when it was saved.
            assert_eq!(decode(html.clone().into_bytes(), None).unwrap().text, html);
        }
        let bytes = b"<p>Gr\xf6\xdfe".to_vec();
        assert_eq!(decode(bytes.clone(), None).unwrap().text, "<p>Größe");
        assert_eq!(decode(b"<p>Gr\x9a\xa7e".to_vec(), Some("macintosh")).unwrap().text, "<p>Größe");
        assert!(decode(b"a\0b".to_vec(), Some("macintosh")).is_none());
    }
}
