//! A saved web page becomes an article: its main text, and what the page tells of it.
//!
//! The main text is found by its paragraphs ([`main_text`]), or is all of the page but menus and
//! forms where there are none. Then the rules of [`crate::article`] run over it
//! as over any flattened text. Before anything is parsed, [`clean`] reads the page once and
//! refuses what would take a parser too long: html5ever is quadratic in the depth of nesting.

mod charset;
mod clean;
mod main_text;
mod metadata;
mod text;
mod tree;

use clean::Cleaned;
use tree::Tree;

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
    let Cleaned { html: cleaned, scripts } = clean::clean(html)?;
    let tree = Tree::parse(&cleaned);
    drop(cleaned);
    let mut metadata = metadata::metadata(&tree, &scripts);
    metadata.address =
        address.map(str::to_owned).or_else(|| metadata::saved_from(html)).or(metadata.address);
    let least = text::unlinked_bytes(&tree) * LEAST_SHARE / 100;
    let main =
        main_text::main_text(&tree, metadata.title.as_deref()).filter(|main| main.len() >= least);
    let text = main.unwrap_or_else(|| text::without_menus(&tree));
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
    let tree = Tree::parse(&cleaned.html);
    let metadata = metadata::metadata(&tree, &[]);
    Ok(Page { text: text::text(&tree), metadata })
}
