//! What a file yields: an article with all that the file tells of it.

use std::ops::Range;

pub use dossier_engine::DateOrigin;
use dossier_engine::Document;

use crate::article::{self, Noise};
use crate::dates::{self, Expression, PartialDate};
use crate::markdown::heading;
use crate::source;

/// An article as it stands in a file: its whole text, what of it is not part of the article, and
/// what the file tells of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Article {
    /// Names it within all files: the file's id, `file#line` for a record without an id of its
    /// own, `file!member` within archives, mailboxes, feeds.
    pub id: String,
    /// The id of the file, without member.
    pub path: String,
    /// The headline; empty where there is none.
    pub title: String,
    /// The whole text as it was read, noise and headline included.
    pub text: String,
    /// Where the headline stands in the text, in bytes, with the line ends behind it; `None` if
    /// the title was not taken from the text.
    pub title_range: Option<Range<usize>>,
    /// What does not belong to the article, in bytes of the text, in order and apart from each
    /// other. Always empty for records.
    pub noise: Vec<Noise>,
    /// The host or outlet it appeared in, normalised: `example.org`, never `www.example.org`.
    pub source: Option<String>,
    /// The address it was found at.
    pub address: Option<String>,
    /// The agencies it is credited to.
    pub agencies: Vec<String>,
    /// Who wrote it; several are joined by `, `.
    pub author: Option<String>,
    /// Whose the photos are.
    pub photo_credits: Vec<String>,
    /// ISO 639-3 code of its language where the file tells it.
    pub language: Option<String>,
    /// When it appeared; never the time of the file.
    pub date: Option<Dated>,
}

/// A date, and what makes it certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The day, or the month or year if no more is known.
    pub date: PartialDate,
    /// Where it was found.
    pub origin: DateOrigin,
}

impl Article {
    /// The text without the headline; noise is still in it.
    pub fn body(&self) -> String {
        let mut body = self.text.clone();
        if let Some(range) = &self.title_range {
            body.replace_range(range.clone(), "");
        }
        body
    }

    /// The parts of the text that are to be searched: without headline and noise, in order, in
    /// bytes of the text.
    pub fn searched(&self) -> Vec<Range<usize>> {
        let noise = self.noise.iter().map(|noise| noise.range.clone());
        let mut cuts: Vec<Range<usize>> = noise.chain(self.title_range.clone()).collect();
        cuts.sort_by_key(|cut| cut.start);
        let mut searched = Vec::with_capacity(cuts.len() + 1);
        let mut at = 0;
        for cut in cuts {
            if at < cut.start {
                searched.push(at..cut.start);
            }
            at = at.max(cut.end);
        }
        if at < self.text.len() {
            searched.push(at..self.text.len());
        }
        searched
    }

    /// The engine's document: title, and the text without the headline, with its noise marked.
    pub fn into_document(mut self) -> Document {
        let mut noise: Vec<Range<usize>> =
            self.noise.into_iter().map(|noise| noise.range).collect();
        if let Some(title) = &self.title_range {
            // Noise does not touch the headline; the blank lines behind it may.
            let moved =
                |at: usize| if at < title.end { at.min(title.start) } else { at - title.len() };
            for range in &mut noise {
                *range = moved(range.start)..moved(range.end);
            }
            self.text.replace_range(title.clone(), "");
        }
        Document {
            id: self.id,
            title: self.title,
            body: self.text,
            noise,
            source: self.source,
            path: Some(self.path),
            author: self.author,
            language: self.language,
            agency: (!self.agencies.is_empty()).then(|| self.agencies.join(", ")),
            date: self.date.and_then(|dated| dated.date.into()),
            date_origin: self.date.map(|dated| dated.origin),
            photo: (!self.photo_credits.is_empty()).then(|| self.photo_credits.join(", ")),
        }
    }
}

/// What a format tells of an article beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Metadata {
    pub(crate) title: Option<String>,
    pub(crate) author: Option<String>,
    /// The name of the outlet.
    pub(crate) outlet: Option<String>,
    pub(crate) address: Option<String>,
    /// As it is written in the file.
    pub(crate) date: Option<String>,
    pub(crate) language: Option<String>,
}

/// How a text is read for the parts of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// Noise is looked for, and the headline.
    Flattened,
    /// As flattened text, but a `# ` heading is the headline.
    Markdown,
    /// The text is taken as given.
    Given,
}

/// Makes an article of a text and what its file tells of it. What the file tells wins over what
/// the text says; the address over the name of the outlet, as two papers may share a name.
pub(crate) fn article(
    id: String,
    path: &str,
    text: String,
    metadata: Metadata,
    kind: TextKind,
) -> Article {
    let parts = match kind {
        TextKind::Given => article::Parts::default(),
        TextKind::Flattened | TextKind::Markdown => article::parts(&text),
    };
    let mut noise = parts.noise;
    let mut title = trimmed(metadata.title);
    let mut title_range = None;
    let headline = match kind {
        TextKind::Markdown => heading(&text).map(|title| (title.range, title.text)),
        _ => parts.headline.map(|range| (set_off(&text, &range), text[range].to_owned())),
    };
    if let Some((range, headline)) = headline {
        // A given title that is not that of the text leaves the text whole.
        if title.as_ref().is_none_or(|title| article::is_same_title(title, &headline)) {
            noise.retain(|noise| noise.range.end <= range.start || noise.range.start >= range.end);
            title.get_or_insert(headline);
            title_range = Some(range);
        }
    }
    let address = metadata.address.or(parts.address);
    let source = address
        .as_deref()
        .and_then(source::of_address)
        .or_else(|| metadata.outlet.as_deref().and_then(source::of))
        .or(parts.source)
        .or_else(|| source::of_folder(&id));
    let date = metadata
        .date
        .as_deref()
        .and_then(absolute)
        .map(|date| Dated { date, origin: DateOrigin::Metadata })
        .or_else(|| {
            let date = dates::in_address(address.as_deref()?)?;
            Some(Dated { date, origin: DateOrigin::Address })
        })
        .or_else(|| parts.date.map(|date| Dated { date, origin: DateOrigin::Text }));
    Article {
        id,
        path: path.to_owned(),
        title: title.unwrap_or_default(),
        text,
        title_range,
        noise,
        source,
        address,
        agencies: parts.agencies,
        author: trimmed(metadata.author).or(parts.author),
        photo_credits: parts.photo_credits,
        language: metadata.language.as_deref().and_then(crate::fields::language),
        date,
    }
}

