//! What comes out: hits with fragments, and what the reader should know about them.

use std::ops::Range;

use dossier_german::Aliases;
use serde::Serialize;

use crate::document::{Date, DateOrigin, Day};
use crate::explain::Explanation;

/// How to search; start from the default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchOptions {
    /// Hits returned at most. `limit + offset` is clamped to [`SearchOptions::MOST_HITS`].
    pub limit: usize,
    /// Hits passed over.
    pub offset: usize,
    /// Length of a fragment in characters, about; 0 for no fragments, which saves analysing texts;
    /// [`SearchOptions::WHOLE_TEXT`] for the text as one fragment.
    pub fragment_chars: usize,
    /// Fragments for each hit at most.
    pub fragments: usize,
    /// Whether words that stand side by side as plain words must all occur.
    pub matching: Matching,
    /// Where several plain words must all occur, and fewer documents than this have them: so many
    /// are returned, with those that come [nearest](Results::nearest). 0 for none; never more than
    /// `limit`. Costs another search.
    pub nearest: usize,
    /// Groups of names that mean the same, beside the exonyms that are known anyway. A query for
    /// one of a group also finds the others, of one word or several.
    pub aliases: Aliases,
    /// Whether each hit tells why it matches.
    pub explain: bool,
    /// Whether [noise](crate::Document::noise) is searched and shown, too.
    pub noise: bool,
    /// Whether near-copies are one hit, the best of them, which [names](Hit::copies) the others.
    /// [`limit`](Self::limit) and [`offset`](Self::offset) then count such hits.
    pub group_copies: bool,
    /// Which day it is, for `datum:7d`: the engine reads no clock.
    pub today: Option<Day>,
}

impl SearchOptions {
    /// `limit + offset` never goes beyond.
    pub const MOST_HITS: usize = 10_000;

    /// As the length of a fragment: the whole text is one, with everything marked that matches.
    pub const WHOLE_TEXT: usize = usize::MAX;
}

impl Default for SearchOptions {
    fn default() -> Self {
        SearchOptions {
            limit: 10,
            offset: 0,
            fragment_chars: 200,
            fragments: 2,
            matching: Matching::All,
            nearest: 10,
            aliases: Aliases::default(),
            explain: false,
            noise: false,
            group_copies: false,
            today: None,
        }
    }
}

/// Which documents match plain words without operators.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Matching {
    /// Those with all the words; where there is none, those with as many as possible, and
    /// [`Results::reading`] says so. Where there are few, [`Results::nearest`] has more.
    #[default]
    All,
    /// Those with any of the words, ranked. Of a compound each part may do, and a word that no
    /// document holds is searched with typing errors.
    Any,
}

/// The answer to a query.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Results {
    /// Documents that match, beyond those returned too; near-copies are counted one by one.
    pub total: usize,
    /// Best first; equal scores in the order of their ids.
    pub hits: Vec<Hit>,
    /// Where few documents have all words of the query: those that come nearest without, best first;
    /// none of them is among `hits` or counted in `total`. Only beside the first hits, and as many as
    /// [asked for](SearchOptions::nearest).
    pub nearest: Vec<Hit>,
    /// Whether the query was searched as typed.
    pub reading: Reading,
    /// Words of the index that were searched beside those typed.
    pub also_searched: Vec<Variant>,
    /// What the reader should know about how the query was understood.
    pub notices: Vec<Notice>,
}

/// Whether a query was searched as typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum Reading {
    /// As typed.
    #[default]
    #[serde(rename = "as typed")]
    AsTyped,
    /// Nothing matched as typed; these are the nearest.
    #[serde(rename = "relaxed")]
    Relaxed,
}

