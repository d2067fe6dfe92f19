//! Cuts the Latin spelling of a name into graphemes: the letters that write one sound.
//!
//! One table holds the graphemes of all schemes of transcription side by side, because a spelling
//! does not say which scheme it follows.

use std::cmp::Reverse;
use std::ops::Deref;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;

/// Letters of a name beyond this number are not looked at: no name is that long, and the time to
/// compare two grows with the product of their lengths.
pub(crate) const MOST_LETTERS: usize = 48;

/// A grapheme and the consonants it may stand for in a key, as alternatives; an empty one stands
/// for a vowel or a letter that is not heard.
pub(crate) struct Row {
    pub(crate) grapheme: &'static str,
    pub(crate) sounds: &'static [&'static str],
    /// More of them, for a typed name only: they would make every index larger for the few names
    /// that need them.
    pub(crate) rare: &'static [&'static str],
}

/// Which grapheme: its row in the table.
pub(crate) type Grapheme = u8;

const fn row(grapheme: &'static str, sounds: &'static [&'static str]) -> Row {
    Row { grapheme, sounds, rare: &[] }
}

const fn row_with_rare(
    grapheme: &'static str,
    sounds: &'static [&'static str],
    rare: &'static [&'static str],
) -> Row {
    Row { grapheme, sounds, rare }
}

const SILENT: &[&str] = &[""];

