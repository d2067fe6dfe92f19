//! A typed name: the keys to look for, and the odds of what is found under them.

use std::cmp::Reverse;

use super::align::Spelling;
use super::compare::Prepared;
use super::gates::{
    has_ending_of_adjective, is_known_name, is_surely_compound, is_written_as_name,
};
use super::graphemes::graphemes;
use super::keys::NameKey;
use super::near::odds_of_difference;
use super::weights::weights;
use super::{name_keys, without_genitive};
use crate::fold::fold;
use crate::forms::{Forms, StemSource};
use crate::letters::plain_letters;
use crate::lexicon::{Entry, is_english, lookup};
use crate::stem::Class;

/// Keys of fewer sounds are looked for as they are: with one sound wrong, too many names would meet.
const LEAST_SOUNDS: usize = 3;

/// Keys of so many sounds or more are long enough for one sound wrong to say little.
const LONG_KEY: usize = 4;

/// What is taken off the odds of a spelling whose key has one sound wrong; twice, if it is short.
/// The sounds are not all that agrees then, but the weights were learned as if they were. Of Russian
/// names, as many are found with 1, and a tenth more strangers.
const WRONG_SOUND: f32 = 1.5;

/// Odds (natural logarithm) from which two spellings count as one name on their own. The weights
/// were learned from more pairs of strangers than a search meets, so this is below zero. Of Russian
/// names, .83 are found with -1.4 instead of .84, and of Arabic ones .01 less, for a sixth fewer
/// strangers.
const LEAST_ODDS: f32 = -1.8;

/// The same for a typed spelling that the index does not have: it may be mistyped, and then nothing
/// else is found. Of names in another scheme with a typing error, nine in ten are found so, eight otherwise.
const LEAST_OF_UNKNOWN: f32 = -2.2;

/// What is added to the odds of a spelling that another one found is likely to be, too: it finds more
/// of the spellings that an index has, and brings no strangers where it has none.
const WITNESS: f32 = 1.0;

/// The odds of two spellings found to be the same name, for one to speak for the other.
const LEAST_OF_WITNESS: f32 = -0.3;

/// Odds below which nothing that is found can make a spelling count.
const HOPELESS: f32 = LEAST_OF_UNKNOWN - WITNESS;

/// Spellings that may speak for others, the likeliest, and those that may be spoken for: comparing
/// them all would take milliseconds in a large index.
const MOST_WITNESSES: usize = 8;
const MOST_SPOKEN_FOR: usize = 64;

/// Spellings of a name at most.
const MOST_SPELLINGS: usize = 32;

/// What is taken off the odds of a word of the lexicon: Serbien is not likely to be a spelling of
/// Shereen, as who typed that knows how Serbien is written.
const KNOWN_WORD: f32 = 1.2;

/// The same for names of persons. Less: the German form of many is another spelling of the foreign
/// one, Elena of Jelena. Of Russian names, .965 were found from the German spelling instead of
/// .963, with a twentieth more strangers.
const KNOWN_NAME: f32 = 0.6;

/// The same for common words of English, which titles and names of companies have with a capital.
/// They are a fifteenth of the strangers, and hardly ever a spelling.
const ENGLISH_WORD: f32 = 2.5;

/// A word of a query, taken as a name.
///
/// ```
/// use dossier_german::{KeyMatch, TypedName, forms};
///
/// let name = TypedName::new("schoigu", &forms("schoigu")).expect("may be a name");
/// let found = name.same([("shoygu", KeyMatch::Equal), ("joshua", KeyMatch::Equal)]);
/// assert_eq!(found.iter().map(|(spelling, _)| *spelling).collect::<Vec<_>>(), ["shoygu"]);
/// // An ordinary word is not varied.
/// assert!(TypedName::new("häuser", &forms("häuser")).is_none());
/// ```
#[derive(Clone, Debug)]
pub struct TypedName {
    typed: Box<str>,
    folded: Box<str>,
    keys: Vec<NameKey>,
    near: bool,
    matcher: NameMatcher,
}

/// How the key under which a spelling was found relates to the one looked for, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyMatch {
    /// It is the same.
    Equal,
    /// It has one sound too many, too few, wrong, or changed with its neighbour.
    Near,
    /// Likewise, and both are short.
    NearAndShort,
}

