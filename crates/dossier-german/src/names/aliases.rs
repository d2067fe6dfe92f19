//! Names that mean the same though they do not sound alike: Peking and Beijing.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::fold::fold;
use crate::words::{WordKind, words};

/// Groups of names that mean the same. Cheap to clone.
///
/// Made from a user's own groups, or [the exonyms](Aliases::exonyms) that come with this crate.
/// A name may have several words and stand in several groups.
///
/// ```
/// use dossier_german::Aliases;
///
/// let names = |aliases: &Aliases, typed: &str| -> Vec<String> {
///     aliases.of(typed).into_iter().map(|name| name.text().to_owned()).collect()
/// };
/// assert_eq!(names(Aliases::exonyms(), "Bombay"), ["Mumbai"]);
/// let own = Aliases::new([["Wagner", "Africa Corps"]]);
/// assert_eq!(names(&own, "wagner"), ["Africa Corps"]);
/// assert_eq!(names(&own, "Africa-Corps"), ["Wagner"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aliases(Arc<Table>);

#[derive(Debug, Default, PartialEq, Eq)]
struct Table {
    groups: Vec<Vec<Alias>>,
    /// The groups in which a name stands, by its folded letters.
    of_name: FxHashMap<Box<str>, Vec<usize>>,
    most_words: usize,
}

/// A name of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    text: Box<str>,
    joined: Box<str>,
    words: Vec<Box<str>>,
}

impl Alias {
    /// A name without a letter is none.
    fn new(text: &str) -> Option<Alias> {
        let text = text.trim();
        let pieces = words(text).filter(|word| word.kind != WordKind::Whole);
        let pieces = pieces.filter(|word| word.kind != WordKind::Completed);
        let pieces: Vec<Box<str>> = pieces.map(|word| word.text.into()).collect();
        let joined: String = pieces.iter().map(|piece| fold(piece)).collect();
        let alias = || Alias { text: text.into(), joined: joined.as_str().into(), words: pieces };
        (!joined.is_empty()).then(alias)
    }

    /// The name as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its letters, folded, without spaces and hyphens: what it is called as one word.
    pub fn joined(&self) -> &str {
        &self.joined
    }

    /// Its words as they were given; those of a hyphenated name one by one.
    pub fn words(&self) -> &[Box<str>] {
        &self.words
    }
}

impl Aliases {
    /// From groups of names. Names that only differ in case, accents, spaces or hyphens are one,
    /// and a group of less than two says nothing.
    pub fn new<G, N>(groups: impl IntoIterator<Item = G>) -> Aliases
    where
        G: IntoIterator<Item = N>,
        N: AsRef<str>,
    {
        let mut table = Table { most_words: 1, ..Table::default() };
        for group in groups {
            let mut names: Vec<Alias> = Vec::new();
            for name in group.into_iter().filter_map(|name| Alias::new(name.as_ref())) {
                // Hong Kong and Hongkong are one to look up, but two to look for.
                if !names.iter().any(|other| other.words == name.words) {
                    names.push(name);
                }
            }
            if names.iter().all(|name| name.joined == names[0].joined) {
                continue;
            }
            for name in &names {
                table.most_words = table.most_words.max(name.words.len());
                let groups = table.of_name.entry(name.joined.clone()).or_default();
                if !groups.contains(&table.groups.len()) {
                    groups.push(table.groups.len());
                }
            }
            table.groups.push(names);
        }
        Aliases(Arc::new(table))
    }

