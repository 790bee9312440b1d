//! One person behind several addresses: which identities are merged, and which never are.

use std::collections::{BTreeMap, BTreeSet};

use bstr::{BString, ByteSlice};
use debtscan_model::Author;
use rustc_hash::FxHashMap;

use super::address::{folded_name, github_account, is_full_name, other_account, personal_local_part};
use super::bots::Bots;

/// Which identities are merged besides those of one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MergeRule {
    /// Those with the same full name of two or more words, those of one GitHub account, and those with the same
    /// name and the same local part of the address.
    #[default]
    ByName,
    /// None.
    Off,
}

/// What the user says about people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PeopleRules {
    /// Which identities are merged.
    pub merge: MergeRule,
    /// Groups of names or addresses, each of one person.
    pub same: Vec<Vec<String>>,
    /// Names or addresses that the rule merges with no other.
    pub apart: Vec<String>,
}

/// What there is to go by.
pub(super) struct MergeEvidence<'a> {
    /// As recorded.
    pub(super) signatures: &'a [Author],
    /// By signature, the identity by mailmap and address.
    pub(super) by_address: &'a [Author],
    /// By signature, its commits.
    pub(super) commits: &'a [u64],
    /// Addresses that the mailmap declares to be proper, in lower case: two of them are two people.
    pub(super) fixed: &'a BTreeSet<BString>,
    pub(super) rules: &'a PeopleRules,
    pub(super) bots: &'a Bots,
}

/// Merges identities. The result has the length and order of the signatures.
///
/// Of merged identities, the one that the mailmap declares to be proper stands for all, else the one with the most
/// commits, else the bytewise smallest. Programs are merged with nobody.
pub(super) fn merge(evidence: &MergeEvidence<'_>) -> Vec<Author> {
    let mut commits: BTreeMap<&Author, u64> = BTreeMap::new();
    for (person, n) in evidence.by_address.iter().zip(evidence.commits) {
        *commits.entry(person).or_insert(0) += n;
    }
    let people: Vec<&Author> = commits.keys().copied().collect();
    let mut groups =
        IdentityGroups::new(people.iter().map(|person| evidence.fixed.contains(&person.email)).collect());
    let position: FxHashMap<&Author, usize> =
        people.iter().enumerate().map(|(position, person)| (*person, position)).collect();
    let spellings = spellings(evidence, &position, people.len());
    for names in &evidence.rules.same {
        let named = (0..people.len()).filter(|person| is_named(names, &spellings[*person]));
        // The user's word comes first and counts more than the mailmap.
        groups.join_all(&named.collect::<Vec<_>>(), Conflict::Ignored);
    }
    if evidence.rules.merge == MergeRule::ByName {
        for members in alike(&people, &spellings, evidence) {
            groups.join_all(&members, Conflict::KeepsApart);
        }
    }
    let mut best: BTreeMap<usize, usize> = BTreeMap::new();
    for person in 0..people.len() {
        let group = groups.of(person);
        let worth = |person: usize| {
            let is_fixed = evidence.fixed.contains(&people[person].email);
            (is_fixed, commits[people[person]], std::cmp::Reverse(people[person]))
        };
        let known = best.entry(group).or_insert(person);
        if worth(person) > worth(*known) {
            *known = person;
        }
    }
    let stands_for = |person: &Author| people[best[&groups.of(position[person])]].clone();
    evidence.by_address.iter().map(stands_for).collect()
}

/// By person, every recorded signature and the identity itself.
fn spellings<'a>(
    evidence: &MergeEvidence<'a>,
    position: &FxHashMap<&Author, usize>,
    n_people: usize,
) -> Vec<Vec<&'a Author>> {
    let mut spellings = vec![Vec::new(); n_people];
    for (signature, person) in evidence.signatures.iter().zip(evidence.by_address) {
        spellings[position[person]].extend([signature, person]);
    }
    spellings
}

/// True if any of the names or addresses is one of the spellings, in any letter case.
fn is_named(names: &[String], spellings: &[&Author]) -> bool {
    names.iter().map(|name| name.trim().as_bytes()).any(|name| {
        let goes_by = |author: &&Author| {
            author.name.eq_ignore_ascii_case(name) || author.email.eq_ignore_ascii_case(name)
        };
        spellings.iter().any(goes_by)
    })
}