/// The date that a field of metadata holds, if it is one.
pub(crate) fn absolute(text: &str) -> Option<PartialDate> {
    match dates::parse(text.trim()) {
        Ok(Expression::Absolute(date)) => Some(date),
        _ => None,
    }
}

/// A text without blanks around it and with single blanks in it; none if there is nothing else.
fn trimmed(text: Option<String>) -> Option<String> {
    let text = text?;
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The line of a headline with the blank line behind it, and with the blanks before it if nothing
/// else stands there: without it the text starts with what follows.
fn set_off(text: &str, line: &Range<usize>) -> Range<usize> {
    let start = if text[..line.start].trim().is_empty() { 0 } else { line.start };
    let mut end = line.end;
    for _ in 0..2 {
        let Some(next) = text[end..].find('\n') else { break };
        if !text[end..end + next].chars().all(article::is_blank) {
            break;
        }
        end += next + 1;
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::NoiseKind;

    fn flattened(text: &str, metadata: Metadata) -> Article {
        article("zeit.de/a.txt".into(), "zeit.de/a.txt", text.into(), metadata, TextKind::Flattened)
    }

    const PROSE: &str =
        "Der Minister reiste am Freitag in die Hauptstadt und traf dort den Präsidenten.";

    #[test]
    fn searched_parts_are_what_is_left() {
        let text = format!("Menü\n\nKim empfängt Minister\n\n11\n{PROSE}\nLEAVE A REPLY\n");
        let article = flattened(&text, Metadata::default());
        assert_eq!(article.title, "Kim empfängt Minister");
        let searched: String =
            article.searched().into_iter().map(|range| &text[range]).collect::<Vec<_>>().join("|");
        assert_eq!(searched, format!("\n\n|\n{PROSE}\n|\n"));
        assert_eq!(article.body(), format!("Menü\n\n11\n{PROSE}\nLEAVE A REPLY\n"));
        assert_eq!(article.noise[0].kind, NoiseKind::Navigation);
    }

    #[test]
    fn sources_and_dates_by_certainty() {
        let text = format!(
            "Kim empfängt Minister\n\n20.11.2024\n\n{PROSE}\n\nQuelle: https://www.rt.de/2024/11/21/x\n"
        );
        let article = flattened(&text, Metadata::default());
        assert_eq!(article.source.as_deref(), Some("rt.de"));
        let date = article.date.unwrap();
        assert_eq!(
            (date.date.to_string().as_str(), date.origin),
            ("2024-11-21", DateOrigin::Address)
        );
        let metadata = Metadata {
            date: Some("2024-11-22T08:00:00Z".into()),
            address: Some("https://amp.example.org/x".into()),
            outlet: Some("Beispiel".into()),
            title: Some("  Kim empfaengt\nMinister ".into()),
            ..Metadata::default()
        };
        let article = flattened(&text, metadata.clone());
        assert_eq!(article.source.as_deref(), Some("example.org"));
        assert_eq!(article.title, "Kim empfaengt Minister");
        assert!(article.title_range.is_some());
        let date = article.date.unwrap();
        assert_eq!(
            (date.date.to_string().as_str(), date.origin),
            ("2024-11-22", DateOrigin::Metadata)
        );
        let article = flattened(&text, Metadata { title: Some("Anderes".into()), ..metadata });
        assert_eq!((article.title.as_str(), article.title_range), ("Anderes", None));
        let article = flattened(&format!("{PROSE}\n"), Metadata::default());
        assert_eq!((article.source.as_deref(), article.date), (Some("zeit.de"), None));
        let article =
            flattened(&format!("Titel Titel\n\n20.11.2024\n\n{PROSE}\n"), Metadata::default());
        assert_eq!(article.date.map(|date| date.origin), Some(DateOrigin::Text));
    }

    #[test]
    fn documents_of_the_engine() {
        let text = format!("Kim empfängt Minister\n\nStand: 20.11.2024\n\n{PROSE}");
        let document = flattened(&text, Metadata::default()).into_document();
        assert_eq!(document.title, "Kim empfängt Minister");
        assert_eq!(document.body, format!("Stand: 20.11.2024\n\n{PROSE}"));
        assert_eq!(&document.body[document.noise[0].clone()], "Stand: 20.11.2024");
        assert_eq!(document.date_origin, Some(DateOrigin::Text));
        assert_eq!(document.date.map(|day| day.to_string()).as_deref(), Some("2024-11-20"));
        assert_eq!(document.path.as_deref(), Some("zeit.de/a.txt"));
    }
}
