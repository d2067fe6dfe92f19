//! Queries of every kind, drawn from the texts themselves.

use crate::corpus::{Article, Random};

/// A kind of query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One word.
    Word,
    /// Two words, both wanted.
    TwoWords,
    /// Two words one after the other.
    Phrase,
    /// One word with typing errors.
    FuzzyWord,
    /// Two words one after the other, each with other forms and typing errors.
    FuzzyPhrase,
    /// The beginning of a word.
    Prefix,
    /// The same beside tantivy's regular expressions.
    PrefixAsPattern,
    /// Either of two words.
    Or,
    /// One word in the typed spelling only.
    ExactWord,
    /// Two words in the typed spelling only.
    ExactTwoWords,
    /// Two words one after the other, in the typed spelling only.
    ExactPhrase,
    /// Either of two words in the typed spelling only.
    ExactOr,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 12] = [
        Kind::Word,
        Kind::TwoWords,
        Kind::Phrase,
        Kind::FuzzyWord,
        Kind::FuzzyPhrase,
        Kind::Prefix,
        Kind::PrefixAsPattern,
        Kind::Or,
        Kind::ExactWord,
        Kind::ExactTwoWords,
        Kind::ExactPhrase,
        Kind::ExactOr,
    ];

    /// Its name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Word => "word",
            Kind::TwoWords => "two words",
            Kind::Phrase => "phrase",
            Kind::FuzzyWord => "fuzzy word",
            Kind::FuzzyPhrase => "fuzzy phrase",
            Kind::Prefix => "prefix",
            Kind::PrefixAsPattern => "prefix as pattern",
            Kind::Or => "either word",
            Kind::ExactWord => "exact word",
            Kind::ExactTwoWords => "exact two words",
            Kind::ExactPhrase => "exact phrase",
            Kind::ExactOr => "exact either word",
        }
    }
}

/// Pairs of neighbouring words drawn from a corpus.
pub struct Queries {
    pairs: Vec<(String, String)>,
}

impl Queries {
    /// Draws that many pairs, each from a random place of a random article: frequent words come
    /// often, as in what people ask.
    pub fn new(articles: &[Article], count: usize) -> Queries {
        let mut random = Random(2);
        let mut pairs = Vec::with_capacity(count);
        let word = |word: &&str| word.chars().count() >= 4 && word.chars().all(char::is_alphabetic);
        // Corpora without a pair of such words give fewer queries instead of none at all.
        for _ in 0..count * 1_000 {
            if pairs.len() == count || articles.is_empty() {
                break;
            }
            let words: Vec<&str> =
                articles[random.below(articles.len())].body.split_whitespace().collect();
            if words.len() < 2 {
                continue;
            }
            let place = random.below(words.len() - 1);
            if [words[place], words[place + 1]].iter().all(word) {
                pairs.push((words[place].to_owned(), words[place + 1].to_owned()));
            }
        }
        Queries { pairs }
    }

    /// The pairs.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// The queries of a kind in the engine's language.
    pub fn typed(&self, kind: Kind) -> Vec<String> {
        let typed = |(first, second): &(String, String)| match kind {
            Kind::Word => first.clone(),
            Kind::TwoWords => format!("{first} {second}"),
            Kind::Phrase => format!("\"{first} {second}\""),
            Kind::FuzzyWord => format!("{first}~1"),
            Kind::FuzzyPhrase => format!("\"{first} {second}\"~"),
            Kind::Prefix | Kind::PrefixAsPattern => format!("{}*", prefix(first)),
            Kind::Or => format!("{first} ODER {second}"),
            Kind::ExactWord => format!("={first}"),
            Kind::ExactTwoWords => format!("={first} ={second}"),
            Kind::ExactPhrase => format!("=\"{first} {second}\""),
            Kind::ExactOr => format!("={first} ODER ={second}"),
        };
        self.pairs.iter().map(typed).collect()
    }
}

/// All but the last two letters of a word, four at least.
pub(crate) fn prefix(word: &str) -> String {
    let letters = word.chars().count();
    word.chars().take((letters - 2).max(4)).collect()
}
