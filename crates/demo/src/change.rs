//! The plan of all changes: who makes each, when, and which statements it touches.

use crate::calendar::WorkHour;
use crate::code::{InventedFunction, InventedSource, Step};
use crate::company::{PAYMENTS, Person, ROBOT, author};
use crate::files::{FILES, ProductFile, test_of};
use crate::incidents::{INCIDENTS, RecordedPlace, id};
use crate::random::Random;
use crate::work::{Purpose, STRETCHES, Stretch, TAKEN_BACK};

/// One change: a branch that is merged.
#[derive(Debug)]
pub(crate) struct PlannedChange {
    pub(crate) title: String,
    pub(crate) author: Person,
    /// The commits on the branch.
    pub(crate) commits: Vec<PlannedCommit>,
    pub(crate) merge: WorkHour,
    /// The incident that it fixes, as a position in [`INCIDENTS`].
    pub(crate) fixes: Option<usize>,
    /// The title of the change that it takes back.
    pub(crate) takes_back: Option<&'static str>,
}

/// One commit of a branch.
#[derive(Debug)]
pub(crate) struct PlannedCommit {
    pub(crate) message: String,
    pub(crate) time: WorkHour,
    pub(crate) edits: Vec<Edit>,
}

/// One edit. Files are positions in [`FILES`]; other positions are reduced to what is there.
#[derive(Debug, Clone)]
pub(crate) enum Edit {
    /// Inserts a statement.
    Insert { file: usize, function: usize, at: usize, step: Step },
    /// Removes a statement.
    Remove { file: usize, function: usize, at: usize },
    /// Writes a file that is no source code.
    Text { path: &'static str, text: String },
}

impl Edit {
    /// The edited source file.
    pub(crate) fn file(&self) -> Option<usize> {
        match self {
            Self::Insert { file, .. } | Self::Remove { file, .. } => Some(*file),
            Self::Text { .. } => None,
        }
    }

    pub(crate) fn apply(&self, files: &mut [InventedSource]) {
        match self {
            Self::Insert { file, function, at, step } => {
                let steps = &mut files[*file].functions[*function].steps;
                steps.insert(at % (steps.len() + 1), *step);
            }
            Self::Remove { file, function, at } => {
                let steps = &mut files[*file].functions[*function].steps;
                if steps.len() > 2 {
                    steps.remove(at % steps.len());
                }
            }
            Self::Text { .. } => {}
        }
    }
}

/// Everything that happens after the first commit, in no order.
pub(crate) fn plan(random: &mut Random) -> Vec<PlannedChange> {
    let mut changes = Vec::new();
    for stretch in &STRETCHES {
        let n = i64::try_from(stretch.changes.len()).expect("few");
        for (turn, (purpose, title)) in stretch.changes.iter().enumerate() {
            let turn_of = i64::try_from(turn).expect("few");
            let day = stretch.from + (stretch.to - stretch.from) * (2 * turn_of + 1) / (2 * n);
            let change = if stretch.area.is_empty() {
                bump(title, day)
            } else {
                work(stretch, turn, (*purpose, title), day, random)
            };
            let back = TAKEN_BACK.iter().find(|(of, _)| of == title);
            let back = back.map(|(of, later)| take_back(of, change.merge, *later, change.author));
            changes.push(change);
            changes.extend(back);
        }
    }
    changes.extend((0..INCIDENTS.len()).filter_map(|position| mend(position, random)));
    changes
}

/// The source files at the first commit.
pub(crate) fn first_files(random: &mut Random) -> Vec<InventedSource> {
    let function = |file: &ProductFile, name: &&'static str, random: &mut Random| {
        let n = random.between(4, 8);
        let mut steps: Vec<Step> = (0..n).map(|_| step(random, false)).collect();
        if let Some((_, _, text)) =
            TODOS.iter().find(|(path, function, _)| *path == file.path && function == name)
        {
            steps.insert(1, Step::Todo(text));
        }
        InventedFunction { name, steps }
    };
    let source = |file: &'static ProductFile, random: &mut Random| InventedSource {
        language: file.language,
        domain: file.domain,
        opening: file.opening,
        functions: file.functions.iter().map(|name| function(file, name, random)).collect(),
    };
    FILES.iter().map(|file| source(file, random)).collect()
}

/// Debt comments of the first commit: file, function, text.
const TODOS: [(&str, &str, &str); 3] = [
    ("payments/collect.py", "settle_batch", "make this safe to run twice"),
    ("payments/mandates.py", "check_mandate", "ask Tomas how old mandates work"),
    ("reports/export.py", "export_rows", "write rows as they are read"),
];

/// A statement; `is_deep` for one that makes its function harder to read.
fn step(random: &mut Random, is_deep: bool) -> Step {
    let (number, flag) = (random.below(5), random.below(5));
    let (limit, amount) = (random.between(1, 400), random.between(1, 90));
    match random.below(if is_deep { 6 } else { 9 }) {
        0 | 1 => Step::Nested { flag, number, limit },
        2 => Step::Each { flag, number },
        3 | 4 => Step::Guard { number, limit, amount },
        5 => Step::Leave { flag },
        _ => Step::Add { number },
    }
}

