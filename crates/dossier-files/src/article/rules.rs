//! The table of rules: which lines are no part of an article.
//!
//! Every rule has an example that it marks, and a real line that looks alike and is left alone;
//! the tests walk the table. A new rule needs both. Rules would rather miss noise than take text:
//! what could be a sentence of an article must not match.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::NoiseKind::{self, *};
use super::lines::{bare_start, is_blank, normal, start_of};
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

/// So much of a line is brought into the form that rules look at, in bytes.
const NORMAL_BYTES: usize = 400;

/// The kind of noise a line is at that place; `place` is where it stands.
pub(super) fn kind_of(line: &str, place: Place) -> Option<NoiseKind> {
    // Long lines are known by how they begin.
    let start = start_of(line, NORMAL_BYTES);
    // Most lines start as nothing in any list does.
    let listed = STARTS.rules(bare_start(start)) & applying(place);
    let normal = if listed == 0 { String::new() } else { normal(start) };
    let mut candidates = listed | SHAPES & applying(place);
    while candidates != 0 {
        let rule = &RULES[candidates.trailing_zeros() as usize];
        if matches(rule, line, &normal) {
            return Some(rule.kind);
        }
        candidates &= candidates - 1;
    }
    None
}

/// Rules by their numbers, as bits.
type Rules = u64;

/// The rules that look at the shape of a line.
const SHAPES: Rules = {
    let (mut rules, mut number) = (0, 0);
    while number < RULES.len() {
        if let Form::Shape(_) = RULES[number].form {
            rules |= 1 << number;
        }
        number += 1;
    }
    rules
};

/// The rules that apply at a place.
fn applying(place: Place) -> Rules {
    static BY_PLACE: LazyLock<[Rules; 4]> = LazyLock::new(|| {
        [Place::Anywhere, Place::Edge, Place::Head, Place::Tail].map(|place| {
            let applying = RULES.iter().enumerate().filter(|(_, rule)| applies(rule.place, place));
            applying.fold(0, |rules, (number, _)| rules | 1 << number)
        })
    });
    BY_PLACE[place as usize]
}

/// How the entries of the lists start.
struct Starts {
    /// By the first characters of an entry, behind a shorter one zeros: a bit for each rule that
    /// has one.
    rules: FxHashMap<Start, Rules>,
}

/// So many characters tell German lines from nearly all entries.
type Start = [char; 5];

static STARTS: LazyLock<Starts> = LazyLock::new(|| {
    let mut starts = Starts { rules: FxHashMap::default() };
    for (number, rule) in RULES.iter().enumerate() {
        for entry in rule.form.entries() {
            *starts.rules.entry(Starts::of(entry)).or_default() |= 1 << number;
        }
    }
    starts
});

impl Starts {
    /// The first characters of a text in the form that lines are compared in.
    fn of(text: &str) -> Start {
        let mut start = Start::default();
        let mut length = 0;
        for char in text.chars().flat_map(char::to_lowercase) {
            if length == start.len() {
                break;
            }
            let char = if is_blank(char) { ' ' } else { char };
            if char != ' ' || length > 0 && start[length - 1] != ' ' {
                start[length] = char;
                length += 1;
            }
        }
        start
    }

    /// The rules of which an entry may stand at the start of a line.
    fn rules(&self, line: &str) -> Rules {
        let mut start = Starts::of(line);
        let mut rules = 0;
        for end in (0..start.len()).rev() {
            rules |= self.rules.get(&start).copied().unwrap_or_default();
            start[end] = '\0';
        }
        rules
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
    use super::*;

    #[test]
    fn every_rule_marks_its_example_only() {
        for rule in RULES {
            let place = if rule.place == Place::Edge { Place::Tail } else { rule.place };
            let (example, real) = (rule.example, rule.counterexample);
            assert!(matches(rule, example, &normal(example)), "{example}");
            assert_eq!(kind_of(example, place), Some(rule.kind), "{example}");
            assert_eq!(kind_of(real, place), None, "{real}");
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
        assert_eq!(kind_of("11", Place::Head), Some(Sharing));
        assert_eq!(kind_of("11", Place::Anywhere), None);
        assert_eq!(kind_of("Leave a reply", Place::Head), None);
        assert_eq!(kind_of("Anzeige", Place::Anywhere), Some(Advertising));
    }
}
