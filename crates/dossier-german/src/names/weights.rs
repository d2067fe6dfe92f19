//! The learned weights, as `costs.tsv` has them: in hundredths.

use std::sync::OnceLock;

use super::align::{PAIR_PLACES, PLACES, STARTS, Weights};
use super::graphemes::{GRAPHEMES, SORTS, grapheme, sort_named, sort_of};

/// The weights of all steps of an alignment.
pub(super) fn weights() -> &'static Weights<i16> {
    static WEIGHTS: OnceLock<Weights<i16>> = OnceLock::new();
    WEIGHTS.get_or_init(|| Table::read(include_str!("costs.tsv")).weights())
}

/// What is said of sorts of graphemes, and of single ones on top of it.
struct Table {
    sorts: [[[i16; PAIR_PLACES]; SORTS]; SORTS],
    equal: [i16; PAIR_PLACES],
    pair: Vec<[i16; GRAPHEMES]>,
    alone: [[i16; PLACES]; SORTS],
    single: Vec<[i16; PLACES]>,
    swapped: i16,
    start: [i16; STARTS],
}

impl Table {
    fn read(text: &str) -> Table {
        let mut table = Table {
            sorts: [[[0; PAIR_PLACES]; SORTS]; SORTS],
            equal: [0; PAIR_PLACES],
            pair: vec![[0; GRAPHEMES]; GRAPHEMES],
            alone: [[0; PLACES]; SORTS],
            single: vec![[0; PLACES]; GRAPHEMES],
            swapped: 0,
            start: [0; STARTS],
        };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            // A line of another form is none of the tool's; the tests see to that.
            let _ = table.read_line(line);
        }
        table
    }

    fn read_line(&mut self, line: &str) -> Option<()> {
        let mut columns = line.split('\t');
        let kind = columns.next()?;
        match kind {
            "sorts" => {
                let (a, b) = (sort_named(columns.next()?)?, sort_named(columns.next()?)?);
                fill(&mut self.sorts[a][b], columns);
                self.sorts[b][a] = self.sorts[a][b];
            }
            "pair" => {
                let (a, b) = (grapheme(columns.next()?)?, grapheme(columns.next()?)?);
                let (a, b) = (usize::from(a), usize::from(b));
                fill(std::slice::from_mut(&mut self.pair[a][b]), columns);
                self.pair[b][a] = self.pair[a][b];
            }
            "alone" => fill(&mut self.alone[sort_named(columns.next()?)?], columns),
            "single" => {
                fill(&mut self.single[usize::from(grapheme(columns.next()?)?)], columns);
            }
            "equal" => fill(&mut self.equal, columns),
            "swapped" => fill(std::slice::from_mut(&mut self.swapped), columns),
            "start" => fill(&mut self.start, columns),
            _ => return None,
        }
        Some(())
    }

    /// Adds up what is said of a grapheme and of its sort.
    fn weights(&self) -> Weights<i16> {
        let mut pair = [const { Vec::new() }; PAIR_PLACES];
        for (place, of_place) in pair.iter_mut().enumerate() {
            let odds = |a: usize, b: usize| {
                let same = if a == b { self.equal[place] } else { 0 };
                self.sorts[sort_of(a)][sort_of(b)][place] + self.pair[a][b] + same
            };
            *of_place = (0..GRAPHEMES).map(|a| std::array::from_fn(|b| odds(a, b))).collect();
        }
        let alone = |a: usize, place: usize| self.alone[sort_of(a)][place] + self.single[a][place];
        let single = (0..GRAPHEMES).map(|a| std::array::from_fn(|place| alone(a, place)));
        Weights { pair, single: single.collect(), swapped: self.swapped, start: self.start }
    }
}

fn fill<'t>(row: &mut [i16], columns: impl Iterator<Item = &'t str>) {
    for (value, text) in row.iter_mut().zip(columns) {
        *value = text.parse().unwrap_or(0);
    }
}
