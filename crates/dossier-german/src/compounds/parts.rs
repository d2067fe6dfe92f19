//! Parts of compounds as words of their own.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::{LINKED_ENDINGS, PARTICLES, Piece, split_once};
use crate::lexicon::lookup;
use crate::stem::{Class, Reading, read};
use crate::user_words::UserWords;

/// Bytes of a part at least that is looked at again: Atomwaffen in Atomwaffenprogramm.
const SHORTEST_CUT_AGAIN: usize = 8;

/// How much dearer than a part its own parts may be: less than for a whole word, as the reader has seen
/// one cut already.
const MARGIN_OF_PART: f32 = 7.0;

/// Parts that are remembered, per thread: most compounds are made of a few thousand words.
const MOST_PARTS: usize = 16_384;

/// By their letters.
type Parts = FxHashMap<Box<str>, Option<Rc<PartWord>>>;

thread_local! {
    /// Those that do not end a compound, and those that do.
    static PARTS: RefCell<[Parts; 2]> = RefCell::default();
}

/// A part of compounds.
#[derive(Debug)]
pub(crate) struct PartWord {
    /// How the part reads as a word of its own.
    pub(crate) reading: Reading,
    /// See [`Reading::stem`].
    pub(crate) stem: Box<str>,
    /// Its own parts, in the letters of the part.
    pub(super) parts: Vec<Piece>,
}

impl PartWord {
    /// A part as if it stood alone. `before` is a letter that is read but not written before it;
    /// `last` says whether it ends the compound.
    pub(super) fn of(
        part: &str,
        before: Option<u8>,
        last: bool,
        user: &UserWords,
    ) -> Option<Rc<PartWord>> {
        if before.is_some() || !user.is_empty() {
            return PartWord::read(part, before, last, user);
        }
        if let Some(word) = PARTS.with_borrow(|parts| parts[usize::from(last)].get(part).cloned()) {
            return word;
        }
        let word = PartWord::read(part, None, last, user);
        PARTS.with_borrow_mut(|parts| {
            let parts = &mut parts[usize::from(last)];
            if parts.len() == MOST_PARTS {
                parts.clear();
            }
            parts.insert(part.into(), word.clone());
        });
        word
    }

    fn read(part: &str, before: Option<u8>, last: bool, user: &UserWords) -> Option<Rc<PartWord>> {
        let reading = user.find(part).map(|word| Reading::new(word, Class::Name));
        let reading = reading.or_else(|| read_part(part, before, last));
        let reading = reading.or_else(|| read_with_particle(part, last))?;
        let cut = part.len() >= SHORTEST_CUT_AGAIN && reading.class == Class::Noun;
        let parts = if cut { split_once(part, MARGIN_OF_PART, user) } else { Vec::new() };
        Some(Rc::new(PartWord { parts, ..PartWord::whole(reading) }))
    }

    /// A part that is not cut again.
    pub(super) fn whole(reading: Reading) -> PartWord {
        PartWord { stem: reading.stem().into(), reading, parts: Vec::new() }
    }

    /// A first part that the lexicon lacks.
    pub(super) fn unknown_first(part: &str) -> Rc<PartWord> {
        let linked = LINKED_ENDINGS.iter().any(|ending| part.ends_with(ending));
        let lemma = if linked { &part[..part.len() - 1] } else { part };
        Rc::new(PartWord::whole(Reading::new(lemma.to_owned(), Class::Name)))
    }
}

/// Reads a part as if it stood alone: Verteidigungs as Verteidigung, Schreib as schreiben.
fn read_part(part: &str, before: Option<u8>, last: bool) -> Option<Reading> {
    let with_letter = before.map(|letter| format!("{}{part}", letter as char));
    let part = with_letter.as_deref().unwrap_or(part);
    if last && let Some(reading) = read(part, false).filter(|r| r.class == Class::Adjective) {
        return Some(read(part, true).filter(|r| r.class == Class::Noun).unwrap_or(reading));
    }
    if let Some(entry) = lookup(part)
        && (last || entry.as_first() > 0)
    {
        if entry.is_part_only() {
            let lemma = entry.noun_lemma(part)?;
            return read(&lemma, true).or(Some(Reading::new(lemma, Class::Noun)));
        }
        return read(part, true);
    }
    read(part, true).or_else(|| read(part.strip_suffix('s')?, true))
}

/// Vor|flug: the particle belongs to the part.
fn read_with_particle(part: &str, last: bool) -> Option<Reading> {
    let (particle, rest) = PARTICLES
        .iter()
        .find_map(|particle| part.strip_prefix(particle).map(|rest| (particle, rest)))?;
    let reading = read_part(rest, None, last)?;
    Some(Reading::new(format!("{particle}{}", reading.lemma), reading.class))
}
