//! Remarks in words: what happened, and what to do about it.

use debtscan_model::{FileClass, Timestamp};

use crate::number::{count, counted, day, grouped, kilobytes, percent, precise_hours};
use crate::price::{amounts, in_parentheses};
use crate::skipped::skipped_text;
use crate::words::{changed_constants, person_label};
use debtscan_findings::{
    BotReport, CommitGroup, ExcludedIncidents, FeedEnd, Hours, LeftOutClass, LossExtent, MergedPerson,
    ModelledCosts, PricedLine, RankingExclusion, Remark, ShareLimit, UnknownPerson, UnplacedReason,
};
use debtscan_incidents::Costs;

/// Bots named in the remark on them; JSON has all.
const BOTS_SHOWN: usize = 3;

/// People of several identities named in the remark on them; JSON has all.
const MERGED_SHOWN: usize = 3;

/// Unknown places named in the remark on them.
const PLACES_SHOWN: usize = 5;

/// Unknown people named in the remark on them.
const PEOPLE_SHOWN: usize = 5;

/// What every output of an invented project says.
pub(crate) const INVENTED: &str = "All of this is invented: people, customers, incidents and code.";

/// How to give incidents a cost.
const HOW_TO_PRICE: &str = "fill in the cost column, or set effort_hour, elapsed_minute or [price.severity] under [price] in debtscan.toml";

/// A remark for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemarkText {
    /// What happened, with counts, in a sentence or two.
    pub message: String,
    /// What the reader can do about it, often a command; empty when nothing.
    pub hint: String,
}

/// A date as `2026-01-31`.
pub fn day_text(time: Timestamp) -> String {
    day(time)
}

/// The words of a remark.
pub fn remark_text(remark: &Remark) -> RemarkText {
    RemarkText { message: message(remark), hint: hint(remark).to_owned() }
}

fn message(remark: &Remark) -> String {
    match remark {
        Remark::InventedData => INVENTED.into(),
        Remark::ShallowClone => {
            "Shallow clone: every figure misses the commits that were not fetched.".into()
        }
        Remark::PartialClone { is_missing: true } => PARTIAL_CLONE.into(),
        Remark::PartialClone { is_missing: false } => COMPLETE_PARTIAL_CLONE.into(),
        Remark::RenamesNotFollowed => {
            "Renames are not followed, so a renamed file starts without history.".into()
        }
        Remark::FirstParent => FIRST_PARENT.into(),
        Remark::TreeAfterWindow => TREE_AFTER_WINDOW.into(),
        Remark::MisdatedCommit { dated, as_of } => misdated(*dated, *as_of),
        Remark::NoSourceFiles { held } => no_source_files(held),
        Remark::LeftOut { classes } => left_out(classes),
        Remark::NoCommits => "No commits between --since and --until, so no change history.".into(),
        Remark::EmptyIncidentFiles => "The incident files contain a header but no rows.".into(),
        Remark::NoIncidents => NO_INCIDENTS.into(),
        Remark::NoForecast => "No incident qualifies for the forecast, so there is none.".into(),
        Remark::UnmatchedExcludes { patterns } => unmatched_excludes(patterns),
        Remark::UnmatchedClasses { patterns } => unmatched_classes(patterns),
        Remark::ExcludedFiles { files } => {
            format!("{} excluded by .debtscanignore or --exclude.", n(*files, "file"))
        }
        Remark::SyntaxErrors { files, unparsed, of } => syntax_errors(*files, *unparsed, *of),
        Remark::FutureDates { commits } => future_dates(*commits),
        Remark::UnknownIgnoreRevs { lines } => {
            format!("{} of .git-blame-ignore-revs match no commit in the scanned history.", n(*lines, "line"))
        }
        Remark::ChangedLines { lines, by_class, max_files_per_commit, wide, ignored } => {
            changed_lines(*lines, by_class, *max_files_per_commit, [*wide, *ignored])
        }
        Remark::Bots { bots } => bots_text(bots),
        Remark::MergedPeople { people } => merged_people(people),
        Remark::Skipped { reason, items, .. } => format!("{}.", skipped_text(*reason, *items)),
        Remark::UnmatchedAreaRules { rules } => unmatched_rules(rules),
        Remark::MalformedWorkspacePatterns { patterns } => malformed_patterns(patterns),
        Remark::MalformedOwnerLines { lines } => {
            format!("{} of CODEOWNERS could not be parsed.", n(*lines, "line"))
        }
        Remark::ChangedConstants { constants } => {
            format!("The configuration changes constants of the ranking: {}.", changed_constants(constants))
        }
        Remark::UnattributedIncidents { incidents, of, cost, by_reason } => {
            unattributed(*incidents, *of, cost, by_reason)
        }
        Remark::UnknownPlaces { names } => unknown_places(names),
        Remark::LinkedShare { share } => linked_share(*share),
        Remark::DeletedCode { incidents, cost } => deleted_code(*incidents, cost),
        Remark::ExcludedIncidents(excluded) => excluded_text(excluded),
        Remark::LaterIncidents { incidents, as_of } => later_incidents(*incidents, *as_of),
        Remark::OutsideIncidents { incidents, unplaced, partly, cost } => {
            outside_incidents(*incidents, *unplaced, *partly, cost)
        }
        Remark::SmallSample { incidents } => {
            format!("The forecast rests on only {}, so its ranges are wide.", n(*incidents, "incident"))
        }
        Remark::Credits { incidents, cost } => credits(*incidents, cost),
        Remark::RejectedValues { values, rows, has_accounts, .. } => rejected(*values, *rows, *has_accounts),
        Remark::RowsExcluded { rows, by_reason } => excluded_rows(*rows, by_reason),
        Remark::ModelledCosts(modelled) => modelled_costs(modelled),
        Remark::ConvertedCosts { date, original } => converted_costs(date, original),
        Remark::CostsWithoutRate { costs } => without_rate(*costs),
        Remark::NoEffort { incidents } => no_effort(*incidents),
        Remark::AccountRevenue { header } => account_revenue(header),
        Remark::UnknownAccounts { names } => {
            format!("{} in incidents not found in the accounts file.", n(*names, "account name"))
        }
        Remark::UnknownInCase { areas, teams } => unknown_in_case(areas, teams),
        Remark::NoPrices { is_all_zero, hours, .. } => no_prices(*is_all_zero, hours),
        // With a price model the hours have become costs already. Without one they show what it
        // could use.
        Remark::UnpricedIncidents { incidents, of, assumed, has_model, hours } => {
            unpriced(*incidents, *of, assumed, if *has_model { None } else { Some(hours) })
        }
        Remark::PricedSpan { from, before, to, after } => priced_span((*from, *before), (*to, *after)),
        Remark::FeedEnded(end) => feed_end(end),
        Remark::UnknownPeople { people, entries } => unknown_people(people, *entries),
    }
}

