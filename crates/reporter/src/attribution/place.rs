//! All evidence on one incident, from the strongest to the weakest, and what follows from it.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use debtscan_model::{CommitId, CommitIdx, FileIdx, Scan};

use super::areas::AreaIndex;
use super::combine::{EvidenceItem, combine};
use super::commits::{CommitLookup, LinkedCommits, more_telling};
use super::owners::OwnerIndex;
use super::paths::{PathIndex, spread};
use super::text::TextIndex;
use super::words::WordIndex;
use super::{AttributedIncident, Attribution, HiddenChanges, Link, PathNames, Placement, ticket};
use crate::area::AreaMap;
use crate::parameters::RankingParameters;
use debtscan_findings::{Confidence, Method, UnplacedReason};
use debtscan_incidents::{Currency, Incident, Incidents, MoneyOverflow, PlaceKind};

/// Places every incident in files, and divides its cost to the cent.
///
/// The kinds of evidence are those of [`Method`], strongest first: the first that leads to files
/// decides, and the others raise or lower the confidence. Shape: one entry per incident, in the order
/// of the list. `base_shares` is by [`FileIdx`]; it spreads what names only a set of files.
///
/// # Errors
/// When the absolute costs of one currency do not sum within 64 bits; afterwards no sum over parts
/// of them can overflow.
pub fn attribute(
    scan: &Scan,
    incidents: &Incidents,
    areas: &AreaMap,
    base_shares: &[f64],
    parameters: &RankingParameters,
) -> Result<Attribution, MoneyOverflow> {
    check_sums(incidents)?;
    if incidents.list.is_empty() {
        return Ok(Attribution::default());
    }
    let commits = CommitLookup::new(scan);
    let evidence = EvidenceIndex {
        scan,
        repository: own_repository(incidents, &commits),
        commits,
        paths: LazyCell::new(Box::new(|| PathIndex::new(scan))),
        texts: TextIndex::new(scan),
        areas: AreaIndex::new(scan, areas),
        owners: LazyCell::new(Box::new(|| OwnerIndex::new(scan, areas))),
        words: LazyCell::new(Box::new(|| WordIndex::new(scan))),
        base_shares,
        parameters,
    };
    let incidents = incidents
        .list
        .iter()
        .enumerate()
        .map(|(position, incident)| evidence.place(position, incident))
        .collect();
    Ok(Attribution { incidents })
}

fn check_sums(incidents: &Incidents) -> Result<(), MoneyOverflow> {
    let mut sums: BTreeMap<Currency, i64> = BTreeMap::new();
    for cost in incidents.list.iter().filter_map(|incident| incident.cost) {
        let sum = sums.entry(cost.currency).or_insert(0);
        // Absolute amounts, so that no selection of them can overflow, whatever their signs.
        let added = cost.minor.checked_abs().and_then(|minor| sum.checked_add(minor));
        *sum = added.ok_or(MoneyOverflow)?;
    }
    Ok(())
}

/// Which of the repositories that the incidents' pull requests name is the scanned one: the one with the
/// most requests marked in the history, then the first by name. `None` when none is named.
fn own_repository<'a>(incidents: &'a Incidents, commits: &CommitLookup<'_>) -> Option<&'a str> {
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for request in incidents.list.iter().flat_map(|incident| &incident.fix_requests) {
        if let Some(repository) = &request.repository {
            *found.entry(repository).or_insert(0) += usize::from(commits.has_request(request.number));
        }
    }
    let most = found.values().copied().max()?;
    // Of equals the first by name, so that the order of the rows does not matter.
    found.into_iter().find(|(_, number)| *number == most).map(|(repository, _)| repository)
}

/// A lookup table built on first use.
type OnDemand<'a, T> = LazyCell<T, Box<dyn FnOnce() -> T + 'a>>;

/// Everything an incident can be looked up in.
struct EvidenceIndex<'a> {
    scan: &'a Scan,
    /// The scanned repository, as pull requests call it.
    repository: Option<&'a str>,
    commits: CommitLookup<'a>,
    paths: OnDemand<'a, PathIndex<'a>>,
    texts: TextIndex<'a>,
    areas: AreaIndex<'a>,
    owners: OnDemand<'a, OwnerIndex>,
    words: OnDemand<'a, WordIndex>,
    base_shares: &'a [f64],
    parameters: &'a RankingParameters,
}

/// The commits that have to do with an incident.
pub(crate) struct FixLookup {
    /// Those that it names.
    pub(crate) named: LinkedCommits,
    /// Those of the pull requests that it names.
    pub(crate) requested: LinkedCommits,
    /// Those whose messages name the incident.
    pub(crate) naming: Vec<CommitIdx>,
}

