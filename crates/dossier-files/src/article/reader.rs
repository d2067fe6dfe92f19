//! Reads the lines of an article from both ends, and marks what the rules name.

use std::ops::Range;

use super::credits::{self, Credit};
use super::headline;
use super::lines::{Line, end_of, normal, sentence_end};
use super::metadata::{self, Origin};
use super::people;
use super::rules::{self, Place};
use super::words;
use super::{Noise, NoiseKind, Parts};
use crate::source;

/// So many lines at each end may be something else than running text. Menus are long.
const EDGE_LINES: usize = 120;

/// Hints at other articles at the end of running text, in bytes from its end.
const TAIL_BYTES: usize = 800;

/// A heading of a list of other articles is believed if no line behind it is longer.
const LISTED_BYTES: usize = 160;

pub(super) fn read(text: &str, lines: &[Line<'_>]) -> Parts {
    let mut reader =
        Reader { text, lines, kinds: vec![None; lines.len()], parts: Parts::default() };
    let head = reader.head_length();
    let tail = reader.tail_start(head);
    reader.everywhere(head, tail);
    reader.head(head);
    if head < lines.len() {
        reader.first_prose(head);
        reader.tail(tail);
        reader.tail_sentences(tail);
    }
    reader.finish()
}

struct Reader<'t> {
    text: &'t str,
    lines: &'t [Line<'t>],
    /// What each line is, if it is noise as a whole.
    kinds: Vec<Option<NoiseKind>>,
    parts: Parts,
}