/// The consonants of keys: P (p b), F (f v w), T (t d), K (k g q), S (all hissing and hushing
/// sounds), M, N, L, R. Voiced and voiceless meet, as schemes for Korean and Chinese disagree on
/// them, and so do s and sch, as a reader leaves out the sign that tells s from š.
#[rustfmt::skip]
pub(crate) const TABLE: &[Row] = &[
    // Sounds between s and schtsch; Russian щ ш ч ж, Polish, Arabic ج ش, Korean ㅈ ㅊ, Chinese zh ch q j.
    row("schtsch", &["S"]),            // щ: Duden
    row("shtsh",   &["S"]),            // щ: older English
    row("chtch",   &["S"]),            // щ: French
    row("shch",    &["S"]),            // щ: BGN/PCGN
    row("stsch",   &["S"]),            // щ: older German
    row("schch",   &["S"]),            // щ: mixed German and English
    row("szcz",    &["S"]),            // щ: Polish
    row("sjtsj",   &["S"]),            // щ: Dutch, Scandinavian
    row("šč",      &["S"]),            // щ: ISO 9 of 1968, scholarly
    row("tsch",    &["S"]),            // ч: Duden
    row("dsch",    &["S"]),            // дж, ج: Duden
    row("tch",     &["S"]),            // ч: French
    row("dzh",     &["S"]),            // дж: BGN/PCGN
    row("dsh",     &["S"]),            // дж: older German
    row("tsh",     &["S"]),            // ч: older English
    row("tsj",     &["S"]),            // ч: Dutch
    row("sch",     &["S"]),            // ш, ж: Duden
    row("sh",      &["S"]),            // ш: BGN/PCGN; ش: BGN/PCGN; Pinyin
    row("sz",      &["S"]),            // ш: Polish; German ß written out
    row("cz",      &["S"]),            // ч: Polish
    row_with_rare("ch", &["S", "K", ""], &["T"]), // ti of Japanese: Kunrei; ч: BGN/PCGN; х: Duden; ш: French; ㅈ: McCune-Reischauer
    row("zh",      &["S"]),            // ж: BGN/PCGN; Pinyin
    row("zj",      &["S"]),            // ж: Dutch
    row("sj",      &["S"]),            // ш: Dutch, Scandinavian
    row("rz",      &["S", "RS"]),      // рь: Polish
    row("dž",      &["S"]),            // дж: ISO 9
    row("tš",      &["S"]),            // ч: Finnish, Estonian
    row("ds",      &["S", "TS"]),      // дз: Duden
    row("dj",      &["S", "T"]),       // дж, ج: French; đ
    row("dz",      &["S"]),            // дз; ذ
    row("tx",      &["S"]),            // ч: Catalan, Basque
    row("tj",      &["S", "T"]),       // ть: scholarly; ч: Swedish
    row("hs",      &["S"]),            // 希 (x of Pinyin): Wade-Giles
    row("tz",      &["S"]),            // ц: older German; Wade-Giles
    row("ts",      &["S"]),            // ц: BGN/PCGN
    row("š",       &["S"]),            // ш: ISO 9; ش: DMG; Turkish ş, Polish ś
    row("č",       &["S"]),            // ч: ISO 9; Turkish ç, Polish ć
    row("ž",       &["S"]),            // ж: ISO 9; Polish ż ź
    row("ğ",       &["K", ""]),        // غ: DMG ġ; Turkish ğ
    row_with_rare("j", &["", "S"], &["K"]), // й: Duden, ISO 9; ж, ج: French, English; Pinyin
    row("z",       &["S", "T"]),       // ц: Duden; з: the others; ظ ذ: Persian
    row("c",       &["S", "K"]),       // ц: ISO 9; с: French; к: Spanish, Italian
    row("s",       &["S"]),
    // Sounds of the throat.
    row("kh",      &["K", ""]),        // х: BGN/PCGN, French; خ: BGN/PCGN
    row("gh",      &["K", ""]),        // غ: BGN/PCGN; г before e: French, Italian
    row("ck",      &["K"]),            // к: German
    row("x",       &["KS", "S", ""]),  // кс; х: ISO 9 B; Pinyin; خ: Uzbek
    row_with_rare("h", &[""], &["K"]), // g of Russian for х: ISO 9, Polish; г: Ukrainian; ح ه; a vowel's length
    row("q",       &["K", "S"]),       // ق: BGN/PCGN, DMG; Pinyin
    row("k",       &["K"]),
    row_with_rare("g", &["K"], &["", "S"]), // г: Russian (h: Ukrainian); ج: Egyptian; ㄱ: Revised
    // Dentals.
    row("th",      &["T", "S"]),       // ث; т of Greek names; Wade-Giles t'
    row("dh",      &["T", "S"]),       // ذ ض
    row("t",       &["T"]),
    row("d",       &["T"]),
    // Labials.
    row("ph",      &["F", "P"]),       // ф of Greek names; McCune-Reischauer p'
    row("w",       &["F", ""]),        // в: Duden, Polish; و: English; glides of Korean, Chinese
    row("v",       &["F"]),            // в: BGN/PCGN, French, ISO 9
    row("f",       &["F"]),            // в at the end, -off: older French and English
    row("p",       &["P"]),
    row("b",       &["P"]),
    // Sonorants.
    row("ng",      &["N"]),            // ㅇ at the end; Chinese -ng
    row("nh",      &["N"]),            // Portuguese, Vietnamese
    row("l",       &["L"]),
    row("r",       &["R"]),
    row("m",       &["M"]),
    row("n",       &["N"]),
    // Vowels.
    row("ij",      SILENT),            // -ий: Duden, scholarly
    row("iy",      SILENT),            // -ий: BGN/PCGN
    row("yj",      SILENT),            // -ый: Duden, scholarly
    row("eo",      SILENT),            // ㅓ: Revised
    row("eu",      SILENT),            // ㅡ: Revised
    row("ŏ",       SILENT),            // ㅓ: McCune-Reischauer
    row("ŭ",       SILENT),            // ㅡ: McCune-Reischauer
    row("ae",      SILENT),            // ㅐ: Revised; ä
    row("ä",       SILENT),            // ㅐ: Duden
    row("oe",      SILENT),            // ㅚ: Revised; ö; у: Dutch
    row("ö",       SILENT),
    row("ü",       SILENT),
    row("ou",      SILENT),            // у: French; و: French; long o of Japanese
    row("oo",      SILENT),            // у, ㅜ: English
    row("ee",      SILENT),            // и, ㅣ: English
    row("a",       SILENT),
    row("e",       SILENT),
    row("i",       SILENT),
    row("o",       SILENT),
    row("u",       SILENT),
    row("y",       SILENT),            // ы: most schemes; й, glides: English
];

/// Number of graphemes.
pub(crate) const GRAPHEMES: usize = TABLE.len();

/// The graphemes of a spelling, in order; empty for a word without a Latin letter.
///
/// ```text
/// Chruschtschow -> ch r u schtsch o w
/// ```
pub(crate) fn graphemes(word: &str) -> Graphemes {
    let letters = letters(word);
    let index = index();
    let mut found = Graphemes { rows: [0; MOST_LETTERS], count: 0 };
    let mut at = 0;
    while at < letters.count {
        let [letter, next] = [letters.bytes[at], letters.bytes[at + 1]];
        let of_letter = &index.of_letter[usize::from(letter & 127)];
        let rest = letters.packed(at);
        let longer = match of_letter.next >> (next & 63) & 1 {
            0 => &[][..],
            _ => &index.longer[usize::from(of_letter.start)..usize::from(of_letter.end)],
        };
        let longest = longer.iter().find(|candidate| rest & candidate.mask == candidate.letters);
        let longest = longest.filter(|_| !is_two_vowels(rest));
        let (row, count) = match longest {
            Some(candidate) => (candidate.row, candidate.count),
            None => (of_letter.alone, 1),
        };
        found.rows[found.count] = row;
        found.count += 1;
        at += count;
    }
    found
}

