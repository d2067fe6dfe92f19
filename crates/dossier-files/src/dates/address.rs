//! The date in the address of an article.

use super::{PartialDate, Precision};

/// The date in an address (or path): `/2024/11/21/`, `/2024-11-21-`, `-20241121-`, `/21.11.2024/`,
/// `/2024/11/` (a month).
///
/// The host is not looked at, nor what stands behind `?` or `#`. Numbers that are no day are
/// passed over, and an address with two different days has no date. A year alone is none: it may
/// be the number of an article or of what it is about.
///
/// ```
/// use dossier_files::dates::{PartialDate, in_address};
/// let date = in_address("https://example.org/politik/2024/11/21/kim-empfaengt-minister.html");
/// assert_eq!(date, PartialDate::day(2024, 11, 21));
/// ```
pub fn in_address(address: &str) -> Option<PartialDate> {
    let path = match address.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?.1,
        None => address,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let numbers = numbers(path);
    let mut found: Option<PartialDate> = None;
    for at in 0..numbers.len() {
        let Some(date) = day_at(&numbers[at..]) else { continue };
        if found.is_some_and(|found| found != date) {
            return None;
        }
        found = Some(date);
    }
    found.or_else(|| (0..numbers.len()).find_map(|at| month_at(path, &numbers[at..])))
}

/// A number in an address, and the marks around it.
struct Number<'a> {
    digits: &'a str,
    start: usize,
    /// What stands before and behind it; the ends of the address count as slashes.
    before: char,
    behind: char,
}

fn numbers(path: &str) -> Vec<Number<'_>> {
    let mut numbers = Vec::new();
    let mut at = 0;
    while let Some(found) = path[at..].find(|char: char| char.is_ascii_digit()) {
        let start = at + found;
        let rest = &path[start..];
        let length = rest.find(|char: char| !char.is_ascii_digit()).unwrap_or(rest.len());
        numbers.push(Number {
            digits: &rest[..length],
            start,
            before: path[..start].chars().next_back().unwrap_or('/'),
            behind: rest[length..].chars().next().unwrap_or('/'),
        });
        at = start + length;
        // An address is short; a text that is none must not take long.
        if numbers.len() == 64 {
            break;
        }
    }
    numbers
}

fn day_at(numbers: &[Number<'_>]) -> Option<PartialDate> {
    let first = numbers.first()?;
    if is_boundary(first.before) && is_boundary(first.behind) && first.digits.len() == 8 {
        let digits = first.digits;
        return date(&digits[..4], &digits[4..6], &digits[6..]);
    }
    let [first, second, third, ..] = numbers else { return None };
    let is_joined = first.behind == second.before
        && second.behind == third.before
        && first.behind == second.behind
        && second.start == first.start + first.digits.len() + 1
        && third.start == second.start + second.digits.len() + 1;
    let has_ends = is_boundary(first.before) && is_boundary(third.behind);
    if !is_joined || !has_ends {
        return None;
    }
    match (first.digits.len(), second.digits.len(), third.digits.len(), first.behind) {
        (4, 1..=2, 1..=2, '/' | '-' | '_' | '.') => date(first.digits, second.digits, third.digits),
        (1..=2, 1..=2, 4, '.' | '-' | '_') => date(third.digits, second.digits, first.digits),
        _ => None,
    }
}

/// `/2024/11/` as blogs have it.
fn month_at(path: &str, numbers: &[Number<'_>]) -> Option<PartialDate> {
    let [year, month, ..] = numbers else { return None };
    let is_month = (year.before, year.behind, month.behind) == ('/', '/', '/')
        && year.digits.len() == 4
        && month.digits.len() == 2
        && month.start == year.start + 5;
    // A page is named behind it: `/2024/11/` alone lists a month.
    let has_page = is_month && path[month.start + 2..].len() > 1;
    let date = PartialDate::month(year.digits.parse().ok()?, month.digits.parse().ok()?);
    date.filter(|date| has_page && is_recent(*date))
}

fn is_boundary(char: char) -> bool {
    !char.is_alphanumeric()
}

fn date(year: &str, month: &str, day: &str) -> Option<PartialDate> {
    let date = PartialDate::day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    (is_recent(date) && date.precision() == Precision::Day).then_some(date)
}

/// Articles have addresses since 1990; earlier numbers are about something else.
fn is_recent(date: PartialDate) -> bool {
    (1990..2100).contains(&date.year)
}
