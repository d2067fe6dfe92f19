//! Paths as ids: text that names a file exactly, whatever bytes its name is made of.
//!
//! An id is the path with `/` between its parts. A byte that is not part of valid UTF-8 becomes
//! `%` and two upper-case hex digits. A `%` that two hex digits follow would look like one of
//! those, so it becomes `%25`; every other `%` stays, and with it nearly every name in use
//! (`100 %.txt`). Different paths have different ids, and [`path_of`] leads back.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::path::{Component, Path, PathBuf};

/// The id of a path: `/` between its parts, invalid bytes percent-encoded.
///
/// ```
/// # use std::path::Path;
/// assert_eq!(dossier_files::id_of(Path::new("presse/Größe 100%.txt")), "presse/Größe 100%.txt");
/// assert_eq!(dossier_files::id_of(Path::new("a%41.txt")), "a%2541.txt");
/// ```
pub fn id_of(path: &Path) -> String {
    let mut id = String::new();
    for component in path.components() {
        match component {
            Component::Prefix(prefix) => id.push_str(&prefix.as_os_str().to_string_lossy()),
            Component::RootDir => id.push('/'),
            Component::CurDir => {}
            Component::ParentDir | Component::Normal(_) => {
                if !id.is_empty() && !id.ends_with('/') {
                    id.push('/');
                }
                id.push_str(&encode(component.as_os_str()));
            }
        }
    }
    id
}

/// The path an id was made of; the inverse of [`id_of`].
pub fn path_of(id: &str) -> PathBuf {
    let bytes = id.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match escaped_byte(&bytes[at..]) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    PathBuf::from(os_string(decoded))
}

/// One part of a path as part of an id.
pub(crate) fn encode(name: &OsStr) -> Cow<'_, str> {
    match name.to_str() {
        Some(text) if !text.contains('%') => return Cow::Borrowed(text),
        _ => {}
    }
    let bytes = name.as_encoded_bytes();
    let mut encoded = String::with_capacity(bytes.len() + 8);
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        for char in chunk.valid().chars() {
            encoded.push(char);
            if escaped_byte(&bytes[at..]).is_some() {
                encoded.push_str("25");
            }
            at += char.len_utf8();
        }
        for byte in chunk.invalid() {
            encoded.push_str(&format!("%{byte:02X}"));
            at += 1;
        }
    }
    Cow::Owned(encoded)
}

/// The byte that `%` and two hex digits stand for, if `bytes` starts with these.
fn escaped_byte(bytes: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = bytes else { return None };
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(unix)]
fn os_string(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

#[cfg(not(unix))]
fn os_string(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::ffi::OsStrExt;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ids() {
        for (path, id) in [
            (&b"a/b.txt"[..], "a/b.txt"),
            (b"/a/b.txt", "/a/b.txt"),
            (b"100%.txt", "100%.txt"),
            (b"100%25.txt", "100%2525.txt"),
            (b"%", "%"),
            (b"\xff", "%FF"),
            (b"%\xff", "%%FF"),
            (b"%4\xff", "%4%FF"),
            (b"Gr\xf6\xdfe.txt", "Gr%F6%DFe.txt"),
            (b"zwei\nZeilen.txt", "zwei\nZeilen.txt"),
            ("Größe#1!x.txt".as_bytes(), "Größe#1!x.txt"),
        ] {
            let path = Path::new(OsStr::from_bytes(path));
            assert_eq!(id_of(path), id);
            assert_eq!(path_of(id), path);
        }
        assert_eq!(id_of(Path::new("./a//b/./c.txt")), "a/b/c.txt");
    }

    proptest! {
        #[test]
        fn decoding_is_the_inverse(
            bytes in prop::collection::vec(prop_oneof![
                Just(b'%'), Just(b'4'), Just(b'f'), Just(b'/'), Just(0xc3), Just(0xa4), 1..=255u8,
            ], 0..20)
        ) {
            let path = Path::new(OsStr::from_bytes(&bytes));
            prop_assert_eq!(path_of(&id_of(path)), path.components().filter(
                |component| *component != Component::CurDir).collect::<PathBuf>());
        }
    }
}