fn hint(remark: &Remark) -> &'static str {
    match remark {
        Remark::ShallowClone => "git fetch --unshallow",
        Remark::PartialClone { is_missing: true } => "git fetch --refetch --no-filter",
        Remark::TreeAfterWindow => {
            "scan the commit of that date instead: --rev $(git rev-list -1 --before=DATE HEAD)"
        }
        Remark::UnmatchedExcludes { .. } => "write them relative to the repository's root, as in .gitignore",
        Remark::MisdatedCommit { .. } => "give --until DATE: ages and the forecast are measured from there",
        Remark::NoSourceFiles { held } if held.is_empty() => "check the path, --rev and --exclude",
        Remark::NoSourceFiles { .. } | Remark::LeftOut { .. } => {
            "[classes] in debtscan.toml gives a file another class"
        }
        Remark::UnknownIgnoreRevs { .. } => "write full commit IDs, one per line",
        Remark::Bots { .. } => "add more under [people] bots in debtscan.toml",
        Remark::MergedPeople { .. } => "correct with .mailmap, or [people] same and apart in debtscan.toml",
        Remark::NoCommits => "widen --since and --until",
        Remark::UnknownPeople { .. } => {
            "write names or addresses as `git shortlog --summary --email` prints them"
        }
        Remark::UnmatchedAreaRules { .. } => "correct or remove them in the configuration",
        Remark::ChangedConstants { .. } => "debtscan backtest",
        Remark::EmptyIncidentFiles => "export them again",
        Remark::NoIncidents => "--incidents FILE",
        Remark::UnattributedIncidents { .. } => "run `debtscan incidents FILE` to see what each one needs",
        Remark::UnknownPlaces { .. } => "add each to the aliases of its [[area]] in debtscan.toml",
        Remark::ExcludedIncidents(ExcludedIncidents { reason: RankingExclusion::Undated, .. }) => {
            "add an opened_at column"
        }
        Remark::RejectedValues { .. } => "correct them; each is listed with file, line and reason",
        Remark::RowsExcluded { .. } => "choose others with [incidents.where] in debtscan.toml",
        Remark::Credits { .. } => "remove the minus sign or brackets if they are costs",
        Remark::CostsWithoutRate { .. } => "add the currency to [price.rates]",
        Remark::FeedEnded(_) => "export the incidents up to the as-of date",
        Remark::NoEffort { .. } => "export the hours worked",
        Remark::AccountRevenue { .. } => "export what each account pays per year as `arr`",
        Remark::UnknownAccounts { .. } => "use the account's name or ID in both files",
        Remark::UnknownInCase { .. } => "use the name of an area, and of a [[team]] in debtscan.toml",
        Remark::NoPrices { is_all_zero: true, .. } => {
            "fill in the cost column, or leave it empty so that [price] in debtscan.toml applies"
        }
        Remark::NoPrices { has_model: false, .. } | Remark::UnpricedIncidents { has_model: false, .. } => {
            HOW_TO_PRICE
        }
        Remark::NoPrices { .. } | Remark::UnpricedIncidents { .. } => "fill in the cost column",
        // Some remarks are facts that nothing can change, such as a small number of incidents.
        _ => "",
    }
}

