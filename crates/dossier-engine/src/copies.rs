//! Near-copies: the text of an agency in five papers, edited, shortened, under other headlines.
//!
//! Each document of some length has a signature of 64 bytes. Two signatures tell what share of their
//! runs of three words two texts have in common (the Jaccard similarity), and with their lengths what
//! share of the shorter text the other holds. Nothing is decided while
//! indexing: hits are put together when they are shown, so that the order in which documents came,
//! and how the index is split, do not matter.
//!
//! Sources: Broder, On the resemblance and containment of documents (1997); Li and König, b-Bit
//! Minwise Hashing (2010), for keeping a few bits of each minimum.

use std::sync::LazyLock;

/// Fewer words say little: "Mehr in Kürze" is no copy of "Mehr in Kürze".
const LEAST_WORDS: usize = 30;

/// Words in a run. Of five, an edit would touch twice as many runs; two are set phrases. Different
/// articles on one event have 1 to 2 % of their runs of three in common.
const RUN: usize = 3;

/// From this share of the runs of the shorter text on that the other has, too, texts are near-copies.
/// Two papers that print the same text, each with every twentieth word edited and up to 40 % cut off
/// its end, share .5 or more (but for 3 of 100); articles of one event that word the same facts and
/// quote the same sentences, up to .3 (but for 1 of 100). The error of a signature is .06. Of 14,000
/// such pairs, .42 found .981 of the copies with .009 of what it found wrong, .45 .969 with .004, .48
/// .952 with none.
const LEAST_SHARED: f32 = 0.45;

/// The same of the runs of both texts together: a long article is no copy of the few sentences that
/// it holds of another.
const LEAST_COMMON: f32 = 0.15;

/// Of more hits only so many are put together: each is compared with all groups before.
pub(crate) const MOST_GROUPED: usize = 1_000;

/// Numbers in a signature.
pub(crate) const SIGNATURE: usize = 8;

/// The bits kept of each minimum: with fewer of more minima, chance agreements say more than the minima
/// where little is common, as it mostly is.
const BITS: usize = 4;

/// Bits that keep the number of runs.
const COUNT_BITS: usize = 16;

/// Of so many minima bits are kept.
const MINIMA: usize = (SIGNATURE * 64 - COUNT_BITS) / BITS;

/// Minima that are computed: as many as are handled eight at a time, four times over.
const LANES: usize = MINIMA.next_multiple_of(32);

const QUARTER: usize = LANES / 4;

/// So many runs of a text are read, some 35 kilobytes: hashes have 16 bits, and the minima of more
/// would be the same in all texts.
const MOST_RUNS: usize = 5_000;

/// What a text has in common with others: four bits of each minimum, and in the lowest bits of the
/// first number how many runs there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Signature(pub [u64; SIGNATURE]);

impl Signature {
    /// Whether two texts are near-copies.
    pub fn is_near(&self, other: &Signature) -> bool {
        let common = self.common(other);
        // In both texts: common runs are counted twice in their sum.
        let (own, its) = (self.runs(), other.runs());
        let shared = common / (1.0 + common) * (own + its);
        common >= LEAST_COMMON && shared >= LEAST_SHARED * own.min(its)
    }

    /// What share of their runs of words two texts have in common, about; below 0 by chance.
    fn common(&self, other: &Signature) -> f32 {
        // The lowest bit of those that are kept of a minimum.
        const LOWEST: u64 = u64::MAX / 15;
        let mut differing = 0;
        for (number, (one, other)) in self.0.iter().zip(&other.0).enumerate() {
            let bits = one ^ other;
            let bits = if number == 0 { bits >> COUNT_BITS } else { bits };
            let bits = bits | bits >> 2;
            differing += ((bits | bits >> 1) & LOWEST).count_ones();
        }
        // Of minima that differ, a sixteenth agree in all bits by chance.
        1.0 - differing as f32 / (MINIMA as f32 * 15.0 / 16.0)
    }

    /// How many runs of words were read.
    fn runs(&self) -> f32 {
        (self.0[0] & ((1 << COUNT_BITS) - 1)) as f32
    }
}

