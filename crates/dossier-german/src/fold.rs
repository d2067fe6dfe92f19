//! Folding: every spelling of a word becomes one.
//!
//! - case: Gäste = GÄSTE
//! - umlauts: Gäste = Gaeste = Gaste (also Pjöngjang = Pjoengjang = Pjongjang)
//! - ß: Straße = Strasse
//! - other diacritics: Chicorée = Chicoree, Łódź = Lodz
//! - orthography before and after 1996: Schiffahrt = Schifffahrt, Telephon = Telefon
//! - hyphens, soft hyphens, apostrophes: Jong-un = Jongun, O'Neill = O’Neill = ONeill
//! - dots of abbreviations, colons and stars of feminines: U.S.A. = USA, Leser:innen = Leserinnen

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::orthography::new_orthography;

/// Folds a word so that its spellings meet; what [`crate::Forms::folded`] holds.
///
/// `ä`, `ö`, `ü` and `ae`, `oe`, `ue` become `a`, `o`, `u`, but `ue` stays after a vowel or `q`
/// (neue, Quelle). Letters of other scripts are lower-cased and keep what makes them a letter.
/// Idempotent. Not empty if the word has a letter or digit. Linear time.
///
/// ```
/// use dossier_german::fold;
///
/// assert_eq!(fold("Empfängt"), fold("empfaengt"));
/// assert_eq!(fold("Straße"), "strasse");
/// assert_eq!(fold("Jong-un"), "jongun");
/// assert_eq!(fold("neue Quelle"), "neuequelle");
/// ```
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    if is_plain(word) {
        folded.push_str(word);
        folded.make_ascii_lowercase();
    } else if word.chars().all(is_german) {
        for c in word.chars() {
            match c {
                'ä' | 'Ä' => push_letter(&mut folded, 'a'),
                'ö' | 'Ö' => push_letter(&mut folded, 'o'),
                'ü' | 'Ü' => push_letter(&mut folded, 'u'),
                'ß' => folded.push_str("ss"),
                c => push_letter(&mut folded, c.to_ascii_lowercase()),
            }
        }
    } else {
        let decomposed = word.nfkd().flat_map(char::to_lowercase).filter(|c| !is_diacritic(*c));
        for c in decomposed.nfc() {
            push_folded(&mut folded, c);
        }
        // Marks that are neighbours only now come in their order.
        folded = folded.nfc().collect();
    }
    let folded = new_orthography(folded);
    if folded.is_empty() {
        // A mark without a letter, such as a lone iota subscript.
        return exact(word);
    }
    folded
}

/// Lower-cases a word without losing a distinction that a reader may have meant.
///
/// In NFC; soft hyphens, joiners and the line break of a word cut at the end of a line are
/// removed, typographic ligatures are undone, every apostrophe becomes `'` and every hyphen `-`.
/// Idempotent. Not empty if the word has a letter or digit.
///
/// ```
/// use dossier_german::exact;
///
/// assert_eq!(exact("Schwül"), "schwül");
/// assert_eq!(exact("O’Neill"), "o'neill");
/// assert_ne!(exact("Müller"), exact("Mueller"));
/// ```
pub fn exact(word: &str) -> String {
    if word.contains('\n') {
        return exact_in_one_line(&without_line_ends(word));
    }
    exact_in_one_line(word)
}

fn exact_in_one_line(word: &str) -> String {
    if word.chars().all(is_german) {
        return word.chars().map(lower_case).collect();
    }
    let letters = word.chars().flat_map(char::to_lowercase).filter(|c| !is_invisible(*c));
    let mut lowered = String::with_capacity(word.len());
    for c in letters.nfc() {
        match c {
            '’' | '‘' | 'ʼ' | '＇' => lowered.push('\''),
            '‐' | '‑' => lowered.push('-'),
            'ﬀ'..='ﬆ' => lowered.extend(std::iter::once(c).nfkd()),
            _ => lowered.push(c),
        }
    }
    lowered
}

/// Whether a word is folded in lower case as it stands: letters without anything on them, and nothing
/// that may write an umlaut.
fn is_plain(word: &str) -> bool {
    let may_be_umlaut =
        |pair: &[u8]| matches!(pair, [b'a' | b'o' | b'u' | b'A' | b'O' | b'U', b'e' | b'E']);
    let bytes = word.as_bytes();
    bytes.iter().all(u8::is_ascii_alphabetic) && !bytes.windows(2).any(may_be_umlaut)
}

/// Whether a character is one that most words of German texts are made of, which need no tables of
/// Unicode.
fn is_german(c: char) -> bool {
    c.is_ascii() || matches!(c, 'ä' | 'ö' | 'ü' | 'ß' | 'Ä' | 'Ö' | 'Ü')
}

/// Such a character in lower case.
fn lower_case(c: char) -> char {
    match c {
        'Ä' => 'ä',
        'Ö' => 'ö',
        'Ü' => 'ü',
        c => c.to_ascii_lowercase(),
    }
}