/// A count with its noun: `1 incident`, `2,000 incidents`.
fn n(number: usize, noun: &str) -> String {
    counted(number, noun, &format!("{noun}s"))
}

const PARTIAL_CLONE: &str = "Partial clone: lines of files that were not fetched are not counted.";

const COMPLETE_PARTIAL_CLONE: &str = "Partial clone, but nothing that was needed is missing.";

const NO_INCIDENTS: &str = "No incidents given: the ranking uses size, change and complexity only.";

const FIRST_PARENT: &str = "First-parent mode: each merge counts as one change by whoever merged it.";

const TREE_AFTER_WINDOW: &str = "The history stops at --until, but file sizes and complexity are from the later \
                                 commit scanned.";

fn misdated(dated: Timestamp, as_of: Timestamp) -> String {
    let dated = day(dated);
    // The date was kept: it is odd but possible, or no other commit has a possible one.
    if day(as_of) == dated {
        return format!(
            "The scanned commit is dated {dated}, long after every other commit or the present: if that is wrong, \
             so are all ages and the forecast."
        );
    }
    format!(
        "The scanned commit is dated {dated}, which cannot be right: ages and the forecast are measured from the \
         newest commit of a possible date, {}.",
        day(as_of)
    )
}

fn syntax_errors(files: usize, unparsed: u64, of: u64) -> String {
    let files = n(files, "source file");
    if unparsed == 0 {
        return format!("{files} with parse errors; complexity there is approximate.");
    }
    let share = LossExtent { lost: unparsed, of };
    format!(
        "{files} with parse errors; {} of code ({}) did not parse, so complexity there is approximate.",
        counted_lines(unparsed),
        share_text(share)
    )
}

fn counted_lines(lines: u64) -> String {
    if lines == 1 { "1 line".to_owned() } else { format!("{} lines", grouped(lines)) }
}

/// The lost share: `12.5%`, `<0.1%`.
pub(crate) fn share_text(extent: LossExtent) -> String {
    percent(extent.lost as f64 / extent.of.max(1) as f64)
}

/// A limit: `10%`, `0.5%`.
pub(crate) fn limit_text(limit: ShareLimit) -> String {
    format!("{}%", f64::from(limit.hundredths()) / 100.0)
}

fn future_dates(commits: usize) -> String {
    format!(
        "{} dated after the scanned commit (clock skew), treated as made at that commit.",
        n(commits, "commit")
    )
}

fn unmatched_excludes(patterns: &[String]) -> String {
    let number = n(patterns.len(), "pattern");
    format!("{number} of --exclude or exclude without a matching path: {}.", patterns.join(", "))
}

fn no_source_files(held: &[(FileClass, usize)]) -> String {
    let held: Vec<String> = held.iter().map(|(class, files)| format!("{files} {}", class.name())).collect();
    let held =
        if held.is_empty() { String::new() } else { format!(", of files by class: {}", held.join(", ")) };
    format!("There are no source files at the scanned revision, so there is nothing to rank{held}.")
}

