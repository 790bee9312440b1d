//! The words of the outputs: stable codes for machines, phrases for people.

use debtscan_model::{FileClass, Timestamp};

use crate::number::{incidents, precise};
use debtscan_findings::brief::GoalState;
use debtscan_findings::{
    AreaSource, Basis, ChangedConstant, Confidence, DateBasis, Method, RankingExclusion, RemarkLevel, Remedy,
    ShareFactors, UnknownPerson, UnplacedReason, Unranked,
};

/// Stable identifier of a method.
pub(super) fn method_code(method: Method) -> &'static str {
    match method {
        Method::FixCommit => "fix-commit",
        Method::PullRequest => "pull-request",
        Method::ExplicitPath => "explicit-path",
        Method::TextPath => "text-path",
        Method::TicketId => "ticket-id",
        Method::AreaName => "area-name",
        Method::Owner => "owner",
        Method::AreaWord => "area-word",
    }
}

/// How an incident was placed, after "by".
pub(super) fn method_phrase(method: Method) -> &'static str {
    match method {
        Method::FixCommit => "fix commit",
        Method::PullRequest => "pull request",
        Method::ExplicitPath => "path",
        Method::TextPath => "path in its text",
        Method::TicketId => "ticket ID",
        Method::AreaName => "area name",
        Method::Owner => "owner",
        Method::AreaWord => "word in area name",
    }
}

/// How a cost is known: a stable identifier, also for people.
pub(super) fn basis_code(basis: Basis) -> &'static str {
    match basis {
        Basis::Recorded => "recorded",
        Basis::Modelled => "modelled",
    }
}

/// Stable identifier of what dates an incident.
pub(super) fn date_code(basis: DateBasis) -> &'static str {
    match basis {
        DateBasis::Opened => "opened",
        DateBasis::FirstFix => "first-fix",
        DateBasis::Resolved => "resolved",
    }
}

/// The day on which an incident began, marked if it is not the recorded opening date:
/// `2026-03-01`, `2026-03-01 (fix)`.
pub(super) fn opened_day(opened: Option<Timestamp>, basis: Option<DateBasis>) -> String {
    let day = opened.map_or_else(String::new, super::number::day);
    match basis {
        None | Some(DateBasis::Opened) => day,
        Some(DateBasis::FirstFix) => format!("{day} (fix)"),
        Some(DateBasis::Resolved) => format!("{day} (resolved)"),
    }
}

/// Stable identifier of a confidence, also for people.
pub(super) fn confidence_code(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
    }
}

/// Stable identifier of a reason.
pub(super) fn unplaced_code(reason: UnplacedReason) -> &'static str {
    match reason {
        UnplacedReason::NoEvidence => "no-evidence",
        UnplacedReason::CommitNotFound => "commit-not-found",
        UnplacedReason::MergeCommit => "merge-commit",
        UnplacedReason::OutsideWindow => "outside-window",
        UnplacedReason::FixedLater => "fixed-later",
        UnplacedReason::NoSourceChange => "no-source-change",
        UnplacedReason::UnknownPlace => "unknown-place",
    }
}

/// Why an incident could not be placed.
pub(super) fn unplaced_phrase(reason: UnplacedReason) -> &'static str {
    match reason {
        UnplacedReason::NoEvidence => "names no commit, path, ticket or area",
        UnplacedReason::CommitNotFound => "its commits are not in the scanned history",
        UnplacedReason::MergeCommit => "its merge commits change nothing",
        UnplacedReason::OutsideWindow => "its commits are outside the scanned history",
        UnplacedReason::FixedLater => "fixed after the scanned commit",
        UnplacedReason::NoSourceChange => "its fix changes no source file",
        UnplacedReason::UnknownPlace => "names a path or area that does not exist",
    }
}

/// Stable identifier of a reason.
pub(super) fn exclusion_code(reason: RankingExclusion) -> &'static str {
    match reason {
        RankingExclusion::Unplaced => "unplaced",
        RankingExclusion::Undated => "undated",
        RankingExclusion::AfterAsOf => "after-as-of",
        RankingExclusion::WideFix => "wide-fix",
        RankingExclusion::NoPresentSource => "no-present-source",
    }
}

