//! The forms of dates, over tokens.
//!
//! Each function reads what stands at the start of the tokens and tells how many it took.

use super::relative::{Direction, Relative, Weekday};
use super::tokens::Token;
use super::{Expression, NoDate, PartialDate};

type Found = Result<(Expression, usize), NoDate>;

/// A date at the start of the tokens, without a time.
pub(super) fn date(tokens: &[Token]) -> Found {
    if range_length(tokens) > 0 {
        return Err(NoDate::Range);
    }
    let lead = lead(tokens);
    let rest = &tokens[lead..];
    let weekday = weekday_prefix(rest);
    for (start, form) in [(weekday, absolute as fn(&[Token]) -> Found), (0, relative)] {
        match form(&rest[start..]) {
            Ok((expression, used)) => return Ok((expression, lead + start + used)),
            Err(NoDate::Unknown) => {}
            Err(why) => return Err(why),
        }
    }
    Err(NoDate::Unknown)
}

/// The length of a time behind a date: `, 14:33 Uhr`, `um 14.33 Uhr`, `T08:00:00.000+01:00`.
pub(super) fn time(tokens: &[Token]) -> usize {
    let mut at = 0;
    while tokens.get(at).is_some_and(|token| {
        token.is_filler() || matches!(token.word(), Some("um" | "t" | "at" | "gegen" | "ab"))
    }) {
        at += 1;
    }
    let hour = |token: &Token| token.number().is_some_and(|(hour, digits)| hour < 25 && digits < 3);
    if !tokens.get(at).is_some_and(hour) {
        return 0;
    }
    let mut end = at + 1;
    let minutes = |end: usize| {
        tokens.get(end).is_some_and(|mark| (mark.is(':') || mark.is('.')) && mark.is_glued)
            && tokens.get(end + 1).is_some_and(|t| {
                t.is_glued && t.number().is_some_and(|(value, digits)| value < 60 && digits == 2)
            })
    };
    let has_minutes = minutes(end);
    let is_dotted = tokens.get(end).is_some_and(|t| t.is('.'));
    while minutes(end) {
        end += 2;
    }
    // `23.11.2024` is no time but the other end of a range.
    let is_date = is_dotted
        && tokens.get(end).is_some_and(|t| t.is('.'))
        && tokens.get(end + 1).is_some_and(|t| t.is_glued && t.number().is_some());
    if is_date {
        return 0;
    }
    let has_clock = tokens.get(end).is_some_and(|t| matches!(t.word(), Some("uhr" | "h")));
    if !has_minutes && !has_clock {
        return 0;
    }
    end += usize::from(has_clock);
    // Fractions and zones: none of these says another day than the one that is written.
    while let Some(token) = tokens.get(end) {
        let is_zone_word = matches!(
            token.word(),
            Some(
                "z" | "gmt" | "utc" | "mez" | "mesz" | "cet" | "cest" | "am" | "pm" | "est" | "pst"
            )
        );
        let is_sign = (token.is('+') || token.is('-') || token.is('.') || token.is(':'))
            && tokens.get(end + 1).is_some_and(|next| next.is_glued && next.number().is_some());
        if is_zone_word {
            end += 1;
        } else if is_sign {
            end += 2;
        } else {
            break;
        }
    }
    if tokens.get(end).is_some_and(|t| t.is('(')) && tokens.get(end + 2).is_some_and(|t| t.is(')'))
    {
        end += 3;
    }
    end
}

/// Whether what follows a date makes it the start of a range.
pub(super) fn goes_on_as_range(tokens: &[Token]) -> bool {
    let Some(first) = tokens.first() else { return false };
    match first.word() {
        Some("bis" | "until" | "till") => true,
        Some(_) => false,
        None => {
            (first.is('-') || first.is('/'))
                && (tokens.get(1).is_some_and(|next| next.number().is_some())
                    || tokens.get(1..).is_some_and(|rest| month_at(rest).is_some()))
        }
    }
}

