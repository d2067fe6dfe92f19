//! Other spellings of a typed name, among the words of the index.

use dossier_german::{Forms, NameKey, TypedName, fold};

use super::{Expander, Found};
use crate::automata::{Near, NearKey};
use crate::dictionary::for_each_near_key;
use crate::results::MatchKind;

/// Spellings of a name at most.
const MOST_SPELLINGS: usize = 32;

impl Expander<'_> {
    /// Other spellings of the same name, the likeliest first.
    pub(super) fn names(
        &self,
        typed: &str,
        forms: &Forms,
        found: &mut Found,
    ) -> tantivy::Result<()> {
        let Some(name) = TypedName::new(typed, forms) else { return Ok(()) };
        let mut same: Vec<(f32, String)> = self
            .under_keys(&name)?
            .iter()
            .filter_map(|spelling| Some((name.weight(spelling)?, fold(spelling))))
            .filter(|(_, folded)| **folded != *forms.folded)
            .collect();
        same.sort_by(|(a, a_folded), (b, b_folded)| b.total_cmp(a).then(a_folded.cmp(b_folded)));
        same.truncate(MOST_SPELLINGS);
        for (likely, folded) in same {
            if !found.numbers.contains_key(&*folded) {
                let number = found.number(&folded, MatchKind::Name, 0);
                let before = found.legs.len();
                self.look_up(&folded, number, found)?;
                for (_, _, leg) in &mut found.legs[before..] {
                    leg.weight *= likely;
                }
            }
        }
        Ok(())
    }

    /// Every spelling in the index that is kept under a key of the name, or one near it.
    fn under_keys(&self, name: &TypedName) -> tantivy::Result<Vec<Box<str>>> {
        let mut spellings: Vec<Box<str>> = Vec::new();
        for key in name.keys() {
            let text = key.to_string();
            let near = NearKey(Near::new(&text, u8::from(name.reaches(*key, NameKey::MOST))));
            for segment in self.searcher.segments() {
                for_each_near_key(&segment.names, &near, |other, spelling| {
                    if other == text || name.reaches(*key, other.len()) {
                        spellings.push(spelling.into());
                    }
                })?;
            }
        }
        spellings.sort_unstable();
        spellings.dedup();
        Ok(spellings)
    }
}
