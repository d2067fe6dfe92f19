//! The table of rules: which lines are no part of an article.
//!
//! Every rule has an example that it marks, and a real line that looks alike and is left alone;
//! the tests walk the table. A new rule needs both. Rules would rather miss noise than take text:
//! what could be a sentence of an article must not match.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::NoiseKind::{self, *};
use super::shapes;
use super::words::*;

/// Where a rule applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// To any line.
    Anywhere,
    /// Before the running text or behind it.
    Edge,
    /// Before the running text.
    Head,
    /// Behind the running text.
    Tail,
}

/// What a rule looks at: the line in lower case, with single blanks, without marks of lists.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// The whole line is one of these; a colon, dot or exclamation mark behind it does not count.
    Whole(&'static [&'static str]),
    /// The line begins with one of these.
    Begins(&'static [&'static str]),
    /// One of these, then a colon or a dash, then anything.
    Label(&'static [&'static str]),
    /// Two words or more, all of them of this list.
    Words(&'static [&'static str]),
    /// The line itself has that shape.
    Shape(fn(&str) -> bool),
}

impl Form {
    /// The list that a line is compared with.
    fn entries(self) -> &'static [&'static str] {
        match self {
            Form::Whole(list) | Form::Begins(list) | Form::Label(list) | Form::Words(list) => list,
            Form::Shape(_) => &[],
        }
    }
}

pub(super) struct Rule {
    pub(super) kind: NoiseKind,
    pub(super) place: Place,
    pub(super) form: Form,
    /// A line that it marks.
    #[cfg_attr(not(test), expect(dead_code, reason = "for the tests and for readers"))]
    pub(super) example: &'static str,
    /// A line of an article that it leaves alone.
    #[cfg_attr(not(test), expect(dead_code, reason = "for the tests and for readers"))]
    pub(super) counterexample: &'static str,
}

const fn rule(
    kind: NoiseKind,
    place: Place,
    form: Form,
    example: &'static str,
    counterexample: &'static str,
) -> Rule {
    Rule { kind, place, form, example, counterexample }
}

/// The table, strongest first: the first rule that matches names the kind.
#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    rule(Mark, Place::Anywhere, Form::Shape(shapes::only_marks), ":", "2:1"),
    rule(Advertising, Place::Anywhere, Form::Shape(shapes::bracketed_mark), "[Anzeige_2]", "[Anmerkung der Redaktion]"),
    rule(Advertising, Place::Anywhere, Form::Whole(ADVERTISING), "- Anzeige -", "Anzeige gegen unbekannt"),
    rule(More, Place::Anywhere, Form::Label(MORE_LABELS), "Lesen Sie auch: Kim empfängt Minister", "Lesen Sie auch zwischen den Zeilen"),
    rule(More, Place::Tail, Form::Whole(MORE_HEADINGS), "Mehr zum Thema", "Mehr Zeit zum Nachdenken"),
    rule(Comments, Place::Edge, Form::Shape(shapes::count_of_comments), "Kommentar (0)", "Drei Kommentare zur Wahl"),
    rule(Comments, Place::Tail, Form::Whole(COMMENT_FORM), "Please enter your comment!", "Kommentare aus aller Welt"),
    rule(Comments, Place::Tail, Form::Begins(COMMENT_HINTS), "Ihre E-Mail-Adresse wird nicht veröffentlicht. Erforderliche Felder sind mit * markiert", "Ihre E-Mail-Adresse wurde gestohlen"),
    rule(Sharing, Place::Edge, Form::Whole(SHARES), "Artikel teilen", "Teilen und herrschen"),
    rule(Sharing, Place::Edge, Form::Words(SHARE_WORDS), "Facebook Twitter WhatsApp E-Mail", "Facebook sperrt Twitter"),
    rule(Sharing, Place::Edge, Form::Shape(shapes::bare_count), "11", "1989"),
    rule(Sharing, Place::Edge, Form::Shape(shapes::labelled_count), "1.234 Aufrufe", "1.234 Menschen"),
    rule(Sharing, Place::Edge, Form::Shape(shapes::reading_time), "Lesezeit: 3 Min.", "Nach drei Minuten das Tor"),
    rule(Navigation, Place::Edge, Form::Whole(PLACES_OF_A_SITE), "Zum Inhalt springen", "Zum Inhalt des Vertrags"),
    rule(Navigation, Place::Edge, Form::Words(SITE_WORDS), "Politik Wirtschaft Sport Kultur", "Politik und Gewalt"),
    rule(Navigation, Place::Edge, Form::Shape(shapes::bread_crumbs), "Startseite > Politik > Ausland", "Von Kiew > Moskau"),
    rule(Navigation, Place::Edge, Form::Shape(shapes::menu), "Politik | Wirtschaft | Sport | Kultur", "Kim | Putin"),
    rule(Navigation, Place::Tail, Form::Label(&["tags", "tag", "schlagworte", "schlagwörter", "stichworte", "schlüsselwörter", "keywords", "themen", "kategorien", "kategorie", "rubrik", "ressort", "filed under", "posted in"]), "Schlagworte: Nordkorea, Russland", "Themen des Treffens waren Handel und Militär"),
    rule(Navigation, Place::Tail, Form::Shape(shapes::slug), "rrt-allgemeines", "Jong-un"),
    rule(Consent, Place::Edge, Form::Begins(CONSENT), "Wir verwenden Cookies, um Inhalte zu personalisieren.", "Wir verwenden kein Fett"),
    rule(Consent, Place::Edge, Form::Whole(CONSENT_BUTTONS), "Alle akzeptieren", "Alle akzeptieren den Vertrag"),
    rule(Source, Place::Edge, Form::Whole(&["kaynak", "quelle", "quellen", "source", "источник"]), "Kaynak", "Quelle des Nils"),
    rule(Editorial, Place::Tail, Form::Begins(EDITORIAL), "Folgen Sie uns auf Facebook.", "Folgen der Krise"),
    rule(Editorial, Place::Tail, Form::Whole(&["dieser artikel ist kostenpflichtig", "transparenzhinweis", "hinweis der redaktion", "ende", "- ende -", "ots", "newsroom", "pressekontakt"]), "Transparenzhinweis", "Ende einer Ära"),
];

