//! What a commit message may call an incident, by the pattern of the tracker that the id is from.

use debtscan_incidents::Incident;

/// The keys by which commit messages name an incident, as the scan writes them: sorted, unique.
///
/// - `KEY-123`, `CVE-2000-0973`, `INC0012345`: exactly that, in any letter case
/// - `#12`, `owner/repo#12`, and a bare number with a link to an issue or pull request: `#12`
/// - `BZ#12`, `LP#12`, `BUG#12`, and any other bare number: only where the message says that it is a
///   bug (`Bug 12`, `Closes-Bug: #12`, `…?id=12`), because `#12` is also pull request 12
pub(super) fn keys(incident: &Incident) -> Vec<String> {
    let url = incident.url.as_deref().unwrap_or("");
    let mut keys: Vec<String> = key(&incident.id, url).into_iter().collect();
    keys.extend(incident.tickets.iter().filter_map(|ticket| key(ticket, "")));
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn key(id: &str, url: &str) -> Option<String> {
    const BUG_TRACKERS: [&str; 4] = ["BZ", "BUG", "BUGZILLA", "LP"];
    let id = id.trim().to_uppercase();
    if id.is_empty() {
        return None;
    }
    let (tracker, number) = match id.rsplit_once('#') {
        Some((tracker, number)) => (Some(tracker.trim()), number),
        None => (None, id.as_str()),
    };
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(id);
    }
    let is_bug = match tracker {
        Some(tracker) => BUG_TRACKERS.contains(&tracker),
        // A bare number could just as well be a pull request, unless its link says what it is.
        None => !is_issue_link(url, number),
    };
    Some(if is_bug { format!("BUG {number}") } else { format!("#{number}") })
}

/// Whether a link leads to the issue or pull request of this number on a forge.
fn is_issue_link(url: &str, number: &str) -> bool {
    const PLACES: [&str; 5] = ["issues", "issue", "pull", "merge_requests", "work_items"];
    // Sentry's issues are groups of errors, with numbers of their own.
    let is_forge = !url.contains("sentry");
    let path = url.split(['?', '#']).next().unwrap_or(url).trim_end_matches('/');
    let mut parts = path.rsplit('/');
    is_forge && parts.next() == Some(number) && parts.next().is_some_and(|place| PLACES.contains(&place))
}

#[cfg(test)]
mod tests {
    use super::keys;
    use crate::sample::incident;
    use debtscan_incidents::Incident;

    #[track_caller]
    fn check(id: &str, url: &str, expected: &[&str]) {
        let incident = Incident { url: Some(url.to_owned()), ..incident(id) };
        assert_eq!(keys(&incident), expected, "{id} {url}");
    }

    #[test]
    fn a_key_is_looked_for_exactly() {
        check("kafka-83 ", "", &["KAFKA-83"]);
        check("CVE-2000-0973", "", &["CVE-2000-0973"]);
        check("issue#x", "", &["ISSUE#X"]);
        check(" ", "", &[]);
    }

    #[test]
    fn a_number_is_that_of_its_own_tracker() {
        check("#12", "", &["#12"]);
        check("curl/curl#12", "", &["#12"]);
        check("12", "https://github.com/o/r/issues/12", &["#12"]);
        check("12", "https://gitlab.com/o/r/-/merge_requests/12/", &["#12"]);
        check("12", "https://github.com/o/r/issues/13", &["BUG 12"]);
        check("12", "https://sentry.io/organizations/o/issues/12/", &["BUG 12"]);
        check("12", "", &["BUG 12"]);
        check("BZ#39752", "https://bz.example.org/show_bug.cgi?id=39752", &["BUG 39752"]);
        check("LP#890180", "", &["BUG 890180"]);
    }

    #[test]
    fn further_tickets_of_an_incident_are_looked_for_too() {
        let incident = Incident { tickets: vec!["PAY-7".to_owned(), "#3".to_owned()], ..incident("INC-1") };
        assert_eq!(keys(&incident), ["#3", "INC-1", "PAY-7"]);
    }
}