/// Stable identifier of the level of a remark.
pub(super) fn level_code(level: RemarkLevel) -> &'static str {
    match level {
        RemarkLevel::Loss => "loss",
        RemarkLevel::Accepted => "accepted",
        RemarkLevel::WithinLimit => "within-limit",
        RemarkLevel::Note => "note",
    }
}

/// Stable identifier of an area source.
pub(super) fn area_source_code(source: AreaSource) -> String {
    match source {
        AreaSource::Auto => "auto".to_owned(),
        AreaSource::Config => "config".to_owned(),
        AreaSource::CodeOwners => "codeowners".to_owned(),
        AreaSource::Packages => "packages".to_owned(),
        AreaSource::Directories(depth) => format!("dir:{depth}"),
        AreaSource::Folders => "folders".to_owned(),
    }
}

/// What sets a share apart from that of its size, in the order of the model: what raises it, what lowers it, and the
/// factor.
fn drivers(factors: &ShareFactors) -> [(&'static str, &'static str, f64); 4] {
    [
        ("much change per line", "little change per line", factors.change),
        ("complex per line", "simple per line", factors.complexity),
        ("risky neighbours", "quiet neighbours", factors.surroundings),
        ("past incidents", "few past incidents", factors.own),
    ]
}

/// A factor nearer to 1 than this sets nothing apart; a default.
const WORTH_NAMING: f64 = 1.05;

/// The factors of a share that are worth naming, the strongest first: `×2.1 past incidents`, `×0.6 simple code`.
pub(super) fn driver_phrases(factors: &ShareFactors) -> Vec<String> {
    // A factor of 0.5 sets as much apart as one of 2. Factors are above 0, so the quotient is
    // finite.
    let strength = |factor: f64| factor.max(1.0 / factor);
    let mut named: Vec<_> =
        drivers(factors).into_iter().filter(|(_, _, factor)| strength(*factor) >= WORTH_NAMING).collect();
    // Past incidents win a tie: they are the strongest evidence.
    named.reverse();
    named.sort_by(|a, b| strength(b.2).total_cmp(&strength(a.2)));
    let phrase = |(more, less, factor): (&str, &str, f64)| {
        format!("{} {}", times(factor), if factor > 1.0 { more } else { less })
    };
    named.into_iter().map(phrase).collect()
}

/// The driver that sets a share apart: the strongest that raises it, else the strongest.
pub(super) fn main_driver(factors: &ShareFactors) -> String {
    // What raises a share is what a reader looks for in a ranking, even if something else lowers it
    // more.
    let raising =
        drivers(factors).into_iter().filter(|it| it.2 >= WORTH_NAMING).max_by(|a, b| a.2.total_cmp(&b.2));
    let phrase = raising.map(|(more, _, factor)| format!("{} {more}", times(factor)));
    // Nothing raises it: the strongest that lowers it, and if all are near 1, there is no driver.
    phrase
        .or_else(|| driver_phrases(factors).into_iter().next())
        .unwrap_or_else(|| "its size alone".to_owned())
}

/// The factors besides size, in the order of the model: `1.4 0.9 1.0 2.1`.
pub(super) fn all_factors(factors: &ShareFactors) -> String {
    drivers(factors).map(|(_, _, factor)| incidents(factor, 1)).join(" ")
}

/// `×1.4`; two decimals below 1, so that a small factor is not shown as 0.
pub(super) fn times(factor: f64) -> String {
    format!("×{}", incidents(factor, if factor < 1.0 { 2 } else { 1 }))
}

/// Changed constants: `work_power 0.4 (default: 0.3)`.
pub(super) fn changed_constants(constants: &[ChangedConstant]) -> String {
    // With six digits, so that a reader can compute with the value.
    let words = |it: &ChangedConstant| {
        format!("{} {} (default: {})", it.name, precise(it.value), precise(it.shipped))
    };
    constants.iter().map(words).collect::<Vec<_>>().join(", ")
}

/// The name of a leaver, or the line of the list if the name is hidden.
pub(super) fn person_label(person: &UnknownPerson) -> String {
    person.name.clone().unwrap_or_else(|| format!("line {}", person.line))
}