/// How near a key is to one of a name, the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Nearness {
    /// What the spellings under it are found by.
    pub relation: KeyMatch,
    /// What the sound that differs says at most, in hundredths.
    odds: Reverse<i16>,
}

impl KeyMatch {
    /// What is taken off the odds.
    fn cost(self) -> f32 {
        match self {
            KeyMatch::Equal => 0.0,
            KeyMatch::Near => WRONG_SOUND,
            KeyMatch::NearAndShort => 2.0 * WRONG_SOUND,
        }
    }
}

impl TypedName {
    /// Prepares a word for the search for other spellings. `forms` are those of the word.
    ///
    /// None for what is not to be varied: a compound, unless the lexicon knows it as a name, and
    /// what has no [`name_keys`]. Takes some microseconds.
    pub fn new(typed: &str, forms: &Forms) -> Option<TypedName> {
        let is_name = forms.class == Some(Class::Name);
        if is_surely_compound(typed, &forms.parts) && !is_name {
            return None;
        }
        if forms.class == Some(Class::Adjective) && has_ending_of_adjective(typed) {
            return None;
        }
        let keys = name_keys(typed);
        // A word of the lexicon that may also be a name: looking further would find strangers.
        let near = is_name || is_known_name(typed) || forms.source != StemSource::Lexicon;
        let (folded, matcher) = (forms.folded.clone(), NameMatcher::new(typed));
        let typed = typed.into();
        (!keys.is_empty()).then_some(TypedName { typed, folded, keys, near, matcher })
    }

    /// The keys under which other spellings are found, best first.
    pub fn keys(&self) -> &[NameKey] {
        &self.keys
    }

    /// Whether spellings under keys near those of the name are looked at, too.
    pub fn has_near_keys(&self) -> bool {
        self.near
    }

    /// How a key, as it is printed, relates to one of this name's that it differs from by one sound
    /// too many, too few, wrong, or changed with its neighbour; none if spellings under such a key
    /// are not looked at.
    pub fn near(&self, key: NameKey, other: &str) -> Option<Nearness> {
        let relation = match key.count().max(other.len()) {
            _ if !self.near => return None,
            LONG_KEY.. => KeyMatch::Near,
            LEAST_SOUNDS.. => KeyMatch::NearAndShort,
            _ => return None,
        };
        Some(Nearness { relation, odds: Reverse(odds_of_difference(key, other)) })
    }

    /// Whether texts write the word as a name that have it in so many `documents`, and in `capitals`
    /// of them with a capital. Asked of what was typed in lower case: that may be any word.
    pub fn is_written_as_name(&self, capitals: u64, documents: u64) -> bool {
        is_written_as_name(&self.typed, capitals, documents)
    }

