//! Cuts compounds into their parts: Militärdelegation into Militär and Delegation.
//!
//! The parts are words of the lexicon; first parts come with their linking elements
//! (Verteidigungs, Waffen, Schul). The lexicon knows how likely each begins or ends a compound;
//! dynamic programming finds the likeliest cut, going on from where the cheapest parts end, and a word
//! stays whole where even that cut is unlikely.

mod parts;
mod ways;

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use self::parts::PartWord;
use self::ways::Ways;
use crate::forms::{LONGEST_WORD_ANALYSED, Part, smallest_parts};
use crate::letters::{Letters, begins_with, canonical, plain_letters, strip_ending};
use crate::lexicon::{Entry, lookup, walk};
use crate::stem::{Class, read};
use crate::user_words::UserWords;

/// Cost of the likeliest part and the step between two scores of the lexicon, in nats: the scores
/// were made with these numbers.
const CHEAPEST_PART: f32 = 6.0;
const COST_PER_SCORE: f32 = 0.75;

/// What a compound of two parts may cost, if the lexicon does not know the word. Beyond it, cuts
/// of foreign words and names outnumber those of compounds.
const DEAREST_UNKNOWN: f32 = 30.0;

/// What a compound of two parts may cost, if the lexicon knows the word: dictionaries list many
/// compounds, but also all the words that only look like one (Tab|letten).
const DEAREST_KNOWN: f32 = 25.0;

/// How much dearer than the word itself the parts of a word of the lexicon may be. A word that
/// often ends compounds itself (Grundlage, Hersteller) is to a reader one word.
const MARGIN: f32 = 10.0;

/// What each part beyond the second may add.
const DEAREST_FURTHER_PART: f32 = 11.0;

/// From this cost on a compound of two parts may be none, if it has no more bytes than
/// [`LONGEST_DOUBTFUL`].
const DOUBTFUL: f32 = 21.0;
const DOUBTFUL_LAST: f32 = 10.0;
const LONGEST_DOUBTFUL: usize = 12;

/// Cost of each cut: of two readings alike, the one with fewer parts.
const CUT: f32 = 1.0;

/// Cost of a user's word as a part: a common noun, or the user would not have added it.
const USER_WORD: f32 = 8.0;

/// Cost of an s that links a noun never seen with one.
const UNSEEN_LINK: f32 = 17.0;

/// Cost of an adjective as the last part: wasser|dicht.
const ADJECTIVE_LAST: f32 = 12.0;

/// Cost of a particle before a part.
const PARTICLE: f32 = 3.0;

/// First parts that are prefixes of verbs, too, and what one costs more in a word of the lexicon:
/// Widerspruch comes of widersprechen, Vollendung of vollenden.
const PREFIXES_OF_VERBS: [&str; 4] = ["gegen", "unvoll", "voll", "wider"];
const PREFIX_OF_KNOWN: f32 = 3.0;

/// Bytes of a compound at least: Eiöl would be one, but Tee|ei is hardly ever right below it.
const SHORTEST_COMPOUND: usize = 6;

/// Beginnings of words that look like compounds and are none.
const VETOES: [&str; 5] = ["alternativ", "kombination", "zugrunde", "zugunsten", "zuguter"];

/// Adverbs that end like a noun, and nouns of verbs with a particle that is one, are no compounds.
const NOT_OF_WEG: [&str; 14] = [
    "durchweg",
    "frischweg",
    "glattweg",
    "kurzweg",
    "rundweg",
    "schlankweg",
    "schlechtweg",
    "wegfall",
    "wegfalls",
    "weggang",
    "weggangs",
    "wegnahme",
    "wegzug",
    "wegzugs",
];

/// Bytes of the last and the first part of an adjective at least: zwei|fach and not|wendig are
/// no compounds to a reader.
const SHORTEST_ADJECTIVE: usize = 5;
const SHORTEST_BEFORE_ADJECTIVE: usize = 4;

/// Cost of a swallowed letter: Schif|fahrt, but not Kom|mission.
const SWALLOWED: f32 = 4.0;

/// Letters behind a particle at least: un|gen is an ending.
const SHORTEST_AFTER_PARTICLE: usize = 5;

/// Cost of an unknown first part that ends like a noun with a linking s: Phosphorylierungs.
const UNKNOWN_WITH_LINK: f32 = 15.0;