/// Whether two letters that mostly write one vowel are two: Nečaev, Dostoevskij, Andreev. Schemes
/// that write one vowel so write w behind it, German ones do not write v there.
fn is_two_vowels(letters: u64) -> bool {
    let [first, second, behind, ..] = letters.to_le_bytes();
    matches!(first, b'a' | b'o' | b'e') && second == b'e' && behind == b'v'
}

/// The graphemes of one spelling.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Graphemes {
    rows: [Grapheme; MOST_LETTERS],
    count: usize,
}

impl Deref for Graphemes {
    type Target = [Grapheme];

    fn deref(&self) -> &[Grapheme] {
        &self.rows[..self.count]
    }
}

/// The row of a grapheme as the table writes it.
#[allow(dead_code)] // The tool that learns the costs asks for it, and the tests.
pub(crate) fn grapheme(text: &str) -> Option<Grapheme> {
    let row = TABLE.iter().position(|row| row.grapheme == text)?;
    u8::try_from(row).ok()
}

/// Says whether a grapheme writes a vowel or a glide.
pub(crate) fn is_vowel(grapheme: Grapheme) -> bool {
    IS_VOWEL[grapheme as usize]
}

/// Rows that have no sound of a key; but for h, which is no vowel.
const IS_VOWEL: [bool; GRAPHEMES] = {
    let mut vowels = [false; GRAPHEMES];
    let mut row = 0;
    while row < GRAPHEMES {
        let Row { grapheme, sounds, .. } = &TABLE[row];
        let silent = sounds.len() == 1 && sounds[0].is_empty();
        vowels[row] = silent && !(grapheme.len() == 1 && grapheme.as_bytes()[0] == b'h');
        row += 1;
    }
    vowels
};

/// Sorts of graphemes: by the sound that each mostly writes, or the vowel. What is learned of a sort
/// is the best guess for a grapheme that few names have.
pub(crate) const SORTS: usize = SORT_NAMES.len();

const SORT_NAMES: &[u8] = b"PFTKSMNLRhjaeiouy";

/// The sort of a row of the table.
pub(crate) fn sort_of(row: usize) -> usize {
    static OF_ROW: OnceLock<[u8; GRAPHEMES]> = OnceLock::new();
    let of_row = OF_ROW.get_or_init(|| {
        std::array::from_fn(|row| {
            let Row { grapheme, sounds, .. } = &TABLE[row];
            let sound = sounds.first().and_then(|sound| sound.bytes().next());
            let mut letters = grapheme.nfd();
            let letter = letters.next().map_or(0, |letter| letter as u8);
            sort_of_name(sound.unwrap_or(letter)).unwrap_or(0) as u8
        })
    });
    usize::from(of_row[row])
}

fn sort_of_name(name: u8) -> Option<usize> {
    SORT_NAMES.iter().position(|sort| *sort == name)
}

/// The sort as the table of weights writes it.
#[allow(dead_code)] // Read by the crate; the tool that learns the weights writes them.
pub(crate) fn sort_named(name: &str) -> Option<usize> {
    sort_of_name(*name.as_bytes().first()?)
}

/// How the table of weights writes a sort.
#[allow(dead_code)] // For the tool that learns the weights.
pub(crate) fn name_of_sort(sort: usize) -> char {
    char::from(SORT_NAMES[sort])
}

/// Letters of the longest grapheme at most: they are compared as one number.
const LONGEST_GRAPHEME: usize = 8;

/// A row of the table as letters to be compared.
struct Candidate {
    letters: u64,
    mask: u64,
    count: usize,
    row: Grapheme,
}

/// The graphemes that begin with a letter.
#[derive(Clone, Copy, Default)]
struct OfLetter {
    /// The letter itself: each has a row of its own.
    alone: Grapheme,
    /// Which letters follow it in longer ones: a bit for each, by its last six bits, which differ
    /// for all letters that [`Letters`] has.
    next: u64,
    /// Where the longer ones stand.
    start: u8,
    end: u8,
}

