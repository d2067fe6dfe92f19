//! The lexicon: known words, what they are, and the lemma they belong to.
//!
//! Keys are lower-case words with umlauts and `ss` (see [`canonical`]). A value packs, from the
//! lowest bit: 8 flags, 14 bits of the rule to the lemma of a verb or adjective, 14 bits of the
//! rule to the lemma of a noun (both plus one, 0 for none), and 4 bits each for how likely the
//! word is as a first and as a last part of a compound. Bit 44 marks names of places.

use std::sync::OnceLock;

use fst::raw::{CompiledAddr, Fst, Node};

use crate::letters::{canonical, is_digraph};

/// What the lexicon says about one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry(u64);

impl Entry {
    #[cfg(test)]
    pub(crate) fn new(value: u64) -> Entry {
        Entry(value)
    }

    pub(crate) fn is_noun(self) -> bool {
        self.has(0)
    }
    /// A first or family name.
    pub(crate) fn is_name(self) -> bool {
        self.has(1)
    }
    pub(crate) fn is_verb(self) -> bool {
        self.has(2)
    }
    pub(crate) fn is_adjective(self) -> bool {
        self.has(3)
    }
    /// laufend
    pub(crate) fn is_first_participle(self) -> bool {
        self.has(4)
    }
    /// gelaufen
    pub(crate) fn is_second_participle(self) -> bool {
        self.has(5)
    }
    /// Only an umlaut keeps the lemma apart from another: zählen, zahlen.
    pub(crate) fn is_umlaut_of_other(self) -> bool {
        self.has(6)
    }
    /// No word, but a first part of compounds: Verteidigungs, Schul.
    pub(crate) fn is_part_only(self) -> bool {
        self.has(7)
    }
    /// How likely this begins a compound: 0 (never) to 15.
    pub(crate) fn as_first(self) -> u8 {
        (self.0 >> 36 & 0xf) as u8
    }
    /// How likely this ends a compound: 0 (never) to 15.
    pub(crate) fn as_last(self) -> u8 {
        (self.0 >> 40 & 0xf) as u8
    }
    /// A place or another proper name that is no person's: Deutschland, Hamburg.
    pub(crate) fn is_place(self) -> bool {
        self.has(44)
    }
    fn has(self, bit: u32) -> bool {
        self.0 >> bit & 1 == 1
    }

    /// Gives the lemma of the form `key` read as a noun or name, or as part of a compound.
    pub(crate) fn noun_lemma(self, key: &str) -> Option<String> {
        lemma(key, self.0 >> 22 & 0x3fff)
    }

    /// Gives the lemma of the form `key` read as a verb or adjective.
    pub(crate) fn other_lemma(self, key: &str) -> Option<String> {
        lemma(key, self.0 >> 8 & 0x3fff)
    }
}

/// Whether a word, in lower case, is a common English one.
pub(crate) fn is_english(word: &str) -> bool {
    #[cfg(feature = "lexicon")]
    {
        static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
        let words = WORDS.get_or_init(|| dossier_lexicon::ENGLISH.lines().collect());
        words.binary_search(&word).is_ok()
    }
    #[cfg(not(feature = "lexicon"))]
    {
        let _ = word;
        false
    }
}

/// Looks up the letters of a word, digraphs or umlauts.
pub(crate) fn lookup(letters: &str) -> Option<Entry> {
    lookup_and_reach(letters).0
}

/// Looks up the letters of a word, and gives how many bytes of it words of the lexicon begin with.
///
/// What begins with those bytes and one more is in no lexicon: who tries the beginnings of a word
/// need not look for longer ones. A beginning that ends within `ae`, `oe` or `ue` may be one longer.
pub(crate) fn lookup_and_reach(letters: &str) -> (Option<Entry>, usize) {
    let mut found = None;
    let reach = walk(letters, 0, None, |end, entry| {
        if end == letters.len() {
            found = Some(entry);
        }
    });
    (found, reach)
}