fn left_out(classes: &[LeftOutClass]) -> String {
    let of_class = |it: &LeftOutClass| {
        let places: Vec<String> =
            it.largest.iter().map(|(place, bytes)| format!("{place} {}", kilobytes(*bytes))).collect();
        let files = counted(it.files, "file", "files");
        format!("{} {files}, {} ({})", it.class.name(), kilobytes(it.bytes), places.join(", "))
    };
    let classes: Vec<String> = classes.iter().map(of_class).collect();
    format!("Not ranked because of their class, with the largest places: {}.", classes.join("; "))
}

fn unmatched_classes(patterns: &[String]) -> String {
    format!("{} of [classes] without a matching path: {}.", n(patterns.len(), "pattern"), patterns.join(", "))
}

fn unmatched_rules(rules: &[String]) -> String {
    format!("{} of [[area]] without a matching file: {}.", n(rules.len(), "pattern"), rules.join(", "))
}

fn without_rate(costs: usize) -> String {
    format!("{} not converted: [price.rates] has no rate for the currency.", n(costs, "recorded cost"))
}

fn later_incidents(incidents: usize, as_of: Timestamp) -> String {
    format!("{} opened after {} and not counted.", n(incidents, "incident"), day(as_of))
}

fn malformed_patterns(patterns: &[String]) -> String {
    format!(
        "{} of workspace lists could not be parsed, so packages may be missing: {}.",
        n(patterns.len(), "pattern"),
        patterns.join(", ")
    )
}

fn changed_lines(
    lines: u64,
    by_class: &[(FileClass, u64)],
    max_files_per_commit: usize,
    [wide, ignored]: [CommitGroup; 2],
) -> String {
    let percent = |part: u64| match format!("{:.0}%", 100.0 * part as f64 / lines as f64) {
        // Rounding must not hide a class that was changed.
        text if text == "0%" && part > 0 => "<1%".to_owned(),
        text => text,
    };
    let classes: Vec<String> = by_class
        .iter()
        .filter(|(_, lines)| *lines > 0)
        .map(|(class, lines)| format!("{} {}", percent(*lines), class.name()))
        .collect();
    let groups = [
        (wide, format!("of more than {max_files_per_commit} source files")),
        (ignored, "listed in .git-blame-ignore-revs".to_owned()),
    ];
    let excluded: Vec<String> = groups
        .iter()
        .filter(|(group, _)| group.commits > 0)
        .map(|(group, which)| {
            format!(
                "{} {which} ({} of changed lines)",
                n(group.commits, "commit"),
                percent(group.changed_lines)
            )
        })
        .collect();
    let message = format!("{} lines changed: {}.", grouped(lines), classes.join(", "));
    if excluded.is_empty() {
        message
    } else {
        format!("{message} Excluded from recent activity: {}.", excluded.join(" and "))
    }
}

fn bots_text(bots: &[BotReport]) -> String {
    let mut names: Vec<String> = bots
        .iter()
        .take(BOTS_SHOWN)
        .map(|bot| format!("{} ({})", bot.name, n(bot.commits, "commit")))
        .collect();
    if bots.len() > BOTS_SHOWN {
        names.push(format!("{} more", count(bots.len() - BOTS_SHOWN)));
    }
    format!(
        "{} excluded from author counts, but not from changes: {}.",
        n(bots.len(), "bot"),
        names.join(", ")
    )
}

fn merged_people(people: &[MergedPerson]) -> String {
    // The identity that stands for the person counts too, hence the 1.
    let name = |person: &MergedPerson| format!("{} ({})", person.name, count(person.others.len() + 1));
    let mut names: Vec<String> = people.iter().take(MERGED_SHOWN).map(name).collect();
    if people.len() > MERGED_SHOWN {
        names.push(format!("{} more", count(people.len() - MERGED_SHOWN)));
    }
    let identities: usize = people.iter().map(|person| person.others.len() + 1).sum();
    format!(
        "{} with the same name or GitHub account are counted as {}: {}.",
        counted(identities, "identity", "identities"),
        counted(people.len(), "person", "people"),
        names.join(", ")
    )
}

fn unknown_people(people: &[UnknownPerson], entries: usize) -> String {
    let name = |person: &UnknownPerson| {
        // With `--anonymize` the name is missing, and the line still finds the entry.
        let label = person.name.as_ref().map_or_else(|| person_label(person), |name| format!("`{name}`"));
        let nearest = person.nearest.as_ref();
        nearest.map_or_else(|| label.clone(), |nearest| format!("{label} (perhaps `{nearest}`)"))
    };
    let mut named: Vec<String> = people.iter().take(PEOPLE_SHOWN).map(name).collect();
    if people.len() > named.len() {
        named.push(format!("{} more", people.len() - named.len()));
    }
    format!(
        "{} of {} in the list of leavers match no author: {}.",
        people.len(),
        n(entries, "name"),
        named.join(", ")
    )
}

