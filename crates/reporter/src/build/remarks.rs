//! What could not be read, placed or trusted, in sentences.

use std::collections::BTreeMap;

use debtscan_model::{FileClass, SkipReason, Skipped};

use super::words::{count, grouped, in_parentheses, in_words, precise};
use super::{Analysis, Privacy};
use crate::area::malformed_patterns;
use crate::attribution::Placement;
use debtscan_findings::{BotReport, LeftOut, Remark, Severity, Totals, Trust, UnplacedReason};
use debtscan_incidents::{Costs, REDACTED, RejectedRow};

/// Below this many incidents the intervals say more about the model than about the project.
/// 10, the least at which the backtest behind the ranking made a forecast.
const SMALL_SAMPLE: usize = 10;

/// Bots named in the remark on them; JSON has all.
const BOTS_SHOWN: usize = 3;

/// Subjects listed per reason for skipping.
const SUBJECTS_SHOWN: usize = 5;

/// All remarks, skipped things, rejected values and assumptions.
pub(crate) fn report(analysis: &Analysis<'_>, totals: &Totals) -> Trust {
    let skipped = skipped(analysis);
    let mut remarks = Remarks::default();
    repository(analysis, &mut remarks);
    commits(analysis, totals, &mut remarks);
    people(totals, &mut remarks);
    for (reason, number, _) in &skipped {
        let severity = if reason.is_loss() { Severity::Loss } else { Severity::Note };
        let message = format!("{}: {}.", count(*number, "item"), reason.describe());
        remarks.push(skip_code(*reason), severity, message, "");
    }
    areas(analysis, &mut remarks);
    let changed = analysis.parameters.changed();
    if !changed.is_empty() {
        let message = format!("The configuration sets constants of the ranking: {}.", in_words(&changed));
        remarks.note("changed-constants", message, "debtscan backtest");
    }
    if totals.commits == 0 {
        let message = "No commit lies inside the window: nothing is known of change.".to_owned();
        remarks.loss("no-commits", message, "widen --since and --until");
    }
    if analysis.incidents().list.is_empty() && !analysis.incidents().columns.is_empty() {
        let message = "The incident files hold a header and no incident.".to_owned();
        remarks.loss("empty-incident-files", message, "export them again");
    } else if analysis.incidents().list.is_empty() {
        remarks.note(
            "no-incidents",
            "No incident is known, so the ranking rests on size, change and complexity alone.".to_owned(),
            "--incidents FILE",
        );
    } else {
        placement(analysis, totals, &mut remarks);
        left_out(analysis, &mut remarks);
        super::prices::remarks(analysis, totals, &mut remarks);
        credits(analysis, &mut remarks);
    }
    let rejected = rejected(analysis);
    if !rejected.is_empty() {
        let dropped = rejected.iter().filter(|row| row.dropped).count();
        let number = count(rejected.len(), "value");
        let files = if analysis.accounts.is_some() { "incident and account files" } else { "incident files" };
        remarks.loss(
            "rejected-values",
            format!("{number} of the {files} could not be used; {} left out.", count(dropped, "row")),
            "correct them: each is listed with its file, line and reason",
        );
    }
    let mut remarks = remarks.0;
    remarks.sort_by(|a, b| (a.severity, a.code).cmp(&(b.severity, b.code)));
    Trust { remarks, skipped, rejected, assumptions: assumptions(analysis) }
}

/// Values of incident and account files that could not be used; without their text when titles and names
/// are left out, because it may be either.
fn rejected(analysis: &Analysis<'_>) -> Vec<RejectedRow> {
    let of_accounts = analysis.accounts.map_or(&[][..], |accounts| &accounts.rejected);
    let mut rows: Vec<RejectedRow> =
        analysis.incidents().rejected.iter().chain(of_accounts).cloned().collect();
    if analysis.privacy == Privacy::Redacted {
        for row in &mut rows {
            REDACTED.clone_into(&mut row.value);
        }
    }
    rows
}

/// A list under construction.
#[derive(Default)]
pub(super) struct Remarks(Vec<Remark>);

impl Remarks {
    fn push(&mut self, code: &'static str, severity: Severity, message: String, hint: &str) {
        self.0.push(Remark { code, severity, message, hint: hint.to_owned() });
    }

