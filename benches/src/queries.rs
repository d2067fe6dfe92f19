//! Queries of every kind, drawn from the texts themselves.

use fastrand::Rng;

use crate::corpus::Article;

/// A kind of query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One word.
    Word,
    /// Two words, both wanted.
    TwoWords,
    /// Either of two words.
    EitherWord,
    /// Two words one after the other.
    Phrase,
    /// One word with a typing error.
    FuzzyWord,
    /// So many letters that a word begins with.
    Prefix(usize),
    /// Three words one after the other, each with other forms and typing errors.
    FuzzyPhrase,
    /// One word with as many typing errors as its length allows.
    FuzzierWord,
    /// Words side by side, the second cut short.
    PrefixInPhrase,
    /// Letters that a word ends with.
    Suffix,
    /// A word with a letter and an ending left out.
    Pattern,
    /// Two words in this order with few between.
    Near,
    /// Two words in any order with few between.
    NearAnyOrder,
    /// Two words in any order, with typing errors, with few between.
    FuzzyNear,
    /// A word, but not another one.
    Without,
    /// All documents but those with a word.
    OnlyWithout,
    /// A word in the title.
    InTitle,
    /// A whole passage of the text, any word of which may do.
    Passage,
}

/// How a query is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variants {
    /// The typed spelling only.
    Off,
    /// With inflections, compounds and other spellings of names.
    On,
}

impl Kind {
    /// Those that tantivy answers too.
    pub const COMPARED: [Kind; 8] = [
        Kind::Word,
        Kind::TwoWords,
        Kind::EitherWord,
        Kind::Phrase,
        Kind::FuzzyWord,
        Kind::Prefix(3),
        Kind::Prefix(4),
        Kind::Prefix(5),
    ];

    /// Those of the query language that tantivy has nothing like.
    pub const OWN: [Kind; 12] = [
        Kind::FuzzyPhrase,
        Kind::FuzzierWord,
        Kind::PrefixInPhrase,
        Kind::Suffix,
        Kind::Pattern,
        Kind::Near,
        Kind::NearAnyOrder,
        Kind::FuzzyNear,
        Kind::Without,
        Kind::OnlyWithout,
        Kind::InTitle,
        Kind::Passage,
    ];

    /// Its name in the report.
    pub fn name(self) -> String {
        let name = match self {
            Kind::Word => "word",
            Kind::TwoWords => "two words",
            Kind::EitherWord => "either word",
            Kind::Phrase => "phrase",
            Kind::FuzzyWord => "fuzzy word",
            Kind::Prefix(letters) => return format!("prefix of {letters}"),
            Kind::FuzzyPhrase => "fuzzy phrase",
            Kind::FuzzierWord => "fuzzier word",
            Kind::PrefixInPhrase => "prefix in phrase",
            Kind::Suffix => "suffix",
            Kind::Pattern => "pattern",
            Kind::Near => "near",
            Kind::NearAnyOrder => "near, any order",
            Kind::FuzzyNear => "fuzzy near",
            Kind::Without => "without a word",
            Kind::OnlyWithout => "only without",
            Kind::InTitle => "word in title",
            Kind::Passage => "passage",
        };
        name.to_owned()
    }

    /// Whether `=` makes another query of it.
    pub fn has_exact_form(self) -> bool {
        matches!(self, Kind::Word | Kind::TwoWords | Kind::EitherWord | Kind::Phrase)
    }

    /// Whether any of its words may do.
    pub fn wants_any_word(self) -> bool {
        self == Kind::Passage
    }
}

/// Words that stand side by side in a corpus.
pub struct Queries {
    places: Vec<[String; 3]>,
    passages: Vec<String>,
}

/// Words of a passage.
const PASSAGE: usize = 12;

impl Queries {
    /// Draws that many places, each at random in a random article: frequent words come often, as in
    /// what people ask.
    pub fn new(articles: &[Article], count: usize) -> Queries {
        let mut random = Rng::with_seed(2);
        let mut queries = Queries { places: Vec::new(), passages: Vec::new() };
        let word = |word: &&str| word.chars().count() >= 4 && word.chars().all(char::is_alphabetic);
        // Corpora without three such words in a row give fewer queries instead of none at all.
        for _ in 0..count * 1_000 {
            if queries.places.len() == count || articles.is_empty() {
                break;
            }
            let words: Vec<&str> =
                articles[random.usize(..articles.len())].body.split_whitespace().collect();
            if words.len() < 3 {
                continue;
            }
            let place = random.usize(..words.len() - 2);
            let ahead = &words[place..];
            if ahead[..3].iter().all(word) {
                queries.places.push([ahead[0], ahead[1], ahead[2]].map(str::to_owned));
                let letters = |c: char| c.is_alphabetic() || c == ' ';
                let passage = ahead[..PASSAGE.min(ahead.len())].join(" ");
                queries.passages.push(passage.chars().filter(|c| letters(*c)).collect());
            }
        }
        queries
    }

    /// The words of each query.
    pub fn places(&self) -> &[[String; 3]] {
        &self.places
    }

    /// The queries of a kind in the engine's language.
    pub fn typed(&self, kind: Kind, variants: Variants) -> Vec<String> {
        let is = match variants {
            Variants::Off => "=",
            Variants::On => "",
        };
        let typed = |([a, b, c], passage): (&[String; 3], &String)| match kind {
            Kind::Word => format!("{is}{a}"),
            Kind::TwoWords => format!("{is}{a} {is}{b}"),
            Kind::EitherWord => format!("{is}{a} ODER {is}{b}"),
            Kind::Phrase => format!("{is}\"{a} {b}\""),
            Kind::FuzzyWord => format!("{a}~1"),
            Kind::Prefix(letters) => format!("{}*", first(a, letters)),
            Kind::FuzzyPhrase => format!("\"{a} {b} {c}\"~"),
            Kind::FuzzierWord => format!("{a}~"),
            Kind::PrefixInPhrase => format!("\"{a} {}*\"", first(b, 3)),
            Kind::Suffix => format!("*{}", last(a, 3)),
            Kind::Pattern => {
                format!("{}?{}*", first(a, 2), first(&last(a, a.chars().count() - 3), 1))
            }
            Kind::Near => format!("{a} NEAR/5 {c}"),
            Kind::NearAnyOrder => format!("{c} NAH/5 {a}"),
            Kind::FuzzyNear => format!("{c}~ NAH/5 {a}~"),
            Kind::Without => format!("{a} -{b}"),
            Kind::OnlyWithout => format!("-{a}"),
            Kind::InTitle => format!("titel:{a}"),
            Kind::Passage => passage.clone(),
        };
        self.places.iter().zip(&self.passages).map(typed).collect()
    }
}

/// The first letters of a word.
pub(crate) fn first(word: &str, letters: usize) -> String {
    word.chars().take(letters).collect()
}

/// The last letters of a word.
fn last(word: &str, letters: usize) -> String {
    word.chars().skip(word.chars().count().saturating_sub(letters)).collect()
}