    /// Those of the spellings that were found under its keys that are likely to be of this name,
    /// with how much each counts (from one half to nearly one), the likeliest first; at most 32.
    ///
    /// A spelling that is less likely counts if another one speaks for it: one found for this name
    /// that is like both. So more of the spellings that an index has are found, and in an index
    /// without them no more strangers. Where the typed spelling is not among them it may be
    /// mistyped, and less likely ones count. Give spellings with their diacritics, if they are known
    /// ([`crate::exact`]), each once. Takes some tenths of a
    /// microsecond for most.
    pub fn same<'s>(
        &self,
        spellings: impl IntoIterator<Item = (&'s str, KeyMatch)>,
    ) -> Vec<(&'s str, f32)> {
        let spellings: Vec<(&str, KeyMatch)> = spellings.into_iter().collect();
        // One with a hyphen does not count as known, so that less likely ones are found: the article
        // of al-Shafei is often left out.
        let is_typed = |spelling: &str| {
            *spelling == *self.folded || !spelling.is_ascii() && fold(spelling) == *self.folded
        };
        let known = spellings.iter().any(|(spelling, _)| is_typed(spelling));
        let least = if known { LEAST_ODDS } else { LEAST_OF_UNKNOWN };
        let rate = |(spelling, key): (&'s str, KeyMatch)| {
            let cost = if known { key.cost() } else { 0.0 };
            (spelling, self.matcher.odds_from(spelling, least - WITNESS + cost) - cost)
        };
        let mut rated: Vec<(&str, f32)> =
            spellings.into_iter().map(rate).filter(|(_, odds)| *odds >= least - WITNESS).collect();
        let sort = |rated: &mut Vec<(&'s str, f32)>| {
            rated.sort_by(|(a, a_odds), (b, b_odds)| b_odds.total_cmp(a_odds).then(a.cmp(b)));
        };
        sort(&mut rated);
        let sure = rated.partition_point(|(_, odds)| *odds >= least);
        rated.truncate(sure + MOST_SPOKEN_FOR);
        let (sure, unsure) = rated.split_at_mut(sure);
        let likeliest = sure.iter().take(MOST_WITNESSES);
        let witnesses: Vec<_> = likeliest.map(|(spelling, _)| NameMatcher::new(spelling)).collect();
        for (spelling, odds) in unsure {
            let speaks_for_it = |it: &NameMatcher| it.odds(spelling) >= LEAST_OF_WITNESS;
            if witnesses.iter().any(speaks_for_it) {
                *odds += WITNESS;
            }
        }
        rated.retain(|(_, odds)| *odds >= least);
        sort(&mut rated);
        rated.truncate(MOST_SPELLINGS);
        for (_, odds) in &mut rated {
            *odds = 1.0 / (1.0 + (least - *odds).exp());
        }
        rated
    }
}

/// Says which spellings are likely to be those of one name.
#[derive(Clone, Debug)]
pub(super) struct NameMatcher {
    name: Prepared,
    /// What the lexicon has the name as.
    entry: Option<Entry>,
}

impl NameMatcher {
    /// Prepares a name for comparisons.
    pub(super) fn new(typed: &str) -> NameMatcher {
        let name = Prepared::new(Spelling::new(graphemes(typed)), weights());
        NameMatcher { name, entry: lookup(&plain_letters(typed)) }
    }

    /// The odds that a spelling is one of the name, as a natural logarithm, or negative infinity
    /// where they are too low whatever else is found; symmetric but for the genitive and for words
    /// of the lexicon, both looked for in `spelling` only.
    pub(super) fn odds(&self, spelling: &str) -> f32 {
        self.odds_from(spelling, HOPELESS)
    }

    /// The same, or negative infinity where they are below `least`.
    fn odds_from(&self, spelling: &str, least: f32) -> f32 {
        let mut odds = self.odds_of_letters(spelling, least);
        // Looked up only where it decides.
        if odds >= least {
            let letters = plain_letters(spelling);
            odds -= match lookup(&letters) {
                Some(entry) if entry.is_name() => KNOWN_NAME,
                // Spanien and Spanier are words of their own; Jihad and Dschihad are one.
                Some(entry) if self.entry.is_some_and(|own| own.is_place() != entry.is_place()) => {
                    f32::INFINITY
                }
                Some(_) => KNOWN_WORD,
                None if is_english(&letters) => ENGLISH_WORD,
                None => 0.0,
            };
        }
        odds
    }

    /// The same, whatever the lexicon has; negative infinity where they are below `least`.
    fn odds_of_letters(&self, spelling: &str, least: f32) -> f32 {
        let rate = |spelling: &str| {
            let spelling = Spelling::new(graphemes(spelling));
            self.name.odds(&spelling, weights(), least)
        };
        match without_genitive(spelling) {
            Some(base) => rate(spelling).max(rate(base)),
            None => rate(spelling),
        }
    }
}

#[cfg(all(test, feature = "lexicon"))]
mod tests {
    use super::*;
    use crate::forms::forms;