/// A change of the daily work.
fn work(
    stretch: &Stretch,
    turn: usize,
    (purpose, title): (Purpose, &str),
    day: i64,
    random: &mut Random,
) -> PlannedChange {
    let file = hot_file(stretch.area, random);
    let tests = test_of(stretch.area);
    let (commits, edits) = match purpose {
        Purpose::Feature => (random.between(2, 3), random.between(5, 9)),
        Purpose::Better => (2, random.between(4, 6)),
        Purpose::Fix => (1, 2),
        Purpose::Tests => (1, 3),
    };
    // What is taken back is one commit, so that the commit that takes it back names it.
    let commits = if TAKEN_BACK.iter().any(|(of, _)| *of == title) { 1 } else { commits };
    let mut all = Vec::new();
    for number in 0..edits {
        let target = match purpose {
            Purpose::Tests => tests.unwrap_or(file),
            Purpose::Feature if number % 4 == 3 => tests.unwrap_or(file),
            Purpose::Feature if number % 5 == 4 => hot_file(stretch.area, random),
            _ => file,
        };
        all.push(edit(target, purpose == Purpose::Better && number % 3 < 2, random));
    }
    // Changes of payments wait longer for a review.
    let pace = if stretch.area == PAYMENTS { 3 } else { 1 };
    let mut time = WorkHour::of(day, 1 + i64::try_from(random.below(3)).expect("small"));
    let mut planned = Vec::new();
    let per_commit = all.len().div_ceil(commits);
    for (number, edits) in all.chunks(per_commit).enumerate() {
        let message = match number {
            0 => title.to_owned(),
            1 => format!("{title}: cover more cases"),
            _ => format!("{title}: answer the review"),
        };
        planned.push(PlannedCommit { message, time, edits: edits.to_vec() });
        time.0 += i64::try_from(random.between(2, 9)).expect("small") * pace;
    }
    PlannedChange {
        title: title.to_owned(),
        author: author(stretch.area, day, turn),
        commits: planned,
        merge: time,
        fixes: None,
        takes_back: None,
    }
}

fn hot_file(area: &str, random: &mut Random) -> usize {
    let files = || FILES.iter().enumerate().filter(|(_, file)| file.area == area);
    let mut left = random.below(files().map(|(_, file)| file.heat).sum());
    for (position, file) in files() {
        if left < file.heat {
            return position;
        }
        left -= file.heat;
    }
    unreachable!("the number is below the sum of all heats")
}

fn edit(file: usize, removes: bool, random: &mut Random) -> Edit {
    let functions = FILES[file].functions.len();
    // The first function of a file grows most, as in real code.
    let function = if random.below(5) < 3 { 0 } else { random.below(functions) };
    let at = random.below(1_000);
    if removes {
        Edit::Remove { file, function, at }
    } else {
        Edit::Insert { file, function, at, step: step(random, true) }
    }
}

/// A new version of a library.
fn bump(title: &str, day: i64) -> PlannedChange {
    let words: Vec<&str> = title.split(' ').collect();
    let (library, version) = (words[1], words[5]);
    let (path, text) = match library {
        "requests" => ("requirements.txt", format!("requests=={version}\n")),
        _ => ("web/package.json", format!("{{\n  \"name\": \"web\",\n  \"{library}\": \"{version}\"\n}}\n")),
    };
    let time = WorkHour::of(day, 0);
    let commit = PlannedCommit { message: title.to_owned(), time, edits: vec![Edit::Text { path, text }] };
    PlannedChange {
        title: title.to_owned(),
        author: ROBOT,
        commits: vec![commit],
        merge: WorkHour(time.0 + 4),
        fixes: None,
        takes_back: None,
    }
}

/// The change that takes another one back; its message names the commit, so it is written later.
fn take_back(title: &'static str, merged: WorkHour, days: i64, author: Person) -> PlannedChange {
    let time = WorkHour(merged.0 + days * 8);
    let message = format!("Revert \"{title}\"");
    let commit = PlannedCommit { message: message.clone(), time, edits: Vec::new() };
    PlannedChange {
        title: message,
        author,
        commits: vec![commit],
        merge: WorkHour(time.0 + 1),
        fixes: None,
        takes_back: Some(title),
    }
}

/// The change that fixes an incident; `None` for an incident that no change fixed.
fn mend(position: usize, random: &mut Random) -> Option<PlannedChange> {
    let incident = &INCIDENTS[position];
    let file = incident.file()?;
    let plan = &FILES[file];
    let function = plan.functions.iter().position(|name| *name == incident.place.1);
    let function = function.expect("the story names functions of the product");
    let insert = |step, at| Edit::Insert { file, function, at, step };
    let mut edits = vec![insert(step(random, true), random.below(1_000))];
    edits.push(insert(Step::Leave { flag: random.below(5) }, random.below(1_000)));
    if let Some(tests) = test_of(plan.area).filter(|_| position.is_multiple_of(2)) {
        edits.push(edit(tests, false, random));
    }
    let mut letters = incident.title.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
    let title = format!("Fix {first}{}", letters.as_str());
    let message = match incident.evidence {
        RecordedPlace::Ticket => format!("{title}\n\nFixes {}.", id(position)),
        _ => title.clone(),
    };
    let time = WorkHour::of(incident.day + incident.days_open(), 4);
    Some(PlannedChange {
        title,
        author: author(plan.area, incident.day, position),
        commits: vec![PlannedCommit { message, time, edits }],
        merge: WorkHour(time.0 + 2),
        fixes: Some(position),
        takes_back: None,
    })
}
