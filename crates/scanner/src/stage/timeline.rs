//! Measuring the tree at past dates, each content once.

use debtscan_model::{PastFile, RepoPath, Skipped, Snapshot, Timeline, Timestamp};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::ThreadPool;
use rustc_hash::FxHashMap;

use crate::cache::store::Store;
use crate::classify::asked::AskedClasses;
use crate::classify::exclude::Exclude;
use crate::classify::neighbours;
use crate::error::ScanError;
use crate::options::{Measure, ScanOptions, TimeSpec};
use crate::progress::Progress;
use crate::stage::measure::{MeasureContext, measure_tree};
use crate::stage::paths;
use crate::table::paths::PathTable;
use crate::window;
use debtscan_git::attributes::{self, PathAttributes};
use debtscan_git::first_parents::{FirstParent, first_parents};
use debtscan_git::id::{ObjectId, commit_id};
use debtscan_git::objects::Objects;
use debtscan_git::open::{self, OpenRepository};
use debtscan_git::tree::{self, TreeFile};
use debtscan_worker::Parsers;

/// The distance between points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// The start of every n-th calendar month (UTC), counted from January; at least 1.
    Months(u32),
    /// Every n-th commit along first parents, counted back from the scanned one; at least 1.
    Commits(usize),
}

/// Which past dates to measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineOptions {
    /// The distance between points. The scanned revision is always the last point.
    pub every: Every,
    /// The first point; `None` for the start of history.
    pub since: Option<TimeSpec>,
    /// For [`Every::Commits`]: count only commits that change one of these files or folders; all commits if
    /// empty.
    pub paths: Vec<RepoPath>,
    /// Maximum number of points, at least 1. Older points are dropped and counted.
    pub max_points: usize,
}

/// The trees at the chosen points, before any file is measured.
pub struct PastTrees {
    points: Vec<TimelinePoint>,
    left_out: usize,
    skipped: Vec<Skipped>,
}

struct TimelinePoint {
    at: Timestamp,
    commit: FirstParent,
    files: Vec<TreeFile>,
}

impl PastTrees {
    /// Chooses the points and lists their trees. `tip_time` is the time of the last point.
    pub(crate) fn list(
        opened: &OpenRepository,
        tip_time: Timestamp,
        exclude: &[String],
        options: &TimelineOptions,
    ) -> Result<Self, ScanError> {
        let time_of = |revision: &str| open::commit_time(opened, revision);
        let since = window::resolve(options.since.as_ref(), None, tip_time, time_of)?.since;
        let mut objects = opened.objects.handle();
        let line = first_parents(opened, &mut objects);
        let mut chosen = match options.every {
            Every::Months(months) => by_calendar(&line, tip_time, since, months),
            Every::Commits(n) => by_commits(&line, since, n, |older, newer| {
                options.paths.is_empty() || differs(&mut objects, &options.paths, older, newer)
            }),
        };
        let left_out = chosen.len().saturating_sub(options.max_points);
        // The newest points stay: a trend is read up to today.
        chosen.truncate(options.max_points);
        chosen.reverse();
        // The rules of today for all dates: otherwise a new exclusion would look like less
        // complexity.
        let exclude = exclude_rules(&mut objects, opened.tree, exclude)?;
        let is_inside = |path: &RepoPath| {
            opened.scope.as_ref().is_none_or(|scope| path.is_within(scope)) && !exclude.covers(path)
        };
        let mut trees: FxHashMap<ObjectId, Vec<TreeFile>> = FxHashMap::default();
        let mut skipped = Vec::new();
        let mut points = Vec::with_capacity(chosen.len());
        for (at, position) in chosen {
            let commit = line[position];
            // Several points often have the same tree.
            let files = trees.entry(commit.tree).or_insert_with(|| {
                let (mut files, unreadable) = tree::list(&mut objects, commit.tree);
                skipped.extend(unreadable);
                files.retain(|file| is_inside(&file.path));
                files
            });
            points.push(TimelinePoint { at, commit, files: files.clone() });
        }
        Ok(Self { points, left_out, skipped })
    }

