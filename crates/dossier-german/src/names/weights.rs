//! The learned weights, as `costs.tsv` has them: in hundredths.

use std::sync::OnceLock;

use super::align::{PLACES, STARTS, Weights};
use super::graphemes::{GRAPHEMES, grapheme};

/// The weights of all steps of an alignment.
pub(super) fn weights() -> &'static Weights<i16> {
    static WEIGHTS: OnceLock<Weights<i16>> = OnceLock::new();
    WEIGHTS.get_or_init(|| parse(include_str!("costs.tsv")))
}

fn parse(table: &str) -> Weights<i16> {
    let mut weights = Weights {
        pair: vec![[0; GRAPHEMES]; GRAPHEMES],
        single: vec![[0; PLACES]; GRAPHEMES],
        pair_at: [[0; 3]; 4],
        swapped: 0,
        start: [0; STARTS],
    };
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let kind = columns.next().unwrap_or_default();
        let mut next_grapheme = || columns.next().and_then(grapheme).map(usize::from);
        let row: &mut [i16] = match kind {
            "pair" => {
                let (Some(a), Some(b)) = (next_grapheme(), next_grapheme()) else { continue };
                let mut value = [0];
                fill(&mut value, columns);
                weights.pair[a][b] = value[0];
                weights.pair[b][a] = value[0];
                continue;
            }
            "single" => match next_grapheme() {
                Some(a) => &mut weights.single[a],
                None => continue,
            },
            "equal" => &mut weights.pair_at[0],
            "vowels" => &mut weights.pair_at[1],
            "consonants" => &mut weights.pair_at[2],
            "mixed" => &mut weights.pair_at[3],
            "swapped" => std::slice::from_mut(&mut weights.swapped),
            "start" => &mut weights.start,
            _ => continue,
        };
        fill(row, columns);
    }
    weights
}

fn fill<'t>(row: &mut [i16], columns: impl Iterator<Item = &'t str>) {
    for (value, text) in row.iter_mut().zip(columns) {
        *value = text.parse().unwrap_or(0);
    }
}