/// Cost of any other unknown first part: Myokard|infarkt. Needs a likely last part.
const UNKNOWN_FIRST: f32 = 20.0;

/// Bytes of an unknown first part and of the word behind it at least: below it, such cuts are
/// mostly wrong.
const SHORTEST_UNKNOWN: usize = 5;

/// Endings of nouns that are followed by a linking s.
const LINKED_ENDINGS: [&str; 7] = ["ungs", "ions", "heits", "keits", "täts", "schafts", "lings"];

/// Bytes of the word behind an unknown first part without a link at least.
const SHORTEST_AFTER_UNKNOWN: usize = 6;

/// Prefixes with which a last part begins, so that no unknown first part ends there:
/// Baum|verschnitt, not Baumver|schnitt.
const VERB_PREFIXES: [&str; 13] =
    ["ver", "be", "er", "ge", "ent", "zer", "ab", "an", "auf", "aus", "ein", "vor", "sc"];

/// Particles that make nouns of verbs with them: Vorflug, Wiedergründung, Mitentscheidung.
const PARTICLES: [&str; 24] = [
    "ab", "an", "auf", "aus", "bei", "durch", "ein", "mit", "nach", "neu", "rück", "über", "um",
    "un", "ueber", "rueck", "unter", "ur", "vor", "weiter", "wieder", "zu", "zurück", "zusammen",
];

/// A part of a compound, in the letters of the word.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// Bytes in [`Letters::text`].
    pub(crate) range: Range<usize>,
    /// What the part is as a word of its own.
    pub(crate) word: Rc<PartWord>,
}

/// Cuts a word into its parts, and those into theirs; empty if it is no compound.
///
/// In order; a part that is a compound itself comes before its own parts.
pub(crate) fn split(letters: &Letters, user: &UserWords) -> Vec<Piece> {
    if let Some(pieces) = split_place(&letters.text) {
        return pieces;
    }
    let mut pieces = Vec::new();
    for piece in split_once(&letters.text, MARGIN, user) {
        piece.add_to(&mut pieces, 0);
    }
    pieces
}

impl Piece {
    /// Appends the part and its own parts; its range is of what starts at byte `start` of the word.
    fn add_to(&self, pieces: &mut Vec<Piece>, start: usize) {
        let range = start + self.range.start..start + self.range.end;
        let start = range.start;
        pieces.push(Piece { range, word: Rc::clone(&self.word) });
        self.word.parts.iter().for_each(|part| part.add_to(pieces, start));
    }
}

/// Gives the last part of a compound as it stands in the word: infrastruktur in
/// Energieinfrastruktur.
pub(crate) fn last_part(word: &str) -> Option<&str> {
    if word.len() > LONGEST_WORD_ANALYSED {
        return None;
    }
    let start = LAST_PARTS.with_borrow_mut(|known| {
        if let Some(start) = known.get(word) {
            return *start;
        }
        let letters = Letters::new(word);
        let pieces = split_once(&letters.text, MARGIN, &UserWords::default());
        let start = pieces.last().map(|piece| letters.origin(piece.range.start));
        if known.len() == MOST_LAST_PARTS {
            known.clear();
        }
        known.insert(word.into(), start);
        start
    })?;
    word.get(start..)
}

/// Words whose last part is remembered, per thread: texts of one kind complete the same words over
/// and over.
const MOST_LAST_PARTS: usize = 4_096;

thread_local! {
    /// Where the last part of a compound starts, in bytes; None for words that are none.
    static LAST_PARTS: RefCell<FxHashMap<Box<str>, Option<usize>>> = RefCell::default();
}

