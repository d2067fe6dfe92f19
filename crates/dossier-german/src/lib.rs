//! German words as pure functions on `&str`: segmentation, folding, stems, compound parts.
//!
//! [`words`] cuts a text into words, [`forms`] gives every form under which one word is indexed
//! and searched. Indexing and searching call the same two functions, so they cannot disagree.
//!
//! ```
//! use dossier_german::{WordKind, forms, words};
//!
//! let found: Vec<_> = words("Kim Jong-un empfängt Gäste.").map(|word| word.text).collect();
//! assert_eq!(found, ["Kim", "Jong-un", "Jong", "un", "empfängt", "Gäste"]);
//! assert_eq!(words("Jong-un").next().map(|word| word.kind), Some(WordKind::Whole));
//!
//! // ä, ae and, for readers without an umlaut key, a are one letter once folded.
//! assert_eq!(forms("empfängt").folded, forms("empfaengt").folded);
//! ```
//!
//! Knows nothing of an index, of files, or of threads. Who uses the `tantivy` crate directly
//! finds the same analysis as its tokenizer behind the feature `tantivy`.

mod cache;
mod compounds;
mod derived;
mod family;
mod fold;
mod forms;
mod letter_set;
mod letters;
mod lexicon;
mod linked;
mod names;
mod orthography;
mod stem;
mod strip;
#[cfg(feature = "tantivy")]
mod tantivy;
mod user_words;
mod verbs;
mod words;

pub use cache::{WordCache, WordKey};
pub use fold::{exact, fold};
pub use forms::{Forms, Part, StemSource, forms, forms_with, stem_and_parts};
pub use letter_set::LetterSet;
pub use names::{
    Alias, Aliases, KeyMatch, NameKey, Nearness, TypedName, name_keys, name_keys_of_text,
};
pub use stem::Class as WordClass;
#[cfg(feature = "tantivy")]
pub use tantivy::{GermanTokenStream, GermanTokenizer};
pub use user_words::UserWords;
pub use words::{Word, WordKind, Words, words};

/// Names the state of the analysis: changes whenever any result of this crate changes.
///
/// Belongs in the fingerprint of an index, because an index holds the results of one version and
/// a query analysed by another would miss.
///
/// ```
/// assert_eq!(dossier_german::version(), dossier_german::version());
/// ```
pub fn version() -> String {
    // The number counts changes of the rules; the lexicon brings its own hash.
    format!("12-{}", lexicon::hash())
}
