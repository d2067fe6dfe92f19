//! A saved web page becomes an article: its main text, and what the page tells of it.
//!
//! The main text is found by dom_smoothie, as Firefox's reading view does, or is all of the page
//! but menus and forms where that finds nothing. Then the rules of [`crate::article`] run over it
//! as over any flattened text. Before anything is parsed, [`clean`] reads the page once and
//! refuses what would take a parser too long: html5ever is quadratic in the depth of nesting.

mod charset;
mod clean;
mod metadata;
mod text;

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::Document;
use dom_smoothie::{Config, Readability};

pub(crate) use charset::decode;

use crate::document::Metadata;
use crate::problem::ProblemKind;

/// A page as text, and what it tells of it.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) metadata: Metadata,
}

/// Less main text than this share of all text that is no link is taken for a mistake, in percent.
const LEAST_SHARE: usize = 10;

/// Reads a page. `address` is where it was found, if that is known from elsewhere.
///
/// Takes time in its length; memory for some twenty times as much.
///
/// # Errors
///
/// The page is nested too deep, or holds no text.
pub(crate) fn page(html: &str, address: Option<&str>) -> Result<Page, ProblemKind> {
    let cleaned = clean::clean(html)?;
    let document = Document::from(cleaned.html.as_str());
    let mut metadata = metadata::metadata(&document, &cleaned.scripts);
    metadata.address =
        address.map(str::to_owned).or_else(|| metadata::saved_from(html)).or(metadata.address);
    let all = text::without_menus(&document);
    let least = text::unlinked_bytes(&document) * LEAST_SHARE / 100;
    let main = main_text(document).filter(|main| main.len() >= least);
    let text = main.unwrap_or(all);
    if text.trim().is_empty() && metadata.title.is_none() {
        return Err(ProblemKind::Empty);
    }
    Ok(Page { text, metadata })
}

/// The text of a piece of HTML that is all content: a feed's entry, a mail, a chapter.
///
/// # Errors
///
/// It is nested too deep.
pub(crate) fn content(html: &str) -> Result<Page, ProblemKind> {
    let cleaned = clean::clean(html)?;
    let document = Document::from(cleaned.html.as_str());
    let metadata = metadata::metadata(&document, &[]);
    Ok(Page { text: text::text(&document.root()), metadata })
}

/// The main text as dom_smoothie finds it.
fn main_text(document: Document) -> Option<String> {
    let config = Config { disable_json_ld: true, ..Config::default() };
    // Pages are hostile; a fault in finding the main text must not end the run.
    let parsed = catch_unwind(AssertUnwindSafe(|| {
        Readability::with_document(document, None, Some(config)).ok()?.parse().ok()
    }));
    let article = parsed.ok()??;
    let content = Document::from(article.content.as_ref());
    let text = text::text(&content.root());
    (!text.trim().is_empty()).then_some(text)
}
