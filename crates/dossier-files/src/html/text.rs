//! The text of HTML: paragraphs apart by blank lines, lines by line ends.

use std::collections::HashSet;

use dom_query::{Document, NodeRef};

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

/// What surrounds the text of a page.
const MENUS: &str = "nav, aside, form, footer, body > header, [role=navigation], [role=banner], \
    [role=contentinfo], [role=search], [role=dialog], [aria-modal=true], [hidden], [aria-hidden=true], dialog";

/// The text of all of the page but menus, forms and what stands beside the text.
pub(super) fn without_menus(document: &Document) -> String {
    let menus = document.select(MENUS);
    let skipped: HashSet<_> = menus.nodes().iter().map(|node| node.id).collect();
    walk(&document.root(), &|node| skipped.contains(&node.id))
}

/// The text of all of the page but menus and links: what of it can be running text, in bytes.
pub(super) fn unlinked_bytes(document: &Document) -> usize {
    let menus = document.select(MENUS);
    let skipped: HashSet<_> = menus.nodes().iter().map(|node| node.id).collect();
    walk(&document.root(), &|node| skipped.contains(&node.id) || node.has_name("a")).len()
}

/// The text of an element and all that is in it.
pub(super) fn text(root: &NodeRef<'_>) -> String {
    walk(root, &|_| false)
}

fn walk<'a>(root: &NodeRef<'a>, is_skipped: &dyn Fn(&NodeRef<'a>) -> bool) -> String {
    let mut out = Out::default();
    // A list instead of recursion, with the marks that follow an element.
    let mut stack = vec![Step::Node(*root)];
    while let Some(step) = stack.pop() {
        let node = match step {
            Step::Node(node) => node,
            Step::Break(lines) => {
                out.end_lines(lines);
                continue;
            }
            Step::EndPre => {
                out.pre -= 1;
                continue;
            }
        };
        if node.is_text() {
            out.text(&node.text());
            continue;
        }
        let name = node.node_name();
        let name = name.as_deref().unwrap_or_default();
        if SKIPPED.contains(&name) || is_skipped(&node) {
            continue;
        }
        let lines = if BLOCKS.contains(&name) { 2 } else { u8::from(LINES.contains(&name)) };
        match name {
            "br" => {
                out.end_lines(1);
                continue;
            }
            "td" | "th" => out.cell(),
            "pre" => {
                stack.push(Step::EndPre);
                out.pre += 1;
            }
            _ => {}
        }
        if lines > 0 {
            out.end_lines(lines);
            stack.push(Step::Break(lines));
        }
        stack.extend(node.children_it(true).map(Step::Node));
    }
    out.text
}

enum Step<'a> {
    Node(NodeRef<'a>),
    Break(u8),
    EndPre,
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
            assert_eq!(text(&Document::from(html).root()), expected, "{html}");
        }
        let page = "<header>Menü</header><nav>a</nav><article><header>Titel</header>b</article><footer>c</footer>";
        assert_eq!(without_menus(&Document::from(page)), "Titel\n\nb");
    }
}
