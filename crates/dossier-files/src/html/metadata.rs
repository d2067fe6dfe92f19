//! What a page tells of itself: `og:` and other meta fields, `ld+json`, `time`, `canonical`.

use dom_query::Document;
use serde_json::Value;

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

pub(super) fn metadata(document: &Document, scripts: &[String]) -> Metadata {
    let fields = Fields::of(document);
    let ld = scripts.iter().find_map(|script| article_of(script));
    let ld = ld.as_ref();
    let heading = single_heading(document);
    let title = fields
        .first(&TITLES)
        .or_else(|| ld.and_then(|ld| string(ld.get("headline")?)))
        .or_else(|| heading.clone())
        .or_else(|| page_title(document));
    Metadata {
        // `Titel | Zeitung` in a field is the title of the page; the heading is that of the article.
        title: match (title, heading) {
            (Some(title), Some(heading)) if is_with_site(&title, &heading) => Some(heading),
            (title, _) => title,
        },
        author: ld
            .and_then(authors)
            .or_else(|| fields.author())
            .or_else(|| marked_author(document)),
        outlet: fields
            .first(&OUTLETS)
            .or_else(|| ld.and_then(|ld| string(ld.get("publisher")?.get("name")?))),
        address: link(document, "canonical")
            .or_else(|| fields.first(&ADDRESSES))
            .filter(|address| address.starts_with("http://") || address.starts_with("https://")),
        date: ld
            .and_then(|ld| string(ld.get("datePublished")?))
            .into_iter()
            .chain(fields.all(&DATES))
            .chain(times(document))
            .find(|date| absolute(date).is_some()),
        language: document.select_single("html").attr("lang").map(|lang| lang.to_string()),
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
    fn of(document: &Document) -> Fields {
        let mut fields = Vec::new();
        for node in document.select("meta[content]").nodes() {
            let Some(content) = node.attr("content").filter(|content| !content.trim().is_empty())
            else {
                continue;
            };
            for key in ["property", "name", "itemprop"] {
                if let Some(name) = node.attr(key) {
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
fn single_heading(document: &Document) -> Option<String> {
    let headings = document.select("h1");
    let texts: Vec<String> =
        headings.nodes().iter().filter_map(|node| words(&node.text())).collect();
    match texts.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

fn page_title(document: &Document) -> Option<String> {
    words(&document.select_single("head > title").text())
}

/// Whether a title is the heading, and then a mark and the site's name.
fn is_with_site(title: &str, heading: &str) -> bool {
    title.len() > heading.len() && crate::article::is_same_title(title, heading)
}

fn marked_author(document: &Document) -> Option<String> {
    let marks = "[itemprop=author] [itemprop=name], [itemprop=author], a[rel=author], .author .fn, .byline-author";
    let author = words(&document.select_single(marks).text())?;
    let author = author.trim_start_matches("Von ").trim_start_matches("von ").to_owned();
    (author.len() < 100).then_some(author)
}

fn link(document: &Document, kind: &str) -> Option<String> {
    let href = document.select_single(&format!("link[rel={kind}]")).attr("href")?;
    Some(href.trim().to_owned()).filter(|href| !href.is_empty())
}

/// Dates in `time` elements, those that are marked first.
fn times(document: &Document) -> impl Iterator<Item = String> {
    let marks = [
        "time[itemprop=datePublished]",
        "time[pubdate]",
        "[itemprop=datePublished]",
        "article time",
        "time",
    ];
    let mut dates = Vec::new();
    for mark in marks {
        let found = document.select_single(mark);
        if let Some(node) = found.nodes().first() {
            dates.extend(
                node.attr("datetime").or_else(|| node.attr("content")).map(|date| date.to_string()),
            );
            dates.push(node.text().trim().to_owned());
        }
    }
    dates.into_iter()
}