    pub(super) fn loss(&mut self, code: &'static str, message: String, hint: &str) {
        self.push(code, Severity::Loss, message, hint);
    }

    pub(super) fn note(&mut self, code: &'static str, message: String, hint: &str) {
        self.push(code, Severity::Note, message, hint);
    }
}

fn repository(analysis: &Analysis<'_>, remarks: &mut Remarks) {
    let repository = &analysis.scan.repository;
    if repository.is_shallow {
        let message = "The clone is shallow: commits before its edge are missing from every figure.";
        remarks.loss("shallow-clone", message.to_owned(), "git fetch --unshallow");
    }
    if repository.is_partial {
        let is_missing = |skipped: &Skipped| skipped.reason == SkipReason::UnreadableObject;
        if analysis.scan.skipped.iter().any(is_missing) {
            let message = "The clone is partial: lines of contents that were not fetched are not counted.";
            remarks.loss("partial-clone", message.to_owned(), "git fetch --refetch --no-filter");
        } else {
            let message = "The clone is partial, but nothing that was needed is missing.";
            remarks.note("partial-clone", message.to_owned(), "");
        }
    }
    if !repository.renames_followed {
        let message = "Renames are not followed: a renamed file starts without history.";
        remarks.note("renames-not-followed", message.to_owned(), "");
    }
    if repository.first_parent {
        let message = "Only first parents are followed: a merge stands for all that its branch brought, \
                       under the name of whoever merged it.";
        remarks.note("first-parent", message.to_owned(), "");
    }
    if !repository.unmatched_excludes.is_empty() {
        let patterns = &repository.unmatched_excludes;
        let number = count(patterns.len(), "pattern");
        let verb = if patterns.len() == 1 { "matches" } else { "match" };
        let message = format!("{number} of --exclude or exclude {verb} no path: {}.", patterns.join(", "));
        remarks.note(
            "unmatched-excludes",
            message,
            "write them from the repository's root, as in .gitignore",
        );
    }
    if repository.is_beyond_window {
        let message = "The history ends with --until, from where every recent time is counted back; the files, \
                       their size and their complexity are those of the scanned commit, which is later.";
        let hint = "give --rev the commit of then: git rev-list -1 --before=DATE HEAD";
        remarks.loss("tree-after-window", message.to_owned(), hint);
    }
    if repository.excluded_files > 0 {
        let number = count(repository.excluded_files, "present file");
        let message = format!("{number} left out by .debtscanignore or --exclude.");
        remarks.note("excluded-files", message, "");
    }
    if analysis.universe.files.is_empty() {
        let message = "No source file is present at the scanned revision, so there is nothing to rank.";
        remarks.note("no-source-files", message.to_owned(), "check the path, --rev and --exclude");
    }
    let is_broken = |file: &&crate::rank::RankedFile| {
        let present = analysis.scan.file(file.file).present.as_ref();
        let complexity = present.and_then(|present| present.complexity.as_ref());
        complexity.is_some_and(|complexity| complexity.had_syntax_errors)
    };
    let broken = analysis.universe.files.iter().filter(is_broken).count();
    if broken > 0 {
        let number = count(broken, "source file");
        let message = format!("{number} did not parse cleanly: complexity there is less certain.");
        remarks.note("syntax-errors", message, "");
    }
}