/// The commits that have to do with each incident, in the order of the list.
pub(crate) fn fixes(scan: &Scan, incidents: &Incidents, parameters: &RankingParameters) -> Vec<FixLookup> {
    let commits = CommitLookup::new(scan);
    let repository = own_repository(incidents, &commits);
    incidents.list.iter().map(|incident| fixes_of(incident, &commits, repository, parameters)).collect()
}

fn fixes_of(
    incident: &Incident,
    commits: &CommitLookup<'_>,
    own: Option<&str>,
    parameters: &RankingParameters,
) -> FixLookup {
    // In another repository, the same number is another request.
    let is_ours = |repository: &Option<String>| repository.is_none() || repository.as_deref() == own;
    let requests = || incident.fix_requests.iter().filter(|request| is_ours(&request.repository));
    let mut requested = commits.of_requests(requests().map(|request| request.number));
    if requests().count() < incident.fix_requests.len() {
        requested.missing = requested.missing.or(Some(UnplacedReason::CommitNotFound));
    }
    let mut keys = ticket::keys(incident);
    // A request that no forge marked may still be closed by a message.
    let unmarked = requests().filter(|request| !commits.has_request(request.number));
    keys.extend(unmarked.map(|request| format!("#{}", request.number)));
    // Contradictory dates are ignored; time zones may shift a true date by a day.
    let is_sound = incident.resolved.is_none_or(|resolved| incident.opened <= Some(resolved));
    let since = incident.opened.filter(|_| is_sound).map(|opened| opened.plus_days(-1));
    let mut named = commits.find(&incident.fix_commits);
    if commits.is_later(incident.resolved) {
        named.expect_later();
        requested.expect_later();
    }
    FixLookup { named, requested, naming: commits.naming(&keys, since, parameters.max_ticket_commits) }
}

impl EvidenceIndex<'_> {
    fn place(&self, position: usize, incident: &Incident) -> AttributedIncident {
        let fixes = fixes_of(incident, &self.commits, self.repository, self.parameters);
        let dated_by = [&fixes.named.commits, &fixes.requested.commits, &fixes.naming];
        let dated_by = dated_by.into_iter().find(|commits| !commits.is_empty());
        // A commit in the scanned history has happened by then, whatever its clock says; but the whole of a part
        // that ends earlier goes on after that.
        let until = self.scan.window.until;
        let time = |commit: &CommitIdx| {
            let time = self.scan.commit(*commit).time;
            if until.is_some_and(|until| until <= time) { time } else { time.min(self.scan.as_of) }
        };
        let first_fix = dated_by.and_then(|commits| commits.iter().map(time).min());
        let last_fix = dated_by.and_then(|commits| commits.iter().map(time).max());
        let (placement, is_wide) = match combine(self.pieces(incident, &fixes)) {
            Some((piece, support)) => {
                let placement = Placement::Attributed {
                    method: piece.method,
                    confidence: piece.confidence,
                    names: piece.names,
                    links: links(incident, &piece.weights),
                    hidden: HiddenChanges::default(),
                    fixes: self.ids(&piece.commits),
                    commits: piece.commits,
                    changes: piece.changes,
                    support,
                };
                (placement, piece.is_wide)
            }
            None => (Placement::Unplaced(reason(incident, &fixes)), false),
        };
        AttributedIncident {
            incident: position,
            placement,
            opened: incident.opened.or(first_fix).or(incident.resolved),
            known: last_fix.or(incident.resolved).or(incident.opened),
            is_wide,
        }
    }

    fn ids(&self, commits: &[CommitIdx]) -> Vec<CommitId> {
        let mut ids: Vec<CommitId> = commits.iter().map(|commit| self.scan.commit(*commit).id).collect();
        ids.sort_unstable();
        ids
    }

    /// The pieces of evidence that lead to files, strongest first.
    ///
    /// A fix that changes no source file is itself evidence: no product code was at fault. So nothing weaker
    /// counts after it, except a file that the incident names by its path; nor after a fix that exists but is not
    /// part of the history.
    fn pieces(&self, incident: &Incident, fixes: &FixLookup) -> Vec<EvidenceItem> {
        let by_path = self.by_path(incident);
        let mut pieces = Vec::new();
        for (method, found) in [(Method::FixCommit, &fixes.named), (Method::PullRequest, &fixes.requested)] {
            pieces.extend(self.by_commits(method, &found.commits));
            if pieces.is_empty() && (!found.commits.is_empty() || found.is_elsewhere()) {
                return by_path.filter(|piece| piece.names == PathNames::Files).into_iter().collect();
            }
        }
        pieces.extend(by_path);
        let text = self.texts.named(&[&incident.description, &incident.title]);
        pieces.extend(piece(Method::TextPath, PathNames::Files, Confidence::Medium, text));
        pieces.extend(self.by_commits(Method::TicketId, &fixes.naming));
        if pieces.is_empty() && !fixes.naming.is_empty() {
            return pieces;
        }
        pieces.extend(self.by_area(incident));
        pieces.extend(self.by_names(incident, Method::Owner, &|name| self.owners.find(name).to_vec()));
        pieces.extend(self.by_names(incident, Method::AreaWord, &|name| self.words.find(name)));
        pieces
    }

    fn by_commits(&self, method: Method, commits: &[CommitIdx]) -> Option<EvidenceItem> {
        let changed = self.commits.changed_files(commits);
        let is_wide = changed.source_files > self.parameters.max_fix_source_files;
        let is_certain = method != Method::TicketId && !is_wide;
        let confidence = if is_certain { Confidence::High } else { Confidence::Medium };
        let piece = piece(method, PathNames::Files, confidence, changed.weights)?;
        Some(EvidenceItem { commits: commits.to_vec(), changes: changed.changes, is_wide, ..piece })
    }

    fn by_path(&self, incident: &Incident) -> Option<EvidenceItem> {
        if incident.paths.is_empty() {
            return None;
        }
        let named = self.paths.named(&incident.paths, self.base_shares)?;
        let names = if named.confidence == Confidence::High { PathNames::Files } else { PathNames::Set };
        piece(Method::ExplicitPath, names, named.confidence, named.weights)
    }

    /// Areas by name or alias, from the most specific kind of name that matches an area; labels, which may
    /// mean anything, match aliases only.
    fn by_area(&self, incident: &Incident) -> Option<EvidenceItem> {
        let of_kind = |kind: &PlaceKind| self.areas.named(incident.names(*kind), self.base_shares);
        let weights = PlaceKind::ALL.iter().map(of_kind).find(|weights| !weights.is_empty());
        let weights = weights.unwrap_or_else(|| self.areas.by_alias(&incident.labels, self.base_shares));
        piece(Method::AreaName, PathNames::Set, Confidence::Low, weights)
    }

    /// Sets of files by the names of places in the incident, from the most specific kind that matches.
    fn by_names(
        &self,
        incident: &Incident,
        method: Method,
        find: &dyn Fn(&str) -> Vec<FileIdx>,
    ) -> Option<EvidenceItem> {
        let of_kind = |kind: &PlaceKind| -> Vec<FileIdx> {
            let mut files: Vec<FileIdx> = incident.names(*kind).iter().flat_map(|name| find(name)).collect();
            files.sort_unstable();
            files.dedup();
            files
        };
        let files = PlaceKind::ALL.iter().map(of_kind).find(|files| !files.is_empty())?;
        let weights = spread(self.scan, &files, self.base_shares);
        piece(method, PathNames::Set, Confidence::Low, weights)
    }
}

