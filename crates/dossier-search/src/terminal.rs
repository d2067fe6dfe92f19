//! The one sanitiser for everything that came from outside on its way to a terminal: texts, titles,
//! ids, paths, queries, messages of errors.
//!
//! Whoever writes an article or names a file must not move the cursor, set the clipboard, change
//! the window's title or turn around what a reader sees: control and format characters become
//! visible instead of being obeyed.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _};
use std::path::Path;

/// A text on one line with every control and format character made visible, line breaks too: for
/// ids, paths, queries and messages, where each character counts.
pub fn visible(text: &str) -> Cow<'_, str> {
    replace(text, show)
}

/// A path on one line, see [`visible`].
pub fn visible_path(path: &Path) -> String {
    visible(&path.to_string_lossy()).into_owned()
}

/// Running text on one line: white space of every kind becomes a blank, soft hyphens (invisible
/// hints to typesetters, common in articles) go, everything else is made visible.
pub fn prose(text: &str) -> Cow<'_, str> {
    replace(text, |c, out| match c {
        '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(' '),
        '\u{ad}' => {}
        _ => show(c, out),
    })
}

/// Writes lines to standard error, each control and format character but the line breaks made
/// visible: the net under every message. A closed standard error is nobody's concern.
pub fn say(message: &str) {
    let mut text = String::with_capacity(message.len() + 1);
    for line in message.lines() {
        text.push_str(&visible(line));
        text.push('\n');
    }
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Whether standard error is watched by a person.
pub fn is_watched() -> bool {
    std::io::stderr().is_terminal()
}

/// Whether a terminal would obey this character instead of showing it, or show it as nothing.
pub fn is_unsafe(c: char) -> bool {
    match c {
        ' '..='~' => false,
        // C0, DEL, C1
        '\0'..='\u{9f}' => true,
        // Format characters (Cf), the line and paragraph separators (Zl, Zp), and the tags.
        '\u{ad}'
        | '\u{600}'..='\u{605}'
        | '\u{61c}'
        | '\u{6dd}'
        | '\u{70f}'
        | '\u{890}'..='\u{891}'
        | '\u{8e2}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{110bd}'
        | '\u{110cd}'
        | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e007f}' => true,
        _ => false,
    }
}

fn show(c: char, out: &mut String) {
    match c {
        // The pictures of the control characters: U+2400 for NUL to U+241F, U+2421 for DEL.
        '\0'..='\u{1f}' => out.extend(char::from_u32(0x2400 + u32::from(c))),
        '\u{7f}' => out.push('\u{2421}'),
        _ => {
            // Writing into a string cannot fail.
            let _ = write!(out, "<U+{:04X}>", u32::from(c));
        }
    }
}

fn replace(text: &str, put: impl Fn(char, &mut String)) -> Cow<'_, str> {
    let Some(first) = text.find(is_unsafe) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str(&text[..first]);
    for c in text[first..].chars() {
        if is_unsafe(c) { put(c, &mut out) } else { out.push(c) }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_for_a_terminal_to_obey() {
        for (what, text, expected) in [
            ("plain text", "Pjöngjang – „Straße“ 🙂", "Pjöngjang – „Straße“ 🙂"),
            ("colour", "\u{1b}[31mrot\u{1b}[0m", "␛[31mrot␛[0m"),
            ("window title", "\u{1b}]0;weg\u{7}", "␛]0;weg␇"),
            ("hyperlink (OSC 8)", "\u{1b}]8;;http://x\u{1b}\\y", "␛]8;;http://x␛\\y"),
            ("clipboard (OSC 52)", "\u{1b}]52;c;cm0=\u{7}", "␛]52;c;cm0=␇"),
            ("C1 CSI", "\u{9b}2J", "<U+009B>2J"),
            ("NUL and DEL", "a\0b\u{7f}c", "a␀b␡c"),
            ("carriage return", "harmlos\rböse", "harmlos␍böse"),
            ("line break in a path", "a\nb.txt", "a␊b.txt"),
            ("bidi override", "\u{202e}txt.exe", "<U+202E>txt.exe"),
            ("bidi isolates", "\u{2066}a\u{2069}", "<U+2066>a<U+2069>"),
            ("arabic letter mark", "\u{61c}", "<U+061C>"),
            ("zero width", "a\u{200b}b\u{feff}", "a<U+200B>b<U+FEFF>"),
            ("tags", "\u{e0041}", "<U+E0041>"),
        ] {
            assert_eq!(visible(text), expected, "{what}");
            assert!(!visible(text).contains(is_unsafe), "{what}");
            assert!(!prose(text).contains(is_unsafe), "{what}");
        }
    }

    #[test]
    fn every_unsafe_character_is_replaced_everywhere() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32).filter(|&c| is_unsafe(c)) {
            let text = format!("a{c}b");
            assert!(!visible(&text).contains(is_unsafe), "{c:?}");
            assert!(!prose(&text).contains(is_unsafe), "{c:?}");
        }
    }

    #[test]
    fn running_text_keeps_its_blanks_and_loses_its_soft_hyphens() {
        assert_eq!(prose("eins\n\tzwei\r\ndrei"), "eins  zwei  drei");
        assert_eq!(prose("Verteidigungs\u{ad}minister"), "Verteidigungsminister");
    }
}