/// The tokens of a range at the start; 0 if there is none.
pub(super) fn range_length(tokens: &[Token]) -> usize {
    let number = |at: usize| tokens.get(at).and_then(Token::number);
    let is = |at: usize, mark| tokens.get(at).is_some_and(|token| token.is(mark));
    let joins = |at: usize| {
        is(at, '-')
            || is(at, '/')
            || tokens.get(at).is_some_and(|t| matches!(t.word(), Some("bis" | "und")))
    };
    if tokens
        .first()
        .is_some_and(|t| matches!(t.word(), Some("von" | "vom" | "zwischen" | "from" | "between")))
    {
        let end =
            tokens.iter().position(|t| matches!(t.word(), Some("bis" | "und" | "to" | "and")));
        if let Some(end) = end.filter(|end| (2..12).contains(end)) {
            let has_number = |part: &[Token]| part.iter().take(6).any(|t| t.number().is_some());
            if has_number(&tokens[1..end]) && has_number(&tokens[end..]) {
                return end + 1;
            }
        }
    }
    // 21.-23. November, 21./22.11.2024, 21. bis 23. November
    if number(0).is_some_and(|(_, digits)| digits < 3) {
        let dot = usize::from(is(1, '.'));
        if joins(1 + dot)
            && number(2 + dot).is_some_and(|(_, digits)| digits < 3)
            && is(3 + dot, '.')
        {
            let end = 4 + dot;
            // The month and year of both.
            let month = tokens.get(end..).and_then(month_at).map_or(0, |(_, used)| used);
            let year = tokens.get(end + month..).and_then(year_at).map_or(0, |(_, used)| used);
            return end + month + year;
        }
        // 21.11.-23.11.2024
        let full = is(1, '.') && number(2).is_some() && is(3, '.');
        if full && joins(4) && number(5).is_some() && is(6, '.') {
            return 10.min(tokens.len());
        }
    }
    // 2022/23, 2020-2024; but 2024-11 is a month and 2024-11-21 a day.
    if number(0).is_some_and(|(year, digits)| digits == 4 && (1600..2200).contains(&year))
        && joins(1)
    {
        let is_last = !(is(3, '-') || is(3, '/') || is(3, '.'));
        let (start, _) = number(0).unwrap_or_default();
        return match number(2) {
            Some((end, 4)) if end > start && is_last => 3,
            Some((end, 2)) if is_last && (is(1, '/') || end > 12) && end == (start + 1) % 100 => 3,
            Some((end, 2)) if is_last && end > 12 => 3,
            _ => 0,
        };
    }
    0
}

/// Words before a date that say nothing of it: `am`, `im Jahr`, `Stand:`.
fn lead(tokens: &[Token]) -> usize {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token.word() {
            Some(
                "am" | "vom" | "im" | "in" | "den" | "dem" | "der" | "on" | "stand" | "datum"
                | "date",
            ) => at += 1,
            Some("jahr" | "jahre") if at > 0 => at += 1,
            None if at > 0 && token.is(':') => at += 1,
            None if token.is('(') => at += 1,
            _ => break,
        }
    }
    at
}

/// `Donnerstag, den`, `Do.`, `Thu,`: passed over if a number follows.
fn weekday_prefix(tokens: &[Token]) -> usize {
    if tokens.first().and_then(Token::word).and_then(weekday).is_none() {
        return 0;
    }
    let mut at = 1;
    while tokens.get(at).is_some_and(|t| {
        t.is('.')
            || t.is(',')
            || t.is('-')
            || matches!(t.word(), Some("den" | "dem" | "der" | "the"))
    }) {
        at += 1;
    }
    let goes_on = tokens.get(at).is_some_and(|t| t.number().is_some())
        || tokens.get(at..).is_some_and(|rest| month_at(rest).is_some());
    if goes_on { at } else { 0 }
}

fn absolute(tokens: &[Token]) -> Found {
    let Some(first) = tokens.first() else { return Err(NoDate::Unknown) };
    if let Some((value, digits)) = first.number() {
        return match digits {
            4 => year_first(tokens, value),
            8 => compact(value),
            1 | 2 => day_first(tokens, value),
            _ => Err(NoDate::Unknown),
        };
    }
    if matches!(first.word(), Some("anfang" | "mitte" | "ende" | "early" | "late" | "mid")) {
        let found = absolute(&tokens[1..])?;
        return match found.0 {
            // The beginning of a month is a part of the month, that of a day is nothing.
            Expression::Absolute(date) if date.day.is_none() => Ok((found.0, found.1 + 1)),
            _ => Err(NoDate::Unknown),
        };
    }
    if matches!(
        first.word(),
        Some(
            "frühjahr"
                | "frühling"
                | "sommer"
                | "herbst"
                | "winter"
                | "spring"
                | "summer"
                | "autumn"
        )
    ) {
        let (year, used) = year_at(&tokens[1..]).ok_or(NoDate::Unknown)?;
        return full(PartialDate::year(year), used + 1);
    }
    month_first(tokens)
}

/// `November 2024`, `Nov. 2024`, `November 21, 2024`.
fn month_first(tokens: &[Token]) -> Found {
    let (month, mut at) = month_at(tokens).ok_or(NoDate::Unknown)?;
    let Some((day, 1..=2)) = tokens.get(at).and_then(Token::number) else {
        let (year, used) = year_at(&tokens[at..]).ok_or(NoDate::Unknown)?;
        return full(PartialDate::month(year, month), at + used);
    };
    at += 1;
    at += ordinal(&tokens[at..]);
    at += usize::from(tokens.get(at).is_some_and(|t| t.is(',')));
    let (year, used) =
        year_at(&tokens[at..]).filter(|(_, used)| *used == 1).ok_or(NoDate::Unknown)?;
    full(day_of(year, month, day), at + used)
}

