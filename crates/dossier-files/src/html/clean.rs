//! Reads a page once, before it is parsed: leaves out what holds no text, and refuses what would
//! take a parser too long.

use crate::problem::ProblemKind;

/// Pages nested deeper are refused: parsing takes time in the depth times the length. Real pages
/// have some forty levels.
const DEPTH: usize = 512;

/// Tags in a page; the largest real ones have some 100,000.
const TAGS: usize = 400_000;

/// Attributes of one tag: the parser looks for doubles among them.
const ATTRIBUTES: usize = 256;

/// Longer attributes are left out: they are pictures and programs.
const ATTRIBUTE_BYTES: usize = 4096;

/// A page without what holds no text.
#[derive(Debug)]
pub(super) struct Cleaned {
    pub(super) html: String,
    /// What the page tells programs of itself (`application/ld+json`).
    pub(super) scripts: Vec<String>,
}

/// Elements whose content is not HTML, or holds no text; left out with all that is in them.
const DROPPED: [&str; 11] = [
    "script",
    "style",
    "svg",
    "math",
    "template",
    "iframe",
    "object",
    "canvas",
    "noembed",
    "xmp",
    "plaintext",
];

/// Elements without an end tag.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements that end where the next of their kind starts, as their end tags are often left out.
const SELF_CLOSING: [&str; 14] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "rp",
    "rt",
];

/// # Errors
///
/// It is nested too deep, or has too many tags.
pub(super) fn clean(html: &str) -> Result<Cleaned, ProblemKind> {
    let mut cleaner = Cleaner {
        rest: html,
        html: String::with_capacity(html.len()),
        scripts: Vec::new(),
        open: Vec::new(),
        tags: 0,
    };
    while let Some(at) = cleaner.rest.find('<') {
        cleaner.html.push_str(&cleaner.rest[..at]);
        cleaner.rest = &cleaner.rest[at..];
        cleaner.mark()?;
    }
    cleaner.html.push_str(cleaner.rest);
    Ok(Cleaned { html: cleaner.html, scripts: cleaner.scripts })
}

struct Cleaner<'h> {
    rest: &'h str,
    html: String,
    scripts: Vec<String>,
    /// The elements that are open.
    open: Vec<Open>,
    tags: usize,
}

/// An open element.
#[derive(Clone, Copy)]
struct Open {
    /// A hash of its name.
    name: u32,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `b`, `font`: where its end tag is missing it goes on behind the elements around it.
    Formatting,
    /// `td`: ends all formatting in it.
    Cell,
    Table,
    Other,
}

fn kind_of(name: &str) -> Kind {
    match name {
        "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike"
        | "strong" | "tt" | "u" => Kind::Formatting,
        "td" | "th" | "caption" => Kind::Cell,
        "table" => Kind::Table,
        _ => Kind::Other,
    }
}

impl Cleaner<'_> {
    /// Takes what starts with `<`.
    fn mark(&mut self) -> Result<(), ProblemKind> {
        let rest = self.rest;
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = comment.find("-->").map_or(rest.len(), |end| 4 + end + 3);
            self.rest = &rest[end..];
            return Ok(());
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            let end = rest.find('>').map_or(rest.len(), |end| end + 1);
            self.html.push_str(&rest[..end]);
            self.rest = &rest[end..];
            return Ok(());
        }
        let is_end = rest.starts_with("</");
        let name_at = 1 + usize::from(is_end);
        let name_bytes = rest[name_at..]
            .find(|char: char| char.is_ascii_whitespace() || matches!(char, '>' | '/' | '<'))
            .unwrap_or(rest.len() - name_at);
        let name = rest[name_at..name_at + name_bytes].to_ascii_lowercase();
        if !name.starts_with(|char: char| char.is_ascii_alphabetic()) {
            self.html.push('<');
            self.rest = &rest[1..];
            return Ok(());
        }
        self.tags += 1;
        if self.tags > TAGS {
            return Err(ProblemKind::TooComplex("a page with too many tags", TAGS));
        }
        let start = self.html.len();
        self.html.push_str(&rest[..name_at + name_bytes]);
        self.rest = &rest[name_at + name_bytes..];
        let is_closed = self.attributes()?;
        if is_end {
            self.end(&name);
        } else if DROPPED.contains(&name.as_str()) {
            let tag = self.html.split_off(start);
            if !is_closed {
                self.dropped(&name, &tag);
            }
        } else if !VOID.contains(&name.as_str()) {
            self.start(&name)?;
        }
        Ok(())
    }

    /// Takes the rest of a tag, without long attributes; whether it closes itself.
    fn attributes(&mut self) -> Result<bool, ProblemKind> {
        let mut count = 0;
        loop {
            let rest = self.rest;
            let Some(at) = rest.find(['>', '"', '\'', '=', '<']) else {
                // The page ends in a tag.
                self.rest = "";
                self.html.push('>');
                return Ok(false);
            };
            let mark = rest.as_bytes()[at];
            // Some have no value. The last word before a `=` is counted with it.
            let names = rest[..at].split_ascii_whitespace().count();
            let is_left_out = at > ATTRIBUTE_BYTES || names > ATTRIBUTES;
            if !is_left_out {
                count += names.saturating_sub(usize::from(mark == b'='));
            }
            if count > ATTRIBUTES {
                return Err(ProblemKind::TooComplex(
                    "a page with too many attributes in a tag",
                    ATTRIBUTES,
                ));
            }
            if mark != b'=' || is_left_out {
                self.html.push_str(if is_left_out { " " } else { &rest[..at] });
            }
            match mark {
                b'>' => {
                    self.html.push('>');
                    self.rest = &rest[at + 1..];
                    return Ok(rest[..at].ends_with('/'));
                }
                // A tag that was never closed.
                b'<' => {
                    self.html.push('>');
                    self.rest = &rest[at..];
                    return Ok(false);
                }
                b'=' => {
                    count += 1;
                    let value = rest[at + 1..].trim_start();
                    let value_at = rest.len() - value.len();
                    let length = match value.as_bytes().first() {
                        Some(quote @ (b'"' | b'\'')) => {
                            value[1..].find(char::from(*quote)).map_or(value.len(), |end| end + 2)
                        }
                        _ => {
                            value.find([' ', '\t', '\n', '\r', '\u{c}', '>']).unwrap_or(value.len())
                        }
                    };
                    if length <= ATTRIBUTE_BYTES && !is_left_out {
                        self.html.push_str(&rest[..value_at + length]);
                    }
                    self.rest = &value[length..];
                }
                _ => {
                    count += 1;
                    self.rest = &rest[at + 1..];
                }
            }
        }
    }

    fn start(&mut self, name: &str) -> Result<(), ProblemKind> {
        let kind = kind_of(name);
        if kind == Kind::Cell || name == "tr" {
            // The cell before ends here, if its end tag was left out.
            let is_of_table = |open: &Open| matches!(open.kind, Kind::Table | Kind::Cell);
            if let Some(at) = self.open.iter().rposition(is_of_table)
                && self.open[at].kind == Kind::Cell
            {
                self.open.truncate(at);
            }
        }
        if kind == Kind::Cell || !SELF_CLOSING.contains(&name) {
            self.open.push(Open { name: hash(name), kind });
        }
        if self.open.len() > DEPTH {
            return Err(ProblemKind::TooComplex("a page that is nested too deep", DEPTH));
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        // An end tag without its start changes nothing.
        let name = hash(name);
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else { return };
        let inner = self.open.split_off(at);
        // Formatting that is still open goes on, up to the cell it is in.
        let goes_on = inner[1..].iter().take_while(|open| open.kind != Kind::Cell);
        self.open.extend(goes_on.filter(|open| open.kind == Kind::Formatting));
    }

    /// Passes over the content of an element.
    fn dropped(&mut self, name: &str, tag: &str) {
        let end = find_end(self.rest, name);
        let content = &self.rest[..end.unwrap_or(self.rest.len())];
        if name == "script" && tag.to_ascii_lowercase().contains("ld+json") {
            self.scripts.push(content.to_owned());
        }
        self.rest = &self.rest[content.len()..];
        if end.is_some() {
            self.rest = self.rest.split_once('>').map_or("", |(_, rest)| rest);
        }
        self.html.push(' ');
    }
}