struct Index {
    of_letter: [OfLetter; 128],
    /// Rows of several letters by their first, longest grapheme first.
    longer: Vec<Candidate>,
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let candidate = |row: usize| {
            let letters = letters_as_written(TABLE[row].grapheme);
            let mask = u64::MAX >> (64 - 8 * letters.count.clamp(1, LONGEST_GRAPHEME));
            Candidate { letters: letters.packed(0), mask, count: letters.count, row: row as u8 }
        };
        let rows = (0..TABLE.len()).map(candidate);
        let (mut longer, single): (Vec<_>, Vec<_>) = rows.partition(|row| row.count > 1);
        longer.sort_by_key(|row| (row.letters as u8, Reverse(row.count)));
        let mut of_letter = [OfLetter::default(); 128];
        for row in single {
            of_letter[row.letters as usize & 127].alone = row.row;
        }
        for (at, row) in (0..).zip(&longer) {
            let of = &mut of_letter[row.letters as usize & 127];
            if of.end == 0 {
                of.start = at;
            }
            of.end = at + 1;
            of.next |= 1 << (row.letters >> 8 & 63);
        }
        Index { of_letter, longer }
    })
}

/// Letters of a word, as one byte each; those beyond the first 48 are left out.
struct Letters {
    bytes: [u8; MOST_LETTERS + LONGEST_GRAPHEME],
    count: usize,
}

impl Letters {
    fn new() -> Letters {
        Letters { bytes: [0; MOST_LETTERS + LONGEST_GRAPHEME], count: 0 }
    }

    fn push(&mut self, letter: u8) {
        if self.count < MOST_LETTERS {
            self.bytes[self.count] = letter;
            self.count += 1;
        }
    }

    /// The next letters as one number, the first in its lowest byte.
    fn packed(&self, at: usize) -> u64 {
        let mut letters = [0; LONGEST_GRAPHEME];
        letters.copy_from_slice(&self.bytes[at..at + LONGEST_GRAPHEME]);
        u64::from_le_bytes(letters)
    }
}

/// The letters of a word, doubled ones once (but ee and oo, which write another vowel).
fn letters(word: &str) -> Letters {
    let mut letters = Letters::new();
    let mut before = 0;
    let mut push = |letter: u8| {
        if letter != before || matches!(letter, b'e' | b'o') {
            letters.push(letter);
        }
        before = letter;
    };
    if word.is_ascii() {
        let written = word.bytes().filter(u8::is_ascii_alphabetic);
        written.for_each(|byte| push(byte.to_ascii_lowercase()));
    } else {
        let written = letters_as_written(word);
        written.bytes[..written.count].iter().for_each(|letter| push(*letter));
    }
    letters
}

/// Lower-case Latin letters as one byte each; a capital stands for a letter with a sign that
/// changes its sound. Everything else is left out.
fn letters_as_written(word: &str) -> Letters {
    let mut letters = Letters::new();
    if word.is_ascii() {
        for byte in word.bytes().filter(u8::is_ascii_alphabetic) {
            letters.push(byte.to_ascii_lowercase());
        }
        return letters;
    }
    // Nearly all words are composed already.
    if word.chars().any(|c| matches!(c, '\u{300}'..='\u{36f}')) {
        push_letters(word.nfc(), &mut letters);
    } else {
        push_letters(word.chars(), &mut letters);
    }
    letters
}

fn push_letters(word: impl Iterator<Item = char>, letters: &mut Letters) {
    for c in word.flat_map(char::to_lowercase) {
        if c.is_ascii() {
            if c.is_ascii_lowercase() {
                letters.push(c as u8);
            }
            continue;
        }
        let written: &[u8] = match c {
            'š' | 'ş' | 'ś' | 'ș' | 'ŝ' | 'ṣ' => b"S",
            'č' | 'ç' | 'ć' | 'ĉ' => b"C",
            'ž' | 'ż' | 'ź' | 'ĵ' | 'ǧ' => b"Z",
            'ğ' | 'ġ' => b"G",
            'ŏ' => b"O",
            'ŭ' => b"U",
            'ä' => b"A",
            'ö' | 'ø' => b"Q",
            'ü' => b"Y",
            'ß' => b"s",
            'ё' | 'ë' => b"jo",
            'æ' => b"ae",
            'œ' => b"oe",
            'ə' => b"a",
            'ı' => b"i",
            'ł' => b"l",
            'đ' => b"dj",
            'ð' => b"d",
            'þ' => b"th",
            'ħ' | 'ḫ' | 'ẖ' => b"h",
            _ => {
                let mut base = None;
                decompose_canonical(c, |part| base = base.or(Some(part)));
                let base = base.unwrap_or(c);
                if base.is_ascii_lowercase() {
                    letters.push(base as u8);
                }
                continue;
            }
        };
        written.iter().for_each(|letter| letters.push(*letter));
    }
}
