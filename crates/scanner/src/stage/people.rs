//! Resolving the people of the history.

use debtscan_model::Author;

use crate::identity::{Bots, resolve};
use crate::options::ScanOptions;
use crate::table::commit_graph::CommitGraph;

/// Resolved identity of each signature.
pub(crate) struct Identities {
    /// One per signature: its identity, or the pseudonym of it.
    pub(crate) authors: Vec<Author>,
    /// One per signature: true for a bot.
    pub(crate) is_bot: Vec<bool>,
    /// One per requested name: the signatures of everyone with that name.
    pub(crate) found: Vec<Vec<usize>>,
}

impl Identities {
    /// Merges identities, detects bots and finds names, and only then replaces people by pseudonyms.
    pub(crate) fn of(history: &CommitGraph, mailmap: &[u8], options: &ScanOptions) -> Self {
        let identities = resolve(&history.signatures, &history.commits_per_signature(), mailmap);
        let bots = Bots::new(&options.bots);
        let is_bot: Vec<bool> = identities.iter().map(|author| bots.include(author)).collect();
        let authors: Vec<Author> = match &options.anonymize {
            None => identities.clone(),
            Some(pseudonyms) => {
                let both = identities.iter().zip(&is_bot);
                both.map(|(author, is_bot)| pseudonyms.author(author, *is_bot)).collect()
            }
        };
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
        Self { authors, is_bot, found }
    }
}