fn commits(analysis: &Analysis<'_>, totals: &Totals, remarks: &mut Remarks) {
    let scan = analysis.scan;
    let late = scan.commits.iter().filter(|commit| commit.time > scan.as_of).count();
    if late > 0 {
        let message = format!(
            "{} dated after the scanned commit, by a wrong clock: as recent change it counts as of that commit.",
            count(late, "commit")
        );
        remarks.note("future-dates", message, "");
    }
    if scan.repository.unknown_ignore_revs > 0 {
        let number = count(scan.repository.unknown_ignore_revs, "line");
        let message = format!("{number} of .git-blame-ignore-revs name no commit of the scanned history.");
        remarks.note("unknown-ignore-revs", message, "write full commit ids, one a line");
    }
    let is_source = |(class, lines): &(FileClass, u64)| *class == FileClass::Source || *lines == 0;
    let left_out = totals.wide_commits.commits + totals.ignored_commits.commits;
    if totals.changed_lines == 0 || (left_out == 0 && totals.changed_lines_by_class.iter().all(is_source)) {
        return;
    }
    let percent = |lines: u64| match format!("{:.0} %", 100.0 * lines as f64 / totals.changed_lines as f64) {
        text if text == "0 %" && lines > 0 => "<1 %".to_owned(),
        text => text,
    };
    let classes: Vec<String> = totals
        .changed_lines_by_class
        .iter()
        .filter(|(_, lines)| *lines > 0)
        .map(|(class, lines)| format!("{} {}", class.name(), percent(*lines)))
        .collect();
    let mut message = format!("{} changed lines: {}.", grouped(totals.changed_lines), classes.join(", "));
    let groups = [
        (totals.wide_commits, format!("of more than {} source files", totals.max_files_per_commit)),
        (totals.ignored_commits, "listed in .git-blame-ignore-revs".to_owned()),
    ];
    let left_out: Vec<String> = groups
        .iter()
        .filter(|(group, _)| group.commits > 0)
        .map(|(group, which)| {
            format!("{} {which} ({})", count(group.commits, "commit"), percent(group.changed_lines))
        })
        .collect();
    if !left_out.is_empty() {
        message = format!("{message} Not counted as recent change: {}.", left_out.join(" and "));
    }
    remarks.note("changed-lines", message, "");
}

fn people(totals: &Totals, remarks: &mut Remarks) {
    if totals.bots.is_empty() {
        return;
    }
    let mut by_commits: Vec<&BotReport> = totals.bots.iter().collect();
    by_commits.sort_by_key(|bot| std::cmp::Reverse(bot.commits));
    let mut names: Vec<String> = by_commits
        .iter()
        .take(BOTS_SHOWN)
        .map(|bot| format!("{} ({})", bot.name, count(bot.commits, "commit")))
        .collect();
    if totals.bots.len() > BOTS_SHOWN {
        names.push(format!("{} more", grouped((totals.bots.len() - BOTS_SHOWN) as u64)));
    }
    let message = format!(
        "{} not counted among the authors, whose changes count like any other: {}.",
        count(totals.bots.len(), "bot"),
        names.join(", ")
    );
    remarks.note("bots", message, "add to the list with [people] bots in debtscan.toml");
}

fn areas(analysis: &Analysis<'_>, remarks: &mut Remarks) {
    let unmatched = &analysis.areas.unmatched_rules;
    if !unmatched.is_empty() {
        let message = format!(
            "{} of [[area]] claim no file: {}.",
            count(unmatched.len(), "pattern"),
            unmatched.join(", ")
        );
        remarks.note("unmatched-area-rules", message, "correct or remove them in the configuration");
    }
    let patterns = malformed_patterns(analysis.scan);
    if !patterns.is_empty() {
        let message = format!(
            "{} of workspace lists could not be understood, so the packages that they name may be missing: {}.",
            count(patterns.len(), "pattern"),
            patterns.join(", ")
        );
        remarks.note("malformed-workspace-patterns", message, "");
    }
    let malformed = usize::try_from(analysis.areas.malformed_owner_lines).expect("lines of a file in memory");
    if malformed > 0 {
        let message = format!("{} of CODEOWNERS could not be understood.", count(malformed, "line"));
        remarks.note("malformed-owner-lines", message, "");
    }
}

