//! What a page tells of itself: `og:` and other meta fields, `ld+json`, `time`, `canonical`.

use serde_json::Value;

use super::tree::{Node, Tree};
use crate::document::{Metadata, absolute};

/// Fields of `meta` elements, by `property`, `name` or `itemprop`, the best first.
const TITLES: [&str; 6] =
    ["og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "parsely-title"];
const AUTHORS: [&str; 8] = [
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor",
    "parsely-author",
    "sailthru.author",
    "byl",
];
const DATES: [&str; 18] = [
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "parsely-pub-date",
    "sailthru.date",
    "last-published",
    "article.published",
];
const OUTLETS: [&str; 4] = ["og:site_name", "application-name", "dc.publisher", "publisher"];
const ADDRESSES: [&str; 2] = ["og:url", "twitter:url"];

/// Types of `ld+json` that are articles.
const ARTICLES: [&str; 9] = [
    "Article",
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "BlogPosting",
    "Report",
    "LiveBlogPosting",
    "WebPage",
];

pub(super) fn metadata(tree: &Tree, scripts: &[String]) -> Metadata {
    let fields = Fields::of(tree);
    let ld = scripts.iter().find_map(|script| article_of(script));
    let ld = ld.as_ref();
    let heading = single_heading(tree);
    let title = fields
        .first(&TITLES)
        .or_else(|| ld.and_then(|ld| string(ld.get("headline")?)))
        .or_else(|| heading.clone())
        .or_else(|| page_title(tree));
    Metadata {
        // `Titel | Zeitung` in a field is the title of the page; the heading is that of the article.
        title: match (title, heading) {
            (Some(title), Some(heading)) if is_with_site(&title, &heading) => Some(heading),
            (title, _) => title,
        },
        author: ld.and_then(authors).or_else(|| fields.author()).or_else(|| marked_author(tree)),
        outlet: fields
            .first(&OUTLETS)
            .or_else(|| ld.and_then(|ld| string(ld.get("publisher")?.get("name")?))),
        address: link(tree, "canonical")
            .or_else(|| fields.first(&ADDRESSES))
            .filter(|address| address.starts_with("http://") || address.starts_with("https://")),
        date: ld
            .and_then(|ld| string(ld.get("datePublished")?))
            .into_iter()
            .chain(fields.all(&DATES))
            .chain(times(tree))
            .find(|date| absolute(date).is_some()),
        language: tree
            .named("html")
            .find_map(|number| tree.node(number).attribute("lang"))
            .map(str::to_owned),
    }
}

/// The address in the comment that browsers write into pages they save:
/// `<!-- saved from url=(0042)https://example.org/x -->`.
pub(super) fn saved_from(html: &str) -> Option<String> {
    let mut end = html.len().min(4096);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let head = &html[..end];
    for mark in ["saved from url=", "\n url: ", "Page saved from: "] {
        let Some(at) = head.find(mark) else { continue };
        let rest = &head[at + mark.len()..];
        let rest = rest
            .strip_prefix('(')
            .and_then(|rest| rest.split_once(')'))
            .map_or(rest, |(_, rest)| rest);
        let address = rest.split_whitespace().next()?;
        if address.starts_with("http://") || address.starts_with("https://") {
            return Some(address.to_owned());
        }
    }
    None
}

/// The meta fields of a page: lower-case names, and values that are not blank.
struct Fields(Vec<(String, String)>);

impl Fields {
    fn of(tree: &Tree) -> Fields {
        let mut fields = Vec::new();
        for node in tree.named("meta").map(|number| tree.node(number)) {
            let content = node.attribute("content").filter(|content| !content.trim().is_empty());
            let Some(content) = content else { continue };
            for key in ["property", "name", "itemprop"] {
                if let Some(name) = node.attribute(key) {
                    fields.push((name.trim().to_lowercase(), content.trim().to_owned()));
                }
            }
        }
        Fields(fields)
    }

    fn all<'f>(&'f self, names: &'f [&str]) -> impl Iterator<Item = String> + 'f {
        names.iter().flat_map(|name| {
            self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.clone())
        })
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        self.all(names).next()
    }

    fn author(&self) -> Option<String> {
        // Some name the address of the author's page.
        self.all(&AUTHORS).find(|author| !author.contains("://") && author.len() < 200)
    }
}

