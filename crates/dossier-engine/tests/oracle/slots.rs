//! Where the words of a query stand in a text: alone, in order, near each other.

use std::ops::Range;

use dossier_engine::{Phrase, Query, Word, WordMode};
use dossier_german::{Alias, WordKind, exact, fold, words};

use crate::spellings::{
    Analysed, analysed, digraphs, distance, fits_glob, fold_parts, halves, is_alias,
    is_other_spelling, joined, other_names,
};
use crate::texts::TextWord;

/// What a word of a phrase means.
pub enum Slot<'q> {
    /// What was typed; with typing errors, if the phrase is loose.
    Typed(&'q Word, bool),
    /// A word of another name, with its inflections.
    Inflected(&'q str),
    /// A word in this form.
    Itself(String),
}

impl Slot<'_> {
    /// Where it stands in a text.
    pub fn places(&self, text: &[TextWord]) -> Found {
        let of = |fits: &dyn Fn(&TextWord) -> bool| {
            let words = text.iter().filter(|word| fits(word));
            words.map(|word| (word.position, word.range.clone())).collect()
        };
        match self {
            Slot::Typed(typed, loose) => places(typed, *loose, false, text),
            Slot::Inflected(typed) => {
                let Analysed { folded, own, .. } = analysed(typed);
                of(&|word| {
                    folded == word.folded || own.contains(&word.stem) || own.contains(&word.folded)
                })
            }
            Slot::Itself(typed) => of(&|word| fold(typed) == word.folded),
        }
    }
}

/// The bytes of a text in which a word of it is what a word of a query means.
pub fn fitting(query: &Word, loose: bool, alone: bool, word: &TextWord) -> Vec<Range<usize>> {
    if fits(query, loose, alone, word) {
        return vec![word.range.clone()];
    }
    let has_parts = match query.mode {
        WordMode::Plain => alone || loose,
        WordMode::Fuzzy(_) => true,
        _ => false,
    };
    let own = analysed(&query.text).own;
    let parts = word.parts.iter().filter(|(stem, _)| has_parts && own.contains(stem));
    parts.map(|(_, range)| range.clone()).collect()
}

/// Whether one word of a query means one whole word of a text.
pub fn fits(query: &Word, loose: bool, alone: bool, word: &TextWord) -> bool {
    let Analysed { folded, own, related } = analysed(&query.text);
    let same = folded == word.folded;
    let has_stem = |stems: &[String]| stems.contains(&word.stem) || stems.contains(&word.folded);
    let form = has_stem(&own) || (alone && has_stem(&related));
    let near = |edits: usize| {
        let letters = folded.chars().count();
        let first = letters >= 5 || folded.chars().next() == word.folded.chars().next();
        letters >= 2 && first && distance(&folded, &word.folded) <= edits
    };
    let name = || {
        is_other_spelling(&query.text, &word.folded)
            || is_alias(&other_names(&query.text), &word.folded)
    };
    let automatic = match folded.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    match query.mode {
        WordMode::Plain if loose => same || form || near(automatic) || name(),
        WordMode::Plain => same || (alone && (form || name())),
        WordMode::Exact => exact(&query.text) == word.exact,
        WordMode::Fuzzy(edits) => {
            same || form || near(edits.map_or(automatic, usize::from)) || name()
        }
        WordMode::Wildcard => {
            let folded = fold_parts(&query.text, fold);
            let written = fold_parts(&query.text, digraphs);
            if folded == written {
                fits_glob(&folded, &word.folded)
            } else {
                // With an umlaut in the pattern, the word must be written with one too; letters
                // that only look like one, as in Mauer, fit as they stand.
                fits_glob(&written, &digraphs(&word.exact)) || fits_glob(&written, &word.folded)
            }
        }
        mode => panic!("no rule for {mode:?}"),
    }
}

/// Where words stand in a text: positions and bytes.
pub type Found = Vec<(u32, Range<usize>)>;

/// The positions and bytes of a text where a word of it is what a word of a query means.
pub fn places(query: &Word, loose: bool, alone: bool, text: &[TextWord]) -> Found {
    let fitting =
        |word| fitting(query, loose, alone, word).into_iter().map(|at| (word.position, at));
    text.iter().flat_map(fitting).collect()
}

/// Every way in which words in an order stand in a text: the positions and ranges of each.
pub fn occurrences(slots: &[Found], gap: u32) -> Vec<Found> {
    let mut found: Vec<Found> = vec![Vec::new()];
    for slot in slots {
        let fits = |chosen: &Found, at: u32| match (chosen.first(), chosen.last()) {
            (Some(first), Some(last)) => at > last.0 && at - first.0 <= chosen.len() as u32 + gap,
            _ => true,
        };
        let longer = |chosen: &Vec<_>| {
            let next = slot.iter().filter(|(at, _)| fits(chosen, *at));
            next.map(|next| [&chosen[..], std::slice::from_ref(next)].concat()).collect::<Vec<_>>()
        };
        found = found.iter().flat_map(longer).collect();
    }
    found
}

