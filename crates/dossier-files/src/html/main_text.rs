//! The main text of a page: what stands where most of its running text does, without menus, boxes
//! and lists of links.
//!
//! - Text between two line ends is a block. One of several words with the marks of sentences, few
//!   of them links, is running text.
//! - What is called after things beside the text (`sidebar`, `kommentare`), or is a menu by its
//!   element, is left out, unless much of the running text is in it: wrappers are called anything.
//! - The main text is the innermost element with nearly all of the running text that is left.
//! - Of that, what is mostly links and holds no running text is left out.
//!
//! Names and links are told from each other as Readability (Mozilla) does; choosing the element by
//! the share of running text instead of by points for each paragraph keeps forums and live blogs,
//! whose posts lie side by side, together.

use super::text::{is_menu, is_skipped, lines_around, text_but};
use super::tree::{Kind, Node, Tree};

/// Running text has so many words.
const LEAST_WORDS: usize = 10;

/// No more than this share of the words of running text are links, in percent.
const MOST_LINKED: usize = 33;

/// An element that holds so much of the running text is left out by no name, in percent.
const MUCH: usize = 50;

/// The main text is an element with this much of the running text, in percent: a box or a comment
/// outside of it holds a few sentences.
const NEARLY_ALL: usize = 80;

/// Parts of classes and ids of what stands beside the text.
const BESIDE: [&str; 39] = [
    "comment",
    "kommentar",
    "disqus",
    "sidebar",
    "footer",
    "breadcrumb",
    "navi",
    "menu",
    "related",
    "recommend",
    "newsletter",
    "cookie",
    "consent",
    "gdpr",
    "banner",
    "sponsor",
    "promo",
    "advert",
    "anzeige",
    "werbung",
    "paywall",
    "author-bio",
    "authorbox",
    "author-box",
    "pagination",
    "pager",
    "editsection",
    "popup",
    "modal",
    "subscribe",
    "login",
    "toolbar",
    "outbrain",
    "taboola",
    "widget",
    "sharing",
    "social",
    "masthead",
    "impressum",
];

/// Whole words of classes and ids of it.
const BESIDE_WORDS: [&str; 14] = [
    "nav", "ad", "ads", "share", "tags", "tools", "toc", "more", "skip", "bio", "remark",
    "replies", "aside", "rss",
];

/// The same where there are links in it; some papers call the first paragraph so.
const BESIDE_WITH_LINKS: [&str; 3] = ["teaser", "infobox", "box"];

/// Classes of an element that are looked at.
const MOST_NAMES: usize = 10;

/// The main text; `None` if there is no running text. `title` is left out where it is a heading.
pub(super) fn main_text(tree: &Tree, title: Option<&str>) -> Option<String> {
    let mut page = Page::of(tree);
    page.leave_out_beside();
    let all = page.sums.running(tree.all());
    if all == 0 {
        return None;
    }
    let mut main = 0;
    while let Some(inner) = page
        .children(main)
        .find(|child| page.sums.running(tree.within(*child)) * 100 >= all * NEARLY_ALL)
    {
        main = inner;
    }
    let is_title = |number: usize, node: &Node| {
        matches!(node.name(), "h1" | "h2")
            && title
                .is_some_and(|title| crate::article::is_same_title(title, tree.text(number).trim()))
    };
    let text = text_but(tree, tree.within(main), &|number, node| {
        page.left_out[number] || page.is_list_of_links(number) || is_title(number, node)
    });
    (!text.trim().is_empty()).then_some(text)
}

/// A page, and what is known of its nodes.
struct Page<'t> {
    tree: &'t Tree,
    /// Elements that are left out, with all that is in them.
    left_out: Vec<bool>,
    sums: Sums,
}

/// For each node the sums over all nodes before it.
struct Sums {
    words: Vec<usize>,
    /// Words in links.
    linked: Vec<usize>,
    /// Words of running text.
    running: Vec<usize>,
}

impl Sums {
    fn running(&self, nodes: std::ops::Range<usize>) -> usize {
        self.running[nodes.end] - self.running[nodes.start]
    }
}