/// Puts what is ranked into groups of near-copies: each item joins the first group whose first item
/// it is near to, or begins one. Gives the numbers of the items of each group, ascending; takes time
/// with items times groups. What has no signature stays alone.
///
/// The groups of some items begin as those of fewer of them: pages fit together.
pub(crate) fn group(signatures: impl IntoIterator<Item = Option<Signature>>) -> Vec<Vec<usize>> {
    let mut groups: Vec<(Option<Signature>, Vec<usize>)> = Vec::new();
    for (item, signature) in signatures.into_iter().enumerate() {
        let near = signature.and_then(|own| {
            groups.iter_mut().find(|(first, _)| first.is_some_and(|first| first.is_near(&own)))
        });
        match near {
            Some((_, items)) => items.push(item),
            None => groups.push((signature, vec![item])),
        }
    }
    groups.into_iter().map(|(_, items)| items).collect()
}

/// The least of the runs of words in each of several orders.
pub(crate) struct Runs {
    least: [i16; LANES],
    /// The last words, the latest last, each with its position.
    last: [(u32, u64); RUN],
    words: usize,
    runs: usize,
}

impl Default for Runs {
    fn default() -> Self {
        Runs { least: [i16::MAX; LANES], last: [(0, 0); RUN], words: 0, runs: 0 }
    }
}

/// What makes an order of runs: an odd factor and a summand for each.
static ORDERS: LazyLock<([i16; LANES], [i16; LANES])> = LazyLock::new(|| {
    let bits = |number: usize| mixed((number as u64 + 1).wrapping_mul(MULTIPLIER));
    let factor = |number: usize| bits(number) as i16 | 1;
    let summand = |number: usize| bits(number + LANES) as i16;
    (std::array::from_fn(factor), std::array::from_fn(summand))
});

impl Runs {
    /// Adds a word of a text, in the order of the words, by its hash. Of a hyphenated one the first part takes the place of the whole: Jong-un is
    /// Jong Un.
    pub fn add(&mut self, position: u32, word: u64) {
        let last = &mut self.last[RUN - 1];
        if self.words > 0 && last.0 == position {
            last.1 = word;
            return;
        }
        self.take();
        self.last.rotate_left(1);
        self.last[RUN - 1] = (position, word);
        self.words += 1;
    }

    /// Takes the run that the last words make.
    fn take(&mut self) {
        if self.words < RUN || self.runs == MOST_RUNS {
            return;
        }
        self.runs += 1;
        let run = self
            .last
            .iter()
            .fold(0, |run: u64, (_, word)| run.wrapping_mul(MULTIPLIER).wrapping_add(*word));
        let run = mixed(run);
        let (factors, summands) = &*ORDERS;
        let orders = factors.chunks(QUARTER).zip(summands.chunks(QUARTER));
        // Each quarter reads other bits of the hash: what is one to the first is not to the next.
        for (quarter, (least, (factors, summands))) in
            self.least.chunks_mut(QUARTER).zip(orders).enumerate()
        {
            let run = (run >> (quarter * 16)) as i16;
            // Eight at a time: arithmetic of 16 bits, and no branches.
            for (least, (factor, summand)) in least.iter_mut().zip(factors.iter().zip(summands)) {
                *least = (*least).min(run.wrapping_mul(*factor).wrapping_add(*summand));
            }
        }
    }

    /// The signature of the text; `None` where it has too few words.
    pub fn finish(mut self) -> Option<Signature> {
        self.take();
        if self.words < LEAST_WORDS {
            return None;
        }
        let mut signature = [0; SIGNATURE];
        signature[0] = self.runs as u64;
        for (number, least) in self.least.iter().take(MINIMA).enumerate() {
            let least = *least as u16;
            let kept = mixed((number as u64) << 16 | u64::from(least)) & ((1 << BITS) - 1);
            let at = COUNT_BITS + number * BITS;
            signature[at / 64] |= kept << (at % 64);
        }
        Some(Signature(signature))
    }
}

