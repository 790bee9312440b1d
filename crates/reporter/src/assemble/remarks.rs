//! What could not be read, placed or trusted.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use debtscan_model::{File, FileClass, Language, RepoPath, Scan, SkipReason, Skipped};

use crate::analysis::Analysis;
use crate::area::malformed_patterns;
use crate::attribution::Placement;
use crate::beyond::Beyond;
use crate::options::Privacy;
use debtscan_findings::{
    Assumption, BotReport, DataQuality, ExcludedIncidents, LeftOutClass, RankingExclusion, Remark,
    SkippedGroup, Totals, UnplacedReason,
};
use debtscan_incidents::{Costs, Incident, REDACTED, RejectedRow};

/// Below this many incidents the ranges say more about the model than about the project.
/// 10, the least at which the backtest behind the ranking made a forecast.
const SMALL_SAMPLE: usize = 10;

/// Subjects listed per reason for skipping.
const SUBJECTS_SHOWN: usize = 5;

/// All remarks, skipped things, rejected values and assumptions.
pub(crate) fn report(analysis: &Analysis<'_>, totals: &Totals) -> DataQuality {
    let skipped = skipped(analysis);
    let mut remarks = Vec::new();
    if analysis.options.is_invented {
        remarks.push(Remark::InventedData);
    }
    repository(analysis, &mut remarks);
    commits(analysis, totals, &mut remarks);
    people(totals, &mut remarks);
    remarks.extend(skipped.iter().map(|group| Remark::Skipped {
        reason: group.reason,
        items: group.items,
        of: analysis.scan.n_candidates(group.reason),
    }));
    areas(analysis, &mut remarks);
    let constants = analysis.parameters.changed();
    if !constants.is_empty() {
        remarks.push(Remark::ChangedConstants { constants });
    }
    if totals.commits == 0 {
        remarks.push(Remark::NoCommits);
    }
    beyond(analysis, &mut remarks);
    if analysis.beyond.has_any() && analysis.incidents().list.is_empty() {
        // The remarks on these incidents say why there are none.
    } else if analysis.incidents().list.is_empty() && has_only_excluded(analysis) {
        // Nothing is missing: the remark on these rows says why there are none.
    } else if analysis.incidents().list.is_empty() && !analysis.incidents().columns.is_empty() {
        remarks.push(Remark::EmptyIncidentFiles);
    } else if analysis.incidents().list.is_empty() {
        remarks.push(Remark::NoIncidents);
    } else {
        placement(analysis, totals, &mut remarks);
        excluded(analysis, &mut remarks);
        super::prices::remarks(analysis, totals, &mut remarks);
        credits(analysis, &mut remarks);
    }
    let rejected = rejected(analysis);
    let has_accounts = analysis.options.accounts.is_some();
    remarks.extend(rejected_values(&rejected, analysis.rows_read(), has_accounts));
    remarks.extend(rows_excluded(&rejected));
    let mut quality = DataQuality {
        remarks,
        rules: analysis.options.losses.clone(),
        as_of: analysis.scan.as_of,
        skipped,
        rejected,
        assumptions: assumptions(analysis),
    };
    // One order in every format, whatever the order of the checks.
    quality.sort();
    quality
}

/// Whether the incident files have rows, and every one was excluded.
fn has_only_excluded(analysis: &Analysis<'_>) -> bool {
    let rejected = &analysis.incidents().rejected;
    !rejected.is_empty() && rejected.iter().all(RejectedRow::is_excluded)
}

/// The remark on the values that could not be used, in files of `of` rows; `None` if all could.
pub fn rejected_values(rejected: &[RejectedRow], of: u64, has_accounts: bool) -> Option<Remark> {
    let unusable = || rejected.iter().filter(|row| !row.is_excluded());
    let affected: BTreeSet<_> = unusable().map(|row| &row.position).collect();
    (!affected.is_empty()).then(|| Remark::RejectedValues {
        values: unusable().count(),
        rows: unusable().filter(|row| row.is_skipped()).count(),
        affected: affected.len(),
        of,
        has_accounts,
    })
}

