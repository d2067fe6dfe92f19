//! A German lexicon as data: words with their lemmas, and how well they form compounds.
//!
//! The bytes are read by `dossier-german`, which documents their meaning. They are derived from
//! dictionaries under CC BY-SA 4.0 (see `SOURCES`), and so under that licence themselves; all code
//! stays in other crates. `build/lexicon.py` and `examples/pack.rs` make them anew.
//!
//! ```
//! assert!(dossier_lexicon::WORDS.len() < 3_000_000);
//! ```

/// Automaton of all words (crate `fst`, a map): a word's key to its packed readings.
pub static WORDS: &[u8] = include_bytes!("../data/words.fst");

/// Table of rules that lead from a form to its lemma.
pub static RULES: &[u8] = include_bytes!("../data/rules.bin");

/// Common English words that German texts quote, in lower case, sorted, one a line. Under a licence
/// of their own (see `SOURCES`); `build/english.py` makes the list anew.
pub static ENGLISH: &str = include_str!("../data/english.txt");

/// Hash of the automaton and the rules, in hexadecimal; changes whenever they do.
pub static HASH: &str = include_str!("../data/hash.txt");
