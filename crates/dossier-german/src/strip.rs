//! Takes endings off: a little off the lemmas of the lexicon, more off unknown words.

/// Takes the ending off the lemma of a noun: Waffe, Name, Schreiben.
pub(crate) fn strip_noun(lemma: &str) -> &str {
    let letters = lemma.chars().count();
    if letters > 5
        && let Some(stem) = lemma.strip_suffix("en")
    {
        return stem;
    }
    if letters > 4 { lemma.strip_suffix('e').unwrap_or(lemma) } else { lemma }
}

/// Takes the ending off an infinitive: empfangen, sammeln, tun.
pub(crate) fn strip_verb(lemma: &str) -> &str {
    lemma.strip_suffix("en").or_else(|| lemma.strip_suffix('n')).unwrap_or(lemma)
}

/// Takes the ending off the base form of an adjective: träge.
pub(crate) fn strip_adjective(lemma: &str) -> &str {
    if lemma.len() > 4 { lemma.strip_suffix('e').unwrap_or(lemma) } else { lemma }
}

/// Suffixes that make adjectives; what stands behind them in an unknown word is an ending.
const ADJECTIVE_SUFFIXES: [&str; 16] = [
    "isch", "lich", "bar", "sam", "haft", "los", "voll", "ig", "iv", "ell", "al", "är", "ös",
    "iert", "end", "wert",
];

/// Endings of adjectives with and without degrees, longest first.
const ADJECTIVE_ENDINGS: [&str; 22] = [
    "esten", "estem", "ester", "estes", "eren", "erem", "erer", "eres", "sten", "stem", "ster",
    "stes", "este", "ere", "est", "ste", "en", "em", "er", "es", "st", "e",
];

/// Endings of weak verbs, longest first.
const VERB_ENDINGS: [&str; 12] =
    ["etest", "test", "eten", "etet", "ten", "tet", "est", "ete", "end", "te", "st", "et"];

/// Takes what looks like an ending off a word about which nothing is known.
pub(crate) fn strip_unknown(key: &str, capital: bool) -> String {
    if key.chars().any(|c| !c.is_ascii_lowercase() && !matches!(c, 'ä' | 'ö' | 'ü')) {
        return key.to_owned();
    }
    if capital { strip_capitalised(key).to_owned() } else { strip_lower_case(key).to_owned() }
}

/// An unknown capitalised word is a name or a rare noun: names only lose the s of the genitive.
fn strip_capitalised(key: &str) -> &str {
    for (ending, left) in [
        ("ungen", "ung"),
        ("heiten", "heit"),
        ("keiten", "keit"),
        ("ionen", "ion"),
        ("innen", "in"),
        ("täten", "tät"),
        ("schaften", "schaft"),
    ] {
        if let Some(base) = key.strip_suffix(ending) {
            return &key[..base.len() + left.len()];
        }
    }
    match key.as_bytes() {
        [.., b's' | b'u' | b'i' | b'a' | b'o', b's'] => key,
        [base @ .., b's'] if key.len() > 4 => &key[..base.len()],
        _ => key,
    }
}

fn strip_lower_case(key: &str) -> &str {
    for suffix in ADJECTIVE_SUFFIXES {
        for ending in ADJECTIVE_ENDINGS {
            if let Some(base) = key.strip_suffix(ending)
                && base.ends_with(suffix)
                && base.len() > suffix.len() + 2
            {
                return base;
            }
        }
        if key.ends_with(suffix) && key.len() > suffix.len() + 2 {
            return key;
        }
    }
    if let Some(at) = key.rfind("ier").filter(|at| *at >= 3) {
        let ending = &key[at + 3..];
        if ending.is_empty() || ["e", "en", "t"].contains(&ending) || VERB_ENDINGS.contains(&ending)
        {
            return &key[..at + 3];
        }
    }
    let long_enough = |base: &&str| base.chars().count() >= 4;
    for ending in VERB_ENDINGS {
        if let Some(base) = key.strip_suffix(ending).filter(long_enough) {
            return base;
        }
    }
    for ending in ["ern", "en", "em", "er", "es", "t", "e", "n", "s"] {
        if let Some(base) = key.strip_suffix(ending).filter(long_enough) {
            return base;
        }
    }
    key
}
