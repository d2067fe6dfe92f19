//! The engine against a brute-force matcher: random small German texts, random queries, and plain
//! comparison of words. Same documents, every mark a real match, whatever the segments.
//!
//! Only the analysis of single words is shared with the engine; how words match is written anew.

#![allow(clippy::unwrap_used)]

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use dossier_engine::{
    Date, DateCondition, Day, Document, Fragment, Index, Near, Period, Phrase, Query, QueryField,
    Reading, Results, SearchOptions, Searcher, Word, WordMode,
};
use dossier_german::{
    Alias, Aliases, KeyMatch, NameKey, StemSource, TypedName, WordKind, exact, fold, forms,
    name_keys_of_text, words,
};

/// Spellings, forms, near misses and hyphens that must be told apart or taken together.
const VOCABULARY: &[&str] = &[
    "Putin",
    "Putins",
    "putin",
    "Puten",
    "Kim",
    "Kims",
    "Kim's",
    "Jong",
    "Un",
    "un",
    "Jong-un",
    "Jong-Un",
    "Jongun",
    "Peking",
    "Pekings",
    "Beijing",
    "Hong",
    "Kong",
    "Hongkong",
    "Xianggang",
    "Müller",
    "Mueller",
    "Muller",
    "MÜLLER",
    "Mutter",
    "Mütter",
    "schwül",
    "schwul",
    "empfängt",
    "empfaengt",
    "empfangt",
    "Beloussow",
    "Belousow",
    "Beloussov",
    "Belaussow",
    "Minister",
    "Ministers",
    "Ministern",
    "Verteidigungsminister",
    "Militär",
    "Militaer",
    "Militär-Delegation",
    "Militärdelegation",
    "Delegation",
    "Straße",
    "Strasse",
    "Straßen",
    "neue",
    "neuer",
    "Quelle",
    "Mauer",
    "Häuser",
    "Haus",
    "Hauses",
    "lief",
    "laufen",
    "läuft",
    "O'Neill",
    "O’Neill",
    "ONeill",
    "Süd-Nord-Konflikt",
    "Nord",
    "Süd",
    "der",
    "die",
    "in",
    "und",
    "2024",
    "3,5",
];

/// Few words, so that they often stand side by side.
const FEW_WORDS: &[&str] = &[
    "Kim",
    "Jong-un",
    "Un",
    "Putin",
    "Putins",
    "Beloussow",
    "Belousow",
    "Militärdelegation",
    "Delegation",
    "Müller",
    "Mueller",
    "der",
];

/// A small generator of our own: the same numbers everywhere and for ever (SplitMix64); and the
/// words it chooses from.
struct Random(u64, &'static [&'static str]);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

fn text(random: &mut Random, most: usize) -> String {
    let mut text = String::new();
    for _ in 0..random.below(most + 1) {
        text.push_str(random.one(random.1));
        text.push_str(random.one(&[" ", " ", " ", " ", ", ", ". ", "\n", " – "]));
    }
    text
}

fn document(random: &mut Random, id: usize) -> Document {
    let body = text(random, 25);
    Document {
        id: format!("{id:03}"),
        title: text(random, 4),
        noise: noise(random, &body),
        body,
        source: Some(random.one(&["www.congluan.vn", "orf.at", "news.ORF.at"]).to_owned()),
        date: date(random),
        ..Document::default()
    }
}

/// Some parts of a text, cut between words; of every second text none.
fn noise(random: &mut Random, text: &str) -> Vec<Range<usize>> {
    let blanks = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let mut cuts: Vec<usize> = blanks.filter(|_| random.below(4) == 0).collect();
    if random.below(2) == 0 {
        cuts.clear();
    }
    cuts.chunks_exact(2).map(|pair| pair[0]..pair[1]).collect()
}

/// A day, a month or a year, about new year, or none.
fn date(random: &mut Random) -> Option<Date> {
    let year = 2023 + random.below(2) as i16;
    let month = random.one(&[1, 2, 11, 12]);
    match random.below(6) {
        0 => None,
        1 => Date::year(year),
        2 => Date::month(year, month),
        _ => Date::day(year, month, random.one(&[1, 2, 15, 28, 29, 30, 31])),
    }
}

// --- queries ---

/// A word somewhat changed: other case, other umlaut spelling, a letter more, less or other.
fn typed(random: &mut Random) -> String {
    let word = random.one(random.1);
    match random.below(6) {
        0 => word.to_lowercase(),
        1 => word.replace('ü', "ue").replace('ä', "ae"),
        2 => word.replace('ü', "u").replace('ß', "ss"),
        _ => word.to_owned(),
    }
}

fn mistyped(random: &mut Random) -> String {
    let mut letters: Vec<char> = typed(random).chars().collect();
    let at = random.below(letters.len());
    match random.below(4) {
        0 => letters[at] = 'x',
        1 => letters.insert(at, 'e'),
        2 if letters.len() > 2 => drop(letters.remove(at)),
        _ if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => {}
    }
    letters.into_iter().collect()
}

