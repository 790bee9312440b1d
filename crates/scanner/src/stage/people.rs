//! Resolving the people of the history.

use debtscan_model::Author;

use crate::identity::bots::Bots;
use crate::identity::{Resolved, resolve};
use crate::options::ScanOptions;
use crate::table::commit_graph::CommitGraph;

/// Resolved identity of each signature.
pub(crate) struct Identities {
    /// One per signature: its identity, or the pseudonym of it.
    pub(crate) authors: Vec<Author>,
    /// One per signature: its identity before a rule merged it with others, or the pseudonym of it.
    pub(crate) unmerged: Vec<Author>,
    /// One per signature: the name of its identity, for comparison; empty if it has none.
    pub(crate) names: Vec<String>,
    /// One per signature: true for a bot.
    pub(crate) is_bot: Vec<bool>,
    /// One per requested name: the signatures of everyone with that name.
    pub(crate) found: Vec<Vec<usize>>,
}

impl Identities {
    /// Merges identities, detects bots and finds names, and only then replaces people by pseudonyms.
    pub(crate) fn of(history: &CommitGraph, mailmap: &[u8], options: &ScanOptions) -> Self {
        let bots = Bots::new(&options.bots);
        let commits = history.commits_per_signature();
        let Resolved { by_address, authors: identities, names } =
            resolve(&history.signatures, &commits, mailmap, &options.people, &bots);
        // Before people get pseudonyms, which no pattern could match.
        let is_bot: Vec<bool> = identities.iter().map(|author| bots.include(author)).collect();
        let shown = |people: &[Author]| -> Vec<Author> {
            let Some(pseudonyms) = &options.anonymize else { return people.to_vec() };
            people.iter().zip(&is_bot).map(|(author, is_bot)| pseudonyms.author(author, *is_bot)).collect()
        };
        let (authors, unmerged) = (shown(&identities), shown(&by_address));
        // A name may be given in any of the spellings that outputs show.
        let find = |name: &String| {
            let goes_by = |author: &Author| {
                let asked = name.as_bytes();
                author.name.eq_ignore_ascii_case(asked) || author.email.eq_ignore_ascii_case(asked)
            };
            let spellings = [&history.signatures, &identities, &authors];
            let is_it = |position: &usize| spellings.iter().any(|spelling| goes_by(&spelling[*position]));
            (0..authors.len()).filter(is_it).collect()
        };
        let found = options.find_people.iter().map(find).collect();
        Self { authors, unmerged, names, is_bot, found }
    }
}
