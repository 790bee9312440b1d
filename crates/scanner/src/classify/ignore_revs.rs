//! `.git-blame-ignore-revs`: the commits that a project declares to be formatting-only.

use bstr::{BString, ByteSlice};
use debtscan_model::CommitId;
use rustc_hash::FxHashSet;

/// The entries of the file.
#[derive(Default)]
pub(crate) struct IgnoreRevs {
    ids: FxHashSet<CommitId>,
    /// Entries that are not full ids, which git rejects as well.
    malformed: usize,
}

impl IgnoreRevs {
    /// Parses one full commit id per line; `#` starts a comment.
    pub(crate) fn parse(content: &[u8]) -> Self {
        let mut found = Self::default();
        for line in content.lines() {
            let entry = line.split(|byte| *byte == b'#').next().unwrap_or(b"").trim();
            if entry.is_empty() {
                continue;
            }
            match CommitId::from_hex(&BString::from(entry).to_string()) {
                Ok(id) => {
                    found.ids.insert(id);
                }
                // Counted, because an abbreviated id that is silently ignored would look as if it
                // worked.
                Err(_) => found.malformed += 1,
            }
        }
        found
    }

    /// True if the file names a commit.
    pub(crate) fn contains(&self, id: &CommitId) -> bool {
        self.ids.contains(id)
    }

    /// Number of entries that name none of `commits`, which must not repeat.
    pub(crate) fn unknown(&self, commits: impl Iterator<Item = CommitId>) -> usize {
        self.malformed + self.ids.len() - commits.filter(|id| self.contains(id)).count()
    }
}

#[cfg(test)]
mod tests {
    use debtscan_model::CommitId;

    use super::IgnoreRevs;

    #[test]
    fn full_ids_are_read_and_the_rest_is_counted() {
        let id = |digit: &str| CommitId::from_hex(&digit.repeat(40)).expect("an id");
        let content = format!("# reformat\n\n  {} # rustfmt\r\n{}\nabcdef1\n\u{fffd}\n", id("A"), id("b"));
        let revs = IgnoreRevs::parse(content.as_bytes());
        assert!(revs.contains(&id("a")) && revs.contains(&id("b")) && !revs.contains(&id("c")));
        assert_eq!(revs.unknown([id("a"), id("c")].into_iter()), 3);
        assert_eq!(IgnoreRevs::parse(b"").unknown(std::iter::empty()), 0);
    }
}