/// Why two identities are one person.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    Account(BString),
    OtherAccount(BString, BString),
    FullName(String),
    LocalPart(String, BString),
}

/// The positions of identities that the rule treats as one person, in lists of two or more.
fn alike(people: &[&Author], spellings: &[Vec<&Author>], evidence: &MergeEvidence<'_>) -> Vec<Vec<usize>> {
    // Sorted, because the order in which groups are joined can decide between two proper
    // identities.
    let mut by_reason: BTreeMap<Reason, Vec<usize>> = BTreeMap::new();
    for (position, person) in people.iter().enumerate() {
        // A program merged with a person would add its work to theirs.
        if evidence.bots.include(person) || is_named(&evidence.rules.apart, &spellings[position]) {
            continue;
        }
        let name = folded_name(person.name.as_bstr());
        let mut reasons = Vec::new();
        if let Some(account) = github_account(&person.email) {
            reasons.push(Reason::Account(BString::from(account)));
        }
        if let Some((account, forge)) = other_account(&person.email) {
            reasons.push(Reason::OtherAccount(BString::from(account), BString::from(forge)));
        }
        if let Some(local) = personal_local_part(&person.email).filter(|_| !name.is_empty()) {
            reasons.push(Reason::LocalPart(name.clone(), BString::from(local)));
        }
        if is_full_name(&name) {
            reasons.push(Reason::FullName(name));
        }
        for reason in reasons {
            by_reason.entry(reason).or_default().push(position);
        }
    }
    by_reason.into_values().filter(|members| members.len() > 1).collect()
}

/// What happens when two identities are declared by the mailmap to be proper ones.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Conflict {
    /// They stay two people.
    KeepsApart,
    /// They become one.
    Ignored,
}

/// Disjoint sets of identities.
struct IdentityGroups {
    parent: Vec<usize>,
    /// Whether a set, by its root, holds an identity that the mailmap declares to be proper.
    is_fixed: Vec<bool>,
}

impl IdentityGroups {
    fn new(is_fixed: Vec<bool>) -> Self {
        Self { parent: (0..is_fixed.len()).collect(), is_fixed }
    }

    fn of(&self, mut member: usize) -> usize {
        while self.parent[member] != member {
            member = self.parent[member];
        }
        member
    }

    /// Joins the members one by one, those with a proper identity first.
    fn join_all(&mut self, members: &[usize], conflict: Conflict) {
        let mut roots: Vec<usize> = members.iter().map(|member| self.of(*member)).collect();
        roots.sort_unstable();
        // Members of one set must not count as several proper identities.
        roots.dedup();
        let n_fixed = roots.iter().filter(|root| self.is_fixed[**root]).count();
        // Which of several proper people one without would belong to is not known.
        if n_fixed > 1 && conflict == Conflict::KeepsApart {
            roots.retain(|root| !self.is_fixed[*root]);
        }
        let Some((first, others)) = roots.split_first() else { return };
        for other in others {
            self.parent[*other] = *first;
            self.is_fixed[*first] |= self.is_fixed[*other];
        }
    }
}

#[cfg(test)]
mod tests {
    use bstr::BString;
    use debtscan_git::mailmap::Mailmap;
    use debtscan_model::Author;

    use super::{MergeRule, PeopleRules};
    use crate::identity::bots::Bots;
    use crate::identity::resolve;

    fn author(text: &str) -> Author {
        let (name, email) = text.split_once(" <").expect("Name <email>");
        Author { name: BString::from(name), email: BString::from(email.trim_end_matches('>')) }
    }

    fn merged(signatures: &[&str], mailmap: &str, rules: &PeopleRules) -> Vec<String> {
        let signatures: Vec<Author> = signatures.iter().map(|text| author(text)).collect();
        // The first has the most commits.
        let commits: Vec<u64> = (0..signatures.len()).map(|nth| 100 - nth as u64).collect();
        let resolved = resolve(&signatures, &commits, mailmap.as_bytes(), rules, &Bots::new(&[]));
        resolved.authors.iter().map(|author| format!("{} <{}>", author.name, author.email)).collect()
    }

    #[track_caller]
    fn check_one(signatures: &[&str]) {
        let found = merged(signatures, "", &PeopleRules::default());
        assert_eq!(found, vec![signatures[0].to_owned(); signatures.len()]);
        let off = PeopleRules { merge: MergeRule::Off, ..PeopleRules::default() };
        assert_eq!(merged(signatures, "", &off), signatures);
    }