    /// All paths at any of the points, inside the scope and not excluded: sorted, unique.
    pub fn paths(&self) -> Vec<&RepoPath> {
        let mut paths: Vec<&RepoPath> =
            self.points.iter().flat_map(|point| &point.files).map(|file| &file.path).collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    pub(crate) fn n_points(&self) -> usize {
        self.points.len()
    }
}

/// The options for opening a store that also reads measured files.
pub(crate) fn store_options(options: &ScanOptions) -> ScanOptions {
    ScanOptions { measure: Measure::Tree, ..options.clone() }
}

/// Measures the wanted files, and caches the results.
pub(crate) fn measure(
    pool: &ThreadPool,
    opened: &OpenRepository,
    parsers: &Parsers,
    store: &mut Store,
    (trees, asked): (PastTrees, &AskedClasses),
    is_wanted: impl Fn(&RepoPath) -> bool,
    progress: &dyn Progress,
) -> Result<Timeline, ScanError> {
    let PastTrees { points, left_out, mut skipped } = trees;
    let mut position_of: FxHashMap<(&RepoPath, ObjectId), usize> = FxHashMap::default();
    let mut files: Vec<TreeFile> = Vec::new();
    let mut snapshots = Vec::with_capacity(points.len());
    for point in &points {
        let of_interest = point.files.iter().filter(|file| file.kind.is_regular() && is_wanted(&file.path));
        // A file is measured once per content, however many points have it.
        let positions = of_interest.map(|file| {
            *position_of.entry((&file.path, file.id)).or_insert_with(|| {
                files.push(file.clone());
                files.len() - 1
            })
        });
        snapshots.push(Snapshot {
            at: point.at,
            commit: commit_id(&point.commit.id),
            time: point.commit.time,
            files: positions.collect(),
        });
    }
    let paths = PathTable::of(files.iter().map(|file| &file.path));
    let attributes = present_attributes(opened, &paths, asked, &mut skipped)?;
    let classes = paths::classes(&paths, pool, &attributes, store);
    let context = MeasureContext {
        pool,
        opened,
        parsers,
        store,
        paths: &paths,
        attributes: &attributes,
        classes: &classes,
        measure: Measure::Tree,
        progress,
    };
    let measured = measure_tree(&context, &files);
    store.keep_files(&files, &measured, &attributes);
    skipped.extend(measured.iter().filter_map(|file| file.skipped.clone()));
    skipped.sort_unstable();
    skipped.dedup();
    let past = files.into_iter().zip(measured).map(|(file, measured)| PastFile {
        path: file.path,
        class: measured.class,
        present: measured.present,
    });
    Ok(Timeline { snapshots, files: past.collect(), left_out, skipped })
}

/// The attributes of past paths according to the scanned revision.
fn present_attributes(
    opened: &OpenRepository,
    paths: &PathTable,
    asked: &AskedClasses,
    skipped: &mut Vec<Skipped>,
) -> Result<Vec<PathAttributes>, ScanError> {
    let mut objects = opened.objects.handle();
    let (tree, _) = tree::list(&mut objects, opened.tree);
    let has_attributes = tree.iter().any(|file| file.path.file_name() == ".gitattributes");
    let mut attributes = if has_attributes {
        let (attributes, unreadable) = attributes::of_paths(&mut objects, &tree, &paths.sorted)?;
        skipped.extend(unreadable);
        attributes
    } else {
        vec![PathAttributes::default(); paths.sorted.len()]
    };
    neighbours::apply(&tree, &paths.sorted, &mut attributes);
    asked.apply(&paths.sorted, &mut attributes);
    Ok(attributes)
}

/// The exclusions of the scanned revision and of the options.
fn exclude_rules(objects: &mut Objects, tree: ObjectId, patterns: &[String]) -> Result<Exclude, ScanError> {
    let path = RepoPath::new(".debtscanignore").expect("a constant path is valid");
    let file = tree::entry_at(objects, tree, &path);
    // The scan reports an unreadable file.
    let content = file.and_then(|id| objects.blob(&id).ok());
    Exclude::new(content.as_ref().map_or(&[][..], |content| content), patterns)
}

/// Position of the newest commit that is older than a time.
fn last_before(line: &[FirstParent], time: Timestamp) -> Option<usize> {
    line.iter().position(|commit| commit.time < time)
}

/// Chooses the scanned commit and the calendar boundaries before it, newest first. Each point comes with
/// the position of its commit in `line`.
fn by_calendar(
    line: &[FirstParent],
    as_of: Timestamp,
    since: Option<Timestamp>,
    months: u32,
) -> Vec<(Timestamp, usize)> {
    let mut chosen = vec![(as_of, 0)];
    let mut boundary = last_boundary(as_of, months);
    while let Some((at, date)) = boundary {
        if since.is_some_and(|since| at < since) {
            break;
        }
        // As in `git rev-list -1 --first-parent --before`, the whole line is searched, because clocks may
        // be skewed.
        // No commit is older, so no earlier date has one either.
        let Some(position) = last_before(line, at) else { break };
        // The scanned commit may be dated exactly at a boundary, and is a point already.
        if at < as_of {
            chosen.push((at, position));
        }
        boundary = months_before(date, months);
    }
    start(line, since, chosen)
}

/// Adds the state at `since`, unless a point has exactly that time.
fn start(
    line: &[FirstParent],
    since: Option<Timestamp>,
    mut chosen: Vec<(Timestamp, usize)>,
) -> Vec<(Timestamp, usize)> {
    if let Some(since) = since
        && chosen.last().is_none_or(|(at, _)| *at > since)
        && let Some(position) = last_before(line, since)
    {
        chosen.push((since, position));
    }
    chosen
}

fn midnight(date: Date) -> Option<(Timestamp, Date)> {
    let instant = TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()?;
    Some((Timestamp(instant.as_second()), date))
}

/// The last calendar boundary at or before a time.
fn last_boundary(time: Timestamp, months: u32) -> Option<(Timestamp, Date)> {
    let instant = jiff::Timestamp::from_second(time.0).ok()?;
    let date = TimeZone::UTC.to_datetime(instant).date();
    // More than twelve months count as twelve, so that quarters and half-years stay aligned with the year.
    let months = i8::try_from(months.min(12)).ok()?;
    let month = (date.month() - 1) / months * months + 1;
    midnight(Date::new(date.year(), month, 1).ok()?)
}

fn months_before(date: Date, months: u32) -> Option<(Timestamp, Date)> {
    midnight(date.checked_sub(jiff::Span::new().try_months(i64::from(months)).ok()?).ok()?)
}

/// Chooses the scanned commit and every n-th counted commit before it, newest first.
fn by_commits(
    line: &[FirstParent],
    since: Option<Timestamp>,
    n: usize,
    mut counts: impl FnMut(Option<&FirstParent>, &FirstParent) -> bool,
) -> Vec<(Timestamp, usize)> {
    let mut chosen = Vec::new();
    let mut seen = 0;
    for (position, commit) in line.iter().enumerate() {
        if since.is_some_and(|since| commit.time < since) {
            break;
        }
        // The scanned commit is a point even if it changes nothing.
        if !counts(line.get(position + 1), commit) {
            if position == 0 {
                chosen.push((commit.time, position));
            }
            continue;
        }
        if seen % n == 0 && chosen.last().is_none_or(|(_, last)| *last != position) {
            chosen.push((commit.time, position));
        }
        seen += 1;
    }
    start(line, since, chosen)
}

/// True if one of the paths differs between two commits.
fn differs(
    objects: &mut Objects,
    paths: &[RepoPath],
    older: Option<&FirstParent>,
    newer: &FirstParent,
) -> bool {
    paths.iter().any(|path| {
        let before = older.and_then(|older| tree::entry_at(objects, older.tree, path));
        before != tree::entry_at(objects, newer.tree, path)
    })
}

#[cfg(test)]
mod tests {
    use debtscan_model::Timestamp;

