//! The words of the outputs: stable codes for machines, phrases for people.

use debtscan_model::{FileClass, Timestamp};

use crate::number::precise;
use debtscan_findings::{
    AreaSource, Basis, ChangedConstant, Confidence, DateBasis, Method, RankingExclusion, RemarkLevel, Remedy,
    ShareParts, UnknownPerson, UnplacedReason, Unranked,
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

/// The drivers of a share with their names, in the order of the model. The sign of a part says whether the
/// driver raises or lowers the share.
pub(super) fn parts(shares: &ShareParts) -> [(&'static str, f64); 5] {
    [
        ("size", shares.size),
        ("change rate", shares.change),
        ("complexity", shares.complexity),
        ("risky neighbours", shares.surroundings),
        ("past incidents", shares.own),
    ]
}

/// Smallest part, relative to that of size, that counts as a driver besides size. A default.
const WORTH_NAMING: f64 = 0.1;

/// The main driver besides size: the largest part, or `none` if no part is a tenth of that of size. Size is the
/// largest part of nearly every share, so naming it would not set rows apart. Past incidents win a tie. `None`
/// for a share of 0.
pub(super) fn main_reason(shares: &ShareParts) -> Option<&'static str> {
    let [size, others @ ..] = parts(shares);
    // `max_by` takes the last of equals.
    let (words, part) = others.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).expect("there are four");
    if part > 0.0 && part >= WORTH_NAMING * size.1 {
        return Some(words);
    }
    Some("none").filter(|_| size.1 > 0.0)
}

/// Changed constants: `work_power 0.4 (default: 0.3)`.
pub(super) fn changed_constants(constants: &[ChangedConstant]) -> String {
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
        Remedy::WidenWindow => "widen --since and --until to include the fix",
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
        Unranked::Class(FileClass::Test) => "it is a test, and only source files are ranked",
        Unranked::Class(FileClass::Docs) => "it is documentation, and only source files are ranked",
        Unranked::Class(FileClass::Example) => "it is an example, and only source files are ranked",
        Unranked::Class(FileClass::Generated) => "it is generated, and only source files are ranked",
        Unranked::Class(FileClass::Vendored) => "it is vendored, and only source files are ranked",
        Unranked::Class(FileClass::Source | FileClass::Other) => {
            "it is not a source file, and only those are ranked"
        }
    }
}

#[cfg(test)]
mod tests {
    use debtscan_model::Timestamp;

    use super::{main_reason, opened_day};
    use debtscan_findings::{DateBasis, ShareParts};

    #[test]
    fn a_day_that_is_not_the_recorded_beginning_says_what_it_is() {
        let day = Some(Timestamp(1_331_251_200)); // date -u -d 2012-03-09 +%s
        assert_eq!(opened_day(day, Some(DateBasis::Opened)), "2012-03-09");
        assert_eq!(opened_day(day, Some(DateBasis::FirstFix)), "2012-03-09 (fix)");
        assert_eq!(opened_day(day, Some(DateBasis::Resolved)), "2012-03-09 (resolved)");
        assert_eq!(opened_day(None, None), "");
    }

    #[test]
    fn the_largest_part_besides_size_names_the_reason_and_none_does_where_all_are_small() {
        let shares =
            |size, change, surroundings, own| ShareParts { size, change, complexity: 0.0, surroundings, own };
        assert_eq!(main_reason(&shares(0.3, 0.02, 0.0, -0.1)), Some("none"));
        assert_eq!(main_reason(&shares(0.3, 0.1, 0.0, 0.0)), Some("change rate"));
        assert_eq!(main_reason(&shares(0.1, 0.3, 0.0, 0.2)), Some("change rate"));
        assert_eq!(main_reason(&shares(0.1, 0.1, 0.2, 0.1)), Some("risky neighbours"));
        assert_eq!(main_reason(&shares(0.2, 0.2, 0.2, 0.2)), Some("past incidents"));
        assert_eq!(main_reason(&ShareParts::default()), None);
    }
}