    #[track_caller]
    fn check_apart(signatures: &[&str]) {
        assert_eq!(merged(signatures, "", &PeopleRules::default()), signatures);
    }

    #[test]
    fn a_full_name_an_account_or_a_local_part_with_the_name_is_one_person() {
        check_one(&["Ada Lovelace <ada@x.org>", "ada  lovelace <a.l@y.org>"]);
        check_one(&["Ada <ada@users.noreply.github.com>", "The Countess <12+ada@users.noreply.github.com>"]);
        check_one(&["ada <ada@x.org>", "Ada <ada@y.org>"]);
        check_one(&["ada <ada@x.org>", "ada <12+ada@users.noreply.github.com>"]);
        check_one(&["ada <ada@x.org>", "ada <12-ada@users.noreply.gitlab.com>"]);
        check_one(&["Ada Lovelace <ada@x.org>", "Lovelace, Ada <lovelaa@corp.example>"]);
        check_one(&["Ren\u{e9}e Vivien <r@x.org>", "Rene\u{301}e Vivien <rv@y.org>"]);
        // Over two steps: by name, then by account.
        check_one(&[
            "Ada Lovelace <ada@x.org>",
            "Ada Lovelace <12+countess@users.noreply.github.com>",
            "countess <countess@users.noreply.github.com>",
        ]);
    }

    #[test]
    fn a_given_name_or_a_local_part_alone_is_not_enough() {
        check_apart(&["Ada <ada@x.org>", "Ada <a.l@y.org>"]);
        check_apart(&["Ada Lovelace <ada@x.org>", "Ada Byron <ada@y.org>"]);
        check_apart(&["A. Lovelace <al@x.org>", "A. Lovelace <a@y.org>"]);
        check_apart(&["dev <dev@x.org>", "dev <dev@y.org>"]);
        check_apart(&["Ada <you@example.com>", "Bo <you@example.com>"]);
        check_apart(&["Wei Wang <w@x.org>", "Wang Wei <ww@y.org>"]);
        check_apart(&["J\u{f6}rg Ott <j@x.org>", "Jorg Ott <jo@y.org>"]);
        check_apart(&["ada <1-ada@users.noreply.gitlab.com>", "bo <2-ada@users.noreply.gitlab.example>"]);
        check_apart(&["Your Name <you@x.org>", "Your Name <me@y.org>"]);
        check_apart(&["Claude Code <noreply@anthropic.com>", "Claude Code <claude@y.org>"]);
        check_apart(&["ada <ada@users.noreply.github.com>", "bo <bo@users.noreply.github.com>"]);
    }

    #[test]
    fn the_mailmap_and_the_configuration_have_the_last_word() {
        let three = ["Wei Wang <w@x.org>", "Wei Wang <w@y.org>", "Wei Wang <w@z.org>"];
        let rules = PeopleRules::default();
        // One proper address of two stands for both.
        let one = merged(&three[1..], "Wei Wang <w@y.org> <old@y.org>\n", &rules);
        assert_eq!(one, vec!["Wei Wang <w@y.org>"; 2]);
        // Two proper addresses are two people, and the third could be either.
        let map = "Wei Wang <w@x.org> <old@x.org>\nWei Wang <w@y.org> <old@y.org>\n";
        assert_eq!(merged(&three, map, &rules), three);
        let apart = PeopleRules { apart: vec!["W@Y.org".to_owned()], ..PeopleRules::default() };
        let found = merged(&three, "", &apart);
        assert_eq!(found, ["Wei Wang <w@x.org>", "Wei Wang <w@y.org>", "Wei Wang <w@x.org>"]);
        let same = vec![vec!["ada@x.org".to_owned(), "Countess".to_owned()]];
        let same = PeopleRules { merge: MergeRule::Off, same, apart: Vec::new() };
        let found = merged(&["Ada <ada@x.org>", "countess <c@y.org>", "Bo <bo@x.org>"], "", &same);
        assert_eq!(found, ["Ada <ada@x.org>", "Ada <ada@x.org>", "Bo <bo@x.org>"]);
        assert!(
            Mailmap::parse(b"Wei Wang <w@x.org>\n").proper_addresses().is_empty(),
            "it only fixes a name"
        );
    }
}