fn placement(analysis: &Analysis<'_>, totals: &Totals, remarks: &mut Remarks) {
    let unplaced = totals.incidents - totals.incidents_attributed;
    if unplaced > 0 {
        let of_reason = |reason: UnplacedReason| {
            let placements = analysis.attribution.incidents.iter().map(|incident| &incident.placement);
            placements.filter(|placement| **placement == Placement::Unplaced(reason)).count()
        };
        let reasons: Vec<String> = UNPLACED_REASONS
            .iter()
            .map(|(reason, phrase)| (of_reason(*reason), phrase))
            .filter(|(number, _)| *number > 0)
            .map(|(number, phrase)| format!("{} {phrase}", grouped(number as u64)))
            .collect();
        let message = format!(
            "{} of {} could not be tied to any file{}: {}.",
            grouped(unplaced as u64),
            count(totals.incidents, "incident"),
            in_parentheses(&totals.unattributed),
            reasons.join(", ")
        );
        remarks.loss(
            "unattributed-incidents",
            message,
            "debtscan incidents FILE shows what would place each one",
        );
    }
    unknown_names(analysis, remarks);
    let linked = analysis.history.linked_share;
    if linked < 1.0 && analysis.ranking.incidents.total > 0.0 {
        let message = format!(
            "Of {:.0} % of the incidents it is known where they were, so incident history has that part of its \
             weight in the ranking.",
            100.0 * linked
        );
        remarks.note("linked-share", message, "");
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
        let message = format!(
            "{} fell at least in part on files that no longer exist{}.",
            count(in_deleted, "incident"),
            in_parentheses(&totals.deleted_code)
        );
        remarks.note("deleted-code", message, "");
    }
}

/// Costs below zero, which may be meant or a slip of a sign.
fn credits(analysis: &Analysis<'_>, remarks: &mut Remarks) {
    let costs = analysis.incidents().list.iter().filter_map(|incident| incident.cost);
    let (mut number, mut sum) = (0, Costs::default());
    for cost in costs.filter(|cost| cost.minor < 0) {
        number += 1;
        sum.add(cost);
    }
    if number > 0 {
        let message = format!(
            "{} with a cost below zero{}, taken for a credit: it lowers what is recorded.",
            count(number, "incident"),
            in_parentheses(&sum)
        );
        remarks.note("credits", message, "take the minus or brackets away where it is a cost");
    }
}

/// The names of places in unplaced incidents, the most frequent first.
fn unknown_names(analysis: &Analysis<'_>, remarks: &mut Remarks) {
    let mut incidents_of: BTreeMap<&str, usize> = BTreeMap::new();
    for attributed in &analysis.attribution.incidents {
        if attributed.placement == Placement::Unplaced(UnplacedReason::UnknownPlace) {
            let incident = &analysis.incidents().list[attributed.incident];
            for name in incident.place_names() {
                *incidents_of.entry(name).or_insert(0) += 1;
            }
        }
    }
    let mut names: Vec<(&str, usize)> = incidents_of.into_iter().collect();
    names.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    let shown: Vec<String> = names
        .iter()
        .take(NAMES_SHOWN)
        .map(|(name, number)| format!("{name} ({})", count(*number, "incident")))
        .collect();
    if !shown.is_empty() {
        let more = names.len() - shown.len();
        let more = if more == 0 { String::new() } else { format!(" and {} more", grouped(more as u64)) };
        let message =
            format!("Places that incidents name and no area is called by: {}{more}.", shown.join(", "));
        remarks.note("unknown-places", message, "put each into the aliases of its [[area]] in debtscan.toml");
    }
}

/// Unknown places named in the remark on them.
const NAMES_SHOWN: usize = 5;

/// Why incidents stay unplaced, most telling first, as the end of `3 ...`.
const UNPLACED_REASONS: [(UnplacedReason, &str); 6] = [
    (UnplacedReason::NoSourceChange, "with a fix that changes no source file"),
    (UnplacedReason::OutsideWindow, "fixed outside --since/--until"),
    (UnplacedReason::MergeCommit, "naming only merges that brought no change"),
    (UnplacedReason::CommitNotFound, "naming commits that the scanned history does not hold"),
    (UnplacedReason::UnknownPlace, "naming paths or areas that the repository does not have"),
    (UnplacedReason::NoEvidence, "without any hint at the code"),
];