fn unattributed(incidents: usize, of: usize, cost: &Costs, by_reason: &[(UnplacedReason, usize)]) -> String {
    let reasons: Vec<String> = by_reason
        .iter()
        .map(|(reason, number)| format!("{} {}", count(*number), reason_phrase(*reason)))
        .collect();
    format!(
        "{} of {} could not be placed{}: {}.",
        count(incidents),
        n(of, "incident"),
        in_parentheses(cost),
        reasons.join(", ")
    )
}

/// Why incidents are unplaced, as the end of `3 ...`.
fn reason_phrase(reason: UnplacedReason) -> &'static str {
    match reason {
        // Another wording than the reason of one incident, because a count precedes it.
        UnplacedReason::NoSourceChange => "with a fix that changes no source file",
        UnplacedReason::OutsideWindow => "fixed outside the scanned history",
        UnplacedReason::FixedLater => "fixed after the scanned commit",
        UnplacedReason::MergeCommit => "naming only merges that change nothing",
        UnplacedReason::CommitNotFound => "naming commits that are not in the scanned history",
        UnplacedReason::UnknownPlace => "naming paths or areas that do not exist",
        UnplacedReason::NoEvidence => "naming no commit, path, ticket or area",
    }
}

fn unknown_places(names: &[(String, usize)]) -> String {
    let shown: Vec<String> = names
        .iter()
        .take(PLACES_SHOWN)
        .map(|(name, number)| format!("{name} ({})", n(*number, "incident")))
        .collect();
    let more = names.len() - shown.len();
    let more = if more == 0 { String::new() } else { format!(" and {} more", count(more)) };
    format!("Incidents name these places, but no area has that name or alias: {}{more}.", shown.join(", "))
}

fn linked_share(share: f64) -> String {
    format!(
        "{0:.0}% of incidents could be placed, so past incidents get {0:.0}% of their full weight in the ranking.",
        100.0 * share
    )
}

fn outside_incidents(incidents: usize, unplaced: usize, partly: usize, cost: &Costs) -> String {
    let unplaced = match unplaced {
        0 => String::new(),
        _ => format!(" ({} of them unplaced)", count(unplaced)),
    };
    // "Others" only makes sense beside incidents that are hidden whole.
    let partly = match (incidents, partly) {
        (_, 0) => String::new(),
        (0, _) => format!("parts of {}", n(partly, "incident")),
        (_, _) => format!(" and parts of {} others", count(partly)),
    };
    let whole =
        if incidents == 0 { String::new() } else { format!("{}{unplaced}", n(incidents, "incident")) };
    format!("Outside the scanned files and not counted: {whole}{partly}{}.", in_parentheses(cost))
}

fn deleted_code(incidents: usize, cost: &Costs) -> String {
    format!(
        "{} fixed at least partly in files deleted since{}.",
        n(incidents, "incident"),
        in_parentheses(cost)
    )
}

fn excluded_text(excluded: &ExcludedIncidents) -> String {
    let ExcludedIncidents { reason, incidents, has_cost, is_beyond_window, max_fix_files } = excluded;
    let text = match reason {
        RankingExclusion::Unplaced => "not placed".to_owned(),
        RankingExclusion::Undated => "without a date".to_owned(),
        // The as-of date is the end of the window or the scanned commit, and only the first is a
        // choice.
        RankingExclusion::AfterAsOf if *is_beyond_window => "later than --until".to_owned(),
        RankingExclusion::AfterAsOf => "later than the scanned commit".to_owned(),
        RankingExclusion::WideFix => format!("fixed in more than {max_fix_files} source files"),
        RankingExclusion::NoPresentSource => "fixed only in files that are deleted or not source".to_owned(),
    };
    // A reader without any cost would look for one in vain.
    let counted_in = if *has_cost { "cost to date" } else { "incidents to date" };
    format!("{} {text}; counted in {counted_in}, not in the ranking.", n(*incidents, "incident"))
}

fn credits(incidents: usize, cost: &Costs) -> String {
    format!("{} with a negative cost{}, counted as credit.", n(incidents, "incident"), in_parentheses(cost))
}

