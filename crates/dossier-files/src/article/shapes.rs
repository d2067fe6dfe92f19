//! Shapes of lines that no list of words can name.

/// Only marks, such as the `:` that an empty field leaves.
pub(super) fn only_marks(line: &str) -> bool {
    !line.chars().any(char::is_alphanumeric)
}

/// `[Anzeige_2]`, `[ad_1]`: a slot for advertising that nothing filled.
pub(super) fn bracketed_mark(line: &str) -> bool {
    let Some(inner) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) else {
        return false;
    };
    let word = inner.trim_end_matches(|char: char| char.is_ascii_digit() || "_- ".contains(char));
    ["anzeige", "anzeigen", "werbung", "ad", "ads", "adsense", "advertisement", "banner", "quads"]
        .contains(&word.to_lowercase().as_str())
}

/// `11`, `1.234`, `1,2k`: how often something was shared. Not a year.
pub(super) fn bare_count(line: &str) -> bool {
    let digits = line.strip_suffix(['k', 'K', 'M']).unwrap_or(line).trim_start_matches('+');
    let is_number = digits.starts_with(|char: char| char.is_ascii_digit())
        && digits.chars().all(|char| char.is_ascii_digit() || matches!(char, '.' | ','));
    let is_year =
        line.len() == 4 && line.parse().is_ok_and(|year: u16| (1500..2200).contains(&year));
    is_number && digits.len() <= 7 && !is_year
}

fn has_digit(line: &str) -> bool {
    line.bytes().any(|byte| byte.is_ascii_digit())
}

const COUNTED: [&str; 23] = [
    "aufrufe",
    "aufruf",
    "shares",
    "share",
    "likes",
    "like",
    "views",
    "view",
    "mal",
    "klicks",
    "leser",
    "tweets",
    "reaktionen",
    "bewertungen",
    "follower",
    "abonnenten",
    "shared",
    "teilen",
    "geteilt",
    "gelesen",
    "votes",
    "stimmen",
    "mal geteilt",
];

/// `1.234 Aufrufe`, `12 Shares`, `Aufrufe: 1.234`.
pub(super) fn labelled_count(line: &str) -> bool {
    let is_counted = |word: &str| COUNTED.contains(&word.trim().to_lowercase().as_str());
    match line.split_once([' ', ':']) {
        Some((count, what)) if bare_count(count) => is_counted(what),
        Some((what, count)) => bare_count(count.trim()) && is_counted(what),
        None => false,
    }
}

/// `Kommentar (0)`, `12 Kommentare`, `Kommentare: 3`, `0 comments`.
pub(super) fn count_of_comments(line: &str) -> bool {
    if line.len() >= 40 || !has_digit(line) {
        return false;
    }
    let words: Vec<String> = line
        .split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let is_word = |word: &str| {
        ["kommentar", "kommentare", "comment", "comments", "leserkommentare", "antworten"]
            .contains(&word)
    };
    let [one, other] = words.as_slice() else { return false };
    is_word(one) && bare_count(other) || bare_count(one) && is_word(other)
}

/// `Lesezeit: 3 Min.`, `3 Minuten Lesezeit`, `4 min read`.
pub(super) fn reading_time(line: &str) -> bool {
    if !has_digit(line) {
        return false;
    }
    let mut has_number = false;
    let mut has_reading = false;
    let all_known = line
        .split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .all(|word| {
            let word = word.as_str();
            let is_number = word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() < 4;
            let is_reading = matches!(word, "lesezeit" | "lesedauer" | "read" | "gelesen");
            has_number |= is_number;
            has_reading |= is_reading;
            is_number
                || is_reading
                || matches!(word, "min" | "minute" | "minuten" | "minutes" | "ca" | "in" | "circa")
        });
    all_known && has_number && has_reading
}

const HOMES: [&str; 7] =
    ["home", "startseite", "start", "homepage", "sie sind hier", "you are here", "nachrichten"];
const CRUMB_MARKS: [char; 6] = ['>', '»', '›', '/', '|', '→'];

/// `Startseite > Politik > Ausland`: the way to the page, from a home page on.
pub(super) fn bread_crumbs(line: &str) -> bool {
    let Some(end) = line.find(CRUMB_MARKS) else { return false };
    let first = line[..end].split(':').next().unwrap_or_default().trim().to_lowercase();
    HOMES.contains(&first.as_str())
}

/// Whether a line starts where bread crumbs do, without marks between them: `Home Nachricht …`.
pub(super) fn starts_at_home(line: &str) -> bool {
    let first = line.split(|char: char| !char.is_alphanumeric()).next().unwrap_or_default();
    HOMES.contains(&first.to_lowercase().as_str())
}

/// `Politik | Wirtschaft | Sport | Kultur`: four names or more between marks, none longer than
/// three words.
pub(super) fn menu(line: &str) -> bool {
    const MARKS: [char; 6] = ['|', '·', '•', '›', '»', '/'];
    line.contains(MARKS)
        && MARKS.iter().filter(|mark| line.contains(**mark)).any(|mark| {
            let parts: Vec<&str> =
                line.split(*mark).map(str::trim).filter(|part| !part.is_empty()).collect();
            let is_name = |part: &&str| {
                part.split_whitespace().count() <= 3
                    && !part.ends_with('.')
                    && part.contains(char::is_alphabetic)
            };
            parts.len() >= 4 && parts.iter().all(is_name)
        })
}

/// `rrt-allgemeines`: the internal name of a section, in small letters and with hyphens.
pub(super) fn slug(line: &str) -> bool {
    line.contains('-')
        && !line.starts_with('-')
        && !line.ends_with('-')
        && line.len() < 60
        && line
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte))
        && line.starts_with(|char: char| char.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(shape: fn(&str) -> bool, yes: &[&str], no: &[&str]) {
        for line in yes {
            assert!(shape(line), "{line}");
        }
        for line in no {
            assert!(!shape(line), "{line}");
        }
    }

    #[test]
    fn shapes() {
        check(only_marks, &[":", "***", "– – –", "|"], &["a", "5", "ß."]);
        check(
            bracketed_mark,
            &["[Anzeige_2]", "[ad_1]", "[Werbung]"],
            &["[Anm. d. Red.]", "[1]", "Anzeige"],
        );
        check(
            bare_count,
            &["0", "11", "1.234", "1,2k", "+12"],
            &["1989", "2024", "1a", "", "12345678", "Kim"],
        );
        check(
            labelled_count,
            &["12 Shares", "1.234 Aufrufe", "Likes: 5"],
            &["12 Tote", "Kim: 5", "Stimmen der Opfer"],
        );
        check(
            count_of_comments,
            &["Kommentar (0)", "12 Kommentare", "Comments: 3"],
            &["Kommentar", "12 Tote", "3 Kommentare von Kim"],
        );
        check(
            reading_time,
            &["Lesezeit: 3 Min.", "ca. 4 Minuten Lesezeit", "4 min read"],
            &["3 Minuten", "Lesezeit", "4 Minuten vor Schluss"],
        );
        check(
            bread_crumbs,
            &["Home > Politik", "Startseite / Ausland", "Sie sind hier: Home » News"],
            &["Politik > Ausland", "Home", "Home Office"],
        );
        check(
            menu,
            &["A | B | C | D", "News · Sport · Kultur · Wetter"],
            &["A | B", "Kim ging. | Putin kam. | Er blieb. | Sie nicht."],
        );
        check(
            slug,
            &["rrt-allgemeines", "news-2"],
            &["Jong-un", "allgemeines", "-", "a b-c", "für-immer"],
        );
    }
}