/// `21. November 2024`, `21.11.24`, `21/11/2024`, `21 Nov 2024`.
fn day_first(tokens: &[Token], day: u32) -> Found {
    let is = |at: usize, mark| tokens.get(at).is_some_and(|token| token.is(mark));
    let glued_number = |at: usize| tokens.get(at).and_then(Token::number);
    for mark in ['.', '/', '-'] {
        let (Some((month, 1..=2)), true) = (glued_number(2), is(1, mark) && is(3, mark)) else {
            continue;
        };
        let Some((year, used)) = year_at(&tokens[4..]) else { return Err(NoDate::Unknown) };
        let (mut day, mut month) = (day, month);
        if mark == '/' {
            // Americans put the month first.
            if day <= 12 && month <= 12 && day != month {
                return Err(NoDate::Ambiguous);
            }
            if month > 12 {
                (day, month) = (month, day);
            }
        }
        let month = i8::try_from(month).map_err(|_| NoDate::Impossible)?;
        return full(day_of(year, month, day), 4 + used);
    }
    let mut at = 1;
    at += usize::from(is(at, '.'));
    at += ordinal(&tokens[at..]);
    at += usize::from(tokens.get(at).is_some_and(|t| t.word() == Some("of")));
    at += usize::from(is(at, '-'));
    let (month, used) = tokens.get(at..).and_then(month_at).ok_or(NoDate::Unknown)?;
    at += used;
    at += usize::from(is(at, ',') || is(at, '-'));
    let (year, used) = year_at(&tokens[at..]).ok_or(NoDate::Unknown)?;
    full(day_of(year, month, day), at + used)
}

/// `2024-11-21`, `2024/11/21`, `2024-11`, `2024`.
fn year_first(tokens: &[Token], year: u32) -> Found {
    let year = i16::try_from(year).map_err(|_| NoDate::Impossible)?;
    let joined = |at: usize, mark| {
        let (Some(sign), Some(number)) = (tokens.get(at), tokens.get(at + 1)) else { return None };
        let glued = sign.is(mark) && sign.is_glued && number.is_glued;
        number.number().filter(|(_, digits)| glued && *digits < 3).map(|(value, _)| value)
    };
    for mark in ['-', '/', '.'] {
        let Some(month) = joined(1, mark) else { continue };
        let month = i8::try_from(month).map_err(|_| NoDate::Impossible)?;
        return match joined(3, mark) {
            Some(day) => full(day_of(year, month, day), 5),
            None if mark == '-' => full(PartialDate::month(year, month), 3),
            None => Err(NoDate::Unknown),
        };
    }
    full(PartialDate::year(year), 1)
}

/// `20241121`
fn compact(value: u32) -> Found {
    let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
    let year = i16::try_from(year).map_err(|_| NoDate::Impossible)?;
    full(day_of(year, i8::try_from(month).unwrap_or(0), day), 1)
}

fn day_of(year: i16, month: i8, day: u32) -> Option<PartialDate> {
    PartialDate::day(year, month, i8::try_from(day).ok()?)
}

fn full(date: Option<PartialDate>, used: usize) -> Found {
    date.map(|date| (Expression::Absolute(date), used)).ok_or(NoDate::Impossible)
}

/// A year of four digits, or of two (`24`, `'24`): up to 69 in this century.
fn year_at(tokens: &[Token]) -> Option<(i16, usize)> {
    let quoted = usize::from(tokens.first()?.is('\''));
    let (value, digits) = tokens.get(quoted)?.number()?;
    // `14:33` behind a month is a time.
    if tokens.get(quoted + 1).is_some_and(|t| t.is(':') && t.is_glued) && digits == 2 {
        return None;
    }
    let year = match digits {
        4 => value,
        2 if value < 70 => 2000 + value,
        2 => 1900 + value,
        _ => return None,
    };
    Some((i16::try_from(year).ok()?, quoted + 1))
}

/// `st`, `nd`, `rd`, `th` right behind a number.
fn ordinal(tokens: &[Token]) -> usize {
    tokens.first().map_or(0, |token| {
        usize::from(token.is_glued && matches!(token.word(), Some("st" | "nd" | "rd" | "th")))
    })
}

/// A month's name, with the dot of an abbreviation.
fn month_at(tokens: &[Token]) -> Option<(i8, usize)> {
    let month = month(tokens.first()?.word()?)?;
    let dot = tokens.get(1).is_some_and(|t| t.is('.') && t.is_glued);
    Some((month, 1 + usize::from(dot)))
}