    #[test]
    fn what_is_varied_and_how_far() {
        // Whether it is varied at all, and whether keys of one other sound are looked at.
        #[rustfmt::skip]
        let cases = [
            ("Beloussow",         Some(true)),
            ("beloussow",         Some(true)),
            // A name of a person or a place in the lexicon, in any case.
            ("Putin",             Some(true)),
            ("moskau",            Some(true)),
            // A rare noun may be a name.
            ("Kulisch",           Some(true)),
            ("Auswirkungen",      None),
            // No names in lower case, in which nobody knows.
            ("vorzeitig",         None),
            ("abrufbares",        None),
            ("glaub",             None),
            ("erneuerbare",       None),
            ("libyschen",         None),
            // English, but a name with a capital.
            ("freedom",           None),
            ("Freedom",           Some(true)),
            ("vage",              None),
            ("Minister",          None),
            ("minister",          None),
            ("Häuser",            None),
            // A name that is an adjective in lower case.
            ("Lang",              Some(true)),
            ("lang",              None),
            ("gefunden",          None),
            ("weiterhin",         None),
            // A compound; one that is a name.
            ("Atomwaffenprogramm", None),
            ("Hamburg",           Some(true)),
            // Abbreviations and numbers.
            ("BND",               None),
            ("G20",               None),
            ("iii",               None),
            ("max",               None),
            ("Max",               Some(true)),
            ("iv",                None),
            ("XIV",               None),
            ("XI",                None),
            // Names that are numerals in capitals.
            ("Ii",                Some(true)),
            ("Xi",                Some(false)),
            ("xi",                Some(false)),
            ("Dix",               Some(true)),
            ("dix",               Some(true)),
        ];
        let mut wrong = Vec::new();
        for (word, expected) in cases {
            let name = TypedName::new(word, &forms(word));
            let longest = "P".repeat(NameKey::MOST);
            let far = name.as_ref().map(|name| name.near(name.keys()[0], &longest).is_some());
            assert_eq!(far, name.as_ref().map(TypedName::has_near_keys), "{word}");
            if far != expected {
                wrong.push((word, far));
            }
        }
        assert_eq!(wrong, []);
    }

    /// Words that sound alike and are others, to the lexicon or to the texts.
    #[test]
    fn what_is_a_word_of_its_own_is_no_spelling() {
        for (typed, other) in [("Spanien", "spanier"), ("Belgien", "belgier")] {
            let name = TypedName::new(typed, &forms(typed)).expect("a name");
            let found = name.same([(other, KeyMatch::Near)]);
            assert!(found.is_empty(), "{typed} finds {other}");
        }
        // In how many documents it stands with a capital, of how many: whether that is a name.
        #[rustfmt::skip]
        let cases = [
            ("schoigu",  0, 0,   true),
            ("schoigu",  1, 2,   false),
            ("schoigu",  3, 4,   true),
            ("schoigu",  7, 8,   false),
            ("schoigu",  8, 9,   true),
            // Known as a name.
            ("moskau",   2, 3,   true),
            ("moskau",   1, 2,   false),
            // Short: it may be an abbreviation or a word of another language.
            ("wang",     8, 9,   false),
            ("wang",    19, 20,  true),
            // A noun.
            ("golem",    8, 9,   false),
        ];
        for (typed, capitals, documents, expected) in cases {
            let name = TypedName::new(typed, &forms(typed)).expect("may be a name");
            let is_name = name.is_written_as_name(capitals, documents);
            assert_eq!(is_name, expected, "{typed}, {capitals} of {documents}");
        }
    }

    /// No verb or adjective in lower case, and none of the closed classes: a search for an ordinary
    /// word finds no names.
    #[test]
    fn ordinary_words_in_lower_case_are_not_varied() {
        use fst::Streamer;

        use crate::names::function_words::GROUPS;

        let words = fst::Map::new(dossier_lexicon::WORDS).expect("the lexicon is whole");
        let (mut stream, mut number) = (words.stream(), 0);
        let mut ordinary: Vec<String> =
            GROUPS.iter().flat_map(|group| group.split_whitespace()).map(str::to_owned).collect();
        while let Some((word, value)) = stream.next() {
            let entry = Entry::new(value);
            number += 1;
            if number % 25 == 0 && (entry.is_verb() || entry.is_adjective()) {
                ordinary.push(String::from_utf8_lossy(word).into_owned());
            }
        }
        assert!(ordinary.len() > 5_000, "{}", ordinary.len());
        let varied = |word: &&String| TypedName::new(word, &forms(word)).is_some();
        assert_eq!(ordinary.iter().filter(varied).collect::<Vec<_>>(), [""; 0]);
    }
}