/// The action that would place an incident.
pub(super) fn remedy_phrase(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::NameFix => {
            "add the fix to a fix_commits column, or put the incident's ID in the fix's commit message"
        }
        Remedy::FetchHistory => "fetch the whole history with `git fetch --unshallow`",
        Remedy::CheckBranch => {
            "check that the fix is on the scanned branch, or use its commit ID there in fix_commits"
        }
        Remedy::NameCommits => "list the commits that changed code in fix_commits, not the merge",
        Remedy::WidenWindow => "scan a branch that has the fix, or widen --since and --until",
        Remedy::ScanLater => "scan a later commit, whose history has the fix",
        Remedy::NamePath => "add a path column that names the faulty code",
        Remedy::GivePathOrFix => "use a path that exists at the scanned revision, or add fix_commits",
        Remedy::AddAlias => "add the service to the aliases of an [[area]], or add fix_commits",
    }
}

/// Why a subject is not ranked, as a clause.
pub(super) fn unranked_phrase(unranked: Unranked) -> &'static str {
    match unranked {
        Unranked::AreaWithoutSource => "the area has no source files, and only those are ranked",
        Unranked::Deleted => "the file no longer exists at the scanned revision",
        Unranked::Class(FileClass::Test) => {
            "it is a test, by its name or folder; to rank it, list it under source in [classes] of debtscan.toml"
        }
        Unranked::Class(FileClass::Docs) => {
            "it is documentation, by its folder or language; to rank it, list it under source in [classes] of debtscan.toml"
        }
        Unranked::Class(FileClass::Example) => {
            "it is an example, by its folder; to rank it, list it under source in [classes] of debtscan.toml"
        }
        Unranked::Class(FileClass::Build) => {
            "it describes the build, by its name, folder or language; to rank it, list it under source in [classes] of \
             debtscan.toml"
        }
        Unranked::Class(FileClass::Generated) => {
            "it is generated, by its name or its first comment; to rank it, list it under source in [classes] of debtscan.toml"
        }
        Unranked::Class(FileClass::Vendored) => {
            "it is the code of others, by its name, folder or a licence beside it; to rank it, list it under source in \
             [classes] of debtscan.toml"
        }
        Unranked::Class(FileClass::Source | FileClass::Other) => {
            "it is in no programming language that is known, and only source files are ranked; .gitattributes can name \
             its linguist-language"
        }
    }
}

/// What was agreed about an area: the word of `[[ask]]`.
pub(super) fn goal_word(state: GoalState) -> &'static str {
    match state {
        GoalState::Planned => "planned",
        GoalState::Watched => "watched",
        GoalState::Accepted => "accepted",
    }
}

#[cfg(test)]
mod tests {
    use debtscan_model::Timestamp;

    use super::{all_factors, driver_phrases, main_driver, opened_day};
    use debtscan_findings::{DateBasis, ShareFactors};

    #[test]
    fn a_day_that_is_not_the_recorded_beginning_says_what_it_is() {
        let day = Some(Timestamp(1_331_251_200)); // date -u -d 2012-03-09 +%s
        assert_eq!(opened_day(day, Some(DateBasis::Opened)), "2012-03-09");
        assert_eq!(opened_day(day, Some(DateBasis::FirstFix)), "2012-03-09 (fix)");
        assert_eq!(opened_day(day, Some(DateBasis::Resolved)), "2012-03-09 (resolved)");
        assert_eq!(opened_day(None, None), "");
    }

    #[test]
    fn the_driver_is_what_multiplies_the_share_of_size_most() {
        let average = ShareFactors { size: 0.2, change: 1.0, complexity: 1.0, surroundings: 1.0, own: 1.0 };
        let changed = ShareFactors { change: 1.5, ..average };
        assert_eq!(main_driver(&changed), "×1.5 much change per line");
        let own = ShareFactors { own: 1.8, complexity: 0.2, ..average };
        assert_eq!(main_driver(&own), "×1.8 past incidents", "what raises it comes first");
        let simple = ShareFactors { complexity: 0.5, own: 0.9, ..average };
        assert_eq!(driver_phrases(&simple), ["×0.50 simple per line", "×0.90 few past incidents"]);
        assert_eq!(main_driver(&simple), "×0.50 simple per line");
        assert_eq!(main_driver(&average), "its size alone");
        assert_eq!(all_factors(&simple), "1.0 0.5 1.0 0.9");
    }
}