/// Why no evidence led to files: the most useful reason.
fn reason(incident: &Incident, fixes: &FixLookup) -> UnplacedReason {
    let LinkedCommits { commits, missing } = &fixes.named;
    if let Some(reason) = missing.filter(|_| commits.is_empty() && fixes.named.is_elsewhere()) {
        return reason;
    }
    let commits = [commits, &fixes.requested.commits, &fixes.naming];
    if commits.iter().any(|commits| !commits.is_empty()) {
        return UnplacedReason::NoSourceChange;
    }
    let missing = match (fixes.named.missing, fixes.requested.missing) {
        (named, Some(requested)) => Some(more_telling(named, requested)),
        (named, None) => named,
    };
    missing.unwrap_or_else(|| {
        let has_names = PlaceKind::ALL.iter().any(|kind| !incident.names(*kind).is_empty());
        if incident.paths.is_empty() && !has_names {
            UnplacedReason::NoEvidence
        } else {
            UnplacedReason::UnknownPlace
        }
    })
}

fn piece(
    method: Method,
    names: PathNames,
    confidence: Confidence,
    weights: Vec<(FileIdx, u64)>,
) -> Option<EvidenceItem> {
    let (commits, changes) = (Vec::new(), Vec::new());
    let piece = EvidenceItem { method, names, confidence, weights, commits, changes, is_wide: false };
    (!piece.weights.is_empty()).then_some(piece)
}

/// Splits the cost by the weights.
fn links(incident: &Incident, weights: &[(FileIdx, u64)]) -> Vec<Link> {
    let split =
        incident.cost.map(|cost| cost.split(&weights.iter().map(|(_, weight)| *weight).collect::<Vec<_>>()));
    weights
        .iter()
        .enumerate()
        .map(|(position, (file, weight))| Link {
            file: *file,
            weight: *weight,
            cost: split.as_ref().map(|parts| parts[position]),
        })
        .collect()
}