fn pattern(random: &mut Random) -> String {
    let letters: Vec<char> = typed(random).chars().filter(|c| c.is_alphanumeric()).collect();
    let at = random.below(letters.len());
    let (before, behind): (String, String) =
        (letters[..at].iter().collect(), letters[at..].iter().collect());
    match random.below(4) {
        0 => format!("{before}*"),
        1 => format!("*{behind}"),
        2 => format!("{before}?{}", behind.chars().skip(1).collect::<String>()),
        _ => format!("{before}*{}", behind.chars().skip(2).collect::<String>()),
    }
}

fn word(random: &mut Random) -> String {
    match random.below(8) {
        0 => format!("={}", typed(random)),
        1 => format!("{}~", mistyped(random)),
        2 => format!("{}~{}", mistyped(random), 1 + random.below(2)),
        3 => pattern(random),
        _ => typed(random),
    }
}

fn phrase(random: &mut Random) -> String {
    let count = 2 + random.below(2);
    let inside: Vec<String> = (0..count)
        .map(|_| if random.below(4) == 0 { word(random) } else { typed(random) })
        .collect();
    let behind = random.one(&["", "", "~", "~1", "~3", "~8"]);
    format!("\"{}\"{behind}", inside.join(" "))
}

/// Words and phrases near each other.
fn near(random: &mut Random) -> String {
    let operator = random.one(&["NEAR", "NAH", "NAH"]);
    let operator = format!(" {operator}/{} ", random.one(&[0, 1, 2, 5, 12]));
    let operand = |random: &mut Random| match random.below(6) {
        0 => format!("\"{} {}\"", typed(random), typed(random)),
        1 => format!("\"{} {}\"~", typed(random), typed(random)),
        2 => format!("({} ODER \"{} {}\")", word(random), typed(random), word(random)),
        _ => word(random),
    };
    let operands: Vec<String> =
        (0..random.one(&[2, 2, 2, 3, 4])).map(|_| operand(random)).collect();
    operands.join(&operator)
}

/// A condition on the date.
fn dates(random: &mut Random) -> String {
    let one = |random: &mut Random| date(random).map_or("2024".into(), |date| date.to_string());
    match random.below(7) {
        0 => "datum:keins".to_owned(),
        1 => format!("datum:{}{}", random.below(40), random.one(&['d', 'w', 'm', 'y'])),
        2 => format!("datum:{}{}", random.one(&["<", ">", "<=", ">="]), one(random)),
        3 => format!("datum:{}", one(random)),
        4 => format!("datum:{}..", one(random)),
        _ => format!("datum:{}..{}", one(random), one(random)),
    }
}

fn clause(random: &mut Random, depth: usize) -> String {
    match random.below(if depth == 0 { 10 } else { 15 }) {
        0..=4 => word(random),
        5 | 6 => phrase(random),
        7 => {
            let field = random.one(&["titel", "text", "quelle"]);
            match field {
                "quelle" => format!("quelle:{}", random.one(&["orf", "orf.at", "vn", "CONGLUAN"])),
                _ => format!("{field}:{}", word(random)),
            }
        }
        8 => near(random),
        9 => dates(random),
        10 => format!("-({})", clause(random, depth - 1)),
        kind => {
            let between = [" ", " UND ", " ODER ", " ODER "][kind - 11];
            let clauses: Vec<String> =
                (0..2 + random.below(2)).map(|_| clause(random, depth - 1)).collect();
            format!("({})", clauses.join(between))
        }
    }
}

// --- the brute force ---

/// A word of a text: every hyphenated word stands there whole and in parts.
struct TextWord {
    folded: String,
    exact: String,
    stem: String,
    /// The stems of the parts of a compound, with their bytes in the text.
    parts: Vec<(String, Range<usize>)>,
    range: Range<usize>,
    position: u32,
}

struct Texts<'d> {
    document: &'d Document,
    title: Vec<TextWord>,
    body: Vec<TextWord>,
    /// Words of the body that are noise; they are not in `body`.
    noise: Vec<TextWord>,
}

impl Texts<'_> {
    fn of(document: &Document) -> Texts<'_> {
        let analyse = |text: &str| {
            let word = |word: dossier_german::Word<'_>| {
                let forms = forms(&word.text);
                let start = word.range.start;
                let part = |part: dossier_german::Part| {
                    (part.stem.into(), start + part.range.start..start + part.range.end)
                };
                TextWord {
                    folded: fold(&word.text),
                    exact: exact(&word.text),
                    stem: forms.stem.into(),
                    parts: forms.parts.into_iter().map(part).collect(),
                    range: word.range,
                    position: word.position,
                }
            };
            words(text).map(word).collect::<Vec<_>>()
        };
        let in_noise =
            |word: &TextWord| document.noise.iter().any(|noise| noise.contains(&word.range.start));
        let (noise, body) = analyse(&document.body).into_iter().partition(in_noise);
        Texts { document, title: analyse(&document.title), body, noise }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Place {
    Title,
    Body,
}