impl<'t> Page<'t> {
    fn of(tree: &'t Tree) -> Page<'t> {
        let left_out = vec![false; tree.all().len()];
        let mut page =
            Page { tree, sums: Sums { words: vec![], linked: vec![], running: vec![] }, left_out };
        page.count();
        page
    }

    /// Counts the words of all that is not left out.
    fn count(&mut self) {
        let all = self.tree.all();
        let (mut words, mut linked) = (vec![0; all.end], vec![0; all.end]);
        let mut running = vec![0; all.end];
        let mut block = Block::default();
        // Where elements end that begin and end a block, and links.
        let (mut blocks, mut links): (Vec<usize>, Vec<usize>) = Default::default();
        let mut next = 0;
        while next < all.end {
            while blocks.pop_if(|end| *end <= next).is_some() {
                block.finish(&mut running);
            }
            links.retain(|end| *end > next);
            let node = self.tree.node(next);
            match &node.kind {
                Kind::Text(text) => {
                    words[next] = count_words(text);
                    linked[next] = if links.is_empty() { 0 } else { words[next] };
                    block.add(next, text, words[next], linked[next]);
                }
                Kind::Element { .. } if is_skipped(node) || self.left_out[next] => {
                    block.finish(&mut running);
                    next = node.end;
                    continue;
                }
                Kind::Element { .. } => {
                    if lines_around(node) > 0 || matches!(node.name(), "td" | "th") {
                        block.finish(&mut running);
                        blocks.push(node.end);
                    }
                    if node.name() == "a" {
                        links.push(node.end);
                    }
                }
            }
            next += 1;
        }
        block.finish(&mut running);
        let [words, linked, running] = [words, linked, running].map(sums);
        self.sums = Sums { words, linked, running };
    }

    /// Leaves out what stands beside the text.
    fn leave_out_beside(&mut self) {
        let all = self.sums.running(self.tree.all());
        let mut next = 0;
        while next < self.tree.all().end {
            let node = self.tree.node(next);
            let holds_much = self.sums.running(self.tree.within(next)) * 100 > all * MUCH;
            if !holds_much && (is_menu(self.tree, node) || self.is_beside(next, node)) {
                self.left_out[next] = true;
                next = node.end;
            } else {
                next += 1;
            }
        }
        self.count();
    }

    /// Whether an element is called as what stands beside the text.
    fn is_beside(&self, number: usize, node: &Node) -> bool {
        let names = ["class", "id"].into_iter().filter_map(|name| node.attribute(name));
        let names = names.flat_map(|names| names.split_ascii_whitespace().take(MOST_NAMES));
        let links = || self.sums.linked[node.end] > self.sums.linked[number];
        names.map(str::to_lowercase).any(|name| {
            BESIDE.iter().any(|part| name.contains(part))
                || name.split(|char: char| !char.is_alphanumeric()).any(|word| {
                    BESIDE_WORDS.contains(&word) || BESIDE_WITH_LINKS.contains(&word) && links()
                })
        })
    }

    /// The elements in an element.
    fn children(&self, number: usize) -> impl Iterator<Item = usize> {
        let end = self.tree.node(number).end;
        let child = move |child: usize| (child < end).then_some(child);
        let children =
            std::iter::successors(child(number + 1), move |last| child(self.tree.node(*last).end));
        children.filter(|child| !self.left_out[*child] && !self.tree.node(*child).name().is_empty())
    }

    /// Whether an element holds no running text, and links for the most part.
    fn is_list_of_links(&self, number: usize) -> bool {
        let nodes = self.tree.within(number);
        let count = |of: &[usize]| of[nodes.end] - of[nodes.start];
        self.sums.running(nodes.clone()) == 0
            && count(&self.sums.linked) * 2 > count(&self.sums.words)
    }
}

/// The sums over what stands before each place, and behind all of them.
fn sums(counts: Vec<usize>) -> Vec<usize> {
    let mut sum = 0;
    let mut sums = Vec::with_capacity(counts.len() + 1);
    sums.push(0);
    for count in counts {
        sum += count;
        sums.push(sum);
    }
    sums
}

/// The text between two line ends.
#[derive(Default)]
struct Block {
    /// The numbers of its texts, and their words.
    texts: Vec<(usize, usize)>,
    words: usize,
    linked: usize,
    has_sentence: bool,
}

impl Block {
    fn add(&mut self, number: usize, text: &str, words: usize, linked: usize) {
        self.texts.push((number, words));
        self.words += words;
        self.linked += linked;
        self.has_sentence |= text.contains(['.', '!', '?', ',', ';', ':', '“', '«']);
    }

    /// Tells for each of its texts how much running text it is.
    fn finish(&mut self, running: &mut [usize]) {
        let is_running = self.words >= LEAST_WORDS
            && self.has_sentence
            && self.linked * 100 <= self.words * MOST_LINKED;
        for (number, words) in self.texts.drain(..).filter(|_| is_running) {
            running[number] = words;
        }
        *self = Block::default();
    }
}

fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}
