//! Lines that say where an article is from and when it appeared.

use super::agencies::is_photo_agency;
use super::lines::normal;
use super::people;
use crate::dates::{self, PartialDate};
use crate::source;

/// What a line says of where the text is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// An address.
    Address(String),
    /// An outlet.
    Outlet(String),
    /// An agency for photos: no source of a text.
    Photo(String),
}

const SOURCE_LABELS: [&str; 16] = [
    "quelle",
    "quellen",
    "originalquelle",
    "originalartikel",
    "original",
    "source",
    "kaynak",
    "link",
    "url",
    "permalink",
    "artikel-url",
    "erschienen auf",
    "erschienen bei",
    "erschienen in",
    "zuerst erschienen auf",
    "via",
];

/// `Quelle: https://…`, `Quelle: Tagesschau`, an address alone.
pub(super) fn origin(line: &str) -> Option<Origin> {
    if line.len() > 1000 {
        return None;
    }
    if is_address(line) {
        return Some(Origin::Address(line.to_owned()));
    }
    let (label, rest) = line.split_once([':', '|'])?;
    if !SOURCE_LABELS.contains(&normal(label).as_str()) {
        return None;
    }
    let rest = rest.trim().trim_start_matches(['/', ' ']).trim_matches(['<', '>', '(', ')']);
    let first = rest.split_whitespace().next()?;
    if is_address(first) || is_host(first) {
        let host = source::of(first)?;
        if is_photo_agency(&host) {
            return Some(Origin::Photo(rest.to_owned()));
        }
        return Some(Origin::Address(first.trim_end_matches([',', ';']).to_owned()));
    }
    if is_photo_agency(rest) {
        return Some(Origin::Photo(rest.to_owned()));
    }
    // A name, not a sentence: `Quelle: Kreise im Ministerium sagten …`
    let is_name = rest.split_whitespace().count() <= 4
        && rest.len() < 60
        && rest.split_whitespace().all(|word| !word.starts_with(char::is_lowercase))
        && !rest.ends_with('.')
        && !matches!(normal(label).as_str(), "original" | "link" | "url" | "via");
    is_name.then(|| Origin::Outlet(rest.to_owned()))
}

fn is_address(text: &str) -> bool {
    let starts =
        |with: &str| text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    (starts("http://") || starts("https://") || starts("www."))
        && !text.contains(char::is_whitespace)
        && text.len() > 10
}

/// `congluan.vn`, `www.congluan.vn/x`: letters, dots, and an end of letters.
fn is_host(text: &str) -> bool {
    let host = text.split('/').next().unwrap_or_default().trim_end_matches([',', ';', '.']);
    source::is_host(host)
}

/// Words around a date that say what it is the date of, and how long reading takes.
const AROUND_DATES: [&str; 52] = [
    "stand",
    "datum",
    "veröffentlicht",
    "veröffentlichung",
    "veröffentlichungsdatum",
    "publiziert",
    "erschienen",
    "erstellt",
    "aktualisiert",
    "aktualisierung",
    "zuletzt",
    "letzte",
    "letztes",
    "änderung",
    "geändert",
    "update",
    "updated",
    "published",
    "posted",
    "on",
    "am",
    "um",
    "vom",
    "den",
    "der",
    "uhr",
    "von",
    "und",
    "artikel",
    "online",
    "seit",
    "date",
    "modified",
    "last",
    "print",
    "ausgabe",
    "mez",
    "mesz",
    "cet",
    "lesezeit",
    "min",
    "minuten",
    "minute",
    "minutes",
    "read",
    "ca",
    "h",
    "gmt",
    "at",
    "pm",
    "lesedauer",
    "gedruckt",
];