fn rejected(values: usize, rows: usize, has_accounts: bool) -> String {
    let files = if has_accounts { "incident and account files" } else { "incident files" };
    format!("{} of the {files} could not be read; {} skipped.", n(values, "value"), n(rows, "row"))
}

fn excluded_rows(rows: usize, by_reason: &[(String, usize)]) -> String {
    let reasons = by_reason.iter().map(|(reason, rows)| format!("{reason} ({})", count(*rows)));
    format!("{} of the input files excluded: {}.", n(rows, "row"), reasons.collect::<Vec<_>>().join(", "))
}

fn modelled_costs(modelled: &ModelledCosts) -> String {
    let line =
        |it: &PricedLine| format!("{} {}{}", it.line, n(it.incidents, "incident"), in_parentheses(&it.cost));
    let lines: Vec<String> = modelled.by_line.iter().map(line).collect();
    format!(
        "{} with a modelled cost{}, {} with a recorded cost{}. By line of debtscan.toml: {}.",
        n(modelled.incidents, "incident"),
        in_parentheses(&modelled.cost),
        count(modelled.recorded_incidents),
        in_parentheses(&modelled.recorded),
        lines.join(", ")
    )
}

fn converted_costs(date: &str, original: &Costs) -> String {
    format!(
        "Recorded costs were converted at the rates of {date} in [price.rates]: {} as recorded.",
        amounts(original).join(", ")
    )
}

fn no_effort(incidents: usize) -> String {
    format!(
        "{} with a duration but no effort; work is priced by effort, so theirs has no price.",
        n(incidents, "incident")
    )
}

fn unknown_in_case(areas: &[String], teams: &[String]) -> String {
    let named = |names: &[String], noun| format!("{}: {}", n(names.len(), noun), names.join(", "));
    let parts = [(areas, "unknown area"), (teams, "unknown team")];
    let parts: Vec<String> =
        parts.iter().filter(|(names, _)| !names.is_empty()).map(|(names, noun)| named(names, noun)).collect();
    format!("Fixes, plan or [[ask]] name {}; they have no effect.", parts.join(", and "))
}

fn account_revenue(header: &str) -> String {
    format!(
        "Account revenue was read from `{header}`, which in Salesforce and HubSpot is the customer's own \
         turnover."
    )
}

fn no_prices(is_all_zero: bool, hours: &Hours) -> String {
    let what = if is_all_zero { "Every recorded cost is 0" } else { "No incident has a cost" };
    let known = hours_text(hours);
    format!("{what}, so areas are ranked by expected incidents, not by cost.{known}")
}

fn unpriced(incidents: usize, of: usize, assumed: &Costs, hours: Option<&Hours>) -> String {
    format!(
        "{} of {} have no cost; the forecast takes them at the mean of their severity{}.{}",
        count(incidents),
        n(of, "incident"),
        in_parentheses(assumed),
        hours.map_or_else(String::new, hours_text)
    )
}

fn priced_span(
    (from, before): (Option<Timestamp>, usize),
    (to, after): (Option<Timestamp>, usize),
) -> String {
    let mut texts = Vec::new();
    if let Some(from) = from {
        texts.push(format!("before {} ({})", day(from), n(before, "incident")));
    }
    if let Some(to) = to {
        texts.push(format!("since {} ({})", day(to), n(after, "incident")));
    }
    format!("No cost recorded {}; the mean cost rests on the other incidents.", texts.join(" and "))
}

/// Why the forecast may rest on a list that nobody keeps any more.
pub(crate) fn feed_end(end: &FeedEnd) -> String {
    format!(
        "The newest incident opened on {}, {} before the as-of date; the longest gap between the last incidents was \
         {}. If the list ends there, the forecast does not hold.",
        day(end.newest),
        counted(end.days as usize, "day", "days"),
        counted(end.longest_gap_days as usize, "day", "days")
    )
}

/// The known hours as a sentence after a space; empty if none are known.
fn hours_text(hours: &Hours) -> String {
    let part = |hours: Option<f64>, what: &str| hours.map(|hours| format!("{} {what}", precise_hours(hours)));
    let parts = [part(hours.effort, "hours of work"), part(hours.elapsed, "hours open")];
    let known: Vec<String> = parts.into_iter().flatten().collect();
    if known.is_empty() { String::new() } else { format!(" Known: {}.", known.join(" and ")) }
}