fn left_out(analysis: &Analysis<'_>, remarks: &mut Remarks) {
    let of = |reason: LeftOut| {
        analysis.history.left_out.iter().filter(|left_out| **left_out == Some(reason)).count()
    };
    let counted_in = if analysis.currencies.is_empty() { "the incidents so far" } else { "the cost so far" };
    let mut note = |code, reason, text: &str, hint: &str| {
        let number = of(reason);
        if number > 0 {
            let number = count(number, "incident");
            let message = format!("{number} {text}; counted in {counted_in}, not in the ranking.");
            remarks.note(code, message, hint);
        }
    };
    let date_hint = "add an opened_at column";
    let is_beyond = analysis.scan.repository.is_beyond_window;
    let after = if is_beyond { "later than --until" } else { "later than the scanned commit" };
    note("undated-incidents", LeftOut::Undated, "without any date", date_hint);
    note("incidents-after-as-of", LeftOut::AfterAsOf, after, "");
    let wide = format!("fixed in more than {} source files", analysis.parameters.max_fix_source_files);
    note("wide-fixes", LeftOut::WideFix, &wide, "");
    note("no-present-source", LeftOut::NoPresentSource, "fixed in no source file that still exists", "");
    let used = analysis.history.used.len();
    if analysis.outlook.incidents_per_year.is_none() {
        let message = "No incident takes part in the forecast, so none is made.".to_owned();
        remarks.note("no-forecast", message, "");
    } else if used < SMALL_SAMPLE {
        let message =
            format!("Only {} behind the forecast: its intervals are wide.", count(used, "incident"));
        remarks.note("small-sample", message, "");
    }
}

fn skipped(analysis: &Analysis<'_>) -> Vec<(SkipReason, usize, Vec<String>)> {
    analysis
        .scan
        .skipped
        .chunk_by(|a, b| a.reason == b.reason)
        .map(|group| {
            let subjects = group.iter().take(SUBJECTS_SHOWN).map(|skipped| skipped.subject.to_string());
            (group[0].reason, group.len(), subjects.collect())
        })
        .collect()
}

fn skip_code(reason: SkipReason) -> &'static str {
    match reason {
        SkipReason::ShallowBoundary => "skipped-shallow-boundary",
        SkipReason::UnreadableObject => "skipped-unreadable-object",
        SkipReason::RenameLimit => "skipped-rename-limit",
        SkipReason::TooLargeToCount => "skipped-too-large-to-count",
        SkipReason::TooLargeToParse => "skipped-too-large-to-parse",
        SkipReason::ParseTimeout => "skipped-parse-timeout",
        SkipReason::Submodule => "skipped-submodule",
        SkipReason::InvalidPath => "skipped-invalid-path",
        SkipReason::LineHistoryLimit => "skipped-line-history-limit",
    }
}

fn assumptions(analysis: &Analysis<'_>) -> Vec<String> {
    let parameters = &analysis.parameters;
    let mut assumptions = vec![format!(
        "Work counts half after {} days, and a revision in hotspots after {}; commits over {} source files do \
         not count.",
        parameters.work_half_life_days, parameters.change_half_life_days, parameters.max_commit_source_files
    )];
    if analysis.outlook.incidents_per_year.is_none() {
        return assumptions;
    }
    assumptions.push(format!(
        "An incident counts half after {} days; weights and half-lives are defaults measured on other projects.",
        parameters.incident_half_life_days
    ));
    assumptions.push(format!(
        "Next year's number of incidents is {} x last year's count and {} x a decayed rate, drawn towards a longer \
         rate where these are few; last year's count alone misses by a median of 32 %.",
        precise(parameters.last_year_weight),
        precise(1.0 - parameters.last_year_weight)
    ));
    assumptions.push(
        "Intervals hold 80 %: counts are negative binomial, costs are drawn from past ones.".to_owned(),
    );
    let is_undated =
        |used: &&crate::rank::UsedIncident| analysis.incidents().list[used.incident].opened.is_none();
    let dated_by_fix = analysis.history.used.iter().filter(is_undated).count();
    if dated_by_fix > 0 {
        assumptions.push(format!(
            "{} without an opening date count from their first fix commit, else from when they were resolved.",
            count(dated_by_fix, "incident")
        ));
    }
    assumptions.extend(super::prices::assumption(analysis));
    if analysis.outlook.costs.len() > 1 {
        assumptions.push(
            "Currencies are not converted: an incident in one counts as zero in the mean of the others."
                .to_owned(),
        );
    }
    let has_credit =
        |incident: &debtscan_incidents::Incident| incident.cost.is_some_and(|cost| cost.minor < 0);
    if analysis.incidents().list.iter().any(has_credit) {
        assumptions.push("Credits lower the mean cost, and count as zero in the intervals.".to_owned());
    }
    assumptions
}