/// The longest line that a rule other than [`Form::Begins`] marks, in bytes.
const LINE_BYTES: usize = 300;

/// The kind of noise a line is at that place; `place` is where it stands.
///
/// `normal` is the line as [`super::lines::normal`] gives it.
pub(super) fn kind_of(line: &str, normal: &str, place: Place) -> Option<NoiseKind> {
    // Most lines start as nothing in any list does.
    let is_listed = STARTS.may_begin(normal);
    RULES
        .iter()
        .find(|rule| {
            (is_listed || matches!(rule.form, Form::Shape(_)))
                && applies(rule.place, place)
                && matches(rule, line, normal)
        })
        .map(|rule| rule.kind)
}

/// How the entries of all lists start.
struct Starts {
    /// Three bytes of each.
    long: HashSet<[u8; 3]>,
    /// Those that are shorter.
    short: Vec<&'static str>,
}

static STARTS: LazyLock<Starts> = LazyLock::new(|| {
    let mut starts = Starts { long: HashSet::new(), short: Vec::new() };
    for rule in RULES {
        for entry in rule.form.entries() {
            match entry.as_bytes().first_chunk() {
                Some(start) => drop(starts.long.insert(*start)),
                None => starts.short.push(entry),
            }
        }
    }
    starts
});

impl Starts {
    /// Whether an entry may stand at the start of a line.
    fn may_begin(&self, normal: &str) -> bool {
        normal.as_bytes().first_chunk().is_some_and(|start| self.long.contains(start))
            || self.short.iter().any(|entry| normal.starts_with(entry))
    }
}

fn applies(rule: Place, place: Place) -> bool {
    rule == Place::Anywhere
        || rule == place
        || rule == Place::Edge && matches!(place, Place::Head | Place::Tail)
}

fn matches(rule: &Rule, line: &str, normal: &str) -> bool {
    if let Form::Begins(starts) = rule.form {
        return starts.iter().any(|start| normal.starts_with(start));
    }
    if line.len() > LINE_BYTES {
        return false;
    }
    match rule.form {
        Form::Whole(lines) => {
            let bare = normal.trim_end_matches([':', '.', '!', '…', ' ']);
            lines.iter().any(|known| bare == *known || normal == *known)
        }
        Form::Label(labels) => {
            labels.iter().any(|label| normal.strip_prefix(label).is_some_and(is_label_mark))
        }
        Form::Words(words) => {
            let mut count = 0;
            normal.split(' ').all(|word| {
                count += 1;
                let word = word.trim_end_matches([',', ';']);
                words.contains(&word)
            }) && count > 1
        }
        Form::Shape(shape) => shape(line),
        Form::Begins(_) => false,
    }
}

/// Whether what follows a label is a colon or a dash, and then something.
pub(super) fn is_label_mark(rest: &str) -> bool {
    let is_glued = rest.starts_with([':', '–', '—', '|', '»']);
    let rest = rest.trim_start();
    let mark = rest
        .chars()
        .next()
        .filter(|char| is_glued || matches!(char, ':' | '–' | '—' | '-' | '|' | '»' | '→'));
    mark.is_some_and(|mark| !rest[mark.len_utf8()..].trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::lines::normal;
    use super::*;

    #[test]
    fn every_rule_marks_its_example_only() {
        for rule in RULES {
            let place = if rule.place == Place::Edge { Place::Tail } else { rule.place };
            let (example, real) = (rule.example, rule.counterexample);
            assert!(matches(rule, example, &normal(example)), "{example}");
            assert_eq!(kind_of(example, &normal(example), place), Some(rule.kind), "{example}");
            assert_eq!(kind_of(real, &normal(real), place), None, "{real}");
        }
    }

    #[test]
    fn words_of_rules_are_in_the_form_they_are_compared_in() {
        for rule in RULES {
            for entry in rule.form.entries() {
                assert_eq!(*entry, entry.to_lowercase(), "{entry}");
                assert!(!entry.contains("  "), "{entry}");
            }
        }
    }

    #[test]
    fn rules_apply_where_they_may() {
        let known = |line: &str, place| kind_of(line, &normal(line), place);
        assert_eq!(known("11", Place::Head), Some(Sharing));
        assert_eq!(known("11", Place::Anywhere), None);
        assert_eq!(known("Leave a reply", Place::Head), None);
        assert_eq!(known("Anzeige", Place::Anywhere), Some(Advertising));
    }
}