/// Visits every key that starts at byte `from`, with its end, shortest first. Gives the end of
/// what keys begin with.
///
/// `before` is a letter that is not written there but read: the third f of Schiffahrt.
pub(crate) fn walk(
    letters: &str,
    from: usize,
    before: Option<u8>,
    mut visit: impl FnMut(usize, Entry),
) -> usize {
    let Some(&Words { words, ref beginnings }) = words() else { return from };
    let bytes = letters.as_bytes();
    let (mut node, mut value) = (words.root(), 0u64);
    let mut at = from;
    if let Some(byte) = before {
        let Some(next) = step(words, &node, &mut value, byte) else { return from };
        node = next;
    } else if let Some(place) = bytes.get(from..).and_then(two_letters)
        && let Some((address, value_there)) = beginnings[place]
    {
        (node, value, at) = (words.node(address), value_there, from + 2);
        if node.is_final() {
            visit(at, Entry(value + node.final_output().value()));
        }
    }
    while at < bytes.len() {
        let byte = bytes[at];
        let umlaut: Option<&[u8]> = match byte {
            b'a' => Some("ä".as_bytes()),
            b'o' => Some("ö".as_bytes()),
            b'u' => Some("ü".as_bytes()),
            _ => None,
        };
        if let Some(umlaut) = umlaut.filter(|_| bytes.get(at + 1) == Some(&b'e'))
            && is_digraph(&bytes[from..=at])
        {
            // A part may end between the two: Kamera|einstellung.
            let mut value_between = value;
            if let Some(between) = step(words, &node, &mut value_between, byte)
                && between.is_final()
            {
                visit(at + 1, Entry(value_between + between.final_output().value()));
            }
            for byte in umlaut {
                let Some(next) = step(words, &node, &mut value, *byte) else { return at };
                node = next;
            }
            at += 2;
        } else {
            let Some(next) = step(words, &node, &mut value, byte) else { return at };
            node = next;
            at += 1;
        }
        if node.is_final() {
            visit(at, Entry(value + node.final_output().value()));
        }
    }
    at
}

/// The place in the table of beginnings of two letters that are read as they stand.
fn two_letters(bytes: &[u8]) -> Option<usize> {
    let [first @ b'a'..=b'z', second @ b'a'..=b'z', rest @ ..] = bytes else { return None };
    // Where an umlaut may begin, it is looked at letter by letter.
    let vowel = |letter: u8| matches!(letter, b'a' | b'o' | b'u');
    if vowel(*first) && *second == b'e' || vowel(*second) && rest.first() == Some(&b'e') {
        return None;
    }
    Some(26 * usize::from(first - b'a') + usize::from(second - b'a'))
}

fn step(
    words: &'static Fst<&'static [u8]>,
    node: &Node<'static>,
    value: &mut u64,
    byte: u8,
) -> Option<Node<'static>> {
    let transition = node.transition(node.find_input(byte)?);
    *value += transition.out.value();
    Some(words.node(transition.addr))
}

/// Applies the rule `number` (plus one; 0 for none) to the letters of a form.
fn lemma(letters: &str, number: u64) -> Option<String> {
    let number = usize::try_from(number.checked_sub(1)?).ok()?;
    let rules = rules();
    let count = u32::from_le_bytes(rules.get(..4)?.try_into().ok()?) as usize;
    let rule = rules.get(4 + 8 * number..12 + 8 * number)?;
    let (infix_at, infix, cut) = (rule[0] as usize, rule[1] as usize, rule[2] as usize);
    let texts = rules.get(4 + 8 * count..)?;
    let append_at = u16::from_le_bytes([rule[4], rule[5]]) as usize;
    let append = texts.get(append_at..append_at + rule[3] as usize)?;
    let key = canonical(letters);
    let mut lemma = String::with_capacity(key.len() + append.len());
    lemma.push_str(key.get(..infix_at)?);
    lemma.push_str(key.get(infix_at + infix..)?);
    let kept = lemma.len().checked_sub(cut)?;
    if !lemma.is_char_boundary(kept) {
        return None;
    }
    lemma.truncate(kept);
    lemma.push_str(std::str::from_utf8(append).ok()?);
    Some(lemma)
}

