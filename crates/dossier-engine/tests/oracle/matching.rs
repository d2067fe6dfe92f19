//! Whether a document matches a query, and what is to be marked in it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use dossier_engine::{
    Date, DateCondition, Day, Near, Period, Phrase, Query, QueryField, Word, WordMode,
};
use dossier_german::{Alias, fold};

use crate::slots::{Found, Slot, near_each_other, occurrences, operand, parts, places, respaced};
use crate::spellings::{halves, joined, other_names};
use crate::texts::{Place, TextWord, Texts};

/// Which day it is.
pub fn today() -> Day {
    Day::new(2024, 12, 15).unwrap()
}

/// Whether a document's date lies in a range, wherever in the month or year it is.
pub fn is_dated(date: Option<Date>, condition: DateCondition) -> bool {
    let (from, to) = match condition {
        DateCondition::Unknown => return date.is_none(),
        DateCondition::Between(from, to) => (from, to),
        DateCondition::Last(count, unit) => {
            let days = (0..40_000).map(|back| day_before(today(), back));
            let fits = |day: &Date| match unit {
                Period::Days => true,
                Period::Weeks => true,
                Period::Months => day_number(*day).2 == 15,
                Period::Years => day_number(*day).1 == 12 && day_number(*day).2 == 15,
            };
            let step = if unit == Period::Weeks { 7 } else { 1 };
            let mut first = days.filter(fits).step_by(step).skip(usize::from(count));
            (first.next(), Some(today().into()))
        }
        condition => panic!("no rule for {condition:?}"),
    };
    let Some(date) = date else { return false };
    let after = from.is_none_or(|from| from.first_day() <= date.first_day());
    after && to.is_none_or(|to| date.last_day() <= to.last_day())
}

/// Year, month and day as they are written.
pub fn day_number(date: Date) -> (i16, i8, i8) {
    let text = date.to_string();
    let mut parts = text.split('-');
    let mut next = || parts.next().unwrap();
    (next().parse().unwrap(), next().parse().unwrap(), next().parse().unwrap())
}

/// So many days before a day, counted one by one.
pub fn day_before(day: Day, back: usize) -> Date {
    thread_local! {
        static DAYS: RefCell<Vec<Date>> = RefCell::default();
    }
    DAYS.with_borrow_mut(|days| {
        if days.is_empty() {
            days.push(day.into());
        }
        while days.len() <= back {
            let (mut year, mut month, mut number) = day_number(days[days.len() - 1]);
            number -= 1;
            if number == 0 {
                (year, month) = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
                number = (28..=31).rev().find(|n| Date::day(year, month, *n).is_some()).unwrap();
            }
            days.push(Date::day(year, month, number).unwrap());
        }
        days[back]
    })
}

/// Where a condition is looked for.
#[derive(Clone, Copy)]
pub struct Scope {
    pub field: Option<QueryField>,
    pub negated: bool,
    /// Whether noise is searched, too.
    pub noise: bool,
}

/// Whether a document matches; adds the words that are to be marked.
pub fn matches(
    query: &Query,
    scope: Scope,
    texts: &Texts<'_>,
    marks: &mut BTreeSet<(Place, usize, usize)>,
) -> bool {
    match query {
        // Each clause is looked at, for its marks.
        Query::Words(clauses) => {
            let (mut all, mut rest) = (true, &clauses[..]);
            while let [first, ..] = rest {
                let mut found = matches(first, scope, texts, marks);
                let mut count = 1;
                if let [Query::Word(one), Query::Word(two), ..] = rest
                    && let Some(others) = matches_as_one_name(one, two, scope, texts, marks)
                {
                    found &= matches(&rest[1], scope, texts, marks);
                    found |= others;
                    count = 2;
                }
                all &= found;
                rest = &rest[count..];
            }
            all
        }
        Query::All(clauses) => {
            clauses.iter().filter(|clause| !matches(clause, scope, texts, marks)).count() == 0
        }
        Query::Any(clauses) => {
            clauses.iter().filter(|clause| matches(clause, scope, texts, marks)).count() > 0
        }
        Query::Not(clause) => {
            !matches(clause, Scope { negated: !scope.negated, ..scope }, texts, marks)
        }
        Query::In(field, clause) => {
            matches(clause, Scope { field: Some(*field), ..scope }, texts, marks)
        }
        Query::Word(word) => {
            let mut found =
                matches_words(std::slice::from_ref(word), 0, false, true, scope, texts, marks);
            let parts = parts(word);
            if parts.len() > 1 {
                found |= matches_words(&parts, 0, false, false, scope, texts, marks);
            }
            if matches!(word.mode, WordMode::Plain | WordMode::Fuzzy(_)) && is_text(scope) {
                found |= matches_several(&other_names(&word.text), scope, texts, marks);
                for halves in halves(&word.text) {
                    let slots = halves.map(Slot::Itself);
                    found |= matches_slots(&slots, 0, scope, texts, marks);
                }
            }
            found
        }
        Query::Phrase(Phrase { words, gap, loose, .. }) => {
            let mut found = matches_words(words, *gap, *loose, false, scope, texts, marks);
            if let [one, two] = &words[..]
                && is_text(scope)
                && one.mode == WordMode::Plain
                && two.mode == WordMode::Plain
            {
                let names = other_names(&format!("{}{}", one.text, two.text));
                found |= matches_one_of(&names, scope, texts, marks);
            }
            if is_text(scope) {
                for slots in respaced(words, *loose) {
                    found |= matches_slots(&slots, *gap, scope, texts, marks);
                }
            }
            found
        }
        Query::Near(Near { operands, gap, ordered }) => {
            let stands = |text: &[TextWord]| {
                let operands: Vec<_> = operands.iter().map(|one| operand(one, text)).collect();
                near_each_other(&operands, *gap, *ordered)
            };
            found_in(scope, texts, marks, stands)
        }
        Query::Dates(dates) => is_dated(texts.document.date, dates.condition),
        query => panic!("no rule for {query:?}"),
    }
}