/// Letters to insert, drop, change, or swap with their neighbour: the plain table.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut table = vec![vec![0usize; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let changed = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut least = changed.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(table[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    table[a.len()][b.len()]
}

fn glob(pattern: &[char], word: &[char]) -> bool {
    match (pattern, word) {
        ([], word) => word.is_empty(),
        (['*', rest @ ..], word) => (0..=word.len()).any(|skip| glob(rest, &word[skip..])),
        (['?', rest @ ..], [_, word @ ..]) => glob(rest, word),
        ([letter, rest @ ..], [first, word @ ..]) => letter == first && glob(rest, word),
        (_, []) => false,
    }
}

fn fits_glob(pattern: &str, word: &str) -> bool {
    let (pattern, word): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), word.chars().collect());
    glob(&pattern, &word)
}

/// Folds what stands between wildcards.
fn fold_parts(pattern: &str, of: impl Fn(&str) -> String) -> String {
    let mut done = String::new();
    let mut part = String::new();
    for letter in pattern.chars() {
        if matches!(letter, '*' | '?') {
            done += &of(&std::mem::take(&mut part));
            done.push(letter);
        } else {
            part.push(letter);
        }
    }
    done + &of(&part)
}

fn digraphs(word: &str) -> String {
    exact(word).replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss")
}

/// A word of a query, analysed once.
#[derive(Clone)]
struct Analysed {
    folded: String,
    /// Its stem, and that of the noun it may be, typed in lower case.
    own: Vec<String>,
    /// Stems of words close in meaning.
    related: Vec<String>,
}

fn analysed(text: &str) -> Analysed {
    thread_local! {
        static KNOWN: RefCell<BTreeMap<String, Analysed>> = RefCell::default();
    }
    let analyse = || {
        let mut typed = vec![text.to_owned()];
        let mut letters = text.chars();
        if let Some(first) = letters.next().filter(|first| first.is_lowercase()) {
            typed.push(first.to_uppercase().chain(letters).collect());
        }
        let forms: Vec<_> = typed.iter().map(|word| forms(word)).collect();
        Analysed {
            folded: fold(text),
            own: forms.iter().map(|forms| forms.stem.to_string()).collect(),
            related: forms.iter().flat_map(|f| &f.linked).map(|stem| stem.to_string()).collect(),
        }
    };
    KNOWN.with_borrow_mut(|known| known.entry(text.to_owned()).or_insert_with(analyse).clone())
}

thread_local! {
    /// Every spelling of what may be a name, with its keys, in the documents compared.
    static NAMES: RefCell<BTreeMap<String, Vec<NameKey>>> = RefCell::default();
    /// By what was typed.
    static OTHER_SPELLINGS: RefCell<BTreeMap<String, BTreeSet<String>>> = RefCell::default();
}

/// Whether a folded word has a spelling somewhere that is another one of a typed name.
fn is_other_spelling(typed: &str, folded: &str) -> bool {
    OTHER_SPELLINGS.with_borrow_mut(|known| {
        let others = known.entry(typed.to_owned()).or_insert_with(|| other_spellings(typed));
        others.contains(folded)
    })
}

/// Every spelling of a typed name in the documents compared, folded.
fn other_spellings(typed: &str) -> BTreeSet<String> {
    let Some(name) = TypedName::new(typed, &forms(typed)) else { return BTreeSet::new() };
    let relation =
        |key: NameKey, other: NameKey| match distance(&key.to_string(), &other.to_string()) {
            0 => Some(KeyMatch::Equal),
            1 => name.near(key, other.count()),
            _ => None,
        };
    NAMES.with_borrow(|names| {
        let found = names.iter().filter_map(|(spelling, its_keys)| {
            let pairs = name.keys().iter().flat_map(|key| its_keys.iter().map(|its| (*key, *its)));
            let best = pairs.filter_map(|(key, its)| relation(key, its)).min();
            Some((&**spelling, best?))
        });
        name.same(found).into_iter().map(|(spelling, _)| fold(spelling)).collect()
    })
}

/// What else a name is called.
fn other_names(name: &str) -> Vec<&'static Alias> {
    Aliases::exonyms().of(name)
}

/// Whether a folded word is one of some names, as one word.
fn is_alias(names: &[&Alias], folded: &str) -> bool {
    let is =
        |name: &Alias| folded.strip_prefix(name.joined()).is_some_and(|s| matches!(s, "" | "s"));
    names.iter().any(|name| name.words().len() == 1 && is(name))
}

fn is_name_in_text(exact: &str) -> bool {
    NAMES.with_borrow(|names| names.contains_key(exact))
}

/// Whether a word may be a name, and whether one that the lexicon does not have.
fn is_name(typed: &str) -> (bool, bool) {
    thread_local! {
        static KNOWN: RefCell<BTreeMap<String, (bool, bool)>> = RefCell::default();
    }
    let analyse = || {
        let forms = forms(typed);
        let is_name = TypedName::new(typed, &forms).is_some();
        (is_name, is_name && forms.source == StemSource::Ending)
    };
    KNOWN.with_borrow_mut(|known| *known.entry(typed.to_owned()).or_insert_with(analyse))
}