/// A document that matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Hit {
    /// The document's id.
    pub id: String,
    /// The file it was read from.
    pub path: Option<String>,
    /// Its title; empty where there is none.
    pub title: String,
    /// The first words of its text (at most 80 characters) where there is no title; else empty.
    pub first_words: String,
    /// The outlet it appeared in.
    pub source: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// ISO 639-3 code of its language.
    pub language: Option<String>,
    /// The agency whose text it is.
    pub agency: Option<String>,
    /// When it was published, as far as is known.
    pub date: Option<Date>,
    /// Where the date was found.
    pub date_origin: Option<DateOrigin>,
    /// Higher is better; comparable within one query only.
    pub score: f32,
    /// Passages that show why it matches, in the order of the text.
    pub fragments: Vec<Fragment>,
    /// What matches within `title`: byte ranges, ascending, apart.
    pub title_marks: Vec<Range<usize>>,
    /// The ids of near-copies that match, too, best first; only if
    /// [asked for](SearchOptions::group_copies). They are looked for among the next hits: as many as
    /// `limit + offset`, and some more. Copies are texts of at least 30 words that have about a third
    /// of their runs of three words in common with this one.
    pub copies: Vec<String>,
    /// Why it matches, in the order of the query; only if [asked for](SearchOptions::explain).
    pub explanations: Vec<Explanation>,
}

/// A passage of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Fragment {
    /// The passage, as it stands in the document; in place of noise within it stands ` … `.
    pub text: String,
    /// What matches: byte ranges into `text`, ascending, apart.
    pub marks: Vec<Range<usize>>,
    /// Where the passage starts in the document's body, in bytes.
    pub start: usize,
    /// Whether nothing but blanks and noise stands before the passage, and behind it.
    pub whole: (bool, bool),
}

/// A word of the index that was searched beside the one typed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Variant {
    /// The word as the index knows it: folded (lower case, ä as a). Several, with spaces, where
    /// they stand in the place of one: `jong un`.
    pub term: String,
    /// Why it counts as a match.
    pub kind: MatchKind,
    /// Documents that hold it, about.
    pub documents: usize,
}

/// How a word of a text relates to the word typed, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MatchKind {
    /// Spelled as typed, case aside.
    Exact,
    /// The same but for umlaut spelling, accents or old orthography.
    Folded,
    /// Another form of the same word.
    Inflection,
    /// Another spelling of the same name.
    Name,
    /// Another name for the same: Peking for Beijing, or of a group of the user's.
    Alias,
    /// A word close in meaning: the feminine of a masculine, the verb of a participle.
    Related,
    /// The word typed is a part of it; where any word may do, also: it has a part of the word
    /// typed.
    Part,
    /// It fits the wildcards.
    Wildcard,
    /// A few letters differ.
    Fuzzy,
}

impl MatchKind {
    /// Whether it is the word typed, or may be meant for it.
    pub(crate) fn is_word_itself(self) -> bool {
        !matches!(self, MatchKind::Related | MatchKind::Part)
    }
}

/// A remark on how a query was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Notice {
    /// What part of the query it is about: byte range into the text that was parsed.
    pub span: Range<usize>,
    /// What was noticed.
    pub kind: NoticeKind,
    /// In English, for people.
    pub message: String,
    /// A query that may be closer to what was meant.
    pub suggestion: Option<String>,
    /// Documents it is about, where they were counted.
    pub count: Option<usize>,
}

/// What a notice is about, for programs and translations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NoticeKind {
    /// `x:` names no field and was searched literally.
    UnknownField,
    /// A mark without its counterpart, or an operator without an operand, was passed over.
    Ignored,
    /// `NEAR` without a number, or `near/3`, was searched as a word.
    NoOperator,
    /// More words of the index fit than are searched at once; the most frequent were taken.
    ExpansionsCut,
    /// The query has too many words of which any may do: the most frequent were left out.
    WordsCut,
    /// The query has too many words: of those from here on, other spellings of names were not
    /// searched.
    NamesCut,
    /// The words stand side by side in a document: the phrase form finds just those.
    PhrasePossible,
    /// The plain phrase finds little: the fuzzy phrase finds more.
    FuzzyPhrasePossible,
    /// No document has what was typed; with the nearest spelling of words that no document holds,
    /// there are some.
    Corrected,
    /// Documents without a date, or with one that is not known exactly enough, were left out.
    DateUnknown,
    /// Nothing was found but in [noise](crate::Document::noise), which was not asked for.
    OnlyInNoise,
}
