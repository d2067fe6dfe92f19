//! Credits: which agency a text is from, who edited it, whose a photo is.

use std::ops::Range;

use super::agencies::{agency, gives_photos};
use super::lines::{CLOSING, end_of, ends_sentence};
use super::people;

/// What a credit says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Credit {
    pub(super) agencies: Vec<String>,
    pub(super) author: Option<String>,
    pub(super) photo: Option<String>,
}

/// Credits stand in the last bytes of a line.
const CREDIT_BYTES: usize = 160;

/// Words in a list of agencies that name none.
const AROUND: [&str; 22] = [
    "laut",
    "mit",
    "nach",
    "von",
    "der",
    "material",
    "agenturmaterial",
    "agenturen",
    "quelle",
    "quellen",
    "und",
    "red",
    "red.",
    "redaktion",
    "bericht",
    "text",
    "originaltext",
    "agenturmeldung",
    "meldung",
    "angaben",
    "via",
    "des",
];

/// `afp/bearbeitet von phs`, `laut KCNA, Reuters`, `dpa/lno`, `mau/dpa`: a list in which at least
/// one agency stands and nothing that could be a word of a sentence.
pub(super) fn agency_list(text: &str) -> Option<Credit> {
    let text = text.trim().trim_start_matches('©').trim_end_matches('.').trim();
    if text.len() > 100 {
        return None;
    }
    if let Some(name) = agency(text) {
        return Some(Credit { agencies: vec![name.to_owned()], ..Credit::default() });
    }
    let mut credit = Credit::default();
    for part in text.split(['/', ',', ';', '+', '&', '|']).map(str::trim) {
        // `dpa:241121-99-123456/2`, the number of a report.
        let part = part.split_once(':').map_or(part, |(name, number)| {
            if agency(name).is_some() && number.starts_with(|c: char| c.is_ascii_digit()) {
                name
            } else {
                part
            }
        });
        if let Some(editor) = part.strip_prefix("bearbeitet von ") {
            credit.author = Some(editor.trim().to_owned());
        } else if let Some(name) = agency(part) {
            push(&mut credit.agencies, name);
        } else if !part.split_whitespace().all(|word| {
            let lower = word.trim_end_matches(':').to_lowercase();
            let is_known = AROUND.contains(&lower.as_str());
            if let Some(name) = agency(&lower).filter(|_| !is_known) {
                push(&mut credit.agencies, name);
                return true;
            }
            is_known
                || is_shorthand(word)
                || word.bytes().all(|b| b.is_ascii_digit() || b"-.".contains(&b))
        }) {
            return None;
        }
    }
    (!credit.agencies.is_empty()).then_some(credit)
}

fn push(list: &mut Vec<String>, name: &str) {
    if !list.iter().any(|known| known == name) {
        list.push(name.to_owned());
    }
}