pub fn is_text(scope: Scope) -> bool {
    scope.field.is_none_or(|field| matches!(field, QueryField::Title | QueryField::Body))
}

/// Whether a document has two words as one, or another name that they are together; none if they
/// are no name.
pub fn matches_as_one_name(
    one: &Word,
    two: &Word,
    scope: Scope,
    texts: &Texts<'_>,
    marks: &mut BTreeSet<(Place, usize, usize)>,
) -> Option<bool> {
    if !is_text(scope) || one.mode != WordMode::Plain || two.mode != WordMode::Plain {
        return None;
    }
    let names = other_names(&format!("{}{}", one.text, two.text));
    let joined = joined(one, two);
    if names.is_empty() && joined.is_none() {
        return None;
    }
    let mut found = matches_one_of(&names, scope, texts, marks);
    if let Some(joined) = joined {
        found |= matches_slots(&[Slot::Itself(joined)], 0, scope, texts, marks);
    }
    Some(found)
}

/// Whether a document has one of some names, as a word or several.
pub fn matches_one_of(
    names: &[&Alias],
    scope: Scope,
    texts: &Texts<'_>,
    marks: &mut BTreeSet<(Place, usize, usize)>,
) -> bool {
    let mut found = matches_several(names, scope, texts, marks);
    let one_word = names.iter().filter(|name| name.words().len() == 1);
    for (name, s) in one_word.flat_map(|name| [(name, ""), (name, "s")]) {
        let slot = Slot::Itself(format!("{}{s}", name.joined()));
        found |= matches_slots(&[slot], 0, scope, texts, marks);
    }
    found
}

/// Whether a document has one of some names that are several words.
pub fn matches_several(
    names: &[&Alias],
    scope: Scope,
    texts: &Texts<'_>,
    marks: &mut BTreeSet<(Place, usize, usize)>,
) -> bool {
    let mut found = false;
    for name in names.iter().filter(|name| name.words().len() > 1) {
        let slots: Vec<_> = name.words().iter().map(|word| Slot::Inflected(word)).collect();
        found |= matches_slots(&slots, 0, scope, texts, marks);
    }
    found
}

pub fn matches_words(
    phrase: &[Word],
    gap: u32,
    loose: bool,
    alone: bool,
    scope: Scope,
    texts: &Texts<'_>,
    marks: &mut BTreeSet<(Place, usize, usize)>,
) -> bool {
    if scope.field == Some(QueryField::Source) {
        let labels = |text: &str| -> Vec<String> {
            text.split(|c: char| !c.is_alphanumeric()).filter(|l| !l.is_empty()).map(fold).collect()
        };
        let wanted: Vec<String> = phrase.iter().flat_map(|word| labels(&word.text)).collect();
        let there = labels(texts.document.source.as_deref().unwrap_or_default());
        return there.windows(wanted.len()).any(|window| *window == wanted);
    }
    found_in(scope, texts, marks, |text| {
        let slots: Vec<_> = phrase.iter().map(|word| places(word, loose, alone, text)).collect();
        let ranges = |words: Found| words.into_iter().map(|word| word.1).collect();
        occurrences(&slots, gap).into_iter().map(ranges).collect()
    })
}

pub fn matches_slots(
    slots: &[Slot<'_>],
    gap: u32,
    scope: Scope,
    texts: &Texts<'_>,
    marks: &mut BTreeSet<(Place, usize, usize)>,
) -> bool {
    found_in(scope, texts, marks, |text| {
        let slots: Vec<_> = slots.iter().map(|slot| slot.places(text)).collect();
        let ranges = |words: Found| words.into_iter().map(|word| word.1).collect();
        occurrences(&slots, gap).into_iter().map(ranges).collect()
    })
}

/// Looks into the fields of a scope; adds what is found to the marks.
pub fn found_in(
    scope: Scope,
    texts: &Texts<'_>,
    marks: &mut BTreeSet<(Place, usize, usize)>,
    stands: impl Fn(&[TextWord]) -> Vec<Vec<Range<usize>>>,
) -> bool {
    let all: [(Place, &[TextWord]); 3] =
        [(Place::Title, &texts.title), (Place::Body, &texts.body), (Place::Body, &texts.noise)];
    let end = if scope.noise { 3 } else { 2 };
    let places = match scope.field {
        None => &all[..end],
        Some(QueryField::Title) => &all[..1],
        Some(QueryField::Body) => &all[1..end],
        Some(field) => panic!("no rule for {field:?}"),
    };
    let mut found = false;
    for (place, text) in places {
        let ranges = stands(text);
        found |= !ranges.is_empty();
        if !scope.negated {
            marks
                .extend(ranges.into_iter().flatten().map(|range| (*place, range.start, range.end)));
        }
    }
    found
}