/// The remark on the rows that are no incidents or accounts; `None` without one.
fn rows_excluded(rejected: &[RejectedRow]) -> Option<Remark> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rejected.iter().filter(|row| row.is_excluded()) {
        *counts.entry(row.reason.as_str()).or_default() += 1;
    }
    let mut by_reason: Vec<(String, usize)> =
        counts.into_iter().map(|(reason, rows)| (reason.to_owned(), rows)).collect();
    by_reason.sort_by_key(|(_, rows)| Reverse(*rows));
    let rows = by_reason.iter().map(|(_, rows)| rows).sum();
    (rows > 0).then_some(Remark::RowsExcluded { rows, by_reason })
}

/// Values of incident and account files that could not be used; without their text when titles and names
/// are hidden, because it may be either.
fn rejected(analysis: &Analysis<'_>) -> Vec<RejectedRow> {
    let of_accounts = analysis.options.accounts.as_ref().map_or(&[][..], |accounts| &accounts.rejected);
    let mut rows: Vec<RejectedRow> =
        analysis.incidents().rejected.iter().chain(of_accounts).cloned().collect();
    if analysis.options.privacy == Privacy::Redacted {
        // What could not be read may be anything, a name included.
        for row in &mut rows {
            REDACTED.clone_into(&mut row.value);
        }
    }
    rows
}

fn repository(analysis: &Analysis<'_>, remarks: &mut Vec<Remark>) {
    let repository = &analysis.scan.repository;
    if repository.is_shallow {
        remarks.push(Remark::ShallowClone);
    }
    if repository.is_partial {
        let is_missing = |skipped: &Skipped| skipped.reason == SkipReason::UnreadableObject;
        remarks.push(Remark::PartialClone { is_missing: analysis.skipped.iter().any(is_missing) });
    }
    if !repository.renames_followed {
        remarks.push(Remark::RenamesNotFollowed);
    }
    if repository.first_parent {
        remarks.push(Remark::FirstParent);
    }
    if !repository.unmatched_excludes.is_empty() {
        remarks.push(Remark::UnmatchedExcludes { patterns: repository.unmatched_excludes.clone() });
    }
    if !repository.unmatched_classes.is_empty() {
        remarks.push(Remark::UnmatchedClasses { patterns: repository.unmatched_classes.clone() });
    }
    if repository.is_beyond_window {
        remarks.push(Remark::TreeAfterWindow);
    }
    if let Some(dated) = repository.misdated {
        remarks.push(Remark::MisdatedCommit { dated, as_of: analysis.scan.as_of });
    }
    if repository.excluded_files > 0 {
        remarks.push(Remark::ExcludedFiles { files: repository.excluded_files });
    }
    if analysis.ranked.files.is_empty() {
        remarks.push(Remark::NoSourceFiles { held: held(analysis.scan) });
    }
    let classes = left_out(analysis.scan);
    if !classes.is_empty() {
        remarks.push(Remark::LeftOut { classes });
    }
    let complexities =
        || analysis.ranked.files.iter().filter_map(|file| analysis.scan.file(file.file).complexity());
    let files = complexities().filter(|complexity| complexity.had_syntax_errors).count();
    if files > 0 {
        remarks.push(Remark::SyntaxErrors {
            files,
            unparsed: complexities().map(|complexity| u64::from(complexity.unparsed_lines)).sum(),
            of: analysis.ranked.source_lines(),
        });
    }
}

/// Present files by class, without empty classes.
fn held(scan: &Scan) -> Vec<(FileClass, usize)> {
    let of = |class| scan.files.iter().filter(|file| file.present.is_some() && file.class == class).count();
    FileClass::ALL.into_iter().map(|class| (class, of(class))).filter(|(_, files)| *files > 0).collect()
}