/// What a line with a date and nothing else around it gives: the date it was published on, and
/// the author if one is named behind.
pub(super) fn date_line(line: &str) -> Option<(PartialDate, Option<String>)> {
    if line.len() > 160 || !line.contains(|char: char| char.is_ascii_digit()) {
        return None;
    }
    let mut found: Option<(PartialDate, bool)> = None;
    let mut rest = String::new();
    let mut at = 0;
    while let Some((range, date)) = dates::find(&line[at..]) {
        let before = &line[at..at + range.start];
        let lower = before.to_lowercase();
        let is_change =
            ["aktualisiert", "änder", "updat", "modified"].iter().any(|word| lower.contains(word));
        // The day of publication wins over that of a change.
        if found.is_none_or(|(_, was_change)| was_change && !is_change) {
            found = Some((date, is_change));
        }
        rest.push_str(before);
        rest.push(' ');
        at += range.end;
    }
    rest.push_str(&line[at..]);
    let (date, _) = found?;
    let is_known = |word: &str| {
        let word = word.to_lowercase();
        AROUND_DATES.contains(&word.as_str()) || word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let unknown = rest
        .split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .find(|word| !is_known(word));
    if unknown.is_none() {
        return Some((date, None));
    }
    let author =
        rest.find("on ").filter(|at| rest[..*at].ends_with(['v', 'V'])).map(|at| &rest[at - 1..]);
    let author = author.and_then(people::byline)?;
    let before = &rest[..rest.find(author.split(", ").next()?)?];
    let is_date_line = before
        .split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(is_known);
    is_date_line.then_some((date, Some(author)))
}

/// The date at the start of running text: `Berlin, 21. November 2024 – Der Minister`.
pub(super) fn dateline(line: &str) -> Option<PartialDate> {
    let start = super::lines::start_of(line, 100);
    let (range, date) = dates::find(start)?;
    let (place, behind) = (&start[..range.start], start[range.end..].trim_start());
    let is_place = place.len() <= 40
        && !place.trim().is_empty()
        && place.trim_end().ends_with([',', '(', ')', '–', '-'])
        && place.split(|char: char| !char.is_alphabetic()).filter(|word| !word.is_empty()).all(
            |word| {
                word.starts_with(char::is_uppercase) || ["am", "an", "der", "im"].contains(&word)
            },
        )
        && !["In ", "Am ", "Der ", "Die ", "Das ", "Seit ", "Bis "]
            .iter()
            .any(|word| place.starts_with(word));
    let is_set_off = behind.starts_with(['–', '—', '-', '(', ')', '.', ':', '|', '/']);
    let is_exact = !start[range].to_lowercase().starts_with("am ");
    (is_place && is_set_off && is_exact).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins() {
        let address = |text: &str| Some(Origin::Address(text.to_owned()));
        for (line, expected) in [
            (
                "Quelle: https://www.congluan.vn/a-post3.html",
                address("https://www.congluan.vn/a-post3.html"),
            ),
            ("Quelle: congluan.vn", address("congluan.vn")),
            ("Kaynak: https://example.org/x", address("https://example.org/x")),
            ("https://example.org/2024/11/21/x", address("https://example.org/2024/11/21/x")),
            ("Quelle: ntv.de, mau/dpa", address("ntv.de")),
            ("Quelle: Neue Muster Zeitung", Some(Origin::Outlet("Neue Muster Zeitung".to_owned()))),
            ("Quelle: Gettyimages.ru", Some(Origin::Photo("Gettyimages.ru".to_owned()))),
            ("Quelle: Kreise im Ministerium", None),
            ("Quelle war der Minister: er sagte es", None),
            ("Siehe https://example.org", None),
            ("Kim: https://example.org/x", None),
        ] {
            assert_eq!(origin(line), expected, "{line}");
        }
    }

    #[test]
    fn date_lines() {
        for (line, expected, author) in [
            ("21. November 2024", Some("2024-11-21"), None),
            ("21.11.2024, 14:33 Uhr", Some("2024-11-21"), None),
            ("Stand: 21.11.2024 14:33 Uhr", Some("2024-11-21"), None),
            ("Veröffentlicht am 21.11.2024, aktualisiert am 22.11.2024", Some("2024-11-21"), None),
            (
                "Aktualisiert: 22.11.2024, 8:00 | Veröffentlicht: 21.11.2024",
                Some("2024-11-21"),
                None,
            ),
            ("Donnerstag, 21.11.2024, 14:33 Uhr | Lesezeit: 3 Min.", Some("2024-11-21"), None),
            ("21.11.2024 von Max Mustermann", Some("2024-11-21"), Some("Max Mustermann")),
            ("Am 21. November 2024 traf er ihn", None, None),
            ("21 Menschen starben", None, None),
            ("21.–23. November 2024", None, None),
            ("2024", None, None),
        ] {
            let found = date_line(line);
            let date = found.as_ref().map(|(date, _)| date.to_string());
            assert_eq!(date.as_deref(), expected, "{line}");
            assert_eq!(found.and_then(|(_, author)| author).as_deref(), author, "{line}");
        }
    }

    #[test]
    fn datelines() {
        for (line, expected) in [
            ("Berlin, 21. November 2024 – Der Minister", Some("2024-11-21")),
            ("Wien (APA) 21.11.2024 – Der", Some("2024-11-21")),
            ("Bern, 21.11.2024 (SDA) – Der", Some("2024-11-21")),
            ("Am 21. November 2024 – dem Tag der Wahl", None),
            ("In Berlin, 21. November 2024 – dem Tag", None),
            ("Berlin, am 21. November 2024 – dem", None),
            ("Der Minister kam am 21. November 2024.", None),
        ] {
            assert_eq!(dateline(line).map(|date| date.to_string()).as_deref(), expected, "{line}");
        }
    }
}
