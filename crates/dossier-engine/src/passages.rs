//! Passages of a text: where they begin and end for a reader, and what noise within them becomes.

use std::ops::Range;

use crate::noise::Text;
use crate::results::Fragment;
use crate::sentences::sentence_around;

/// Characters of the text shown in place of a missing title.
const FIRST_WORDS: usize = 80;

/// What stands in place of noise within a passage.
const LEFT_OUT: &str = " … ";

/// The parts of a range that are no noise and not blank, in order.
pub(crate) fn written(text: Text<'_>, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    text.outside(range).filter(move |part| !text.text[part.clone()].trim().is_empty())
}

/// A passage without its noise, with what is marked in it; none if nothing is left. Marks are
/// ascending and apart, in bytes of the text.
pub(crate) fn fragment(
    body: Text<'_>,
    passage: Range<usize>,
    marks: Vec<Range<usize>>,
) -> Option<Fragment> {
    let mut fragment = Fragment::default();
    let mut end = passage.start;
    for part in written(body, passage.clone()) {
        // Beside noise there are blanks and line ends that belong to it.
        let kept = trimmed(body.text, part.clone());
        let start = if part.start == passage.start { part.start } else { kept.start };
        end = if part.end == passage.end { part.end } else { kept.end };
        if fragment.text.is_empty() {
            fragment.start = start;
        } else {
            fragment.text.push_str(LEFT_OUT);
        }
        let shift = fragment.text.len();
        let inside = marks.iter().filter(|mark| start <= mark.start && mark.end <= end);
        let shifted = inside.map(|mark| mark.start - start + shift..mark.end - start + shift);
        fragment.marks.extend(shifted);
        fragment.text.push_str(&body.text[start..end]);
    }
    if fragment.text.is_empty() {
        return None;
    }
    let is_blank = |range| written(body, range).next().is_none();
    fragment.whole = (is_blank(0..fragment.start), is_blank(end..body.text.len()));
    Some(fragment)
}

/// A range without the blanks at its ends.
pub(crate) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let kept = text[range].trim();
    let start = kept.as_ptr() as usize - text.as_ptr() as usize;
    start..start + kept.len()
}

/// A passage around what matches, that runs into no noise; as [`widened_within`] does.
pub(crate) fn widened(body: Text<'_>, core: Range<usize>, chars: usize) -> Range<usize> {
    if body.noise.is_empty() {
        return widened_within(body.text, core, chars);
    }
    let mut stretch = body.stretch_around(&core);
    if stretch.start > 0 {
        // What follows a place or an agency: `(dpa) – Der Minister`.
        let is_seam = |c: char| c.is_whitespace() || ",;.:|·-–—".contains(c);
        let before = &body.text[stretch.start..core.start];
        stretch.start = core.start - before.trim_start_matches(is_seam).len();
    }
    let within = core.start - stretch.start..core.end - stretch.start;
    let passage = widened_within(&body.text[stretch.clone()], within, chars);
    stretch.start + passage.start..stretch.start + passage.end
}

/// A passage around what matches: its sentence if that is short enough, more of the text if that
/// leaves room, else cut between words.
fn widened_within(body: &str, core: Range<usize>, chars: usize) -> Range<usize> {
    let mut passage = sentence_around(body, core.clone());
    // Whole sentences behind, as long as they fit.
    loop {
        let from = passage.end + body[passage.end..].len() - body[passage.end..].trim_start().len();
        if from >= body.len() {
            break;
        }
        let next = sentence_around(body, from..from);
        if next.end <= passage.end || longer(&body[passage.start..next.end], chars) {
            break;
        }
        passage.end = next.end;
    }
    let most = chars.saturating_add(chars / 2);
    if !longer(&body[passage.clone()], most) {
        return passage;
    }
    // A long sentence: room on both sides of what matches, more of it behind.
    let room = chars.saturating_sub(body[core.clone()].chars().count());
    let before = &body[passage.start..core.start];
    let start = match before.char_indices().rev().nth(room / 3) {
        Some((at, _)) => match before[at..].find(char::is_whitespace) {
            Some(blank) => passage.start + at + blank + 1,
            None => core.start,
        },
        None => passage.start,
    };
    // Behind a blank of several bytes a character may begin later.
    let start = (start..=core.start).find(|&at| body.is_char_boundary(at)).unwrap_or(core.start);
    let taken = body[start..core.start].chars().count();
    let behind = &body[core.end..passage.end];
    let end = match behind.char_indices().nth(room.saturating_sub(taken)) {
        Some((at, _)) => core.end + behind[..at].rfind(char::is_whitespace).unwrap_or(0),
        None => passage.end,
    };
    start..end.max(core.end)
}

fn longer(text: &str, chars: usize) -> bool {
    text.chars().nth(chars).is_some()
}

/// The beginning of a text on one line, cut between words; without noise.
pub(crate) fn first_words(body: Text<'_>) -> String {
    let body = body.beginning(FIRST_WORDS * 16);
    let mut found = String::new();
    let mut chars = 0;
    // A text without blanks is cut anywhere.
    let head = &body[..body.char_indices().nth(FIRST_WORDS * 4).map_or(body.len(), |(at, _)| at)];
    for word in head.split_whitespace() {
        let more = word.chars().count().min(FIRST_WORDS) + usize::from(chars > 0);
        if chars > 0 && chars + more > FIRST_WORDS {
            break;
        }
        if chars > 0 {
            found.push(' ');
        }
        found.extend(word.chars().take(FIRST_WORDS));
        chars += more;
    }
    found
}