/// Classes whose code somebody may miss in the ranking.
const MISSED: [FileClass; 5] =
    [FileClass::Test, FileClass::Example, FileClass::Build, FileClass::Generated, FileClass::Vendored];
/// Places named per class.
const LARGEST: usize = 3;

/// The code that its class keeps out of the ranking, most bytes first. Only languages of source files count: data and
/// prose are no code. In bytes, because a report need not parse what it does not rank.
fn left_out(scan: &Scan) -> Vec<LeftOutClass> {
    let present = |class| scan.files.iter().filter(move |file| file.class == class);
    let language = |file: &File| file.present.as_ref().and_then(|present| present.language);
    let languages: BTreeSet<Language> = present(FileClass::Source).filter_map(language).collect();
    let of_class = |class: FileClass| {
        let mut by_place: BTreeMap<String, u64> = BTreeMap::new();
        let mut files = 0;
        for file in present(class).filter(|file| language(file).is_some_and(|it| languages.contains(&it))) {
            files += 1;
            let bytes = file.present.as_ref().map_or(0, |present| present.bytes);
            *by_place.entry(place(&file.path)).or_insert(0) += bytes;
        }
        let bytes = by_place.values().sum();
        let mut largest: Vec<(String, u64)> = by_place.into_iter().collect();
        largest.sort_by_key(|(_, bytes)| Reverse(*bytes));
        largest.truncate(LARGEST);
        LeftOutClass { class, files, bytes, largest }
    };
    let mut classes: Vec<LeftOutClass> =
        MISSED.into_iter().map(of_class).filter(|class| class.files > 0).collect();
    classes.sort_by_key(|class| Reverse(class.bytes));
    classes
}

/// The first two folders of a path, or the name of a file at the root.
fn place(path: &RepoPath) -> String {
    let folder = path.folder();
    if folder.is_empty() {
        return path.to_string();
    }
    let mut slashes = folder.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| at);
    let end = slashes.nth(1).unwrap_or(folder.len());
    String::from_utf8_lossy(&folder[..end]).into_owned()
}

fn commits(analysis: &Analysis<'_>, totals: &Totals, remarks: &mut Vec<Remark>) {
    let scan = analysis.scan;
    let late = scan.commits.iter().filter(|commit| commit.time > scan.as_of).count();
    // A misdated head has a remark of its own, and `as_of` is not its date.
    if late > 0 && scan.repository.misdated.is_none() {
        remarks.push(Remark::FutureDates { commits: late });
    }
    if scan.repository.unknown_ignore_revs > 0 {
        remarks.push(Remark::UnknownIgnoreRevs { lines: scan.repository.unknown_ignore_revs });
    }
    let is_source = |(class, lines): &(FileClass, u64)| *class == FileClass::Source || *lines == 0;
    let excluded = totals.wide_commits.commits + totals.ignored_commits.commits;
    // Worth saying only if a part of these lines counts differently.
    if totals.changed_lines > 0 && (excluded > 0 || !totals.changed_lines_by_class.iter().all(is_source)) {
        remarks.push(Remark::ChangedLines {
            lines: totals.changed_lines,
            by_class: totals.changed_lines_by_class.clone(),
            max_files_per_commit: totals.max_files_per_commit,
            wide: totals.wide_commits,
            ignored: totals.ignored_commits,
        });
    }
}

fn people(totals: &Totals, remarks: &mut Vec<Remark>) {
    if !totals.bots.is_empty() {
        let mut bots: Vec<BotReport> = totals.bots.clone();
        bots.sort_by_key(|bot| Reverse(bot.commits));
        remarks.push(Remark::Bots { bots });
    }
    if !totals.merged_people.is_empty() {
        let mut people = totals.merged_people.clone();
        people.sort_by_key(|person| Reverse(person.others.len()));
        remarks.push(Remark::MergedPeople { people });
    }
}