fn month(name: &str) -> Option<i8> {
    Some(match name {
        "januar" | "jänner" | "jaenner" | "jan" | "jän" | "january" => 1,
        "februar" | "feber" | "feb" | "febr" | "february" => 2,
        "märz" | "maerz" | "mär" | "mrz" | "mar" | "march" => 3,
        "april" | "apr" => 4,
        "mai" | "may" => 5,
        "juni" | "juno" | "jun" | "june" => 6,
        "juli" | "jul" | "july" => 7,
        "august" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "oktober" | "okt" | "october" | "oct" => 10,
        "november" | "nov" => 11,
        "dezember" | "dez" | "december" | "dec" => 12,
        _ => return None,
    })
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "montag" | "mo" | "monday" | "mon" => Weekday::Monday,
        "dienstag" | "di" | "tuesday" | "tue" | "tues" => Weekday::Tuesday,
        "mittwoch" | "mi" | "wednesday" | "wed" => Weekday::Wednesday,
        "donnerstag" | "do" | "thursday" | "thu" | "thur" | "thurs" => Weekday::Thursday,
        "freitag" | "fr" | "friday" | "fri" => Weekday::Friday,
        "samstag" | "sonnabend" | "sa" | "saturday" | "sat" => Weekday::Saturday,
        "sonntag" | "so" | "sunday" | "sun" => Weekday::Sunday,
        _ => return None,
    })
}

fn relative(tokens: &[Token]) -> Found {
    let word = |at: usize| tokens.get(at).and_then(Token::word).unwrap_or_default();
    let found = |relative, used| Ok((Expression::Relative(relative), used));
    let day = match word(0) {
        "heute" | "today" => Some(0),
        "gestern" | "yesterday" => Some(-1),
        "vorgestern" => Some(-2),
        "morgen" | "tomorrow" => Some(1),
        "übermorgen" => Some(2),
        _ => None,
    };
    if let Some(days) = day {
        return found(Relative::Days(days), 1);
    }
    if word(0) == "vor"
        && let Some(count) = count(tokens.get(1))
    {
        return ago(count, word(2)).map_or(Err(NoDate::Unknown), |relative| found(relative, 3));
    }
    if word(2) == "ago"
        && let Some(count) = count(tokens.first())
    {
        return ago(count, word(1)).map_or(Err(NoDate::Unknown), |relative| found(relative, 3));
    }
    let direction = direction(word(0));
    let at = usize::from(direction.is_some());
    let (name, direction) = (word(at), direction.unwrap_or(Direction::Latest));
    let units = match direction {
        Direction::Latest => 0,
        Direction::Before => -1,
        Direction::After => 1,
    };
    match name {
        // A week is a range of days.
        "woche" | "week" if at > 0 => Err(NoDate::Range),
        "monat" | "month" if at > 0 => found(Relative::Months(units), at + 1),
        "jahr" | "jahres" | "year" if at > 0 => found(Relative::Years(units), at + 1),
        _ => {
            // Two letters say a day of the week only where a date follows.
            if let Some(weekday) = weekday(name).filter(|_| name.len() > 3) {
                return found(Relative::Weekday(weekday, direction), at + 1);
            }
            match month(name).filter(|_| name.len() > 3 || name == "mai") {
                Some(month) => found(Relative::Month(month, direction), at + 1),
                None => Err(NoDate::Unknown),
            }
        }
    }
}

fn direction(word: &str) -> Option<Direction> {
    let stem = word.trim_end_matches(['n', 'r', 's', 'm']);
    Some(match stem {
        "letzte" | "vergangene" | "vorige" | "last" | "la" | "previou" => Direction::Before,
        "kommende" | "nächste" | "next" => Direction::After,
        "diese" | "thi" => Direction::Latest,
        _ => return None,
    })
}

fn count(token: Option<&Token>) -> Option<i32> {
    let token = token?;
    if let Some((value, 1..=4)) = token.number() {
        return i32::try_from(value).ok();
    }
    const WORDS: [&str; 12] = [
        "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf",
        "zwölf",
    ];
    let word = token.word()?;
    if matches!(word, "einem" | "einer" | "a" | "one") {
        return Some(1);
    }
    WORDS.iter().position(|known| *known == word).and_then(|at| i32::try_from(at + 1).ok())
}

fn ago(count: i32, unit: &str) -> Option<Relative> {
    Some(match unit {
        "tag" | "tagen" | "day" | "days" => Relative::Days(-count),
        "woche" | "wochen" | "week" | "weeks" => Relative::Days(-7 * count),
        "monat" | "monaten" | "month" | "months" => Relative::Months(-count),
        "jahr" | "jahren" | "year" | "years" => Relative::Years(-count),
        _ => return None,
    })
}