/// The object of an `ld+json` script that describes an article: itself, one of a list or graph.
fn article_of(script: &str) -> Option<Value> {
    let script = script.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
    let value: Value = serde_json::from_str(script).ok()?;
    let is_article = |value: &Value| match value.get("@type") {
        Some(Value::String(kind)) => ARTICLES.contains(&kind.as_str()),
        Some(Value::Array(kinds)) => {
            kinds.iter().any(|kind| kind.as_str().is_some_and(|kind| ARTICLES.contains(&kind)))
        }
        _ => false,
    };
    let lists = [Some(&value), value.get("@graph")];
    let mut found: Vec<&Value> = Vec::new();
    for list in lists.into_iter().flatten() {
        match list {
            Value::Array(values) => found.extend(values.iter().filter(|value| is_article(value))),
            other if is_article(other) => found.push(other),
            _ => {}
        }
    }
    // A page that holds an article has both.
    let is_page = |value: &Value| value.get("@type").and_then(Value::as_str) == Some("WebPage");
    found.iter().find(|value| !is_page(value)).or(found.first()).map(|value| (*value).clone())
}

fn authors(ld: &Value) -> Option<String> {
    let list = match ld.get("author")? {
        Value::Array(authors) => authors.clone(),
        author => vec![author.clone()],
    };
    let names: Vec<String> = list
        .iter()
        .filter_map(|author| string(author.get("name").unwrap_or(author)))
        .filter(|name| !name.contains("://"))
        .take(10)
        .collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn string(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text,
        Value::Array(values) => values.first()?.as_str()?,
        _ => return None,
    };
    // Entities that somebody wrote into JSON.
    let text = quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), String::from);
    (!text.trim().is_empty()).then(|| text.trim().to_owned())
}

fn words(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ").replace('\u{ad}', "");
    (!text.is_empty() && text.chars().nth(300).is_none()).then_some(text)
}

/// The heading of the first level, if there is one only.
fn single_heading(tree: &Tree) -> Option<String> {
    let texts: Vec<String> =
        tree.named("h1").filter_map(|number| words(&tree.text(number))).collect();
    match texts.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

fn page_title(tree: &Tree) -> Option<String> {
    let title =
        tree.first(|_, node| node.name() == "title" && tree.node(node.parent).name() == "head")?;
    words(&tree.text(title))
}

/// Whether a title is the heading, and then a mark and the site's name.
fn is_with_site(title: &str, heading: &str) -> bool {
    title.len() > heading.len() && crate::article::is_same_title(title, heading)
}

fn marked_author(tree: &Tree) -> Option<String> {
    let marked = tree.first(|number, node| {
        let lies_in = |fits: &dyn Fn(&Node) -> bool| {
            tree.around(number).any(|around| fits(tree.node(around)))
        };
        // The name alone, where that is marked as well.
        node.is("itemprop", "name") && lies_in(&|around| around.is("itemprop", "author"))
            || node.has_class("fn") && lies_in(&|around| around.has_class("author"))
            || node.is("rel", "author") && node.name() == "a"
            || node.has_class("byline-author")
    });
    let marked = marked.or_else(|| tree.first(|_, node| node.is("itemprop", "author")));
    let author = words(&tree.text(marked?))?;
    let author = author.trim_start_matches("Von ").trim_start_matches("von ").to_owned();
    (author.len() < 100).then_some(author)
}

fn link(tree: &Tree, kind: &str) -> Option<String> {
    let link = tree.first(|_, node| node.name() == "link" && node.is("rel", kind))?;
    let href = tree.node(link).attribute("href")?;
    Some(href.trim().to_owned()).filter(|href| !href.is_empty())
}

/// Dates in `time` elements, those that are marked first.
fn times(tree: &Tree) -> impl Iterator<Item = String> {
    let is_time = |node: &Node| node.name() == "time";
    let is_marked = |node: &Node| node.is("itemprop", "datePublished");
    let in_article =
        |number| tree.around(number).any(|around| tree.node(around).name() == "article");
    let marked = [
        tree.first(|_, node| is_time(node) && is_marked(node)),
        tree.first(|_, node| is_time(node) && node.attribute("pubdate").is_some()),
        tree.first(|_, node| is_marked(node)),
        tree.first(|number, node| is_time(node) && in_article(number)),
        tree.first(|_, node| is_time(node)),
    ];
    let mut dates = Vec::new();
    for number in marked.into_iter().flatten() {
        let node = tree.node(number);
        let date = node.attribute("datetime").or_else(|| node.attribute("content"));
        dates.extend(date.map(str::to_owned));
        dates.push(tree.text(number).trim().to_owned());
    }
    dates.into_iter()
}