/// Cuts letters into the likeliest parts, of which the lexicon may know some to be compounds.
fn split_once(text: &str, margin: f32, user: &UserWords) -> Vec<Piece> {
    let length = text.len();
    let veto = VETOES.iter().any(|veto| begins_with(text, veto)) || NOT_OF_WEG.contains(&text);
    if length < SHORTEST_COMPOUND || veto {
        return Vec::new();
    }
    let known = lookup(text);
    if known.is_some_and(|entry| entry.is_place() || is_infinitive(text, entry)) {
        return Vec::new();
    }
    let mut ways = Ways::new(length);
    let mut lacks_unknown = known.is_none();
    loop {
        let next = ways.cheapest();
        let cost = next.map_or(f32::INFINITY, |from| ways.cost(from));
        // What the lexicon lacks is dear: most words are cut without a look at it.
        let add_unknown = lacks_unknown && cost >= UNKNOWN_WITH_LINK;
        let least = if add_unknown { UNKNOWN_WITH_LINK } else { cost };
        if least + CUT + CHEAPEST_PART > ways.cost(length) {
            break;
        }
        let Some(from) = (if add_unknown { Some(0) } else { next }) else { break };
        let mut reach = |end: usize, cost: f32, before: Option<u8>| {
            if from == 0 && end == length {
                return;
            }
            let is_prefix = || known.is_some() && PREFIXES_OF_VERBS.contains(&&text[..end]);
            let cost = cost + if from == 0 && is_prefix() { PREFIX_OF_KNOWN } else { 0.0 };
            ways.reach(end, cost + if from > 0 { CUT } else { 0.0 }, from, before);
        };
        if add_unknown {
            lacks_unknown = false;
            visit_unknown_first_parts(text, &mut reach);
            continue;
        }
        visit_parts(text, from, None, &mut reach);
        user.walk(text, from, |end| reach(end, USER_WORD, None));
        // Vor|flugrecht: a particle makes no part of its own, but one part with what follows.
        let rest = &text[from..];
        let may_begin = matches!(rest.as_bytes()[0], b'a' | b'b' | b'd'..=b'e' | b'm' | b'n' | b'r'
            | b'u'..=b'w' | b'z' | 0xc3);
        let particles = if may_begin { &PARTICLES[..] } else { &[] };
        for particle in particles.iter().filter(|particle| begins_with(rest, particle)) {
            if rest.len() < particle.len() + SHORTEST_AFTER_PARTICLE {
                continue;
            }
            let mut reach = |end, cost, before| reach(end, cost + PARTICLE, before);
            visit_parts(text, from + particle.len(), None, &mut reach);
        }
        if let Some(swallowed) = swallowed_letter(text, from) {
            let mut reach = |end, cost, before| reach(end, cost + SWALLOWED, before);
            visit_parts(text, from, Some(swallowed), &mut reach);
        }
        ways.close(from);
    }
    let Some(last) = ways.step(length).filter(|step| step.parts > 1) else { return Vec::new() };
    let further = DEAREST_FURTHER_PART * f32::from(last.parts - 2);
    let dearest = match known {
        Some(entry) => DEAREST_KNOWN.min(cost(entry.as_last()) + margin),
        None => DEAREST_UNKNOWN,
    };
    if last.cost > dearest + further {
        return Vec::new();
    }
    pieces(text, &ways, user)
}

/// Cuts what says which part of a place is meant from the place: Ost|ukraine, Süd|europas.
fn split_place(text: &str) -> Option<Vec<Piece>> {
    let (direction, place) = DIRECTIONS.iter().find_map(|direction| {
        let place = begins_with(text, direction).then(|| &text[direction.len()..])?;
        if place.len() < SHORTEST_PLACE {
            return None;
        }
        let base = place.strip_suffix('s').unwrap_or(place);
        let is_place = |name: &&str| lookup(name).is_some_and(Entry::is_place);
        let name = [place, base].into_iter().find(is_place)?;
        Some((*direction, name))
    })?;
    let piece = |name: &str, range| {
        let word = Rc::new(PartWord::whole(read(name, true)?));
        Some(Piece { range, word })
    };
    let first = piece(direction, 0..direction.len())?;
    Some(vec![first, piece(place, direction.len()..text.len())?])
}

/// What says which part of a place is meant, longest first where one begins with another.
const DIRECTIONS: [&str; 11] = [
    "südost", "suedost", "südwest", "suedwest", "nordost", "nordwest", "süd", "sued", "ost",
    "west", "nord",
];

/// Bytes of a place at least: Ost|iran, but Ost|ern.
const SHORTEST_PLACE: usize = 4;

