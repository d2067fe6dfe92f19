//! The text of HTML: paragraphs apart by blank lines, lines by line ends.

use std::ops::Range;

use super::tree::{Kind, Node, Tree};

/// Elements without text of the page.
const SKIPPED: [&str; 14] = [
    "script", "style", "noscript", "template", "head", "button", "select", "textarea", "input",
    "svg", "iframe", "object", "audio", "video",
];

/// What stands in a paragraph of its own.
const BLOCKS: [&str; 33] = [
    "p",
    "div",
    "article",
    "section",
    "main",
    "header",
    "footer",
    "aside",
    "nav",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "dl",
    "table",
    "blockquote",
    "pre",
    "figure",
    "figcaption",
    "form",
    "fieldset",
    "address",
    "hr",
    "details",
    "summary",
    "body",
    "html",
    "center",
    "caption",
];

/// What stands in a line of its own.
const LINES: [&str; 5] = ["li", "tr", "dt", "dd", "option"];

/// Roles of what surrounds the text of a page.
const MENU_ROLES: [&str; 5] = ["navigation", "banner", "contentinfo", "search", "dialog"];

/// Whether an element surrounds the text of a page, or is not seen.
pub(super) fn is_menu(tree: &Tree, node: &Node) -> bool {
    match node.name() {
        "nav" | "aside" | "form" | "footer" | "dialog" => true,
        "header" if tree.node(node.parent).name() == "body" => true,
        _ => {
            node.attribute("role").is_some_and(|role| MENU_ROLES.contains(&role))
                || node.is("aria-modal", "true")
                || node.attribute("hidden").is_some()
                || node.is("aria-hidden", "true")
        }
    }
}

/// The text of all of the page but menus, forms and what stands beside the text.
pub(super) fn without_menus(tree: &Tree) -> String {
    text_but(tree, tree.all(), &|_, node| is_menu(tree, node))
}

/// The text of all of the page but menus and links: what of it can be running text, in bytes.
pub(super) fn unlinked_bytes(tree: &Tree) -> usize {
    text_but(tree, tree.all(), &|_, node| is_menu(tree, node) || node.name() == "a").len()
}

/// The text of all of the page.
pub(super) fn text(tree: &Tree) -> String {
    text_but(tree, tree.all(), &|_, _| false)
}

/// Whether an element holds no text of the page, whatever stands in it.
pub(super) fn is_skipped(node: &Node) -> bool {
    SKIPPED.contains(&node.name())
}

/// How many line ends stand before and behind an element.
pub(super) fn lines_around(node: &Node) -> u8 {
    if BLOCKS.contains(&node.name()) { 2 } else { u8::from(LINES.contains(&node.name())) }
}

/// The text of a run of nodes without some elements.
pub(super) fn text_but(
    tree: &Tree,
    nodes: Range<usize>,
    is_left_out: &dyn Fn(usize, &Node) -> bool,
) -> String {
    let mut out = Out::default();
    // The elements that are open: where they end, with how many lines, and whether they are `pre`.
    let mut open: Vec<(usize, u8, bool)> = Vec::new();
    let mut next = nodes.start;
    while next < nodes.end {
        close(&mut open, next, &mut out);
        let node = tree.node(next);
        next += 1;
        let text = match &node.kind {
            Kind::Text(text) => Some(text),
            Kind::Element { .. } => None,
        };
        if let Some(text) = text {
            out.text(text);
            continue;
        }
        if is_skipped(node) || is_left_out(next - 1, node) {
            next = node.end;
            continue;
        }
        match node.name() {
            "br" => out.end_lines(1),
            "td" | "th" => out.cell(),
            _ => {}
        }
        let is_pre = node.name() == "pre";
        out.pre += usize::from(is_pre);
        let lines = lines_around(node);
        if lines > 0 {
            out.end_lines(lines);
        }
        if lines > 0 || is_pre {
            open.push((node.end, lines, is_pre));
        }
    }
    close(&mut open, nodes.end, &mut out);
    out.text
}

/// Ends the elements that end before a node.
fn close(open: &mut Vec<(usize, u8, bool)>, next: usize, out: &mut Out) {
    while let Some((_, lines, is_pre)) = open.pop_if(|(end, _, _)| *end <= next) {
        out.end_lines(lines);
        out.pre -= usize::from(is_pre);
    }
}

/// Text with as many line ends as blocks ask for, however many of them meet.
#[derive(Default)]
struct Out {
    text: String,
    /// Line ends to be written before the next word.
    lines: u8,
    has_blank: bool,
    is_cell: bool,
    /// Within how many `pre` elements.
    pre: usize,
}

impl Out {
    fn end_lines(&mut self, lines: u8) {
        self.lines = self.lines.max(lines);
        self.has_blank = false;
        self.is_cell = false;
    }

    fn cell(&mut self) {
        self.is_cell = true;
    }

    fn text(&mut self, text: &str) {
        if self.pre > 0 {
            self.start(text.trim_start_matches('\n').trim_end());
            return;
        }
        if text.starts_with(|char: char| char.is_ascii_whitespace()) {
            self.has_blank = true;
        }
        for word in text.split_ascii_whitespace() {
            self.start(word);
            self.has_blank = true;
        }
        self.has_blank = text.ends_with(|char: char| char.is_ascii_whitespace());
    }

    fn start(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            if self.lines > 0 {
                self.text.push_str(if self.lines == 1 { "\n" } else { "\n\n" });
            } else if self.is_cell {
                self.text.push('\t');
            } else if self.has_blank {
                self.text.push(' ');
            }
        }
        self.lines = 0;
        self.is_cell = false;
        // Soft hyphens are no part of words.
        self.text.extend(word.chars().filter(|char| *char != '\u{ad}'));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_and_lines() {
        for (html, expected) in [
            ("<p>Ein <b>Wort</b>.</p><p>Zwei</p>", "Ein Wort.\n\nZwei"),
            ("<div><div>Eins</div></div> zwei", "Eins\n\nzwei"),
            ("a<br>b<br/><br>c", "a\nb\nc"),
            ("<ul><li>a<li>b</ul>c", "a\nb\n\nc"),
            ("<table><tr><td>a<td>b<tr><th>c</table>", "a\tb\nc"),
            ("<p>Kim<b>Jong</b> <i>un</i></p>", "KimJong un"),
            ("<pre>a\n  b\n</pre>c", "a\n  b\n\nc"),
            ("Militär&shy;delegation &amp; &auml;", "Militärdelegation & ä"),
            ("a&nbsp;b", "a\u{a0}b"),
            ("<script>x</script><style>y</style><button>z</button>a", "a"),
            ("", ""),
        ] {
            assert_eq!(text(&Tree::parse(html)), expected, "{html}");
        }
        let page = "<header>Menü</header><nav>a</nav><article><header>Titel</header>b</article><footer>c</footer>";
        assert_eq!(without_menus(&Tree::parse(page)), "Titel\n\nb");
    }
}