impl Reader<'_> {
    /// The index of the first line of running text; the number of lines if there is none.
    fn head_length(&self) -> usize {
        let is_prose =
            |line: &Line<'_>| line.is_prose && rules::kind_of(line.text, Place::Head).is_none();
        let found = self.lines.iter().take(EDGE_LINES).position(is_prose);
        found.unwrap_or_else(|| {
            // Many lines without prose are no head but a list.
            if self.lines.iter().any(|line| line.is_prose) { 0 } else { self.lines.len() }
        })
    }

    /// The index of the first line behind the last one of running text.
    fn tail_start(&self, head: usize) -> usize {
        let is_prose =
            |line: &Line<'_>| line.is_prose && rules::kind_of(line.text, Place::Tail).is_none();
        let last = self.lines.iter().rev().take(EDGE_LINES).position(is_prose);
        match last {
            Some(behind) => self.lines.len() - behind,
            None if head < self.lines.len() => self.lines.len(),
            None => self.lines.len(),
        }
    }

    /// Rules that hold for any line, and photo credits at the ends of lines.
    fn everywhere(&mut self, head: usize, tail: usize) {
        for index in 0..self.lines.len() {
            let line = &self.lines[index];
            let is_edge = index < head && head < self.lines.len() || index >= tail;
            // A long line of running text starts with none of the marks that these rules know.
            if !is_edge && line.text.len() < 300 {
                self.kinds[index] = rules::kind_of(line.text, Place::Anywhere);
            }
            // Behind the running text, `© dpa` is about all of it.
            let is_closing = index >= tail && credits::closing_line(line.text).is_some();
            if self.kinds[index].is_none() && !is_closing {
                self.photo(index);
            }
        }
    }

    fn photo(&mut self, index: usize) {
        let line = &self.lines[index];
        if let Some((range, credit)) = credits::photo(line.text) {
            let start = line.range.start;
            self.mark(start + range.start..start + range.end, NoiseKind::Credit);
            self.credit(credit);
        }
    }

    fn credit(&mut self, credit: Credit) {
        for name in credit.agencies {
            if !self.parts.agencies.contains(&name) {
                self.parts.agencies.push(name);
            }
        }
        if let Some(name) = credit.photo.filter(|name| !self.parts.photo_credits.contains(name)) {
            self.parts.photo_credits.push(name);
        }
        self.parts.author = self.parts.author.take().or(credit.author);
    }

    /// The lines before the running text: the headline, and what stands around it.
    fn head(&mut self, head: usize) {
        let has_prose = head < self.lines.len();
        if has_prose {
            for index in 0..head {
                self.head_line(index);
            }
        }
        // Without running text only the very first lines can hold a headline.
        let until = if has_prose { head } else { self.lines.len() };
        let candidates = &self.lines[..(until + 1).min(self.lines.len())];
        let found = headline::headline(candidates, |index| self.kinds[index].is_some());
        let Some(found) = found.filter(|found| *found < until) else { return };
        let (found, twins) = if has_prose {
            headline::with_twins(&self.lines[..head], found)
        } else {
            (found, Vec::new())
        };
        self.kinds[found] = None;
        self.parts.headline = Some(self.lines[found].range.clone());
        for twin in twins {
            self.kinds[twin] = Some(NoiseKind::Twin);
        }
    }

    fn head_line(&mut self, index: usize) {
        let line = &self.lines[index];
        if line.is_prose && rules::kind_of(line.text, Place::Head).is_none() {
            return;
        }
        let kind = if let Some((date, author)) = metadata::date_line(line.text) {
            self.parts.date = self.parts.date.or(Some(date));
            self.parts.author = self.parts.author.take().or(author);
            Some(NoiseKind::Date)
        } else if index > 0 && self.byline(index) {
            Some(NoiseKind::Credit)
        } else if let Some(kind) = self.origin(index) {
            Some(kind)
        } else {
            rules::kind_of(line.text, Place::Head)
        };
        self.kinds[index] = kind;
    }

    /// Takes the author, or the agencies, of a line like `Von Max Mustermann`.
    fn byline(&mut self, index: usize) -> bool {
        let line = self.lines[index].text;
        if let Some(author) = people::byline(line) {
            self.parts.author = self.parts.author.take().or(Some(author));
            self.parts.date =
                self.parts.date.or_else(|| crate::dates::find(line).map(|(_, date)| date));
            return true;
        }
        let agencies =
            ["Von ", "Von der ", "Quelle: "].iter().find_map(|label| line.strip_prefix(label));
        let credit = credits::agency_list(agencies.unwrap_or(line));
        if let Some(credit) = credit.filter(|_| line.len() < 60) {
            self.credit(credit);
            return true;
        }
        false
    }

    /// Takes where the text is from out of a line like `Quelle: https://…`.
    fn origin(&mut self, index: usize) -> Option<NoiseKind> {
        let kind = match metadata::origin(self.lines[index].text)? {
            Origin::Address(address) => {
                if self.parts.source.is_none() {
                    self.parts.source = source::of_host_or_address(&address);
                    self.parts.address = address.contains('/').then_some(address);
                }
                NoiseKind::Source
            }
            Origin::Outlet(name) => {
                self.parts.source = self.parts.source.take().or(Some(name));
                NoiseKind::Source
            }
            Origin::Photo(name) => {
                self.credit(Credit { photo: Some(name), ..Credit::default() });
                NoiseKind::Credit
            }
        };
        // `Quelle: ntv.de, mau/dpa` names the agency behind the outlet.
        if let Some((_, rest)) = self.lines[index].text.split_once(", ")
            && let Some(credit) = credits::agency_list(rest)
        {
            self.credit(credit);
        }
        Some(kind)
    }

    fn first_prose(&mut self, index: usize) {
        let line = self.lines[index].text;
        if let Some(credit) = credits::at_start_of_prose(line) {
            self.credit(credit);
        }
        self.parts.date = self.parts.date.or_else(|| metadata::dateline(line));
    }

    /// The lines behind the running text.
    fn tail(&mut self, tail: usize) {
        for index in tail..self.lines.len() {
            if self.is_marked(index) {
                continue;
            }
            let line = &self.lines[index];
            let kind = if let Some(credit) = credits::closing_line(line.text) {
                self.credit(credit);
                Some(NoiseKind::Credit)
            } else if let Some(kind) = self.origin(index) {
                Some(kind)
            } else if let Some((date, author)) = metadata::date_line(line.text) {
                self.parts.date = self.parts.date.or(Some(date));
                self.parts.author = self.parts.author.take().or(author);
                Some(NoiseKind::Date)
            } else if people::byline(line.text).is_some() && self.byline(index) {
                Some(NoiseKind::Credit)
            } else {
                rules::kind_of(line.text, Place::Tail)
            };
            self.kinds[index] = kind;
        }
        self.listed(tail);
    }

    /// Titles of other articles below a heading like `Mehr zum Thema`.
    fn listed(&mut self, tail: usize) {
        let is_heading = |line: &str| {
            let normal = normal(line);
            words::MORE_HEADINGS.contains(&normal.trim_end_matches([':', ' ']))
        };
        let Some(heading) =
            (tail..self.lines.len()).find(|index| is_heading(self.lines[*index].text))
        else {
            return;
        };
        for index in heading + 1..self.lines.len() {
            let line = self.lines[index].text;
            let is_title = line.len() < LISTED_BYTES && !line.ends_with(['.', ',', ';']);
            if self.kinds[index].is_none() && !self.is_marked(index) && is_title {
                self.kinds[index] = Some(NoiseKind::More);
            }
        }
    }

    /// Credits and hints at other articles at the end of the last lines of running text.
    fn tail_sentences(&mut self, tail: usize) {
        for index in tail.saturating_sub(2)..tail {
            let line = &self.lines[index];
            let end = self.hints(line);
            let before = line.text[..end - line.range.start].trim_end();
            if let Some((range, credit)) = credits::at_end_of_prose(before) {
                self.credit(credit);
                let start = line.range.start;
                self.mark(start + range.start..start + range.end, NoiseKind::Credit);
            }
        }
    }

    /// Marks the sentences like `Mehr zum Thema – …` at the end of a line; where they start.
    fn hints(&mut self, line: &Line<'_>) -> usize {
        let tail = end_of(line.text, TAIL_BYTES);
        let offset = line.range.end - tail.len();
        let mut first = line.range.end;
        let mut at = 0;
        while let Some(end) = sentence_end(tail, at) {
            let start = end + (tail[end..].len() - tail[end..].trim_start().len());
            let sentence = &tail[start..sentence_end(tail, start).unwrap_or(tail.len())];
            let lower = sentence.to_lowercase();
            let is_hint = words::MORE_LABELS
                .iter()
                .any(|label| lower.strip_prefix(label).is_some_and(rules::is_label_mark));
            if is_hint {
                self.mark(
                    offset + start..offset + start + sentence.trim_end().len(),
                    NoiseKind::More,
                );
                first = first.min(offset + start);
            }
            at = end.max(start);
        }
        first
    }

    fn is_marked(&self, index: usize) -> bool {
        let range = &self.lines[index].range;
        self.parts.noise.iter().any(|noise| noise.range == *range)
    }

    fn mark(&mut self, range: Range<usize>, kind: NoiseKind) {
        debug_assert!(self.text.get(range.clone()).is_some());
        self.parts.noise.push(Noise { range, kind });
    }

    /// All ranges in order, none in another nor in the headline.
    fn finish(mut self) -> Parts {
        for (line, kind) in self.lines.iter().zip(&self.kinds) {
            if let Some(kind) = kind {
                self.parts.noise.push(Noise { range: line.range.clone(), kind: *kind });
            }
        }
        let headline = self.parts.headline.clone();
        let mut noise = std::mem::take(&mut self.parts.noise);
        noise.retain(|noise| {
            headline.as_ref().is_none_or(|headline| {
                noise.range.end <= headline.start || noise.range.start >= headline.end
            })
        });
        // The longer of two that start together is kept.
        noise.sort_by_key(|noise| (noise.range.start, std::cmp::Reverse(noise.range.end)));
        let mut end = 0;
        noise.retain(|noise| {
            let is_kept = noise.range.start >= end;
            end = end.max(noise.range.end);
            is_kept
        });
        self.parts.noise = noise;
        self.parts
    }
}