fn areas(analysis: &Analysis<'_>, remarks: &mut Vec<Remark>) {
    if !analysis.areas.unmatched_rules.is_empty() {
        remarks.push(Remark::UnmatchedAreaRules { rules: analysis.areas.unmatched_rules.clone() });
    }
    let patterns = malformed_patterns(analysis.scan);
    if !patterns.is_empty() {
        remarks.push(Remark::MalformedWorkspacePatterns { patterns });
    }
    let lines = usize::try_from(analysis.areas.malformed_owner_lines).expect("lines of a file in memory");
    if lines > 0 {
        remarks.push(Remark::MalformedOwnerLines { lines });
    }
}

/// Why incidents stay unplaced, most telling first.
const UNPLACED_REASONS: [UnplacedReason; 7] = [
    UnplacedReason::NoSourceChange,
    UnplacedReason::FixedLater,
    UnplacedReason::OutsideWindow,
    UnplacedReason::MergeCommit,
    UnplacedReason::CommitNotFound,
    UnplacedReason::UnknownPlace,
    UnplacedReason::NoEvidence,
];

fn placement(analysis: &Analysis<'_>, totals: &Totals, remarks: &mut Vec<Remark>) {
    let unplaced = totals.incidents - totals.incidents_attributed;
    if unplaced > 0 {
        let of_reason = |reason: UnplacedReason| {
            let placements = analysis.attribution.incidents.iter().map(|incident| &incident.placement);
            placements.filter(|placement| **placement == Placement::Unplaced(reason)).count()
        };
        let by_reason = UNPLACED_REASONS.map(|reason| (reason, of_reason(reason)));
        remarks.push(Remark::UnattributedIncidents {
            incidents: unplaced,
            of: totals.incidents,
            cost: totals.unattributed.clone(),
            by_reason: by_reason.into_iter().filter(|(_, number)| *number > 0).collect(),
        });
    }
    let names = unknown_places(analysis);
    if !names.is_empty() {
        remarks.push(Remark::UnknownPlaces { names });
    }
    let share = analysis.history.linked_share;
    // Without incident history there is no weight that this share could lower.
    if share < 1.0 && analysis.ranking.incidents.total > 0.0 {
        remarks.push(Remark::LinkedShare { share });
    }
    let is_deleted = |placement: &Placement| match placement {
        Placement::Attributed { links, .. } => {
            links.iter().any(|link| analysis.scan.file(link.file).present.is_none())
        }
        Placement::Unplaced(_) => false,
    };
    let incidents = &analysis.attribution.incidents;
    let in_deleted = incidents.iter().filter(|incident| is_deleted(&incident.placement)).count();
    if in_deleted > 0 {
        remarks.push(Remark::DeletedCode { incidents: in_deleted, cost: totals.deleted_code.clone() });
    }
}

/// Incidents that count in no figure, because they are later or hidden.
fn beyond(analysis: &Analysis<'_>, remarks: &mut Vec<Remark>) {
    let Beyond { later, outside, feed_end } = &analysis.beyond;
    remarks.extend(feed_end.map(Remark::FeedEnded));
    if *later > 0 {
        remarks.push(Remark::LaterIncidents { incidents: *later, as_of: analysis.scan.as_of });
    }
    if outside.incidents + outside.partly > 0 {
        remarks.push(Remark::OutsideIncidents {
            incidents: outside.incidents,
            unplaced: outside.unplaced,
            partly: outside.partly,
            cost: outside.cost.clone(),
        });
    }
}

/// Costs below zero, which may be meant or a slip of a sign.
fn credits(analysis: &Analysis<'_>, remarks: &mut Vec<Remark>) {
    let costs = analysis.incidents().list.iter().filter_map(|incident| incident.cost);
    let (mut incidents, mut sum) = (0, Costs::default());
    for cost in costs.filter(|cost| cost.minor < 0) {
        incidents += 1;
        sum.add(cost);
    }
    if incidents > 0 {
        remarks.push(Remark::Credits { incidents, cost: sum });
    }
}

