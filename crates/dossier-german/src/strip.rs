//! Takes endings off: a little off the lemmas of the lexicon, more off unknown words.

use std::borrow::Cow;

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

/// Takes the ending off the base form of an adjective: träge; and off participles of verbs in
/// -ieren, whose forms are those of the verb: unkompliziert.
pub(crate) fn strip_adjective(lemma: &str) -> &str {
    if lemma.ends_with("iert") {
        return &lemma[..lemma.len() - 1];
    }
    if lemma.len() > 4 { lemma.strip_suffix('e').unwrap_or(lemma) } else { lemma }
}

/// Suffixes that make adjectives; what stands behind them in an unknown word is an ending.
const ADJECTIVE_SUFFIXES: [&str; 22] = [
    "ant", "ent", "isch", "lich", "bar", "sam", "haft", "los", "voll", "ig", "iv", "ell", "al",
    "är", "ös", "iert", "end", "wert", "abel", "ibel", "zehnt", "zigst",
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
    if key.starts_with(|c: char| c.is_ascii_digit()) {
        return plain_number(key);
    }
    if key.chars().any(|c| !c.is_ascii_lowercase() && !matches!(c, 'ä' | 'ö' | 'ü')) {
        return key.to_owned();
    }
    if capital { strip_capitalised(key).to_owned() } else { strip_lower_case(key).into_owned() }
}

/// Writes 3.500 as 3500 and 24.02.2022 as 24.2.2022; leaves all else that starts with a digit.
fn plain_number(key: &str) -> String {
    let groups: Vec<&str> = key.split('.').collect();
    let digits = |group: &&str| !group.is_empty() && group.bytes().all(|c| c.is_ascii_digit());
    if groups.len() < 2 || !groups.iter().all(digits) {
        return key.to_owned();
    }
    if groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3) {
        return groups.concat();
    }
    let short = |group: &&str| {
        let kept = group.trim_start_matches('0');
        if kept.is_empty() { "0".to_owned() } else { kept.to_owned() }
    };
    groups.iter().map(short).collect::<Vec<_>>().join(".")
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
        ("eien", "ei"),
        ("anzen", "anz"),
        ("enzen", "enz"),
        ("iken", "ik"),
        ("isten", "ist"),
        ("anten", "ant"),
        ("itäten", "ität"),
        ("lingen", "ling"),
    ] {
        if let Some(base) = key.strip_suffix(ending) {
            return &key[..base.len() + left.len()];
        }
    }
    match key.as_bytes() {
        // Kriechern, Follikeln: the dative plural.
        [base @ .., b'n'] if key.len() > 6 && (base.ends_with(b"er") || base.ends_with(b"el")) => {
            &key[..base.len()]
        }
        [.., b's' | b'u' | b'i', b's'] => key,
        [base @ .., b's'] if key.len() > 4 => &key[..base.len()],
        _ => key,
    }
}

/// Takes the endings off a word with the suffix of an adjective: spaltbarerem becomes spaltbar.
pub(crate) fn strip_adjective_endings(letters: &str) -> Option<Cow<'_, str>> {
    let has_suffix = |base: &str| {
        ADJECTIVE_SUFFIXES
            .iter()
            .any(|suffix| base.ends_with(suffix) && base.len() > suffix.len() + 2)
    };
    let bases = ADJECTIVE_ENDINGS.iter().filter_map(|ending| letters.strip_suffix(ending));
    // formidable has lost an e.
    let elided = |base: &str| {
        let before =
            base.strip_suffix('l').filter(|it| it.ends_with("ab") || it.ends_with("ib"))?;
        Some(Cow::Owned(format!("{before}el")))
    };
    bases.chain([letters]).find_map(|base| match elided(base) {
        Some(long) => Some(long),
        None => has_suffix(base).then_some(Cow::Borrowed(base)),
    })
}

/// Says whether a word looks like a form of a verb in -ieren.
pub(crate) fn is_verb_in_ier(letters: &str) -> bool {
    strip_verb_in_ier(letters).is_some()
}

/// Takes the ending off a verb in -ieren: munitionierten becomes munitionier.
fn strip_verb_in_ier(key: &str) -> Option<&str> {
    let end = key.rfind("ier").filter(|at| *at >= 3)? + 3;
    let ending = &key[end..];
    (matches!(ending, "e" | "en" | "t") || VERB_ENDINGS.contains(&ending)).then(|| &key[..end])
}

