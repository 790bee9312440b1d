//! Commits by their ids, whole or shortened.

use debtscan_model::{CommitId, CommitIdx, Scan};

/// Where an object id leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IdTarget {
    /// A commit whose changes are counted.
    Commit(CommitIdx),
    /// A merge without changes of its own, by position in [`Scan::merges`].
    Merge(usize),
    /// A commit outside `--since`/`--until`, or outside the scanned history.
    OutsideWindow,
    /// A commit outside the scanned history that is later than it.
    Later,
}

/// All object ids of a scan.
pub(crate) struct IdIndex<'a> {
    scan: &'a Scan,
    /// The first eight bytes of each id, and its number: commits first, then merges, then those outside of the
    /// window. Sorted; whole ids would take four times the memory to sort.
    sorted: Vec<(u64, u32)>,
}

impl<'a> IdIndex<'a> {
    pub(crate) fn new(scan: &'a Scan) -> Self {
        let ids =
            scan.commits.iter().map(|commit| &commit.id).chain(&scan.merges).chain(&scan.outside_window);
        let mut sorted: Vec<(u64, u32)> = (0..).zip(ids).map(|(number, id)| (start_of(id), number)).collect();
        sorted.sort_unstable();
        Self { scan, sorted }
    }

    /// What a whole id leads to.
    pub(super) fn find(&self, id: &CommitId) -> Option<IdTarget> {
        let same_start = self.between(start_of(id), start_of(id));
        // Several IDs can begin alike, so each is compared in full.
        let number = same_start.iter().map(|(_, number)| *number).find(|number| self.id(*number) == *id)?;
        Some(self.known(number))
    }

    /// What the text of an id leads to: all of it, or at least seven digits of one alone; lower case.
    pub(super) fn find_text(&self, digits: &str) -> Option<IdTarget> {
        /// Git's own shortest abbreviation by default.
        const SHORTEST_PREFIX: usize = 7;
        // Fewer digits may be a word, such as `decade`.
        if digits.len() < SHORTEST_PREFIX {
            return None;
        }
        if let Ok(id) = CommitId::from_hex(digits) {
            return self.find(&id);
        }
        let first = digits.get(..digits.len().min(16))?;
        // Without this, a sign would be read as part of the number.
        let is_hex = first.bytes().all(|digit| digit.is_ascii_hexdigit());
        let lowest = u64::from_str_radix(first, 16).ok().filter(|_| is_hex)?;
        let unknown_bits = 4 * (16 - first.len());
        let (lowest, highest) =
            (lowest << unknown_bits, (lowest << unknown_bits) | ((1 << unknown_bits) - 1));
        let candidates = self.between(lowest, highest).iter().map(|(_, number)| *number);
        let mut matches = candidates.filter(|number| self.id(*number).to_string().starts_with(digits));
        let number = matches.next()?;
        matches.next().is_none().then(|| self.known(number))
    }

    /// The commit of a whole id, if its changes are counted.
    pub(crate) fn commit(&self, id: &CommitId) -> Option<CommitIdx> {
        self.find(id).and_then(IdTarget::commit)
    }

    /// The commit of the text of an id, if its changes are counted.
    pub(crate) fn commit_by_text(&self, digits: &str) -> Option<CommitIdx> {
        self.find_text(digits).and_then(IdTarget::commit)
    }

    /// The entries whose ids start with a number of this range.
    fn between(&self, lowest: u64, highest: u64) -> &[(u64, u32)] {
        let from = &self.sorted[self.sorted.partition_point(|(start, _)| *start < lowest)..];
        &from[..from.partition_point(|(start, _)| *start <= highest)]
    }

    fn known(&self, number: u32) -> IdTarget {
        let (commits, merges) = (self.scan.commits.len(), self.scan.merges.len());
        match number as usize {
            commit if commit < commits => IdTarget::Commit(CommitIdx::new(commit)),
            merge if merge < commits + merges => IdTarget::Merge(merge - commits),
            _ if self.scan.later.binary_search(&self.id(number)).is_ok() => IdTarget::Later,
            _ => IdTarget::OutsideWindow,
        }
    }

    fn id(&self, number: u32) -> CommitId {
        let (commits, merges) = (self.scan.commits.len(), self.scan.merges.len());
        match number as usize {
            commit if commit < commits => self.scan.commits[commit].id,
            merge if merge < commits + merges => self.scan.merges[merge - commits],
            outside => self.scan.outside_window[outside - commits - merges],
        }
    }
}

impl IdTarget {
    fn commit(self) -> Option<CommitIdx> {
        match self {
            Self::Commit(commit) => Some(commit),
            Self::Merge(_) | Self::OutsideWindow | Self::Later => None,
        }
    }
}

/// The first eight bytes of an id, as a number: in the same order.
fn start_of(id: &CommitId) -> u64 {
    let bytes = id.as_bytes().first_chunk().expect("an id has at least 20 bytes");
    u64::from_be_bytes(*bytes)
}

#[cfg(test)]
mod tests {
    use debtscan_model::{CommitId, CommitIdx};

    use super::{IdIndex, IdTarget};
    use crate::sample::SampleScan;

    fn id(text: &str) -> CommitId {
        CommitId::from_hex(text).expect("an id")
    }

    #[test]
    fn ids_that_agree_in_their_first_sixteen_digits_are_told_apart() {
        let start = "abcdef0123456789";
        let texts = ["0", "1", "2"].map(|end| format!("{start}{}{end}", "0".repeat(23)));
        let mut scan = SampleScan::new().commit(1, &[]).build();
        scan.commits[0].id = id(&texts[0]);
        scan.merges = vec![id(&texts[1])];
        scan.outside_window = vec![id(&texts[2])];
        let index = IdIndex::new(&scan);
        let known = [IdTarget::Commit(CommitIdx(0)), IdTarget::Merge(0), IdTarget::OutsideWindow];
        for (text, known) in texts.iter().zip(known) {
            assert_eq!((index.find(&id(text)), index.find_text(text)), (Some(known), Some(known)));
        }
        // One digit short of whole, and the shortest, are each the start of all three.
        assert_eq!((index.find_text(&texts[0][..39]), index.find_text(&start[..7])), (None, None));
        assert_eq!(index.find(&id(&"a".repeat(40))), None);
    }

    #[test]
    fn an_abbreviation_is_found_at_any_length_and_other_text_is_not() {
        let scan = SampleScan::new().commit(1, &[]).commit(2, &[]).build();
        let index = IdIndex::new(&scan);
        for (position, commit) in scan.commits.iter().enumerate() {
            let whole = commit.id.to_string();
            for digits in 7..=40 {
                let found = index.commit_by_text(&whole[..digits]);
                assert_eq!(found, Some(CommitIdx::new(position)), "{digits} digits");
            }
            assert_eq!(index.find_text(&format!("{whole}0")), None);
        }
        for text in ["", "abcdef", "+abcdef", "not an id at all", "ffffffffffffffff", "äöüäöüäöüäöü"]
        {
            assert_eq!(index.find_text(text), None, "{text}");
        }
    }
}