    use super::{by_calendar, by_commits};
    use debtscan_git::first_parents::FirstParent;
    use debtscan_git::id::object_id;

    const DAY: i64 = 86_400;
    /// 2024-01-01T00:00:00Z
    const START: i64 = 1_704_067_200;

    fn line(days: &[i64]) -> Vec<FirstParent> {
        let id = object_id(&[0; 20]);
        days.iter().map(|day| FirstParent { id, tree: id, time: Timestamp(START + day * DAY) }).collect()
    }

    fn days(chosen: &[(Timestamp, usize)]) -> Vec<(i64, usize)> {
        chosen.iter().map(|(at, position)| ((at.0 - START) / DAY, *position)).collect()
    }

    #[test]
    fn a_month_ends_with_the_last_commit_before_the_next() {
        // 2024-01-05, 2024-02-01 (the first second of February), 2024-03-20.
        let line = line(&[79, 31, 4]);
        let chosen = by_calendar(&line, line[0].time, None, 1);
        // March 1st is day 60, February 1st day 31: the commit of that very second is not before it.
        assert_eq!(days(&chosen), [(79, 0), (60, 1), (31, 2)]);
        let quarters = by_calendar(&line, line[0].time, None, 3);
        assert_eq!(days(&quarters), [(79, 0)], "January 1st is before all commits");
    }

    #[test]
    fn the_state_at_since_is_the_first_point() {
        let line = line(&[79, 31, 4]);
        let chosen = by_calendar(&line, line[0].time, Some(Timestamp(START + 40 * DAY)), 1);
        assert_eq!(days(&chosen), [(79, 0), (60, 1), (40, 1)]);
        let chosen = by_calendar(&line, line[0].time, Some(Timestamp(START + 60 * DAY)), 1);
        assert_eq!(days(&chosen), [(79, 0), (60, 1)], "once");
    }

    #[test]
    fn commits_are_counted_back_from_the_scanned_one() {
        let line = line(&[50, 40, 30, 20, 10]);
        assert_eq!(days(&by_commits(&line, None, 2, |_, _| true)), [(50, 0), (30, 2), (10, 4)]);
        let odd =
            |_: Option<&FirstParent>, commit: &FirstParent| commit.time.0 % (20 * DAY) != START % (20 * DAY);
        // 50, 30 and 10 count.
        assert_eq!(days(&by_commits(&line, None, 1, odd)), [(50, 0), (30, 2), (10, 4)]);
        assert_eq!(days(&by_commits(&line, None, 2, odd)), [(50, 0), (10, 4)]);
        let since = Some(Timestamp(START + 25 * DAY));
        assert_eq!(days(&by_commits(&line, since, 2, |_, _| true)), [(50, 0), (30, 2), (25, 3)]);
    }
}
