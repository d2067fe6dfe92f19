//! The title of a Markdown text: its first heading.
//!
//! A wrong title does more harm than none (without one, the first words are displayed).

use std::ops::Range;

/// A heading is marked as such, so it may be longer; but a whole text that is written in one line
/// behind a `#` is no title.
const HEADING_CHARS: usize = 1000;

/// A title, and the part of the text that it was taken from: with the rest, nothing is lost.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Title {
    pub(crate) text: String,
    pub(crate) range: Range<usize>,
}

/// The first heading of the first level, `# Titel`, of a Markdown text.
///
/// Lines in fenced code and in the metadata block at the start (between lines of `---`) are no
/// headings, nor are lines underlined with `=`. Line ends must be `\n`. Takes time in the length
/// of the text if there is none.
pub(crate) fn heading(text: &str) -> Option<Title> {
    let mut fence: Option<&str> = None;
    let mut at = metadata_block(text);
    for line in text[at..].split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let line = line.trim_end();
        let unindented = line.trim_start_matches(' ');
        if line.len() - unindented.len() > 3 {
            continue;
        }
        if let Some(open) = fence {
            if unindented.starts_with(open) {
                fence = None;
            }
        } else if let Some(mark) = opening_fence(unindented) {
            fence = Some(mark);
        } else if let Some(title) = unindented.strip_prefix("# ") {
            let title = without_closing_marks(title.trim());
            if title.is_empty() || title.chars().nth(HEADING_CHARS).is_some() {
                return None;
            }
            return Some(Title { text: title.to_owned(), range });
        }
    }
    None
}

/// The mark that opens fenced code, if the line does. "```code```" within one line does not.
fn opening_fence(line: &str) -> Option<&'static str> {
    if line.starts_with("~~~") {
        Some("~~~")
    } else if line.strip_prefix("```")?.trim_start_matches('`').contains('`') {
        None
    } else {
        Some("```")
    }
}

/// The length of the block of metadata at the start of a Markdown text.
fn metadata_block(text: &str) -> usize {
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return 0 };
    let mut length = first.len();
    for line in lines {
        length += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return length;
        }
    }
    0
}

/// `# Titel ##` is written with closing marks by some; `C#` keeps its own.
fn without_closing_marks(title: &str) -> &str {
    let open = title.trim_end_matches('#');
    if open.is_empty() || open.ends_with([' ', '\t']) { open.trim_end() } else { title }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(find: fn(&str) -> Option<Title>, text: &str, title: Option<&str>, body: &str) {
        let found = find(text);
        assert_eq!(found.as_ref().map(|title| title.text.as_str()), title, "{text:?}");
        let range = found.map_or(0..0, |title| title.range);
        assert_eq!(format!("{}{}", &text[..range.start], &text[range.end..]), body, "{text:?}");
    }

    #[test]
    fn headings() {
        let endless = format!("# {}", "x".repeat(2000));
        for (text, title, body) in [
            ("# Putin\n\nText.", Some("Putin"), "\nText."),
            ("# Putin", Some("Putin"), ""),
            (
                "Vorweg\n\n  # Putin reist ##\nText # eins\n",
                Some("Putin reist"),
                "Vorweg\n\nText # eins\n",
            ),
            ("## Teil\n# Ganzes\n# Zweites\n", Some("Ganzes"), "## Teil\n# Zweites\n"),
            ("# C#\n", Some("C#"), ""),
            ("```sh\n# kein Titel\n```\n# Titel\n", Some("Titel"), "```sh\n# kein Titel\n```\n"),
            ("~~~\n```\n# kein Titel\n~~~\n", None, "~~~\n```\n# kein Titel\n~~~\n"),
            ("```a``` b\n# Titel\n", Some("Titel"), "```a``` b\n"),
            ("---\n# Bemerkung\n---\n# Titel\n", Some("Titel"), "---\n# Bemerkung\n---\n"),
            ("---\n# Titel\n", Some("Titel"), "---\n"),
            ("    # Code\n", None, "    # Code\n"),
            ("#hashtag\n", None, "#hashtag\n"),
            ("# \nText\n", None, "# \nText\n"),
            ("# ##\nText\n", None, "# ##\nText\n"),
            (&endless, None, &endless),
            ("Text\n\nText", None, "Text\n\nText"),
            ("", None, ""),
        ] {
            check(heading, text, title, body);
        }
    }
}
