//! The lexicon: known words, what they are, and the lemma they belong to.
//!
//! Keys are lower-case words with umlauts and `ss` (see [`canonical`]). A value packs, from the
//! lowest bit: 8 flags, 14 bits of the rule to the lemma of a verb or adjective, 14 bits of the
//! rule to the lemma of a noun (both plus one, 0 for none), and 4 bits each for how likely the
//! word is as a first and as a last part of a compound. Bit 44 marks names of places.

mod unpacked;

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use fst::raw::{CompiledAddr, Fst};

use self::unpacked::Unpacked;
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
    /// How likely this ends a compound: 0 (never) to 15. That of a participle which is no noun is
    /// meant of its declined forms, which are no entries: Abgeordnete.
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
    let Some(words) = words() else { return from };
    let tree = words.tree();
    let step = |place: Place, byte| tree.step(place, byte);
    let bytes = letters.as_bytes();
    let (mut place, mut at) = (tree.root(), from);
    if let Some(byte) = before {
        let Some(next) = step(place, byte) else { return from };
        place = next;
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
            if let Some(value) = step(place, byte).and_then(|between| between.word) {
                visit(at + 1, Entry(value));
            }
            for byte in umlaut {
                let Some(next) = step(place, *byte) else { return at };
                place = next;
            }
            at += 2;
        } else {
            let Some(next) = step(place, byte) else { return at };
            place = next;
            at += 1;
        }
        if let Some(value) = place.word {
            visit(at, Entry(value));
        }
    }
    at
}

/// Where some letters lead to in the lexicon.
#[derive(Clone, Copy)]
struct Place {
    node: u32,
    /// Sum of the outputs on the way.
    value: u64,
    /// The value of the word that ends there.
    word: Option<u64>,
}

/// Follows a letter in the lexicon as it is packed. Stands apart: so the step that is taken unpacked is
/// short enough to be part of what takes it.
#[cold]
#[inline(never)]
fn step(words: &Fst<&[u8]>, Place { node, value, .. }: Place, byte: u8) -> Option<Place> {
    let node = words.node(node as CompiledAddr);
    let transition = node.transition(node.find_input(byte)?);
    let next = words.node(transition.addr);
    let value = value + transition.out.value();
    let word = next.is_final().then(|| value + next.final_output().value());
    Some(Place { node: transition.addr as u32, value, word })
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

/// The words of the lexicon.
struct Words {
    packed: Fst<&'static [u8]>,
    /// How often words were looked for while it was packed.
    walks: AtomicU32,
    unpacked: OnceLock<Option<Unpacked>>,
}

/// From so many walks on the lexicon is unpacked. That takes some 40 ms, and from then on new words take
/// a third less time.
const WORTH_UNPACKING: u32 = 150_000;

/// The words as they are at hand.
#[derive(Clone, Copy)]
enum Tree<'w> {
    Packed(&'w Fst<&'static [u8]>),
    Unpacked(&'w Unpacked),
}

impl Words {
    fn tree(&self) -> Tree<'_> {
        let unpacked = match self.unpacked.get() {
            None if self.walks.fetch_add(1, Ordering::Relaxed) > WORTH_UNPACKING => {
                self.unpacked.get_or_init(|| Unpacked::new(&self.packed)).as_ref()
            }
            unpacked => unpacked.and_then(Option::as_ref),
        };
        unpacked.map_or(Tree::Packed(&self.packed), Tree::Unpacked)
    }
}

impl Tree<'_> {
    fn root(self) -> Place {
        let node = match self {
            Tree::Packed(words) => words.root().addr() as u32,
            Tree::Unpacked(words) => words.root(),
        };
        Place { node, value: 0, word: None }
    }

    #[inline]
    fn step(self, place: Place, byte: u8) -> Option<Place> {
        match self {
            Tree::Packed(words) => step(words, place, byte),
            Tree::Unpacked(words) => words.step(place, byte),
        }
    }
}

fn words() -> Option<&'static Words> {
    // Opening reads the header only; the bytes are in the binary, so it cannot fail at one start
    // and succeed at another.
    static WORDS: OnceLock<Option<Words>> = OnceLock::new();
    let open = || {
        let packed = Fst::new(data::WORDS).ok()?;
        Some(Words { packed, walks: AtomicU32::new(0), unpacked: OnceLock::new() })
    };
    WORDS.get_or_init(open).as_ref()
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