/// Says whether a short compound is cut at a high cost and ends as hardly any compound does, so that
/// it may be a name as well: Rom|nova. `parts` are those of the word.
pub(crate) fn may_be_no_compound(word: &str, parts: &[Part]) -> bool {
    if word.len() > LONGEST_DOUBTFUL || lookup(&plain_letters(word)).is_some() {
        return false;
    }
    let entry = |part: &Part| {
        let text = word.get(part.range.clone())?;
        lookup(&plain_letters(text))
    };
    let smallest: Vec<&Part> = smallest_parts(parts).collect();
    let Some((last, before)) = smallest.split_last() else { return false };
    let last = entry(last).map_or(UNKNOWN_FIRST, |entry| cost(entry.as_last()));
    let first = |part: &&Part| entry(part).map_or(UNKNOWN_FIRST, |entry| cost(entry.as_first()));
    let further = DEAREST_FURTHER_PART * before.len().saturating_sub(1) as f32;
    last >= DOUBTFUL_LAST && last + before.iter().map(first).sum::<f32>() - further >= DOUBTFUL
}

/// Cuts an adjective of the lexicon: wasser|dicht, but not not|wendig or still|end.
pub(crate) fn split_adjective(letters: &Letters, user: &UserWords) -> Vec<Piece> {
    let pieces = split(letters, user);
    let cut = match &pieces[..] {
        [first, .., last] => {
            let last = &last.word.reading;
            last.class == Class::Adjective
                && !lookup(&last.lemma).is_some_and(Entry::is_first_participle)
                && last.lemma.len() >= SHORTEST_ADJECTIVE
                && first.range.len() >= SHORTEST_BEFORE_ADJECTIVE
        }
        _ => false,
    };
    if cut { pieces } else { Vec::new() }
}

/// Calls `reach` with the end and cost of every part that starts at byte `from`.
fn visit_parts(
    text: &str,
    from: usize,
    before: Option<u8>,
    reach: &mut impl FnMut(usize, f32, Option<u8>),
) {
    walk(text, from, before, |end, entry| {
        let rest = &text[end..];
        if rest.is_empty() {
            if entry.as_last() > 0 && entry.is_noun() {
                reach(end, cost(entry.as_last()), before);
            }
        } else {
            if entry.as_first() > 0 {
                reach(end, cost(entry.as_first()), before);
            }
            if entry.is_noun() && end - from > 3 && rest.len() > 3 && rest.starts_with('s') {
                reach(end + 1, UNSEEN_LINK, before);
            }
        }
        if from > 0 && ends_with_nominalised_participle(entry, rest) {
            reach(text.len(), cost(entry.as_last()), before);
        }
        if from > 0 && entry.is_adjective() && end - from > 3 && is_adjective_ending(rest) {
            reach(text.len(), ADJECTIVE_LAST, before);
        }
    });
}

/// Says whether a participle with the ending behind it is a noun that ends compounds: abgeordnet|er.
/// The lexicon scores as last parts those participles only of which it has such nouns.
fn ends_with_nominalised_participle(entry: Entry, ending: &str) -> bool {
    let participle = entry.is_first_participle() || entry.is_second_participle();
    participle
        && !entry.is_noun()
        && entry.as_last() > 0
        && matches!(ending, "e" | "en" | "em" | "er" | "es")
}

/// Calls `reach` with the ends of first parts that the lexicon lacks, with the cost of each.
fn visit_unknown_first_parts(text: &str, reach: &mut impl FnMut(usize, f32, Option<u8>)) {
    for (at, _) in text.char_indices().skip(SHORTEST_UNKNOWN) {
        if text.len() < at + SHORTEST_UNKNOWN {
            return;
        }
        let linked =
            LINKED_ENDINGS.iter().any(|ending| strip_ending(&text[..at], ending).is_some());
        let prefix = VERB_PREFIXES.iter().any(|prefix| strip_ending(&text[..at], prefix).is_some());
        if prefix || !linked && text.len() < at + SHORTEST_AFTER_UNKNOWN {
            continue;
        }
        reach(at, if linked { UNKNOWN_WITH_LINK } else { UNKNOWN_FIRST }, None);
    }
}

/// Says whether a noun is a verb with a capital: Betreiben, Verbessern.
fn is_infinitive(text: &str, entry: Entry) -> bool {
    entry.is_verb() && entry.other_lemma(text).is_some_and(|lemma| lemma == canonical(text))
}

/// Turns a score of the lexicon into the cost of the part.
fn cost(score: u8) -> f32 {
    CHEAPEST_PART + COST_PER_SCORE * f32::from(15 - score)
}

fn is_adjective_ending(rest: &str) -> bool {
    matches!(rest, "" | "e" | "en" | "em" | "er" | "es" | "ere" | "eren" | "ste" | "sten")
}