/// The names of places in unplaced incidents, the most frequent first.
fn unknown_places(analysis: &Analysis<'_>) -> Vec<(String, usize)> {
    let mut incidents_of: BTreeMap<&str, usize> = BTreeMap::new();
    for attributed in &analysis.attribution.incidents {
        if attributed.placement == Placement::Unplaced(UnplacedReason::UnknownPlace) {
            let incident = &analysis.incidents().list[attributed.incident];
            for name in incident.place_names() {
                *incidents_of.entry(name).or_insert(0) += 1;
            }
        }
    }
    let names = incidents_of.into_iter();
    let mut names: Vec<(String, usize)> = names.map(|(name, number)| (name.to_owned(), number)).collect();
    // Stable: equally frequent names stay in alphabetical order.
    names.sort_by_key(|(_, number)| Reverse(*number));
    names
}

fn excluded(analysis: &Analysis<'_>, remarks: &mut Vec<Remark>) {
    let of = |reason: RankingExclusion| {
        analysis.history.excluded.iter().filter(|excluded| **excluded == Some(reason)).count()
    };
    for reason in [
        RankingExclusion::Undated,
        RankingExclusion::AfterAsOf,
        RankingExclusion::WideFix,
        RankingExclusion::NoPresentSource,
    ] {
        let incidents = of(reason);
        if incidents > 0 {
            remarks.push(Remark::ExcludedIncidents(ExcludedIncidents {
                reason,
                incidents,
                has_cost: !analysis.currencies.is_empty(),
                is_beyond_window: analysis.scan.repository.is_beyond_window,
                max_fix_files: analysis.parameters.max_fix_source_files,
            }));
        }
    }
    let used = analysis.history.used.len();
    if analysis.forecaster.incidents_per_year.is_none() {
        remarks.push(Remark::NoForecast);
    } else if used < SMALL_SAMPLE {
        remarks.push(Remark::SmallSample { incidents: used });
    }
}

fn skipped(analysis: &Analysis<'_>) -> Vec<SkippedGroup> {
    let groups = analysis.skipped.chunk_by(|a, b| a.reason == b.reason);
    groups
        .map(|group| {
            let subjects = group.iter().take(SUBJECTS_SHOWN).map(|skipped| skipped.subject.to_string());
            SkippedGroup { reason: group[0].reason, items: group.len(), examples: subjects.collect() }
        })
        .collect()
}

fn assumptions(analysis: &Analysis<'_>) -> Vec<Assumption> {
    let parameters = &analysis.parameters;
    let mut assumptions = vec![Assumption::Activity {
        work_half_life: parameters.work_half_life_days,
        revision_half_life: parameters.change_half_life_days,
        max_files: parameters.max_commit_source_files,
    }];
    // Without a yearly total nothing is forecast, so that nothing else is assumed.
    if analysis.forecaster.incidents_per_year.is_none() {
        return assumptions;
    }
    assumptions.extend([
        Assumption::IncidentDecay { half_life: parameters.incident_half_life_days },
        Assumption::YearlyTotal { last_year_weight: parameters.last_year_weight },
        Assumption::Ranges,
    ]);
    let is_undated =
        |used: &&crate::rank::UsedIncident| analysis.incidents().list[used.incident].opened.is_none();
    let dated_by_fix = analysis.history.used.iter().filter(is_undated).count();
    if dated_by_fix > 0 {
        assumptions.push(Assumption::DatedByFix { incidents: dated_by_fix });
    }
    assumptions.extend(super::prices::assumption(analysis));
    if analysis.forecaster.costs.len() > 1 {
        assumptions.push(Assumption::CurrenciesApart);
    }
    let has_credit = |incident: &Incident| incident.cost.is_some_and(|cost| cost.minor < 0);
    if analysis.incidents().list.iter().any(has_credit) {
        assumptions.push(Assumption::Credits);
    }
    assumptions
}
