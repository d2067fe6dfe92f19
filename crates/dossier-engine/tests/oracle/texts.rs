//! A document as the oracle reads it: its words in order, noise apart.

use std::ops::Range;

use dossier_engine::Document;
use dossier_german::{exact, fold, forms, words};

/// A word of a text: every hyphenated word stands there whole and in parts.
pub struct TextWord {
    pub folded: String,
    pub exact: String,
    pub stem: String,
    /// The stems of the parts of a compound, with their bytes in the text.
    pub parts: Vec<(String, Range<usize>)>,
    pub range: Range<usize>,
    pub position: u32,
}

pub struct Texts<'d> {
    pub document: &'d Document,
    pub title: Vec<TextWord>,
    pub body: Vec<TextWord>,
    /// Words of the body that are noise; they are not in `body`.
    pub noise: Vec<TextWord>,
}

impl Texts<'_> {
    pub fn of(document: &Document) -> Texts<'_> {
        let analyse = |text: &str| {
            let word = |word: dossier_german::Word<'_>| {
                let forms = forms(&word.text);
                let start = word.range.start;
                let part = |part: dossier_german::Part| {
                    (part.stem.into(), start + part.range.start..start + part.range.end)
                };
                TextWord {
                    folded: fold(&word.text),
                    exact: exact(&word.text),
                    stem: forms.stem.into(),
                    parts: forms.parts.into_iter().map(part).collect(),
                    range: word.range,
                    position: word.position,
                }
            };
            words(text).map(word).collect::<Vec<_>>()
        };
        let in_noise =
            |word: &TextWord| document.noise.iter().any(|noise| noise.contains(&word.range.start));
        let (noise, body) = analyse(&document.body).into_iter().partition(in_noise);
        Texts { document, title: analyse(&document.title), body, noise }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Place {
    Title,
    Body,
}
