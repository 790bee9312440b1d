//! The words of the outputs: stable codes for machines, phrases for people.

use debtscan_model::{FileClass, Timestamp};

use crate::number::precise;
use debtscan_findings::{
    AreaSource, Basis, ChangedConstant, Confidence, DateBasis, LeftOut, Method, RemarkLevel, Remedy,
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

/// How an incident was tied to files, after "by".
pub(super) fn method_phrase(method: Method) -> &'static str {
    match method {
        Method::FixCommit => "fix commit",
        Method::PullRequest => "pull request",
        Method::ExplicitPath => "path",
        Method::TextPath => "path in its text",
        Method::TicketId => "ticket id",
        Method::AreaName => "area name",
        Method::Owner => "owner",
        Method::AreaWord => "area word",
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

/// The day on which an incident began, and what that is when it is not the recorded beginning:
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
        UnplacedReason::NoEvidence => "nothing names its code",
        UnplacedReason::CommitNotFound => "its commits are not in this history",
        UnplacedReason::MergeCommit => "its merge commits brought no change",
        UnplacedReason::OutsideWindow => "its commits are outside the window",
        UnplacedReason::NoSourceChange => "its fix changes no source file",
        UnplacedReason::UnknownPlace => "the place it names does not exist",
    }
}

/// Stable identifier of a reason.
pub(super) fn left_out_code(left_out: LeftOut) -> &'static str {
    match left_out {
        LeftOut::Unplaced => "unplaced",
        LeftOut::Undated => "undated",
        LeftOut::AfterAsOf => "after-as-of",
        LeftOut::WideFix => "wide-fix",
        LeftOut::NoPresentSource => "no-present-source",
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

/// The parts of a share with their words, in the order of the model.
pub(super) fn parts(shares: &ShareParts) -> [(&'static str, f64); 5] {
    [
        ("big", shares.size),
        ("changing fast", shares.change),
        ("complex", shares.complexity),
        ("restless surroundings", shares.surroundings),
        ("keeps breaking", shares.own),
    ]
}

/// What is said of a part that lowers a share.
pub(super) fn opposite(words: &'static str) -> &'static str {
    match words {
        "changing fast" => "changing little",
        "complex" => "simple",
        "restless surroundings" => "calm surroundings",
        other => other,
    }
}

/// How large a part must be beside that of size to be named in its place.
///
/// A default: size is by far the largest part of nearly every share, and tells no two of them apart.
const WORTH_NAMING: f64 = 0.1;

/// What sets a share apart, in words: the largest part besides size, and size where no other is a tenth
/// of it; the evidence of incidents wins a tie. `None` for a share of 0.
pub(super) fn main_reason(shares: &ShareParts) -> Option<&'static str> {
    let [size, others @ ..] = parts(shares);
    // `max_by` takes the last of equals.
    let (words, part) = others.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).expect("there are four");
    if part > 0.0 && part >= WORTH_NAMING * size.1 {
        return Some(words);
    }
    Some(size.0).filter(|_| size.1 > 0.0)
}

/// Constants that are not as shipped: `work_power 0.4 (shipped: 0.3)`.
pub(super) fn changed_constants(constants: &[ChangedConstant]) -> String {
    let words = |it: &ChangedConstant| {
        format!("{} {} (shipped: {})", it.name, precise(it.value), precise(it.shipped))
    };
    constants.iter().map(words).collect::<Vec<_>>().join(", ")
}

/// What somebody in a list of leavers is called: the name, or the line of the list.
pub(super) fn person_label(person: &UnknownPerson) -> String {
    person.name.clone().unwrap_or_else(|| format!("line {}", person.line))
}

/// What would place an incident.
pub(super) fn remedy_phrase(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::NameFix => {
            "add the fix to a fix_commits column, or name the incident's id in the fix's commit message"
        }
        Remedy::FetchHistory => "fetch the whole history with `git fetch --unshallow`",
        Remedy::CheckBranch => {
            "check that the fix is on the scanned branch, or give the id it has there in fix_commits"
        }
        Remedy::NameCommits => "put the commits that changed code, not the merge, into fix_commits",
        Remedy::WidenWindow => "widen --since and --until so that they include the fix",
        Remedy::NamePath => "name the code that was at fault in a path column",
        Remedy::GivePathOrFix => "give a path of the scanned revision, or add fix_commits",
        Remedy::AddAlias => "name the service in the aliases of an [[area]], or add fix_commits",
    }
}

/// Why a subject is not ranked, as a clause.
pub(super) fn unranked_phrase(unranked: Unranked) -> &'static str {
    match unranked {
        Unranked::AreaWithoutSource => "only source files that are present are ranked, and the area has none",
        Unranked::Deleted => "the scanned revision does not have it any more",
        Unranked::Class(FileClass::Test) => "it is a test, and only source files are ranked",
        Unranked::Class(FileClass::Docs) => "it is documentation, and only source files are ranked",
        Unranked::Class(FileClass::Example) => "it is an example, and only source files are ranked",
        Unranked::Class(FileClass::Generated) => "it is generated, and only source files are ranked",
        Unranked::Class(FileClass::Vendored) => {
            "it is a copy of other people's code, and only source files are ranked"
        }
        Unranked::Class(FileClass::Source | FileClass::Other) => {
            "it is no source file, and only those are ranked"
        }
    }
}

#[cfg(test)]
mod tests {
    use debtscan_model::Timestamp;

    use super::{main_reason, opened_day, opposite, parts};
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
    fn the_largest_part_besides_size_names_the_reason_and_size_where_all_are_small() {
        let shares =
            |size, change, surroundings, own| ShareParts { size, change, complexity: 0.0, surroundings, own };
        assert_eq!(main_reason(&shares(0.3, 0.02, 0.0, -0.1)), Some("big"));
        assert_eq!(main_reason(&shares(0.3, 0.1, 0.0, 0.0)), Some("changing fast"));
        assert_eq!(main_reason(&shares(0.1, 0.3, 0.0, 0.2)), Some("changing fast"));
        assert_eq!(main_reason(&shares(0.1, 0.1, 0.2, 0.1)), Some("restless surroundings"));
        assert_eq!(main_reason(&shares(0.2, 0.2, 0.2, 0.2)), Some("keeps breaking"));
        assert_eq!(main_reason(&ShareParts::default()), None);
    }

    #[test]
    fn every_part_that_may_lower_a_share_has_a_word_for_it() {
        let below = parts(&ShareParts::default()).map(|(words, _)| words == opposite(words));
        assert_eq!(below, [true, false, false, false, true], "size and own incidents never lower it");
    }
}
