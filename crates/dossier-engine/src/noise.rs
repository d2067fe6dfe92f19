//! Noise: what stands in a text but is no part of it, as menus and comment forms do around an article.
//!
//! A text is kept with its noise behind it, as `text␟12-34,56-78␟`, and the positions of words are
//! those of the whole text, whoever reads it. A text without noise is kept as it is, but for one that
//! ends with the mark itself.

use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;

use crate::document::Document;
use crate::language;
use crate::schema::SEPARATOR;

/// A text, what of it is noise, and how its words are read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'t> {
    pub text: &'t str,
    /// Byte ranges, ascending and apart.
    pub noise: &'t [Range<usize>],
    /// Whether its words have no German stems and parts, as it is in another language.
    pub plain: bool,
}

impl<'t> Text<'t> {
    /// The title of a document that was read from the index: its language is known.
    pub fn title(document: &'t Document) -> Text<'t> {
        Text { text: &document.title, noise: &[], plain: language::is_foreign(document) }
    }

    /// Its body.
    pub fn body(document: &'t Document) -> Text<'t> {
        let Document { body, noise, .. } = document;
        Text { text: body, noise, plain: language::is_foreign(document) }
    }

    /// The same with its noise as text.
    pub fn with_noise(self) -> Text<'t> {
        Text { noise: &[], ..self }
    }

    /// The parts of a range that are no noise, in order.
    pub fn outside(self, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let behind = self.noise.partition_point(|noise| noise.end <= range.start);
        let cuts = self.noise[behind..].iter().take_while(move |noise| noise.start < range.end);
        let ends = cuts.clone().map(|noise| noise.start).chain([range.end]);
        let starts = [range.start].into_iter().chain(cuts.map(|noise| noise.end));
        starts.zip(ends).map(|(start, end)| start..end).filter(|part| part.start < part.end)
    }

    /// The range between noise that a range lies in; of one with noise in it, up to the noise on
    /// both sides.
    pub fn stretch_around(self, range: &Range<usize>) -> Range<usize> {
        let before = self.noise.partition_point(|noise| noise.end <= range.start);
        let start = before.checked_sub(1).map_or(0, |last| self.noise[last].end);
        let behind = self.noise.partition_point(|noise| noise.start < range.end);
        let end = self.noise.get(behind).map_or(self.text.len(), |noise| noise.start);
        start..end.max(range.end)
    }

    /// The first parts that are no noise, until there are so many bytes; cut between characters.
    pub fn beginning(self, bytes: usize) -> Cow<'t, str> {
        if self.noise.is_empty() {
            return Cow::Borrowed(until(self.text, bytes));
        }
        let mut beginning = String::new();
        for part in self.outside(0..self.text.len()) {
            let part = &self.text[part];
            let taken = until(part, bytes - beginning.len());
            beginning.push_str(taken);
            if taken.len() < part.len() {
                break;
            }
        }
        Cow::Owned(beginning)
    }
}

/// The beginning of a text, at most so many bytes.
fn until(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

/// Whether a byte is within noise.
pub(crate) fn is_noise(noise: &[Range<usize>], at: usize) -> bool {
    let next = noise.partition_point(|noise| noise.end <= at);
    noise.get(next).is_some_and(|noise| noise.start <= at)
}

/// Whether ranges are ascending and apart, and of characters of a text.
pub(crate) fn is_valid(text: &str, noise: &[Range<usize>]) -> bool {
    let fits = |range: &Range<usize>| text.get(range.clone()).is_some();
    noise.iter().all(fits) && noise.windows(2).all(|pair| pair[0].end <= pair[1].start)
}

/// Puts noise behind its text.
pub(crate) fn pack(text: &mut String, noise: &[Range<usize>]) {
    if noise.is_empty() && !text.ends_with(SEPARATOR) {
        return;
    }
    text.push(SEPARATOR);
    for (number, Range { start, end }) in noise.iter().enumerate() {
        let comma = if number > 0 { "," } else { "" };
        // Writing to a string cannot fail.
        let _ = write!(text, "{comma}{start}-{end}");
    }
    text.push(SEPARATOR);
}

/// A packed text, and what stands behind it, if anything does.
fn split(packed: &str) -> Option<(&str, &str)> {
    packed.strip_suffix(SEPARATOR).and_then(|rest| rest.rsplit_once(SEPARATOR))
}

/// A text and its noise, as they were packed.
pub(crate) fn unpack(packed: &str) -> (&str, Vec<Range<usize>>) {
    let Some((text, numbers)) = split(packed) else { return (packed, Vec::new()) };
    let range = |pair: &str| {
        let (start, end) = pair.split_once('-')?;
        Some(start.parse().ok()?..end.parse().ok()?)
    };
    let noise = numbers.split(',').filter(|pair| !pair.is_empty()).map(range);
    // Only a damaged index holds anything else; whatever it says must not lead out of the text.
    let noise = noise.collect::<Option<Vec<_>>>().filter(|noise| is_valid(text, noise));
    (text, noise.unwrap_or_default())
}

#[cfg(test)]
// A list of one range is meant as one.
#[allow(clippy::single_range_in_vec_init)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_out_as_they_were_put() {
        for (text, noise) in [
            ("Kim", &[][..]),
            ("", &[]),
            ("Menü\nKim", &[0..5]),
            ("a b c", &[0..1, 1..2, 4..5]),
            ("\u{1f}", &[]),
            ("a\u{1f}0-1\u{1f}", &[]),
            ("a\u{1f}0-1\u{1f}", &[2..3]),
        ] {
            let mut packed = text.to_owned();
            pack(&mut packed, noise);
            assert_eq!(unpack(&packed), (text, noise.to_vec()), "{packed:?}");
        }
    }

    #[test]
    fn what_is_damaged_is_no_noise() {
        for packed in ["a\u{1f}0-9\u{1f}", "ä\u{1f}0-1\u{1f}", "ab\u{1f}1-2,0-1\u{1f}"] {
            assert!(unpack(packed).1.is_empty(), "{packed:?}");
        }
        assert_eq!(unpack("a\u{1f}x\u{1f}"), ("a", Vec::new()));
    }

    #[test]
    fn stretches_lie_between_noise() {
        let text = Text { text: "0123456789", noise: &[2..3, 5..7, 7..8], plain: false };
        let outside = |range| text.outside(range).collect::<Vec<_>>();
        assert_eq!(outside(0..10), [0..2, 3..5, 8..10]);
        assert_eq!(outside(2..6), [3..5]);
        assert!(outside(5..8).is_empty());
        assert_eq!(text.stretch_around(&(3..4)), 3..5);
        assert_eq!(text.stretch_around(&(1..4)), 0..5);
        assert_eq!(text.stretch_around(&(8..9)), 8..10);
        assert_eq!(text.beginning(4), "0134");
        assert_eq!(
            [1, 2, 4, 5, 7, 8].map(|at| is_noise(text.noise, at)),
            [false, true, false, true, true, false]
        );
    }
}