/// Hash of the lexicon's data, for the version of the analysis.
pub(crate) fn hash() -> &'static str {
    if cfg!(feature = "lexicon") { data::HASH } else { "none" }
}

struct Words {
    words: &'static Fst<&'static [u8]>,
    /// What two letters at the beginning lead to, aa to zz: the nodes before have so many ways on
    /// that finding one takes as long as all the other letters of a word.
    beginnings: Vec<Option<(CompiledAddr, u64)>>,
}

/// None where no word begins so, and where the first letter alone is a word.
fn beginning(words: &'static Fst<&'static [u8]>, letters: [u8; 2]) -> Option<(CompiledAddr, u64)> {
    let mut value = 0;
    let first = step(words, &words.root(), &mut value, letters[0]).filter(|it| !it.is_final())?;
    Some((step(words, &first, &mut value, letters[1])?.addr(), value))
}

fn words() -> Option<&'static Words> {
    // Opening reads the header only; the bytes are in the binary, so it cannot fail at one start
    // and succeed at another.
    static WORDS: OnceLock<Option<Fst<&'static [u8]>>> = OnceLock::new();
    static TABLE: OnceLock<Option<Words>> = OnceLock::new();
    let table = || {
        let words = WORDS.get_or_init(|| Fst::new(data::WORDS).ok()).as_ref()?;
        let letters = b'a'..=b'z';
        let pairs = letters.clone().flat_map(|one| letters.clone().map(move |two| [one, two]));
        Some(Words { words, beginnings: pairs.map(|pair| beginning(words, pair)).collect() })
    };
    TABLE.get_or_init(table).as_ref()
}

fn rules() -> &'static [u8] {
    data::RULES
}

#[cfg(feature = "lexicon")]
use dossier_lexicon as data;

#[cfg(not(feature = "lexicon"))]
mod data {
    pub(super) static WORDS: &[u8] = &[];
    pub(super) static RULES: &[u8] = &[];
    pub(super) static HASH: &str = "none";
}

#[cfg(all(test, feature = "lexicon"))]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_their_lemmas() {
        let noun = |form: &str| lookup(form).and_then(|entry| entry.noun_lemma(form));
        let other = |form: &str| lookup(form).and_then(|entry| entry.other_lemma(form));
        for (form, lemma) in [("häuser", "haus"), ("haeuser", "haus"), ("daten", "datum")] {
            assert_eq!(noun(form).as_deref(), Some(lemma), "{form}");
        }
        for (form, lemma) in [
            ("ging", "gehen"),
            ("gegangen", "gehen"),
            ("abzuarbeiten", "abarbeiten"),
            ("empfing", "empfangen"),
            ("besser", "gut"),
        ] {
            assert_eq!(other(form).as_deref(), Some(lemma), "{form}");
        }
        assert_eq!(lookup("strelkow"), None);
    }

    #[test]
    fn parts_may_end_inside_a_digraph() {
        let mut ends = Vec::new();
        walk("kameraeinstellung", 0, None, |end, _| ends.push(end));
        assert!(ends.contains(&6));
    }

    /// Every word is found by its letters, and none of its beginnings lies beyond its reach, nor
    /// of what is behind it.
    #[test]
    fn every_word_of_the_lexicon_is_within_its_own_reach() {
        use fst::Streamer;

        let words = fst::Map::new(data::WORDS).expect("the lexicon is whole");
        let (mut stream, mut number) = (words.stream(), 0);
        while let Some((word, value)) = stream.next() {
            number += 1;
            if number % 499 > 0 {
                continue;
            }
            let word = String::from_utf8_lossy(word);
            assert_eq!(lookup(&word), Some(Entry(value)), "{word}");
            for ending in ["", "e", "n", "ow"] {
                let letters = format!("{word}{ending}");
                let (_, reach) = lookup_and_reach(&letters);
                assert!(word.len() <= reach + 1, "{letters} reaches {reach}");
            }
        }
        assert!(number > 100_000, "{number}");
    }
}
