//! What a commit message says about the kind of its work.

/// A family of words of commit messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordFamily {
    /// Something was wrong: fix, bug, crash, leak.
    Repair,
    /// Words for people: typo, comment, docs.
    Text,
    /// Something new: add, support, implement.
    New,
    /// The same in another shape: refactor, rename, remove, simplify.
    Shape,
    /// Tests.
    Test,
    /// Build, checks, dependencies.
    Build,
    /// A version, a release, a change log.
    Release,
    /// Speed and memory.
    Speed,
}

impl WordFamily {
    /// Every family, in declaration order.
    pub const ALL: [Self; 8] = [
        Self::Repair,
        Self::Text,
        Self::New,
        Self::Shape,
        Self::Test,
        Self::Build,
        Self::Release,
        Self::Speed,
    ];
}

/// A set of word families.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordFamilies(u8);

impl WordFamilies {
    /// Creates a set from its bits, one per family in declaration order.
    pub fn from_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// The bits of the set.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// Adds a family.
    pub fn insert(&mut self, family: WordFamily) {
        self.0 |= 1 << family as u8;
    }

    /// True if the family is in the set.
    pub fn contains(self, family: WordFamily) -> bool {
        self.0 & (1 << family as u8) != 0
    }
}

/// What the type of a conventional commit (`fix:`, `feat(ui)!:`) says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TypePrefix {
    /// `feat`
    New,
    /// `fix`, `revert`
    Repair,
    /// `refactor`, `perf`, `style`, `test`, `docs`, `build`, `ci`, `chore`
    Better,
    /// `release`, `chore(release)`
    Release,
}

impl TypePrefix {
    /// Every kind of prefix, in declaration order.
    pub const ALL: [Self; 4] = [Self::New, Self::Repair, Self::Better, Self::Release];
}

/// What the last lines of a message state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trailer {
    /// It takes back another commit, or it names the commit or bug that it repairs: `Fixes: 1f2e3d4c`,
    /// `Closes-Bug: #12`, `Cc: stable@…`.
    Repair,
    /// It implements a plan: `Implements: blueprint x`.
    New,
}

impl Trailer {
    /// Every trailer, in declaration order.
    pub const ALL: [Self; 2] = [Self::Repair, Self::New];
}

/// What a commit message says about the kind of its work. It names nobody and quotes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wording {
    /// The type before the colon; `None` without a known one.
    pub prefix: Option<TypePrefix>,
    /// A trailer; of several, the first in declaration order.
    pub trailer: Option<Trailer>,
    /// The family of the first word of the subject after ticket ids and the area: `None` if it is of none.
    pub lead: Option<WordFamily>,
    /// Families of words in the subject.
    pub subject: WordFamilies,
    /// True if words below the subject say that something was wrong; false if anything above says what kind of work it
    /// was.
    pub body_repairs: bool,
    /// True if most letters of the subject are not Latin, so that no word could be recognised.
    pub is_unread: bool,
    /// True of a merge that brings a main branch into another branch or into a copy of itself, as `git pull` does.
    pub is_back_merge: bool,
}

/// Who put a commit into the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum AppliedBy {
    /// Its author; the names or the addresses agree.
    #[default]
    Author,
    /// A program: a forge that merged it, or a bot.
    Program,
    /// Another person: a patch from a mail or a pull request, or a commit that somebody else rebased.
    Other,
}

impl AppliedBy {
    /// Every case, in declaration order.
    pub const ALL: [Self; 3] = [Self::Author, Self::Program, Self::Other];
}

/// Facts about a merge that carries no changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergeFacts {
    /// Its committer time.
    pub time: crate::Timestamp,
    /// As [`Wording::is_back_merge`].
    pub is_back_merge: bool,
}

#[cfg(test)]
mod tests {
    use super::{WordFamilies, WordFamily};

    #[test]
    fn a_set_holds_what_was_put_into_it() {
        let mut set = WordFamilies::default();
        set.insert(WordFamily::Repair);
        set.insert(WordFamily::Speed);
        let held: Vec<WordFamily> =
            WordFamily::ALL.into_iter().filter(|family| set.contains(*family)).collect();
        assert_eq!(held, [WordFamily::Repair, WordFamily::Speed]);
        assert_eq!(WordFamilies::from_bits(set.bits()), set);
    }
}