/// Joins a word that is cut at the ends of lines, without hyphens and blanks.
fn without_line_ends(word: &str) -> String {
    let blank = [' ', '\t', '\r'];
    let mut joined = String::with_capacity(word.len());
    for (number, line) in word.split('\n').enumerate() {
        if number > 0 {
            let kept = joined.trim_end_matches(blank);
            let kept = kept.strip_suffix('-').unwrap_or(kept).len();
            joined.truncate(kept);
        }
        joined.push_str(if number > 0 { line.trim_start_matches(blank) } else { line });
    }
    joined
}

/// Says whether a character only steers how its neighbours are set: soft hyphen, joiners.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Says whether a mark may go: accents and dots of alphabets, but not the vowel signs of other
/// scripts, without which a word is another word.
fn is_diacritic(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
        && is_combining_mark(c)
}

/// Appends a decomposed lower-case character, letters without a decomposition as their Latin base.
fn push_folded(folded: &mut String, c: char) {
    let letters = match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        'ŧ' => "t",
        'ŋ' => "n",
        // German writes Aliyev for Əliyev.
        'ə' => "a",
        'ς' => "σ",
        _ => return push_letter(folded, c),
    };
    letters.chars().for_each(|letter| push_letter(folded, letter));
}

/// Appends one folded letter, unless it is the e of ae, oe or ue, or no letter at all.
fn push_letter(folded: &mut String, c: char) {
    match c {
        'e' if ends_in_umlaut(folded) => {}
        '-' | '‐' | '‑' | '\'' | '’' | '‘' | 'ʼ' | '＇' | ':' | '*' | '_' => {}
        // U.S.A is USA, but 3.5 is not 35.
        '.' if !folded.ends_with(|c: char| c.is_ascii_digit()) => {}
        c if c.is_whitespace() || is_invisible(c) => {}
        c => folded.push(c),
    }
}

/// Says whether an e after these letters only writes an umlaut.
///
/// Looks at what was written already, so that folding twice is folding once.
fn ends_in_umlaut(folded: &str) -> bool {
    match folded.as_bytes() {
        [.., b'a' | b'o'] => true,
        [.., b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'q', b'u'] => false,
        [.., b'u'] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_meet() {
        let table: &[(&str, &str)] = &[
            ("Empfängt", "empfangt"),
            ("empfaengt", "empfangt"),
            ("Pjöngjang", "pjongjang"),
            ("Pjoengjang", "pjongjang"),
            ("Straße", "strasse"),
            ("STRASSE", "strasse"),
            ("GROẞ", "gross"),
            ("Gru\u{308}ße", "grusse"),
            ("neue", "neue"),
            ("Bauer", "bauer"),
            ("Quelle", "quelle"),
            ("Mueller", "muller"),
            ("Ueberfall", "uberfall"),
            ("Łódź", "lodz"),
            ("Chișinău", "chisinau"),
            ("Straf\u{ad}recht", "strafrecht"),
            ("ﬁnden", "finden"),
            ("Лукашенко", "лукашенко"),
            ("Ὀδυσσεύς", "οδυσσευσ"),
            ("北京", "北京"),
            ("서울", "서울"),
            ("हिन्दी", "हिन्दी"),
            ("Verteidigungs-\n minister", "verteidigungsminister"),
            ("3,5", "3,5"),
            ("24.2.2022", "24.2.2022"),
            ("U.S.A", "usa"),
            ("Leser:innen", "leserinnen"),
        ];
        for (word, folded) in table {
            assert_eq!(fold(word), *folded, "{word}");
        }
    }

    #[test]
    fn laws_hold_for_every_character() {
        // All but the large blocks of ideographs, Hangul syllables and private use.
        let blocks = ['\0'..='\u{33ff}', '\u{a000}'..='\u{acff}', '\u{f900}'..='\u{1f2ff}'];
        for c in blocks.into_iter().flatten().filter(|c| !c.is_control()) {
            check_laws(&c.to_string());
            check_laws(&format!("a{c}e"));
        }
    }

    fn check_laws(word: &str) {
        let folded = fold(word);
        assert_eq!(fold(&folded), folded, "folding {word:?} twice");
        let lowered = exact(word);
        assert_eq!(exact(&lowered), lowered, "lower-casing {word:?} twice");
        assert_eq!(fold(&lowered), folded, "folding the exact form of {word:?}");
        if word.chars().any(char::is_alphanumeric) {
            assert!(!folded.is_empty() && !lowered.is_empty(), "{word:?} vanished");
        }
    }

    #[test]
    fn marks_brought_together_are_put_in_order() {
        check_laws("o'𐨖\u{1e026}'.\u{16af1}");
    }

    proptest! {
        #[test]
        fn laws_hold_for_any_word(word in "\\PC{0,12}") {
            check_laws(&word);
        }

        #[test]
        fn laws_hold_for_letters_of_umlauts(word in "[aeouqäöüßeAEÄë\u{308}\u{301}-]{0,10}") {
            check_laws(&word);
        }
    }
}
