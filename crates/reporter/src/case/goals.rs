//! What was agreed about areas, and what moved since: from history and incidents alone, no earlier run is needed.

use debtscan_model::{FileIdx, SECONDS_PER_DAY, Timestamp, to_u32};

use super::area::{AreaIncidents, by_area};
use super::calendar::QUARTER_DAYS;
use crate::analysis::Analysis;
use crate::assemble::commits_of;
use crate::options::AgreedGoal;
use debtscan_findings::brief::{CaseBasis, CasePricing};
use debtscan_findings::{AgreedArea, AgreedRule, Moved};

/// What was agreed about each area, in the order of the configuration; without areas that nobody knows.
pub(crate) fn agreed_areas(analysis: &Analysis<'_>) -> Vec<AgreedArea> {
    if analysis.options.goals.is_empty() {
        return Vec::new();
    }
    let areas = by_area(analysis, &CasePricing { basis: CaseBasis::None, engineer_day: None });
    let areas = areas.expect("the parts of an incident's cost fit where the whole does");
    let goals = analysis.options.goals.iter();
    let known = goals.filter_map(|goal| Some((goal, analysis.goal_area(goal)?)));
    known.map(|(goal, position)| agreed(analysis, goal, position, &areas[position])).collect()
}

fn agreed(
    analysis: &Analysis<'_>,
    goal: &AgreedGoal,
    position: usize,
    incidents: &AreaIncidents,
) -> AgreedArea {
    let as_of = analysis.scan.as_of;
    let area = &analysis.areas.areas[position];
    let quarter = as_of.plus_days(-QUARTER_DAYS);
    let from = goal.since.filter(|since| *since < as_of).unwrap_or(quarter);
    let has_incidents = !analysis.incidents().list.is_empty();
    AgreedArea {
        area: area.id.clone(),
        name: area.name.clone(),
        state: goal.state,
        since: goal.since,
        until: goal.until,
        is_over: goal.is_over(as_of),
        reason: goal.reason.clone(),
        owner: goal.owner.clone().or_else(|| area.owner.clone()),
        moved: moved(analysis, position, incidents, from),
        rule: goal.max_incidents.filter(|_| has_incidents).map(|limit| AgreedRule {
            limit,
            from: quarter,
            incidents: began(analysis, incidents, quarter, as_of),
        }),
    }
}

fn moved(analysis: &Analysis<'_>, position: usize, incidents: &AreaIncidents, from: Timestamp) -> Moved {
    let as_of = analysis.scan.as_of;
    let span = as_of.0 - from.0;
    let before = Timestamp(from.0.saturating_sub(span));
    let files = analysis.area_sums[position].ranked_files.iter();
    let files: Vec<FileIdx> = files.map(|file| analysis.ranked.files[*file].file).collect();
    let times: Vec<Timestamp> =
        commits_of(analysis, files).iter().map(|commit| analysis.scan.commit(*commit).time).collect();
    let between = |after: Timestamp, until: Timestamp| {
        to_u32(times.iter().filter(|time| after < **time && **time <= until).count())
    };
    Moved {
        from,
        days: (span + SECONDS_PER_DAY - 1) / SECONDS_PER_DAY,
        incidents: began(analysis, incidents, from, as_of),
        incidents_before: to_u32(began(analysis, incidents, before, from).len()),
        commits: between(from, as_of),
        commits_before: between(before, from),
    }
}

/// The ids of the incidents that count in an area and began after a moment, until another one: oldest first.
fn began(
    analysis: &Analysis<'_>,
    incidents: &AreaIncidents,
    after: Timestamp,
    until: Timestamp,
) -> Vec<String> {
    let of_span = incidents.main().filter_map(|part| {
        let opened = part.opened.filter(|opened| after < *opened && *opened <= until)?;
        Some((opened, analysis.incidents().list[part.incident].id.clone()))
    });
    let mut found: Vec<(Timestamp, String)> = of_span.collect();
    found.sort();
    found.into_iter().map(|(_, id)| id).collect()
}

#[cfg(test)]
mod tests {
    use debtscan_findings::brief::GoalState;

    use super::agreed_areas;
    use crate::analysis::Analysis;
    use crate::options::AgreedGoal;
    use crate::sample::{self, SampleScan, days_ago, fixed_incident, incidents};

    fn goal(area: &str) -> AgreedGoal {
        AgreedGoal {
            area: area.to_owned(),
            state: GoalState::Accepted,
            since: Some(days_ago(100)),
            until: Some(days_ago(10)),
            reason: None,
            owner: None,
            review: None,
            max_incidents: Some(1),
            prevents: None,
        }
    }

    #[test]
    fn what_moved_is_counted_from_the_day_of_the_agreement() {
        let scan = SampleScan::new()
            .source("auth/login.c", 200, 40)
            .source("ui/page.c", 300, 20)
            .commit(180, &[("auth/login.c", 4, 1)])
            .commit(90, &[("auth/login.c", 4, 1)])
            .commit(60, &[("auth/login.c", 4, 1)])
            .commit(20, &[("ui/page.c", 4, 1)])
            .build();
        let list = (1..=4).map(|fix| fixed_incident(&format!("I-{fix}"), 100, &[fix])).collect();
        let incidents = incidents(list);
        let mut options = sample::options();
        options.goals = vec![goal("AUTH"), goal("nowhere")];
        let analysis = Analysis::of(&scan, &incidents, &options).expect("analysed");
        let agreed = agreed_areas(&analysis);
        assert_eq!(agreed.len(), 1, "nobody knows the other area");
        let moved = &agreed[0].moved;
        assert_eq!(
            (moved.days, moved.incidents.as_slice()),
            (100, ["I-2", "I-3"].map(str::to_owned).as_slice())
        );
        assert_eq!((moved.incidents_before, moved.commits, moved.commits_before), (1, 2, 1));
        let rule = agreed[0].rule.as_ref().expect("agreed");
        // 91 days: both of the later ones.
        assert_eq!((rule.incidents.len(), rule.is_fired()), (2, true));
        assert!(agreed[0].is_over && agreed[0].needs_decision());
    }

    #[test]
    fn an_agreement_holds_on_its_last_day() {
        let scan = SampleScan::new().source("auth/login.c", 20, 4).build();
        let incidents = incidents(Vec::new());
        let mut options = sample::options();
        options.goals = vec![AgreedGoal { until: Some(days_ago(0)), ..goal("auth") }];
        let analysis = Analysis::of(&scan, &incidents, &options).expect("analysed");
        let agreed = agreed_areas(&analysis);
        assert!(!agreed[0].is_over);
        assert_eq!(agreed[0].rule, None, "without incidents no rule can fire");
    }
}