/// `mau`, `phs`: how editors sign; two to four small letters.
fn is_shorthand(word: &str) -> bool {
    (2..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// The credit of an article that a line is, behind the running text: `(dpa)`, `Quelle: dpa/mau`,
/// `Max Mustermann (mit Material der dpa)`, `© dpa-infocom, dpa:241121-99-1/2`.
pub(super) fn closing_line(line: &str) -> Option<Credit> {
    if line.len() > CREDIT_BYTES {
        return None;
    }
    let bare = line
        .strip_prefix("Quelle:")
        .or_else(|| line.strip_prefix("Quellen:"))
        .unwrap_or(line)
        .trim();
    let (before, inner) = in_brackets(bare).unwrap_or(("", bare));
    let mut credit = agency_list(inner)?;
    let before = before.trim();
    if !before.is_empty() {
        credit.author = Some(people::names(before)?);
    }
    Some(credit)
}

/// What stands before brackets at the end of a line, and in them.
fn in_brackets(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_end_matches('.');
    let open = line.rfind(['(', '['])?;
    let inner = line[open + 1..].strip_suffix([')', ']'])?;
    Some((&line[..open], inner))
}

/// The credit of an article at the end of a line of running text: `… Ukraine. (afp/bearbeitet von
/// phs)`, `… sagte er. dpa/mau`. Gives its bytes in the line.
pub(super) fn at_end_of_prose(line: &str) -> Option<(Range<usize>, Credit)> {
    let tail = end_of(line, CREDIT_BYTES);
    let offset = line.len() - tail.len();
    if let Some((before, inner)) = in_brackets(tail) {
        let credit = agency_list(inner).filter(|_| ends_sentence(before))?;
        return Some((offset + before.trim_end().len()..line.len(), credit)).map(trim_range(line));
    }
    let word = tail.rsplit(char::is_whitespace).next().filter(|word| word.len() < tail.len())?;
    let start = tail.len() - word.len();
    let before = &tail[..start];
    // Not in capitals: `Quelle war die AP` ends in a dot, but headings do not.
    let is_signature = word.starts_with(char::is_lowercase) && word.contains('/')
        || word == word.to_lowercase() && word.len() <= 4;
    let credit = agency_list(word).filter(|_| is_signature && ends_sentence(before))?;
    Some((offset + start..line.len(), credit))
}

fn trim_range(line: &str) -> impl Fn((Range<usize>, Credit)) -> (Range<usize>, Credit) {
    move |(range, credit)| {
        let blanks = line[range.clone()].len() - line[range.clone()].trim_start().len();
        (range.start + blanks..range.end, credit)
    }
}

/// `Berlin (dpa) – Der Minister`, `BERLIN/MOSKAU (dpa/AFP) -`, `(Reuters) - `: the agencies at the
/// start of running text.
pub(super) fn at_start_of_prose(line: &str) -> Option<Credit> {
    let start = super::lines::start_of(line, 80);
    let (place, rest) = start.split_once('(')?;
    let (inner, behind) = rest.split_once(')')?;
    let is_place = |word: &str| {
        word.starts_with(char::is_uppercase)
            && !word.ends_with(['.', '!', '?'])
            && !["Der", "Die", "Das", "Ein", "Eine"].contains(&word)
            || ["am", "an", "der", "im", "und"].contains(&word)
    };
    let behind = behind.trim_start();
    let is_dateline = place.split_whitespace().count() <= 4
        && place.split_whitespace().all(is_place)
        && (behind.starts_with(['-', '–', '—']) || place.is_empty());
    agency_list(inner).filter(|_| is_dateline)
}

const PHOTO_LABELS: [&str; 22] = [
    "Foto:",
    "Fotos:",
    "FOTO:",
    "Bild:",
    "Bilder:",
    "Photo:",
    "Bildquelle:",
    "Bildrechte:",
    "Bildnachweis:",
    "Fotocredit:",
    "Foto-Credit:",
    "Archivfoto:",
    "Archivbild:",
    "Symbolbild:",
    "Symbolfoto:",
    "Titelbild:",
    "Grafik:",
    "Quelle Foto:",
    "Foto ©",
    "Bild ©",
    "Fotoquelle:",
    "Image:",
];

/// The credit of a photo at the end of a line, or a line that is nothing else; its bytes in the
/// line. What stands before it, a caption, stays text.
///
/// `… Belousow. Foto: KCNA`, `(Bild: picture alliance / dpa)`, `© AFP / Max Mustermann`,
/// `… Kim Jong Un teil. -/Kreml/dpa`.
pub(super) fn photo(line: &str) -> Option<(Range<usize>, Credit)> {
    let tail = end_of(line, CREDIT_BYTES);
    let offset = line.len() - tail.len();
    let found = labelled_photo(tail).or_else(|| photo_of_photographer(tail))?;
    let (start, name) = found;
    let name = name.trim_matches(|char: char| char.is_whitespace() || "()[]|.".contains(char));
    let name = name.strip_prefix("-/").unwrap_or(name);
    if name.is_empty() {
        return None;
    }
    let mut credit = Credit { photo: Some(name.to_owned()), ..Credit::default() };
    if name.contains('/') && !tail[start..].contains(['©', ':']) {
        credit.agencies = name.rsplit('/').take(1).filter_map(agency).map(str::to_owned).collect();
    }
    Some((offset + start..line.len(), credit))
}

/// `Foto: KCNA`, with the bracket before it.
fn labelled_photo(tail: &str) -> Option<(usize, &str)> {
    // Looked for by their last characters: nearly all lines have none of these.
    if !tail.contains(':') && !tail.contains('©') {
        return None;
    }
    let labelled = tail.rmatch_indices([':', '©']).find_map(|(at, mark)| {
        let head = &tail[..at + mark.len()];
        let fitting = PHOTO_LABELS.iter().filter(|label| head.ends_with(*label));
        fitting.map(|label| (head.len() - label.len(), label.len())).max()
    });
    let copyright = tail.rfind('©').map(|at| (at, '©'.len_utf8()));
    let (at, length) = labelled.or(copyright)?;
    let before = &tail[..at];
    let open = before.trim_end().trim_end_matches(['(', '[']);
    let has_bracket = open.len() < before.trim_end().len();
    // Behind a word it is a part of the sentence: `Auf dem Foto: Kim`.
    let is_separate = open.trim().is_empty()
        || has_bracket
        || ends_sentence(open)
        || open.trim_end().ends_with(['|', '–', '—', '-'])
        || tail[at..].starts_with('©') && is_place_of_photo(open);
    let name = tail[at + length..].trim().trim_start_matches(['©', ':']).trim();
    (is_separate && reads_like_credit(name)).then(|| {
        let start = if has_bracket { open.len() } else { at };
        let start =
            if tail[at..].starts_with('©') && is_place_of_photo(open) && !open.trim().is_empty() {
                0
            } else {
                start
            };
        (start + (tail[start..].len() - tail[start..].trim_start().len()), name)
    })
}

/// `Quelle: www.globallookpress.com` before `©`: where a photo was got.
fn is_place_of_photo(before: &str) -> bool {
    before.strip_prefix("Quelle:").is_some_and(|name| !name.trim().contains(char::is_whitespace))
}

/// `-/Kreml/dpa`, `Max Mustermann/dpa` behind a sentence.
fn photo_of_photographer(tail: &str) -> Option<(usize, &str)> {
    let last = tail.rsplit('/').next().filter(|last| last.len() < tail.len())?;
    if !gives_photos(last) {
        return None;
    }
    let head = &tail[..tail.len() - last.len()];
    // Where the sentence before ends.
    let end = head.rfind(|char: char| ".!?…".contains(char) || CLOSING.contains(&char));
    let start = match end {
        Some(end) => end + head[end..].chars().next().map_or(0, char::len_utf8),
        None if head.starts_with('-') => 0,
        None => return None,
    };
    let credit = tail[start..].trim();
    let start = tail.len() - tail[start..].trim_start().len();
    let first = credit.split('/').next().unwrap_or_default().trim();
    let is_photographer = first == "-" || people::is_name(first) || gives_photos(first);
    (is_photographer && tail[..start].ends_with(char::is_whitespace) || first == "-" && start == 0)
        .then_some((start, credit))
}

/// Whether a text names people, agencies and outlets and says nothing of them: no word in small
/// letters but those between names.
fn reads_like_credit(name: &str) -> bool {
    const SMALL: [&str; 26] = [
        "via", "by", "von", "van", "de", "der", "und", "and", "dpa", "afp", "epa", "imago",
        "picture", "alliance", "images", "getty", "privat", "oh", "zvg", "epd", "kna", "apa", "pa",
        "the", "für", "ap",
    ];
    let name = name.trim_end_matches([')', ']', '.']);
    let words = name.split_whitespace();
    let count = words.clone().count();
    (1..=10).contains(&count)
        && name.len() <= 100
        && !name.starts_with(|char: char| char.is_ascii_digit())
        && super::lines::sentence_end(name, 0).is_none_or(|end| end == name.len())
        && words.into_iter().all(|word| {
            let word = word.trim_matches(|char: char| !char.is_alphanumeric());
            !word.starts_with(char::is_lowercase)
                || SMALL.contains(&word)
                || word.contains(['/', '.', '_', '-'])
                || gives_photos(word)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agency_lists() {
        for (text, agencies, author) in [
            ("dpa", "dpa", None),
            ("afp/bearbeitet von phs", "AFP", Some("phs")),
            ("laut KCNA, Reuters", "KCNA Reuters", None),
            ("dpa/lno", "dpa", None),
            ("mau/dpa", "dpa", None),
            ("mit Material der dpa", "dpa", None),
            ("APA/dpa/Reuters", "APA dpa Reuters", None),
            ("red, dpa", "dpa", None),
            ("© dpa-infocom, dpa:241121-99-123456/2", "dpa", None),
            ("dpa/AFP/Reuters/mau", "dpa AFP Reuters", None),
        ] {
            let credit = agency_list(text).unwrap_or_default();
            assert_eq!(credit.agencies.join(" "), agencies, "{text}");
            assert_eq!(credit.author.as_deref(), author, "{text}");
        }
        for text in [
            "mau",
            "Kim Jong Un",
            "dpa berichtete gestern",
            "die Nachrichtenagentur dpa",
            "",
            "SPD",
        ] {
            assert_eq!(agency_list(text), None, "{text}");
        }
    }

    #[test]
    fn ends_of_prose() {
        for (line, credit) in [
            ("Das sagte er. (dpa)", Some("(dpa)")),
            ("Das sagte er.“ (afp/bearbeitet von phs)", Some("(afp/bearbeitet von phs)")),
            ("Das sagte er. mau/dpa", Some("mau/dpa")),
            ("Das sagte er. dpa", Some("dpa")),
            ("Das sagte er der Agentur (dpa)", None),
            ("Das meldete die Agentur (dpa).", None),
            ("Das sagte er. (SPD)", None),
            ("Das sagte die dpa", None),
            ("Das sagte er.", None),
        ] {
            let found = at_end_of_prose(line).map(|(range, _)| &line[range]);
            assert_eq!(found, credit, "{line}");
        }
    }

    #[test]
    fn starts_of_prose() {
        for (line, agencies) in [
            ("Berlin (dpa) - Der Minister", "dpa"),
            ("BERLIN/MOSKAU (dpa/AFP) – Der", "dpa AFP"),
            ("Frankfurt am Main (Reuters) - Der", "Reuters"),
            ("(dpa) Der Minister", "dpa"),
            ("Die Agentur (dpa) – so heißt sie", ""),
            ("Der Sprecher sagte (dpa) – Der", ""),
            ("(CLO) Der", ""),
            ("Berlin (SPD) - Der", ""),
        ] {
            let found = at_start_of_prose(line).unwrap_or_default();
            assert_eq!(found.agencies.join(" "), agencies, "{line}");
        }
    }

    #[test]
    fn photos() {
        for (line, credit, name) in [
            ("Kim empfing Belousow. Foto: KCNA", "Foto: KCNA", "KCNA"),
            (
                "Kim empfing ihn (Foto: Max Mustermann/dpa)",
                "(Foto: Max Mustermann/dpa)",
                "Max Mustermann/dpa",
            ),
            (
                "Kim in Pjöngjang | Bild: picture alliance / dpa",
                "Bild: picture alliance / dpa",
                "picture alliance / dpa",
            ),
            ("Foto: privat", "Foto: privat", "privat"),
            ("© AFP / Max Mustermann", "© AFP / Max Mustermann", "AFP / Max Mustermann"),
            ("Er nahm teil. -/Kreml/dpa", "-/Kreml/dpa", "Kreml/dpa"),
            ("Er nahm teil. Max Mustermann/dpa", "Max Mustermann/dpa", "Max Mustermann/dpa"),
            (
                "Quelle: www.globallookpress.com © Kremlin Pool / via Global Look Press",
                "Quelle: www.globallookpress.com © Kremlin Pool / via Global Look Press",
                "Kremlin Pool / via Global Look Press",
            ),
            ("Auf dem Foto: Kim Jong Un", "", ""),
            ("Foto: Kim empfängt den Minister", "", ""),
            ("© 2024 Verlag", "", ""),
            ("Er nahm am Treffen von SPD/FDP teil", "", ""),
            ("Das Bild: ein Land im Umbruch.", "", ""),
            ("Er kam. Und/oder ging", "", ""),
            ("Das sagte er. mau/dpa", "", ""),
        ] {
            let found = photo(line);
            let text = found.as_ref().map_or("", |(range, _)| &line[range.clone()]);
            assert_eq!(text, credit, "{line}");
            let found = found.and_then(|(_, credit)| credit.photo).unwrap_or_default();
            assert_eq!(found, name, "{line}");
        }
    }
}