/// Where `</name` is.
fn find_end(text: &str, name: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find("</") {
        at += found + 2;
        if text.get(at..at + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return Some(at - 2);
        }
    }
    None
}

fn hash(name: &str) -> u32 {
    // Names that share a hash are only closed a little too early.
    (crate::stamp::hash(name.as_bytes()) & u64::from(u32::MAX)) as u32
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn what_holds_no_text_is_left_out() {
        let long = "x".repeat(5000);
        for (html, expected) in [
            ("<p>a</p>", "<p>a</p>"),
            ("a<!-- b -->c", "ac"),
            ("<script>if (a<b) x('</p>')</script>d", " d"),
            ("<style>p > a {}</style >d<SCRIPT src=x></SCRIPT>e", " d e"),
            ("<svg/>a<svg><path d=1/></svg>b", "a b"),
            ("a < b und c > d", "a < b und c > d"),
            ("<a href=\"x>y\" class='b'>c</a>", "<a href=\"x>y\" class='b'>c</a>"),
            (&format!("<img src=\"{long}\" alt=\"b\">"), "<img alt=\"b\">"),
            ("<p", "<p>"),
            ("<p class=\"a", "<p class=\"a>"),
            ("<div <b>x</b>", "<div ><b>x</b>"),
            ("<!doctype html><p>", "<!doctype html><p>"),
            ("a<!-- b", "a"),
            ("<script>a", " "),
        ] {
            assert_eq!(clean(html).unwrap().html, expected, "{html}");
        }
        let cleaned = clean("<script type=\"application/ld+json\">{\"a\": 1}</script>").unwrap();
        assert_eq!(cleaned.scripts, ["{\"a\": 1}"]);
    }

    #[test]
    fn what_takes_too_long_is_refused() {
        let start = Instant::now();
        for html in [
            "<div>".repeat(100_000),
            "<b><p>".repeat(100_000),
            "<div></x>".repeat(100_000),
            "<x><y></z>".repeat(100_000),
            format!("<p {}>", "a=1 ".repeat(1_000_000)),
            "<p>".repeat(1_000_000),
            "<a ".repeat(1_000_000),
            format!("<p {}>", "a a a \"".repeat(1_000)),
        ] {
            assert!(clean(&html).is_err(), "{}", &html[..20]);
        }
        // Not deep, and not many.
        for html in [
            format!("<p {}>", "a ".repeat(1_000_000)),
            "<".repeat(1_000_000),
            "<!--".repeat(1_000_000),
            "<script>".repeat(1_000_000),
            "</".repeat(1_000_000),
            format!("<table>{}</table>", "<tr><td>x".repeat(50_000)),
            "<div>x</div>".repeat(100_000),
        ] {
            assert!(clean(&html).is_ok(), "{}", &html[..20]);
        }
        assert!(start.elapsed().as_secs() < 20);
    }
}
