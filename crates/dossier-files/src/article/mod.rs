//! An article out of flattened text: what is its headline, who wrote it, where it is from, and
//! which parts are none of it.
//!
//! Texts that were copied or scraped from web pages carry what stood around the article: menus,
//! share counts, comment forms, advertising marks, the headline twice. [`parts`] finds these by
//! rules over lines, and over sentences at the tail, and marks them: the text itself stays whole.
//! The rules stand in one table with an example each (`rules.rs`). Weak ones apply only before
//! and behind the running text, none applies to a text without any running text, and what could
//! be a sentence of the article is left alone.
//!
//! ```
//! use dossier_files::article::{NoiseKind, parts};
//! let text = "Kim empfängt Minister\n\n11\n0\n\n\
//!     Der Minister reiste am Freitag in die Hauptstadt und traf dort den Präsidenten. (dpa)\n\n\
//!     LEAVE A REPLY\n";
//! let parts = parts(text);
//! assert_eq!(&text[parts.headline.unwrap()], "Kim empfängt Minister");
//! assert_eq!(parts.agencies, ["dpa"]);
//! let noise: Vec<_> = parts.noise.iter().map(|noise| &text[noise.range.clone()]).collect();
//! assert_eq!(noise, ["11", "0", "(dpa)", "LEAVE A REPLY"]);
//! assert_eq!(parts.noise[3].kind, NoiseKind::Comments);
//! ```

mod agencies;
mod credits;
mod headline;
mod lines;
mod metadata;
mod people;
mod reader;
mod rules;
mod shapes;
#[rustfmt::skip]
mod words;

use std::ops::Range;

use crate::dates::PartialDate;

/// A part of a text that does not belong to the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noise {
    /// Its bytes in the text, without the blanks and line ends around it.
    pub range: Range<usize>,
    /// What it is.
    pub kind: NoiseKind,
}

/// What a part of a text is that does not belong to the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoiseKind {
    /// The headline once more, with other umlauts or with the site's name.
    Twin,
    /// Menus, bread crumbs, key words.
    Navigation,
    /// Buttons for sharing, and how often somebody did; reading times.
    Sharing,
    /// Comment forms and counts of comments.
    Comments,
    /// Marks of advertising.
    Advertising,
    /// Hints at other articles.
    More,
    /// What the publisher says of itself below every article.
    Editorial,
    /// Cookie banners.
    Consent,
    /// Where the text is from: kept as the article's source.
    Source,
    /// Who wrote it, or gave the photo: kept as author, agency or photo credit.
    Credit,
    /// When it was published: kept as the article's date.
    Date,
    /// A line of nothing but marks.
    Mark,
}

/// What an article is made of, as ranges of its text and as values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parts {
    /// The bytes of the headline, if there is a line that reads like one.
    pub headline: Option<Range<usize>>,
    /// The host or outlet that the text names as where it is from.
    pub source: Option<String>,
    /// The address that the text names as where it is from.
    pub address: Option<String>,
    /// The agencies that the text is credited to, in order.
    pub agencies: Vec<String>,
    /// Who wrote or edited it; several are joined by `, `.
    pub author: Option<String>,
    /// Whose the photos are, in order.
    pub photo_credits: Vec<String>,
    /// The date that a line of its own, or the start of the running text, gives it.
    pub date: Option<PartialDate>,
    /// What does not belong to the article, in order; ranges do not touch the headline nor each
    /// other.
    pub noise: Vec<Noise>,
}

/// Texts of more lines are books and tables: nothing is looked for in them but a headline.
const MOST_LINES: usize = 4000;

/// Finds the parts of an article in its text. Line ends must be `\n`.
///
/// Takes time in the number of lines and looks at some hundred bytes at both ends of each; a text
/// of more than 4,000 lines that are not blank has no parts.
pub fn parts(text: &str) -> Parts {
    match lines::lines(text, MOST_LINES) {
        Some(lines) => reader::read(text, &lines),
        None => Parts::default(),
    }
}

/// Whether two titles differ in marks, case, umlauts or the name of a site behind one of them.
pub(crate) fn is_same_title(one: &str, other: &str) -> bool {
    headline::is_same(one, other)
}

pub(crate) use lines::is_blank;

#[cfg(test)]
mod tests;
