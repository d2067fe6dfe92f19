//! Lists of bytes that grow side by side in one piece of memory.
//!
//! As tantivy's are: of blocks, each twice as long as the one before, so that the many short lists
//! take little room and the few long ones few blocks. Unlike those, a list can be asked for before it
//! is needed: much of the time of adding to one is spent waiting for its end.

use prefetch_index::prefetch_index;

/// The bits of an address that tell where in its page it is.
const PAGE_BITS: u32 = 20;

/// Bytes of a page. No block lies in two.
const PAGE: usize = 1 << PAGE_BITS;

/// The first block of a list has so many bytes, as a power of two, and no block more than so many.
const SHORTEST: u16 = 3;
const LONGEST: u16 = 15;

/// Bytes behind each block that tell where the next one is.
const LINK: usize = size_of::<Address>();

/// The number of a page, and behind it a place in the page.
type Address = u32;

/// The memory of lists: up to four gigabytes, several times what a segment may take.
#[derive(Default)]
pub(super) struct Lists {
    pages: Vec<Vec<u8>>,
    /// Bytes of the last page that are taken.
    taken: usize,
}

/// Where a list is.
#[derive(Clone, Copy, Default)]
pub(super) struct List {
    start: Address,
    /// Where the next byte comes.
    end: Address,
    /// Bytes there is room for in the last block.
    room: u16,
    blocks: u16,
}

impl Lists {
    /// Bytes of memory.
    pub fn size(&self) -> usize {
        self.pages.len() * PAGE
    }

    /// Adds bytes to a list: the first `count` of these.
    pub fn push<const MOST: usize>(&mut self, list: &mut List, bytes: &[u8; MOST], count: usize) {
        if usize::from(list.room) < MOST {
            return bytes.iter().take(count).for_each(|byte| self.push_byte(list, *byte));
        }
        // All at once, with what is no part of them: it is written over.
        let (page, at) = place(list.end);
        self.pages[page][at..at + MOST].copy_from_slice(bytes);
        list.end += count as Address;
        list.room -= count as u16;
    }

    fn push_byte(&mut self, list: &mut List, byte: u8) {
        if list.room == 0 {
            self.grow(list);
        }
        let (page, at) = place(list.end);
        self.pages[page][at] = byte;
        list.end += 1;
        list.room -= 1;
    }

    /// Adds a block to a list without room.
    fn grow(&mut self, list: &mut List) {
        let length = block_bytes(list.blocks);
        if self.pages.is_empty() || self.taken + length + LINK > PAGE {
            self.pages.push(vec![0; PAGE]);
            self.taken = 0;
        }
        let block = ((self.pages.len() - 1) << PAGE_BITS | self.taken) as Address;
        self.taken += length + LINK;
        if list.blocks == 0 {
            list.start = block;
        } else {
            let (page, at) = place(list.end);
            self.pages[page][at..at + LINK].copy_from_slice(&block.to_le_bytes());
        }
        (list.end, list.room, list.blocks) = (block, length as u16, list.blocks + 1);
    }

    /// Adds the bytes of a list to others.
    pub fn read(&self, list: &List, bytes: &mut Vec<u8>) {
        let mut block = list.start;
        for number in 0..list.blocks {
            let (page, at) = place(block);
            let (page, length) = (&self.pages[page], block_bytes(number));
            let is_last = number + 1 == list.blocks;
            let filled = if is_last { length - usize::from(list.room) } else { length };
            bytes.extend_from_slice(&page[at..at + filled]);
            if let Some(next) = page[at + length..].first_chunk() {
                block = Address::from_le_bytes(*next);
            }
        }
    }

    /// Asks for the end of a list, for what is to be added.
    pub fn expect_push(&self, list: &List) {
        self.expect(list.end);
    }

    /// Asks for the beginning of a list.
    pub fn expect_read(&self, list: &List) {
        self.expect(list.start);
    }

    fn expect(&self, address: Address) {
        let (page, at) = place(address);
        if let Some(page) = self.pages.get(page) {
            prefetch_index(page, at);
        }
    }
}

/// Which page an address is in, and where there.
fn place(address: Address) -> (usize, usize) {
    ((address >> PAGE_BITS) as usize, address as usize % PAGE)
}

/// The bytes of a block of a list, by its number.
fn block_bytes(number: u16) -> usize {
    1 << number.saturating_add(SHORTEST).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lists_hold_what_was_added(
            added in prop::collection::vec((0_usize..5, any::<[u8; 10]>(), 0_usize..=10), 0..2_000),
        ) {
            let (mut lists, mut all) = (Lists::default(), [List::default(); 5]);
            let mut expected = [const { Vec::new() }; 5];
            for (which, bytes, count) in added {
                lists.push(&mut all[which], &bytes, count);
                expected[which].extend_from_slice(&bytes[..count]);
            }
            for (list, expected) in all.iter().zip(expected) {
                let mut read = Vec::new();
                lists.read(list, &mut read);
                prop_assert_eq!(read, expected);
            }
        }
    }

    #[test]
    fn long_lists_grow_over_many_pages() {
        let (mut lists, mut all) = (Lists::default(), [List::default(); 2]);
        let bytes = |number: u32| (u64::from(number) * 0x9e37_79b9).to_le_bytes();
        for number in 0..500_000 {
            lists.push(&mut all[number as usize % 2], &bytes(number), 8);
        }
        assert!(lists.size() > 2 * PAGE);
        for (which, list) in all.iter().enumerate() {
            let mut read = Vec::new();
            lists.read(list, &mut read);
            let expected: Vec<u8> = (0..500_000).skip(which).step_by(2).flat_map(bytes).collect();
            assert!(read == expected);
        }
    }
}