/// Cuts ge or zu out of a verb behind the particle it stands with: ab|ge|kupfert, an|zu|rucken.
fn without_inner_prefix(key: &str) -> Option<(&str, &str)> {
    let infinitive = key.ends_with("en") || key.ends_with("ern") || key.ends_with("eln");
    let participle = key.ends_with('t') || infinitive;
    SEPARABLE.iter().find_map(|particle| {
        let rest = key.strip_prefix(particle)?;
        let verb = rest.strip_prefix("ge").filter(|_| participle);
        let verb = verb.or_else(|| rest.strip_prefix("zu").filter(|_| infinitive))?;
        (verb.len() > SHORTEST_STEM).then_some((*particle, verb))
    })
}

/// Particles that stand before the ge of participles and the zu of infinitives.
const SEPARABLE: [&str; 24] = [
    "ab", "an", "auf", "aus", "bei", "durch", "ein", "fest", "fort", "heim", "her", "hin", "hoch",
    "los", "mit", "nach", "nieder", "um", "vor", "weg", "weiter", "zu", "zurück", "zusammen",
];

fn strip_lower_case(key: &str) -> Cow<'_, str> {
    if let Some(base) = strip_verb_in_ier(key) {
        return Cow::Borrowed(base);
    }
    if let Some((particle, verb)) = without_inner_prefix(key) {
        return Cow::Owned(strip_lower_case(&format!("{particle}{verb}")).into_owned());
    }
    // geplärrt is plärren; what else takes ge- and -t is hardly ever unknown.
    let participle = key.strip_prefix("ge").filter(|rest| rest.ends_with('t') && rest.len() > 4);
    let mut stem = participle.unwrap_or(key);
    // sichle is sicheln; but google and simple are no verbs in -eln.
    if let [start @ .., before, b'l', b'e'] = stem.as_bytes()
        && before.is_ascii()
        && !b"aegiopruyl".contains(before)
        && start.len() > 1
    {
        return Cow::Owned(format!("{}el", &stem[..stem.len() - 2]));
    }
    // The loop of CISTEM (Weissweiler and Fraser 2017), but for four letters instead of three.
    while stem.chars().count() > SHORTEST_STEM {
        let long = stem.chars().count() > SHORTEST_STEM + 2;
        let shorter = ["em", "er", "nd"].into_iter().find_map(|end| stem.strip_suffix(end));
        // Verbs end in -en, -eln, -ern; names in -in and -an (putin) keep their n.
        let last = match stem.as_bytes() {
            [.., b'e' | b'l' | b'r', b'n'] => stem.strip_suffix('n'),
            _ => stem.strip_suffix(['t', 'e', 's']),
        };
        stem = match shorter.filter(|_| long).or(last) {
            Some(shorter) => shorter,
            None => break,
        };
    }
    Cow::Borrowed(stem)
}

/// Letters that the stem of an unknown word keeps at least.
const SHORTEST_STEM: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_words_lose_their_endings() {
        for (word, stem) in [
            ("munitioniertest", "munitionier"),
            ("geplärrt", "plärr"),
            ("umgeackert", "umack"),
            ("umackern", "umack"),
            ("anzurucken", "anruck"),
            ("einteigtet", "einteig"),
            ("xyz", "xyz"),
        ] {
            assert_eq!(strip_unknown(word, false), stem);
        }
        for (name, stem) in [
            ("selenskyjs", "selenskyj"),
            ("nordkoreas", "nordkorea"),
            ("pistorius", "pistorius"),
            ("belousow", "belousow"),
        ] {
            assert_eq!(strip_unknown(name, true), stem);
        }
        assert_eq!(strip_adjective_endings("spaltbarerem").as_deref(), Some("spaltbar"));
        assert_eq!(strip_adjective_endings("formidablem").as_deref(), Some("formidabel"));
    }

    #[test]
    fn numbers_and_dates_have_one_spelling() {
        for (written, plain) in [
            ("3.500", "3500"),
            ("1.000.000", "1000000"),
            ("24.02.2022", "24.2.2022"),
            ("00.5", "0.5"),
            ("3,5", "3,5"),
            ("2022", "2022"),
            ("007", "007"),
        ] {
            assert_eq!(plain_number(written), plain);
        }
    }
}
