//! RSS and Atom: each entry is an article.
//!
//! Read over [`crate::xml`] rather than by a library: the ones there are turn days into moments
//! in UTC, which moves what was published after midnight to the day before.

use crate::document::{Metadata, TextKind, article};
use crate::html;
use crate::intake::{Intake, Outcome, Place};
use crate::problem::ProblemKind;
use crate::xml::{self, Item, value};

/// An entry while it is read. Fields hold markup where the feed has it.
#[derive(Default)]
struct Entry {
    id: Option<String>,
    title: Option<String>,
    summary: Option<String>,
    content: Option<String>,
    address: Option<String>,
    date: Option<String>,
    changed: Option<String>,
    author: Option<String>,
    outlet: Option<String>,
}

/// What of the feed holds for all its entries.
#[derive(Default)]
struct Channel {
    title: Option<String>,
    address: Option<String>,
    language: Option<String>,
}

/// Reads the entries of a feed, in order. `text` is all of it, decoded.
pub(crate) fn read(intake: &mut Intake<'_>, id: &str, text: &str) -> Outcome {
    let mut parser = Parser::default();
    let outcome = xml::walk(text, |item, attributes| parser.item(item, attributes));
    let Parser { channel, entries, .. } = parser;
    if let Err(kind) = outcome {
        if entries.is_empty() {
            return Err(kind.into());
        }
        intake.notice(&Place::whole(id), kind.text());
    }
    for (number, entry) in (1..).zip(entries) {
        give(intake, id, &channel, entry, number)?;
    }
    Ok(())
}

fn give(
    intake: &mut Intake<'_>,
    id: &str,
    channel: &Channel,
    entry: Entry,
    number: usize,
) -> Outcome {
    let name = entry.id.or_else(|| entry.address.clone()).unwrap_or_else(|| number.to_string());
    let member = format!("{id}!{}", name.trim());
    intake.member(&member, |intake| {
        let html = entry.content.or(entry.summary).unwrap_or_default();
        let text = html::content(&html)?.text;
        let title = entry.title.map(|title| html::content(&title).map(|page| page.text));
        let title = title.transpose()?.filter(|title| !title.trim().is_empty());
        if text.trim().is_empty() && title.is_none() {
            return Err(ProblemKind::Empty.into());
        }
        let metadata = Metadata {
            title,
            author: entry.author,
            outlet: entry.outlet.or_else(|| channel.title.clone()),
            address: entry.address.or_else(|| channel.address.clone()),
            date: entry.date.or(entry.changed),
            language: channel.language.clone(),
        };
        let path = &intake.file.id;
        intake.give(article(member.clone(), path, text, metadata, TextKind::Given))
    })
}

#[derive(Default)]
struct Parser {
    channel: Channel,
    entries: Vec<Entry>,
    entry: Option<Entry>,
    /// The elements that are open.
    open: Vec<String>,
    /// The text of the field that is open, and how deep it lies.
    field: Option<(String, usize)>,
}

impl Parser {
    fn item(&mut self, item: Item<'_>, attributes: &[(String, String)]) {
        match item {
            Item::Start(name) => self.start(name, attributes),
            Item::End(name) => self.end(name),
            Item::Text(part) => {
                if let Some((text, depth)) = &mut self.field {
                    // Within XHTML, what is text must stay text.
                    let is_nested = self.open.len() > *depth;
                    if is_nested {
                        text.push_str(&quick_xml::escape::escape(&part));
                    } else {
                        text.push_str(&part);
                    }
                }
            }
        }
    }

    fn start(&mut self, name: &str, attributes: &[(String, String)]) {
        self.open.push(name.to_owned());
        if let Some((text, _)) = &mut self.field {
            // Atom may hold XHTML as it is.
            text.push_str(&format!("<{name}>"));
            return;
        }
        match name {
            "item" | "entry" => self.entry = Some(Entry::default()),
            "link" => {
                let address = value(attributes, "href").map(str::to_owned);
                let is_page = value(attributes, "rel").is_none_or(|rel| rel == "alternate");
                if let Some(address) = address.filter(|_| is_page) {
                    self.set("link", address);
                } else if value(attributes, "href").is_none() {
                    self.field = Some((String::new(), self.open.len()));
                }
            }
            "title" | "description" | "summary" | "content" | "encoded" | "pubDate"
            | "published" | "updated" | "date" | "creator" | "name" | "guid" | "id"
            | "language" | "author" | "source" | "issued" | "modified" => {
                self.field = Some((String::new(), self.open.len()));
                if name == "author" || name == "source" {
                    // Of Atom they hold elements of their own.
                    self.field = None;
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        let depth = self.open.len();
        self.open.pop();
        match self.field.take() {
            Some((text, start)) if depth <= start => self.set(name, text),
            Some((mut text, start)) => {
                text.push_str(&format!("</{name}>"));
                self.field = Some((text, start));
            }
            None if name == "item" || name == "entry" => self.entries.extend(self.entry.take()),
            None => {}
        }
    }

    fn set(&mut self, name: &str, text: String) {
        if text.trim().is_empty() {
            return;
        }
        let parent = self.open.last().map(String::as_str).unwrap_or_default();
        let is_in_entry = self.open.iter().any(|open| open == "item" || open == "entry");
        if !is_in_entry {
            let field = match name {
                "title" if parent == "channel" || parent == "feed" => &mut self.channel.title,
                "link" => &mut self.channel.address,
                "language" => &mut self.channel.language,
                _ => return,
            };
            field.get_or_insert(text.trim().to_owned());
            return;
        }
        let Some(entry) = &mut self.entry else { return };
        let field = match name {
            "title" if parent == "source" => &mut entry.outlet,
            "title" => &mut entry.title,
            "description" | "summary" => &mut entry.summary,
            "content" | "encoded" => &mut entry.content,
            "link" if parent != "source" => &mut entry.address,
            "pubDate" | "published" | "date" | "issued" => &mut entry.date,
            "updated" | "modified" => &mut entry.changed,
            "creator" | "name" => &mut entry.author,
            "guid" | "id" if parent != "source" => &mut entry.id,
            _ => return,
        };
        field.get_or_insert(text.trim().to_owned());
    }
}
