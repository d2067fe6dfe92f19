//! Why a hit matches, in words for people: which word typed found which word of the text, how, how
//! often, where, and what it adds to the score.

use dossier_engine::{ExplainedMatch, Explanation, MatchKind};

use crate::messages::Language::{self, English, German};
use crate::terminal::prose;

/// Lines for each word typed at most: a wildcard may find hundreds of words.
const MOST_LINES: usize = 8;

impl Language {
    /// Stands before the first line.
    pub fn why(self) -> &'static str {
        match self {
            English => "why:",
            German => "warum:",
        }
    }

    /// How a word of a text relates to the word typed.
    fn relation(self, found: &ExplainedMatch) -> String {
        let letters = usize::from(found.edits);
        let text = match (found.kind, self) {
            (MatchKind::Exact, English) => "as typed",
            (MatchKind::Exact, German) => "wie getippt",
            (MatchKind::Folded, English) => "the same but for umlauts, ß or accents",
            (MatchKind::Folded, German) => "dasselbe bis auf Umlaute, ß oder Akzente",
            (MatchKind::Inflection, English) => "another form of the word",
            (MatchKind::Inflection, German) => "andere Form des Wortes",
            (MatchKind::Name, English) => "another spelling of the name",
            (MatchKind::Name, German) => "andere Schreibweise des Namens",
            (MatchKind::Alias, English) => "another name for the same",
            (MatchKind::Alias, German) => "anderer Name für dasselbe",
            (MatchKind::Related, English) => "a related word",
            (MatchKind::Related, German) => "verwandtes Wort",
            (MatchKind::Part, English) => "a compound that shares a part",
            (MatchKind::Part, German) => "zusammengesetztes Wort mit diesem Teil",
            (MatchKind::Wildcard, English) => "fits the pattern",
            (MatchKind::Wildcard, German) => "passt auf das Muster",
            (MatchKind::Fuzzy, English) => match letters {
                1 => return "mistyped? 1 letter differs".to_owned(),
                _ => return format!("mistyped? {letters} letters differ"),
            },
            (MatchKind::Fuzzy, German) => match letters {
                1 => return "vertippt? 1 Buchstabe ist anders".to_owned(),
                _ => return format!("vertippt? {letters} Buchstaben sind anders"),
            },
            (_, English) => "found as well",
            (_, German) => "auch gefunden",
        };
        text.to_owned()
    }

    /// `2 × im Text, 1 × im Titel`
    fn occurrences(self, found: &ExplainedMatch) -> String {
        let (text, title) = match self {
            English => ("in the text", "in the title"),
            German => ("im Text", "im Titel"),
        };
        let places = [(found.in_title, title), (found.in_body, text)];
        let places = places.iter().filter(|(times, _)| *times > 0);
        places.map(|(times, place)| format!("{times} × {place}")).collect::<Vec<_>>().join(", ")
    }

    fn others(self, others: usize, share: f32) -> String {
        let share = percent(share);
        match self {
            English => format!("… and {others} others, {share}"),
            German => format!("… und {others} andere, {share}"),
        }
    }
}

/// The lines under a hit, without [`Language::why`] before the first.
pub fn lines(explanations: &[Explanation], language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    for Explanation { typed, matches, .. } in explanations {
        let (shown, rest) = matches.split_at(matches.len().min(MOST_LINES));
        for found in shown {
            lines.push(format!(
                "{} → {}: {}, {}, {}",
                one_line(typed),
                one_line(&found.text),
                language.relation(found),
                language.occurrences(found),
                percent(found.share),
            ));
        }
        if !rest.is_empty() {
            let share = rest.iter().map(|found| found.share).sum();
            lines.push(language.others(rest.len(), share));
        }
    }
    lines
}

/// A text with all its white space as single blanks, safe for a terminal.
fn one_line(text: &str) -> String {
    prose(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn percent(share: f32) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 1.0 { "< 1 %".to_owned() } else { format!("{percent:.0} %") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_percents() {
        for (share, expected) in
            [(0.0, "0 %"), (0.004, "< 1 %"), (0.25, "25 %"), (0.996, "100 %"), (1.0, "100 %")]
        {
            assert_eq!(percent(share), expected);
        }
    }

    #[test]
    fn texts_stay_on_their_line() {
        assert_eq!(one_line("Kim\n  Jong\u{1b}[1m-un"), "Kim Jong␛[1m-un");
    }
}