/// Every way in which operands stand near each other: all orders are tried.
pub fn near_each_other(operands: &[Vec<Found>], gap: u32, ordered: bool) -> Vec<Vec<Range<usize>>> {
    // What is chosen so far: which operands, the end of the last, and the ranges.
    let mut found: Vec<(Vec<usize>, u32, Vec<Range<usize>>)> = vec![(Vec::new(), 0, Vec::new())];
    for _ in operands {
        let mut longer = Vec::new();
        for (chosen, end, ranges) in &found {
            for (number, operand) in operands.iter().enumerate() {
                let in_order = !ordered || number == chosen.len();
                if chosen.contains(&number) || !in_order {
                    continue;
                }
                for words in operand {
                    let (start, last) = (words[0].0, words[words.len() - 1].0);
                    if chosen.is_empty() || (start > *end && start - end - 1 <= gap) {
                        let more = words.iter().map(|(_, range)| range.clone());
                        let ranges = ranges.iter().cloned().chain(more).collect();
                        longer.push(([&chosen[..], &[number]].concat(), last, ranges));
                    }
                }
            }
        }
        found = longer;
    }
    found.into_iter().map(|(_, _, ranges)| ranges).collect()
}

/// A word, or the parts of a hyphenated one.
pub fn parts(word: &Word) -> Vec<Word> {
    let parts = words(&word.text).filter(|part| part.kind == WordKind::Part);
    let parts: Vec<Word> = parts
        .map(|part| {
            let mut of_part = word.clone();
            of_part.text = part.text.into_owned();
            of_part
        })
        .collect();
    if parts.is_empty() || word.mode == WordMode::Wildcard { vec![word.clone()] } else { parts }
}

/// Where an operand of NEAR stands, with all its alternatives, and what may stand in its place.
pub fn operand(query: &Query, text: &[TextWord]) -> Vec<Found> {
    let stands = |slots: &[Slot]| {
        let slots: Vec<_> = slots.iter().map(|slot| slot.places(text)).collect();
        occurrences(&slots, 0)
    };
    let several = |names: &[&Alias]| -> Vec<Found> {
        let names = names.iter().filter(|name| name.words().len() > 1);
        let slots = names
            .map(|name| name.words().iter().map(|word| Slot::Inflected(word)).collect::<Vec<_>>());
        slots.flat_map(|slots| stands(&slots)).collect()
    };
    match query {
        Query::Word(word) => {
            let slots: Vec<_> =
                parts(word).iter().map(|part| places(part, false, true, text)).collect();
            let mut found = occurrences(&slots, 0);
            if matches!(word.mode, WordMode::Plain | WordMode::Fuzzy(_)) {
                found.extend(several(&other_names(&word.text)));
                for halves in halves(&word.text) {
                    found.extend(stands(&halves.map(Slot::Itself)));
                }
            }
            found
        }
        Query::Phrase(Phrase { words, loose, .. }) => {
            let mut found = stands(&typed_slots(words, *loose));
            if let [one, two] = &words[..]
                && one.mode == WordMode::Plain
                && two.mode == WordMode::Plain
            {
                let names = other_names(&format!("{}{}", one.text, two.text));
                found.extend(several(&names));
                for name in names.iter().filter(|name| name.words().len() == 1) {
                    for s in ["", "s"] {
                        found.extend(stands(&[Slot::Itself(format!("{}{s}", name.joined()))]));
                    }
                }
            }
            found.extend(respaced(words, *loose).iter().flat_map(|slots| stands(slots)));
            found
        }
        Query::Any(clauses) => clauses.iter().flat_map(|clause| operand(clause, text)).collect(),
        query => panic!("no operand: {query:?}"),
    }
}

pub fn typed_slots(words: &[Word], loose: bool) -> Vec<Slot<'_>> {
    words.iter().map(|word| Slot::Typed(word, loose)).collect()
}

/// A phrase with one of its words as two, or two as one.
pub fn respaced(words: &[Word], loose: bool) -> Vec<Vec<Slot<'_>>> {
    let instead = |at: usize, count: usize, slots: Vec<Slot<'static>>| -> Vec<Slot<'_>> {
        let (before, behind) = (&words[..at], &words[at + count..]);
        let before = typed_slots(before, loose).into_iter();
        before.chain(slots).chain(typed_slots(behind, loose)).collect()
    };
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate().filter(|(_, word)| word.mode == WordMode::Plain) {
        for halves in halves(&word.text) {
            found.push(instead(at, 1, halves.map(Slot::Itself).into()));
        }
    }
    for (at, pair) in words.windows(2).enumerate() {
        if let Some(joined) = joined(&pair[0], &pair[1]) {
            found.push(instead(at, 2, vec![Slot::Itself(joined)]));
        }
    }
    found
}