    /// Exonyms and former names of places: Lemberg and Lwiw, Birma and Myanmar. The table is
    /// `exonyms.tsv` beside this module.
    pub fn exonyms() -> &'static Aliases {
        static EXONYMS: OnceLock<Aliases> = OnceLock::new();
        EXONYMS.get_or_init(|| {
            let lines = include_str!("exonyms.tsv").lines();
            Aliases::new(lines.filter(|line| !line.starts_with('#')).map(|line| line.split('\t')))
        })
    }

    /// Words of the longest name.
    pub fn most_words(&self) -> usize {
        self.0.most_words
    }

    /// The other names in the groups of a name, in their order. Case, accents, spaces and hyphens
    /// do not matter; an s of the genitive may follow. Takes a microsecond.
    pub fn of(&self, name: &str) -> Vec<&Alias> {
        if self.0.groups.is_empty() {
            return Vec::new();
        }
        let folded: String = fold(name).chars().filter(|c| c.is_alphanumeric()).collect();
        let table = &*self.0;
        let known = |name: &str| table.of_name.get_key_value(name);
        let Some((name, groups)) =
            known(&folded).or_else(|| known(folded.strip_suffix('s').filter(|n| !n.is_empty())?))
        else {
            return Vec::new();
        };
        let mut others: Vec<&Alias> = Vec::new();
        for alias in groups.iter().flat_map(|group| &table.groups[*group]) {
            if alias.joined != *name && !others.iter().any(|other| other.words == alias.words) {
                others.push(alias);
            }
        }
        others
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts<'a>(aliases: &'a Aliases, name: &str) -> Vec<&'a str> {
        aliases.of(name).into_iter().map(Alias::text).collect()
    }

    #[test]
    fn names_are_found_however_they_are_written() {
        let aliases = Aliases::new([
            vec!["Bergkarabach", "Nagorny Karabach", "Arzach"],
            vec!["Hongkong", "Hong Kong", "Xianggang"],
            vec!["Elfenbeinküste", "Côte d'Ivoire"],
            vec!["allein"],
            vec!["Jong-un", "Jong Un", "jongun"],
            vec![" ", "–", "Nichts"],
        ]);
        #[rustfmt::skip]
        let cases: &[(&str, &[&str])] = &[
            ("arzach",            &["Bergkarabach", "Nagorny Karabach"]),
            ("Berg-Karabachs",    &["Nagorny Karabach", "Arzach"]),
            ("nagorny  karabach", &["Bergkarabach", "Arzach"]),
            ("Hong-Kong",         &["Xianggang"]),
            ("Xianggang",         &["Hongkong", "Hong Kong"]),
            ("Elfenbeinkueste",   &["Côte d'Ivoire"]),
            ("cote d’ivoire",     &["Elfenbeinküste"]),
            // Groups that say nothing.
            ("allein",            &[]),
            ("Jongun",            &[]),
            ("Nichts",            &[]),
            ("",                  &[]),
            ("s",                 &[]),
        ];
        for (typed, expected) in cases {
            assert_eq!(texts(&aliases, typed), *expected, "{typed}");
        }
        assert_eq!(aliases.most_words(), 2);
    }

    #[test]
    fn a_name_may_stand_in_several_groups() {
        let exonyms = Aliases::exonyms();
        assert_eq!(texts(exonyms, "Moldau"), ["Moldawien", "Moldova", "Vltava"]);
        assert_eq!(texts(exonyms, "Vltava"), ["Moldau"]);
        for (one, other) in
            [("Peking", "Beijing"), ("Lwiw", "Lemberg"), ("Türkei", "Türkiye"), ("Kyiv", "Kiew")]
        {
            assert!(texts(exonyms, one).contains(&other), "{one}");
            assert!(texts(exonyms, other).contains(&one), "{other}");
        }
    }

    #[cfg(feature = "lexicon")]
    #[rustfmt::skip]
    #[test]
    fn no_exonym_is_an_ordinary_word() {
        use crate::names::gates::is_ordinary;

        let names = || Aliases::exonyms().0.groups.iter().flatten();
        let ordinary: Vec<&str> = names()
            .filter(|name| name.words.len() == 1 && is_ordinary(&name.text))
            .map(Alias::text)
            .collect();
        // Places that dictionaries have as common nouns too, their inhabitants, in the plural, and
        // what only looks like a form of a word.
        let harmless = [
            "Kamerun", "Kongo", "Ungarn", "Schweden", "Ägypten", "Crimée", "Elsass", "Bavaria", "Sachsen",
            "Ostpreußen", "Algiers", "Weichsel", "Belgrade", "Athens",
        ];
        assert_eq!(ordinary, harmless);
        assert!(Aliases::exonyms().0.groups.len() >= 200);
    }
}
