//! Random German texts and random queries of every kind.

use std::ops::Range;

use dossier_engine::{Date, Document};
use fastrand::Rng;

/// Spellings, forms, near misses and hyphens that must be told apart or taken together.
pub const VOCABULARY: &[&str] = &[
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
pub const FEW_WORDS: &[&str] = &[
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

/// Seeded numbers, and the words that are chosen with them.
pub struct Random(Rng, &'static [&'static str]);

impl Random {
    pub fn new(seed: u64, words: &'static [&'static str]) -> Random {
        Random(Rng::with_seed(seed), words)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0.usize(..end)
    }

    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

pub fn text(random: &mut Random, most: usize) -> String {
    let mut text = String::new();
    for _ in 0..random.below(most + 1) {
        text.push_str(random.one(random.1));
        text.push_str(random.one(&[" ", " ", " ", " ", ", ", ". ", "\n", " – "]));
    }
    text
}

pub fn document(random: &mut Random, id: usize) -> Document {
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
pub fn noise(random: &mut Random, text: &str) -> Vec<Range<usize>> {
    let blanks = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let mut cuts: Vec<usize> = blanks.filter(|_| random.below(4) == 0).collect();
    if random.below(2) == 0 {
        cuts.clear();
    }
    cuts.chunks_exact(2).map(|pair| pair[0]..pair[1]).collect()
}

/// A day, a month or a year, about new year, or none.
pub fn date(random: &mut Random) -> Option<Date> {
    let year = 2023 + random.below(2) as i16;
    let month = random.one(&[1, 2, 11, 12]);
    match random.below(6) {
        0 => None,
        1 => Date::year(year),
        2 => Date::month(year, month),
        _ => Date::day(year, month, random.one(&[1, 2, 15, 28, 29, 30, 31])),
    }
}

/// A word somewhat changed: other case, other umlaut spelling, a letter more, less or other.
pub fn typed(random: &mut Random) -> String {
    let word = random.one(random.1);
    match random.below(6) {
        0 => word.to_lowercase(),
        1 => word.replace('ü', "ue").replace('ä', "ae"),
        2 => word.replace('ü', "u").replace('ß', "ss"),
        _ => word.to_owned(),
    }
}

pub fn mistyped(random: &mut Random) -> String {
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

pub fn pattern(random: &mut Random) -> String {
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

pub fn word(random: &mut Random) -> String {
    match random.below(8) {
        0 => format!("={}", typed(random)),
        1 => format!("{}~", mistyped(random)),
        2 => format!("{}~{}", mistyped(random), 1 + random.below(2)),
        3 => pattern(random),
        _ => typed(random),
    }
}

pub fn phrase(random: &mut Random) -> String {
    let count = 2 + random.below(2);
    let inside: Vec<String> = (0..count)
        .map(|_| if random.below(4) == 0 { word(random) } else { typed(random) })
        .collect();
    let behind = random.one(&["", "", "~", "~1", "~3", "~8"]);
    format!("\"{}\"{behind}", inside.join(" "))
}

/// Words and phrases near each other.
pub fn near(random: &mut Random) -> String {
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
pub fn dates(random: &mut Random) -> String {
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

pub fn clause(random: &mut Random, depth: usize) -> String {
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