/// The letter that the old orthography left out where three met: Schif(f)fahrt.
fn swallowed_letter(text: &str, at: usize) -> Option<u8> {
    match text.as_bytes() {
        letters if at < 3 || at >= letters.len() => None,
        letters if letters[at - 1] != letters[at - 2] || letters[at] == letters[at - 1] => None,
        letters => Some(letters[at - 1]).filter(|letter| b"bdfgklmnprst".contains(letter)),
    }
}

/// Follows the steps back from the end of the word.
fn pieces(text: &str, ways: &Ways, user: &UserWords) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut end = text.len();
    while end > 0 {
        let Some(step) = ways.step(end) else { return Vec::new() };
        let part = &text[step.from..end];
        let last = end == text.len();
        let word = match PartWord::of(part, step.before, last, user) {
            Some(word) => word,
            None if step.from == 0 => PartWord::unknown_first(part),
            None => return Vec::new(),
        };
        found.push(Piece { range: step.from..end, word });
        end = step.from;
    }
    found.reverse();
    found
}

#[cfg(all(test, feature = "lexicon"))]
mod tests {
    use super::*;

    fn cut(word: &str) -> String {
        let letters = Letters::new(word);
        let pieces = split(&letters, &UserWords::default());
        let starts = pieces.iter().map(|piece| piece.range.start).chain([letters.text.len()]);
        let mut cuts: Vec<_> = starts.collect();
        cuts.sort();
        cuts.dedup();
        let parts: Vec<_> = cuts.windows(2).map(|cut| &letters.text[cut[0]..cut[1]]).collect();
        parts.join("|")
    }

    #[test]
    fn compounds_are_cut() {
        for parts in [
            "militär|delegationen",
            "verteidigungs|minister",
            "außen|minister",
            "waffen|lieferungen",
            "atom|waffen|programms",
            "schiff|fahrt",
            "kamera|einstellung",
            "untersuchungs|haft",
            "haft|befehl",
            "rettungs|wege",
            "weg|strecke",
            "ehe|schließung",
            "welt|cup",
            "end|spiel",
            "top|manager",
            "polit|thriller",
            "ski|gebiet",
            "ost|ukraine",
            "ost|europa",
            "west|europas",
            "süd|afrika",
            "vorstands|vorsitzender",
            "partei|vorsitzende",
            "regierungs|beauftragter",
            "kriegs|gefangene",
        ] {
            let parts = parts.replace('ß', "ss");
            assert_eq!(cut(&parts.replace('|', "")), parts);
        }
        let parts = split(&Letters::new("Atomwaffenprogramm"), &UserWords::default());
        let parts: Vec<_> = parts.iter().map(|part| &*part.word.stem).collect();
        assert_eq!(parts, ["atomwaff", "atom", "waff", "programm"]);
        // The old orthography leaves a letter out: the third t of Schritttempo.
        assert_eq!(cut("Schrittempo"), "schritt|empo");
    }

    #[test]
    fn words_that_only_look_like_compounds_stay_whole() {
        let words = "Tabletten Nation Kombination Kommission Kommunikation Alternative Gewinner
            Hersteller Verstand Abstand Verbrechen Marketing Transport Redaktion Metall Schwellungen
            Ursache Beispiel Deutschland Frankfurt Belousow Selenskyj Lukaschenko Müller Präsident
            Delegation Information Minister Senator General Generation Universität Verhandlung
            erbrechen bestreichen verbessern notwendig zweifach stillende entsprechende zugrunde
            Betreiben Verbessern Dialog Distanz Pastor Diskurs
            herzhaft lebhaft lebhafte hinweg rundweg durchweg Bewegung Hinweg Norwegen Weggang halbwegs
            keineswegs geradewegs deswegen Eigenschaften Leserschaft ehemals einmal niemals Denkmal
            Gegenwart Gegensätze Widerspruch Widerstands Vollendung unvollständig
            Selenski Kaminski Bojarskis Topas Apparat Applaus Skizze Politiker Laptop Ostern Westen Norden Westfalen
            Vorsitzende Abgeordneter Gefangene Folgende Beauftragte";
        for word in words.split_whitespace() {
            let parts = crate::forms(word).parts;
            assert!(parts.is_empty(), "{word}: {parts:?}");
        }
    }
}