/// Odd, with its bits in no order: two to the 64th divided by the golden ratio.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hash of a folded word. The same on every machine and in every version: signatures are kept.
pub(crate) fn hash(word: &str) -> u64 {
    let mut hash = word.len() as u64;
    for chunk in word.as_bytes().chunks(8) {
        let mut bytes = [0; 8];
        bytes[..chunk.len()].copy_from_slice(chunk);
        hash = (hash ^ u64::from_le_bytes(bytes)).wrapping_mul(MULTIPLIER);
        hash ^= hash >> 32;
    }
    hash
}

/// Spreads every bit over all (the end of SplitMix64, Steele and others, 2014).
fn mixed(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::Analysis;
    use crate::noise::{is_noise, unpack};

    fn signature(text: &str) -> Option<Signature> {
        let (text, noise) = unpack(text);
        let mut runs = Runs::default();
        Analysis::default().for_each_word(0, text, |_, hash, _, at| {
            if !is_noise(&noise, at.range.start) {
                runs.add(at.position, hash);
            }
        });
        runs.finish()
    }

    /// Words `from` to `to` of an endless text.
    fn text(from: usize, to: usize) -> String {
        (from..to).map(|number| format!("wort{number}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn signatures_tell_what_is_common() {
        let of = |from, to| signature(&text(from, to)).expect("it has enough words");
        for (from, to, common) in
            [(0, 400, 1.0), (100, 500, 0.6), (200, 600, 0.33), (0, 200, 0.5), (400, 800, 0.0)]
        {
            let found = of(0, 400).common(&of(from, to));
            assert!((found - common).abs() < 0.12, "{from} to {to}: {found}, not {common}");
        }
        // With few runs, too.
        let found = of(0, 40).common(&of(10, 50));
        assert!((found - 28.0 / 48.0).abs() < 0.2, "{found}");
    }

    #[test]
    fn short_texts_have_none() {
        assert_eq!(signature(&text(0, 29)), None);
        assert!(signature(&text(0, 30)).is_some());
        assert_eq!(signature(""), None);
        assert_eq!(signature(&"Kim-Jong-un ".repeat(9)), None);
    }

    #[test]
    fn spelling_and_noise_do_not_count() {
        let text = text(0, 100);
        let same = |a: &str, b: &str| signature(a) == signature(b);
        assert!(same(&format!("{text} Müller ist groß"), &format!("{text} MUELLER: ist gross.")));
        assert!(same(&format!("{text} Kim Jong-un"), &format!("{text}\n\nKim Jong Un")));
        let (menu, rest) = ("Home Politik Sport Wetter\n", "\nKommentar schreiben");
        let mut noisy = format!("{menu}{text}{rest}");
        let noise = [0..menu.len(), menu.len() + text.len()..noisy.len()];
        crate::noise::pack(&mut noisy, &noise);
        assert_eq!(signature(&noisy), signature(&text));
    }

    #[test]
    fn signatures_stay_as_they_are() {
        // They are kept in indexes: another one needs another format.
        let Some(Signature(bits)) = signature(&text(0, 50)) else { panic!("it has enough words") };
        assert_eq!(bits.map(|bits| bits as u16), EXPECTED);
    }

    /// The lowest bits of the signature of the first fifty words.
    const EXPECTED: [u16; SIGNATURE] = [48, 60510, 60490, 11962, 18346, 52891, 60989, 53889];

    proptest! {
        #[test]
        fn groups_of_a_page_begin_as_those_of_the_next(
            texts in proptest::collection::vec(0_usize..12, 0..30),
            cut in 0_usize..30,
        ) {
            // Neighbours overlap: being near is no relation that carries on.
            let of = |start: &usize| signature(&text(start * 60, start * 60 + 150));
            let all = group(texts.iter().map(of));
            let mut items: Vec<usize> = all.iter().flatten().copied().collect();
            items.sort_unstable();
            prop_assert!(items.into_iter().eq(0..texts.len()));
            let some = group(texts.iter().take(cut).map(of));
            for (number, group) in some.iter().enumerate() {
                prop_assert!(all[number].starts_with(group));
            }
        }
    }
}