/// Both halves of a name that texts may have as two words.
fn halves(typed: &str) -> Vec<[String; 2]> {
    if !is_name(typed).1 {
        return Vec::new();
    }
    let letters: Vec<char> = exact(typed).chars().collect();
    let halves = (2..letters.len().saturating_sub(1))
        .map(|at| [&letters[..at], &letters[at..]].map(|half| half.iter().collect::<String>()));
    halves.filter(|halves| halves.iter().all(|half| is_name_in_text(half))).collect()
}

/// Two words as one, if texts may have them so.
fn joined(before: &Word, behind: &Word) -> Option<String> {
    let may_be_name = |word: &Word| {
        word.mode == WordMode::Plain && word.text.chars().count() > 1 && is_name(&word.text).0
    };
    let joined = exact(&before.text) + &exact(&behind.text);
    (may_be_name(before) && may_be_name(behind) && is_name_in_text(&joined)).then_some(joined)
}

/// What a word of a phrase means.
enum Slot<'q> {
    /// What was typed; with typing errors, if the phrase is loose.
    Typed(&'q Word, bool),
    /// A word of another name, with its inflections.
    Inflected(&'q str),
    /// A word in this form.
    Itself(String),
}

impl Slot<'_> {
    /// Where it stands in a text.
    fn places(&self, text: &[TextWord]) -> Found {
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
fn fitting(query: &Word, loose: bool, alone: bool, word: &TextWord) -> Vec<Range<usize>> {
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
fn fits(query: &Word, loose: bool, alone: bool, word: &TextWord) -> bool {
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
type Found = Vec<(u32, Range<usize>)>;

/// The positions and bytes of a text where a word of it is what a word of a query means.
fn places(query: &Word, loose: bool, alone: bool, text: &[TextWord]) -> Found {
    let fitting =
        |word| fitting(query, loose, alone, word).into_iter().map(|at| (word.position, at));
    text.iter().flat_map(fitting).collect()
}

/// Every way in which words in an order stand in a text: the positions and ranges of each.
fn occurrences(slots: &[Found], gap: u32) -> Vec<Found> {
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
fn near_each_other(operands: &[Vec<Found>], gap: u32, ordered: bool) -> Vec<Vec<Range<usize>>> {
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
fn parts(word: &Word) -> Vec<Word> {
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
fn operand(query: &Query, text: &[TextWord]) -> Vec<Found> {
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

fn typed_slots(words: &[Word], loose: bool) -> Vec<Slot<'_>> {
    words.iter().map(|word| Slot::Typed(word, loose)).collect()
}

/// A phrase with one of its words as two, or two as one.
fn respaced(words: &[Word], loose: bool) -> Vec<Vec<Slot<'_>>> {
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

/// Which day it is.
fn today() -> Day {
    Day::new(2024, 12, 15).unwrap()
}

/// Whether a document's date lies in a range, wherever in the month or year it is.
fn is_dated(date: Option<Date>, condition: DateCondition) -> bool {
    let (from, to) = match condition {
        DateCondition::Unknown => return date.is_none(),
        DateCondition::Between(from, to) => (from, to),
        DateCondition::Last(count, unit) => {
            let days = (0..40_000).map(|back| day_before(today(), back));
            let fits = |day: &Date| match unit {
                Period::Days => true,
                Period::Weeks => true,
                Period::Months => day_number(*day).2 == 15,
                Period::Years => day_number(*day).1 == 12 && day_number(*day).2 == 15,
            };
            let step = if unit == Period::Weeks { 7 } else { 1 };
            let mut first = days.filter(fits).step_by(step).skip(usize::from(count));
            (first.next(), Some(today().into()))
        }
        condition => panic!("no rule for {condition:?}"),
    };
    let Some(date) = date else { return false };
    let after = from.is_none_or(|from| from.first_day() <= date.first_day());
    after && to.is_none_or(|to| date.last_day() <= to.last_day())
}

/// Year, month and day as they are written.
fn day_number(date: Date) -> (i16, i8, i8) {
    let text = date.to_string();
    let mut parts = text.split('-');
    let mut next = || parts.next().unwrap();
    (next().parse().unwrap(), next().parse().unwrap(), next().parse().unwrap())
}

/// So many days before a day, counted one by one.
fn day_before(day: Day, back: usize) -> Date {
    thread_local! {
        static DAYS: RefCell<Vec<Date>> = RefCell::default();
    }
    DAYS.with_borrow_mut(|days| {
        if days.is_empty() {
            days.push(day.into());
        }
        while days.len() <= back {
            let (mut year, mut month, mut number) = day_number(days[days.len() - 1]);
            number -= 1;
            if number == 0 {
                (year, month) = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
                number = (28..=31).rev().find(|n| Date::day(year, month, *n).is_some()).unwrap();
            }
            days.push(Date::day(year, month, number).unwrap());
        }
        days[back]
    })
}

/// Where a condition is looked for.
#[derive(Clone, Copy)]
struct Scope {
    field: Option<QueryField>,
    negated: bool,
    /// Whether noise is searched, too.
    noise: bool,
}

/// Whether a document matches; adds the words that are to be marked.
fn matches(
    query: &Query,
    scope: Scope,
    texts: &Texts<'_>,
    marks: &mut BTreeSet<(Place, usize, usize)>,
) -> bool {
    match query {
        // Each clause is looked at, for its marks.
        Query::Words(clauses) => {
            let (mut all, mut rest) = (true, &clauses[..]);
            while let [first, ..] = rest {
                let mut found = matches(first, scope, texts, marks);
                let mut count = 1;
                if let [Query::Word(one), Query::Word(two), ..] = rest
                    && let Some(others) = matches_as_one_name(one, two, scope, texts, marks)
                {
                    found &= matches(&rest[1], scope, texts, marks);
                    found |= others;
                    count = 2;
                }
                all &= found;
                rest = &rest[count..];
            }
            all
        }
        Query::All(clauses) => {
            clauses.iter().filter(|clause| !matches(clause, scope, texts, marks)).count() == 0
        }
        Query::Any(clauses) => {
            clauses.iter().filter(|clause| matches(clause, scope, texts, marks)).count() > 0
        }
        Query::Not(clause) => {
            !matches(clause, Scope { negated: !scope.negated, ..scope }, texts, marks)
        }
        Query::In(field, clause) => {
            matches(clause, Scope { field: Some(*field), ..scope }, texts, marks)
        }
        Query::Word(word) => {
            let mut found =
                matches_words(std::slice::from_ref(word), 0, false, true, scope, texts, marks);
            let parts = parts(word);
            if parts.len() > 1 {
                found |= matches_words(&parts, 0, false, false, scope, texts, marks);
            }
            if matches!(word.mode, WordMode::Plain | WordMode::Fuzzy(_)) && is_text(scope) {
                found |= matches_several(&other_names(&word.text), scope, texts, marks);
                for halves in halves(&word.text) {
                    let slots = halves.map(Slot::Itself);
                    found |= matches_slots(&slots, 0, scope, texts, marks);
                }
            }
            found
        }
        Query::Phrase(Phrase { words, gap, loose, .. }) => {
            let mut found = matches_words(words, *gap, *loose, false, scope, texts, marks);
            if let [one, two] = &words[..]
                && is_text(scope)
                && one.mode == WordMode::Plain
                && two.mode == WordMode::Plain
            {
                let names = other_names(&format!("{}{}", one.text, two.text));
                found |= matches_one_of(&names, scope, texts, marks);
            }
            if is_text(scope) {
                for slots in respaced(words, *loose) {
                    found |= matches_slots(&slots, *gap, scope, texts, marks);
                }
            }
            found
        }
        Query::Near(Near { operands, gap, ordered }) => {
            let stands = |text: &[TextWord]| {
                let operands: Vec<_> = operands.iter().map(|one| operand(one, text)).collect();
                near_each_other(&operands, *gap, *ordered)
            };
            found_in(scope, texts, marks, stands)
        }
        Query::Dates(dates) => is_dated(texts.document.date, dates.condition),
        query => panic!("no rule for {query:?}"),
    }
}

fn is_text(scope: Scope) -> bool {
    scope.field.is_none_or(|field| matches!(field, QueryField::Title | QueryField::Body))
}

/// Whether a document has two words as one, or another name that they are together; none if they
/// are no name.
fn matches_as_one_name(
    one: &Word,
    two: &Word,
    scope: Scope,
    texts: &Texts<'_>,
    marks: &mut BTreeSet<(Place, usize, usize)>,
) -> Option<bool> {
    if !is_text(scope) || one.mode != WordMode::Plain || two.mode != WordMode::Plain {
        return None;
    }
    let names = other_names(&format!("{}{}", one.text, two.text));
    let joined = joined(one, two);
    if names.is_empty() && joined.is_none() {
        return None;
    }
    let mut found = matches_one_of(&names, scope, texts, marks);
    if let Some(joined) = joined {
        found |= matches_slots(&[Slot::Itself(joined)], 0, scope, texts, marks);
    }
    Some(found)
}

/// Whether a document has one of some names, as a word or several.
fn matches_one_of(
    names: &[&Alias],
    scope: Scope,
    texts: &Texts<'_>,
    marks: &mut BTreeSet<(Place, usize, usize)>,
) -> bool {
    let mut found = matches_several(names, scope, texts, marks);
    let one_word = names.iter().filter(|name| name.words().len() == 1);
    for (name, s) in one_word.flat_map(|name| [(name, ""), (name, "s")]) {
        let slot = Slot::Itself(format!("{}{s}", name.joined()));
        found |= matches_slots(&[slot], 0, scope, texts, marks);
    }
    found
}

/// Whether a document has one of some names that are several words.
fn matches_several(
    names: &[&Alias],
    scope: Scope,
    texts: &Texts<'_>,
    marks: &mut BTreeSet<(Place, usize, usize)>,
) -> bool {
    let mut found = false;
    for name in names.iter().filter(|name| name.words().len() > 1) {
        let slots: Vec<_> = name.words().iter().map(|word| Slot::Inflected(word)).collect();
        found |= matches_slots(&slots, 0, scope, texts, marks);
    }
    found
}

fn matches_words(
    phrase: &[Word],
    gap: u32,
    loose: bool,
    alone: bool,
    scope: Scope,
    texts: &Texts<'_>,
    marks: &mut BTreeSet<(Place, usize, usize)>,
) -> bool {
    if scope.field == Some(QueryField::Source) {
        let labels = |text: &str| -> Vec<String> {
            text.split(|c: char| !c.is_alphanumeric()).filter(|l| !l.is_empty()).map(fold).collect()
        };
        let wanted: Vec<String> = phrase.iter().flat_map(|word| labels(&word.text)).collect();
        let there = labels(texts.document.source.as_deref().unwrap_or_default());
        return there.windows(wanted.len()).any(|window| *window == wanted);
    }
    found_in(scope, texts, marks, |text| {
        let slots: Vec<_> = phrase.iter().map(|word| places(word, loose, alone, text)).collect();
        let ranges = |words: Found| words.into_iter().map(|word| word.1).collect();
        occurrences(&slots, gap).into_iter().map(ranges).collect()
    })
}

fn matches_slots(
    slots: &[Slot<'_>],
    gap: u32,
    scope: Scope,
    texts: &Texts<'_>,
    marks: &mut BTreeSet<(Place, usize, usize)>,
) -> bool {
    found_in(scope, texts, marks, |text| {
        let slots: Vec<_> = slots.iter().map(|slot| slot.places(text)).collect();
        let ranges = |words: Found| words.into_iter().map(|word| word.1).collect();
        occurrences(&slots, gap).into_iter().map(ranges).collect()
    })
}

/// Looks into the fields of a scope; adds what is found to the marks.
fn found_in(
    scope: Scope,
    texts: &Texts<'_>,
    marks: &mut BTreeSet<(Place, usize, usize)>,
    stands: impl Fn(&[TextWord]) -> Vec<Vec<Range<usize>>>,
) -> bool {
    let all: [(Place, &[TextWord]); 3] =
        [(Place::Title, &texts.title), (Place::Body, &texts.body), (Place::Body, &texts.noise)];
    let end = if scope.noise { 3 } else { 2 };
    let places = match scope.field {
        None => &all[..end],
        Some(QueryField::Title) => &all[..1],
        Some(QueryField::Body) => &all[1..end],
        Some(field) => panic!("no rule for {field:?}"),
    };
    let mut found = false;
    for (place, text) in places {
        let ranges = stands(text);
        found |= !ranges.is_empty();
        if !scope.negated {
            marks
                .extend(ranges.into_iter().flatten().map(|range| (*place, range.start, range.end)));
        }
    }
    found
}

// --- comparing ---

/// Whether a marked range is made up of words that match, with nothing before or behind.
fn is_real(mark: Range<usize>, place: Place, marks: &BTreeSet<(Place, usize, usize)>) -> bool {
    let inside = || {
        marks
            .iter()
            .filter(|(of, start, end)| *of == place && mark.start <= *start && *end <= mark.end)
    };
    inside().any(|(_, start, _)| *start == mark.start)
        && inside().any(|(_, _, end)| *end == mark.end)
}

/// Where the parts of a fragment stand in its document, with their start in the fragment: what is
/// left out between them must be noise.
fn parts_shown(fragment: &Fragment, document: &Document, noise: bool) -> Vec<(usize, usize)> {
    let body = &document.body;
    let skipped = |mut at: usize| {
        while let Some(noise) = document.noise.iter().find(|noise| {
            body[at..]
                .find(|c: char| !c.is_whitespace())
                .is_some_and(|ahead| noise.contains(&at) || noise.start == at + ahead)
        }) {
            at = noise.end;
        }
        at + body[at..].len() - body[at..].trim_start().len()
    };
    let (mut at, mut start) = (fragment.start, 0);
    let mut found = Vec::new();
    for part in fragment.text.split(" … ") {
        if start > 0 {
            at = skipped(at);
        }
        assert!(body[at..].starts_with(part), "{fragment:?} of {document:?}");
        let is_apart = |of: &Range<usize>| of.end <= at || at + part.len() <= of.start;
        assert!(noise || document.noise.iter().all(is_apart), "{fragment:?} of {document:?}");
        found.push((start, at));
        at += part.len();
        start += part.len() + " … ".len();
    }
    found
}

fn search(searcher: &Searcher, query: &Query) -> Results {
    search_noise(searcher, query, false)
}

fn search_noise(searcher: &Searcher, query: &Query, noise: bool) -> Results {
    let today = Some(today());
    let options =
        SearchOptions { limit: 1_000, fragments: 100, noise, today, ..SearchOptions::default() };
    searcher.search(query, &options).unwrap()
}

/// A query that confines names with marks beside words is out of the oracle's rules.
fn check(name: &str, searcher: &Searcher, documents: &BTreeMap<String, Texts<'_>>, typed: &str) {
    let query = match Query::parse(typed) {
        Ok(parsed) => parsed.query,
        // Patterns with too few letters.
        Err(_) => return,
    };
    // Half of the queries ask for noise.
    check_query(name, searcher, documents, typed, &query, typed.len().is_multiple_of(2));
}

fn check_query(
    name: &str,
    searcher: &Searcher,
    documents: &BTreeMap<String, Texts<'_>>,
    typed: &str,
    query: &Query,
    noise: bool,
) {
    let results = search_noise(searcher, query, noise);
    let mut found: Vec<&str> = results.hits.iter().map(|hit| hit.id.as_str()).collect();
    found.sort_unstable();
    assert_eq!(results.total, found.len(), "{name}: {typed}");
    let scope = Scope { field: None, negated: false, noise };
    let mut expected = Vec::new();
    let mut marks = BTreeMap::new();
    for (id, texts) in documents {
        let mut of_document = BTreeSet::new();
        if matches(query, scope, texts, &mut of_document) {
            expected.push(id.as_str());
        }
        marks.insert(id.as_str(), of_document);
    }
    if results.reading == Reading::Relaxed {
        assert_eq!(expected, [""; 0], "{name}: {typed} has hits as typed");
        return;
    }
    assert_eq!(found, expected, "{name}: {typed}, that is {query}");
    for hit in &results.hits {
        let (document, marks) = (documents[&hit.id].document, &marks[hit.id.as_str()]);
        let mut shown = 0;
        for mark in &hit.title_marks {
            assert!(is_real(mark.clone(), Place::Title, marks), "{name}: {typed}: {hit:?}");
            shown += 1;
        }
        for fragment in &hit.fragments {
            let parts = parts_shown(fragment, document, noise);
            for mark in &fragment.marks {
                let (start, at) = *parts.iter().rfind(|(start, _)| *start <= mark.start).unwrap();
                let mark = at + mark.start - start..at + mark.end - start;
                assert!(is_real(mark, Place::Body, marks), "{name}: {typed}: {hit:?}");
                shown += 1;
            }
        }
        assert_eq!(shown > 0, !marks.is_empty(), "{name}: {typed}: {hit:?}");
    }
}

/// Documents and queries for one seed.
fn material(seed: u64) -> (Vec<Document>, Vec<String>) {
    let mut random = Random(seed, VOCABULARY);
    let documents = (0..60).map(|id| document(&mut random, id)).collect();
    let queries = (0..90).map(|_| clause(&mut random, 3)).collect();
    (documents, queries)
}

fn put_all(index: &Index, documents: &[Document], each_commit: usize) {
    let mut writer = index.writer().unwrap();
    for some in documents.chunks(each_commit) {
        some.iter().for_each(|document| writer.put(document.clone()).unwrap());
        writer.commit().unwrap();
    }
}

fn by_id<'d>(documents: impl IntoIterator<Item = &'d Document>) -> BTreeMap<String, Texts<'d>> {
    let documents: Vec<&Document> = documents.into_iter().collect();
    let texts = documents.iter().flat_map(|document| [&document.title, &document.body]);
    let names = texts.flat_map(|text| words(text)).filter_map(|word| {
        let keys = name_keys_of_text(&word.text, &forms(&word.text).parts);
        (!keys.is_empty()).then(|| (exact(&word.text), keys))
    });
    NAMES.set(names.collect());
    OTHER_SPELLINGS.take();
    documents.into_iter().map(|document| (document.id.clone(), Texts::of(document))).collect()
}

#[test]
fn the_engine_finds_and_marks_what_brute_force_does() {
    let (documents, queries) = material(1);
    let index = Index::in_memory().unwrap();
    put_all(&index, &documents, documents.len());
    let searcher = index.searcher().unwrap();
    let texts = by_id(&documents);
    for query in &queries {
        check("one commit", &searcher, &texts, query);
    }
}

#[test]
fn words_near_each_other_are_those_that_brute_force_finds() {
    let mut random = Random(7, FEW_WORDS);
    let documents: Vec<_> = (0..60).map(|id| document(&mut random, id)).collect();
    let index = Index::in_memory().unwrap();
    put_all(&index, &documents, 20);
    let searcher = index.searcher().unwrap();
    let texts = by_id(&documents);
    for number in 0..150 {
        let query = match number % 5 {
            0 => phrase(&mut random),
            1 => dates(&mut random),
            _ => near(&mut random),
        };
        check("few words", &searcher, &texts, &query);
    }
}

#[test]
fn segments_make_no_difference() {
    let (documents, queries) = material(2);
    let index = Index::in_memory().unwrap();
    // Six commits: fewer than are merged.
    put_all(&index, &documents, 10);
    let searcher = index.searcher().unwrap();
    let texts = by_id(&documents);
    for query in &queries {
        check("many commits", &searcher, &texts, query);
    }
}

#[test]
fn replacing_and_deleting_leave_nothing_behind() {
    let (documents, queries) = material(3);
    let index = Index::in_memory().unwrap();
    put_all(&index, &documents, 15);
    let mut now: BTreeMap<String, Document> =
        documents.iter().map(|document| (document.id.clone(), document.clone())).collect();
    let mut random = Random(33, VOCABULARY);
    let mut writer = index.writer().unwrap();
    for _ in 0..40 {
        let id = random.below(60);
        let changed = document(&mut random, id);
        if random.below(3) == 0 {
            writer.delete(&changed.id).unwrap();
            now.remove(&changed.id);
        } else {
            writer.put(changed.clone()).unwrap();
            now.insert(changed.id.clone(), changed);
        }
        if random.below(8) == 0 {
            writer.commit().unwrap();
        }
    }
    writer.commit().unwrap();
    let searcher = index.searcher().unwrap();
    assert_eq!(searcher.documents(), now.len());
    let texts = by_id(now.values());
    for query in &queries {
        check("after changes", &searcher, &texts, query);
    }
    for (id, document) in &now {
        let mut stored = searcher.document(id).unwrap().unwrap();
        stored.language = None;
        assert_eq!(stored, *document);
    }
}

/// What a reader sees, but for the scores' last bits.
fn seen(results: &Results) -> Vec<(String, i64, String)> {
    let shown = |hit: &dossier_engine::Hit| {
        let fragments = format!("{:?} {:?}", hit.title_marks, hit.fragments);
        (hit.id.clone(), (f64::from(hit.score) * 1e4).round() as i64, fragments)
    };
    results.hits.iter().map(shown).collect()
}

#[test]
fn disk_memory_and_commits_give_the_same_results() {
    let (documents, queries) = material(4);
    let memory = Index::in_memory().unwrap();
    put_all(&memory, &documents, documents.len());
    let folder = tempfile::tempdir().unwrap();
    let disk = Index::create(folder.path()).unwrap();
    put_all(&disk, &documents, 12);
    drop(disk);
    let disk = Index::open_read_only(folder.path()).unwrap();
    let (memory, disk) = (memory.searcher().unwrap(), disk.searcher().unwrap());
    for typed in &queries {
        let Ok(query) = typed.parse::<Query>() else { continue };
        let (one, other) = (search(&memory, &query), search(&disk, &query));
        assert_eq!(seen(&one), seen(&other), "{typed}");
        assert_eq!((one.total, one.reading), (other.total, other.reading), "{typed}");
        assert_eq!(one.also_searched, other.also_searched, "{typed}");
    }
}

#[test]
fn threads_share_a_searcher() {
    let (documents, queries) = material(5);
    let index = Index::in_memory().unwrap();
    put_all(&index, &documents, 20);
    let searcher = index.searcher().unwrap();
    let answers = |searcher: &Searcher| -> Vec<_> {
        let queries = queries.iter().take(40).filter_map(|typed| typed.parse::<Query>().ok());
        queries.map(|query| seen(&search(searcher, &query))).collect()
    };
    let expected = answers(&searcher);
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..4)
            .map(|_| {
                let searcher = searcher.clone();
                scope.spawn(move || answers(&searcher))
            })
            .collect();
        for reader in readers {
            assert_eq!(reader.join().unwrap(), expected);
        }
    });
}

#[test]
fn every_document_is_found_by_each_of_its_words() {
    let (documents, _) = material(6);
    let index = Index::in_memory().unwrap();
    put_all(&index, &documents, 25);
    let searcher = index.searcher().unwrap();
    for word in VOCABULARY {
        for query in [Query::plain(word).unwrap(), format!("={word}").parse().unwrap()] {
            let results = search_noise(&searcher, &query, true);
            let found: BTreeSet<&str> = results.hits.iter().map(|hit| hit.id.as_str()).collect();
            for document in &documents {
                let holds = [&document.title, &document.body]
                    .iter()
                    .any(|text| words(text).any(|there| there.text == *word));
                assert!(!holds || found.contains(&*document.id), "{query}: {}", document.id);
            }
        }
    }
}

#[test]
fn the_queries_compared_are_of_every_kind() {
    let (mut read, mut all) = (0, 0);
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 1..=3 {
        let (documents, queries) = material(seed);
        let index = Index::in_memory().unwrap();
        put_all(&index, &documents, documents.len());
        let searcher = index.searcher().unwrap();
        for typed in &queries {
            all += 1;
            let Ok(query) = typed.parse::<Query>() else { continue };
            read += 1;
            if search(&searcher, &query).total == 0 {
                continue;
            }
            for kind in [" NEAR/", " NAH/", "\"~ ", "\"~3", "*", "~1", "datum:", "=", "-("] {
                if typed.contains(kind) {
                    *kinds.entry(kind).or_default() += 1;
                }
            }
        }
    }
    // Some patterns have too few letters, and some marks exclude each other.
    assert!(read * 4 > all * 3, "{read} of {all}");
    assert!(kinds.len() == 9 && kinds.values().all(|count| *count >= 5), "{kinds:?}");
}
