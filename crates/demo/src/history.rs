//! The history: changes on branches, merged one after the other, and a last commit with the inputs of debtscan.

use std::collections::BTreeMap;
use std::path::Path;

use debtscan_git::create::{CreateError, FileSet, NewCommit, NewRepository};
use debtscan_git::id::ObjectId;

use crate::calendar::{LAST_DAY, WorkHour};
use crate::change::{Edit, PlannedChange, PlannedCommit, first_files, plan};
use crate::code::InventedSource;
use crate::company::{MAYA, Person};
use crate::files::FILES;
use crate::inputs::{self, MergedFix};
use crate::random::Random;

/// Any number gives some company; this one is always the same.
const SEED: u64 = 0x9E37_79B9_7F4A_7C15;
/// The number of the first pull request.
const FIRST_REQUEST: usize = 12;

/// Files at a commit, and the commit.
#[derive(Clone)]
struct State {
    sources: Vec<InventedSource>,
    snapshot: FileSet,
    tip: ObjectId,
}

/// A branch that is not merged yet.
struct OpenBranch {
    state: State,
    request: usize,
}

struct HistoryWriter {
    repo: NewRepository,
    main: State,
    branches: BTreeMap<usize, OpenBranch>,
    requests: usize,
    /// The commit of each finished change, by its title.
    commits: BTreeMap<String, ObjectId>,
    /// The files that a change touched, as they were before it was merged.
    before: BTreeMap<String, Vec<(usize, InventedSource)>>,
    /// The commits that fixed incidents, by the position of the incident.
    fixes: BTreeMap<usize, MergedFix>,
}

/// Writes everything.
pub(crate) fn write(folder: &Path) -> Result<(), CreateError> {
    let mut random = Random::new(SEED);
    let sources = first_files(&mut random);
    let changes = plan(&mut random);
    let mut writer = HistoryWriter::start(folder, sources)?;
    // A change has one step per commit, and one for its merge.
    let mut steps: Vec<(WorkHour, usize, usize)> = Vec::new();
    for (number, change) in changes.iter().enumerate() {
        steps.extend(change.commits.iter().enumerate().map(|(step, commit)| (commit.time, number, step)));
        steps.push((change.merge, number, change.commits.len()));
    }
    steps.sort_unstable();
    for (_, number, step) in steps {
        let change = &changes[number];
        match change.commits.get(step) {
            Some(commit) => writer.commit(number, change, commit)?,
            None => writer.merge(number, change)?,
        }
    }
    writer.end()
}

impl HistoryWriter {
    fn start(folder: &Path, sources: Vec<InventedSource>) -> Result<Self, CreateError> {
        let repo = NewRepository::create(folder)?;
        let mut snapshot = FileSet::default();
        for (plan, source) in FILES.iter().zip(&sources) {
            repo.put(&mut snapshot, plan.path, &source.text())?;
        }
        for (path, text) in inputs::FIRST {
            repo.put(&mut snapshot, path, text)?;
        }
        let first = NewCommit {
            message: "Start Fernhill, an invented company\n",
            author: MAYA,
            seconds: WorkHour::of(0, 0).seconds(),
            parents: &[],
        };
        let tip = repo.commit(&snapshot, &first)?;
        let main = State { sources, snapshot, tip };
        let (branches, commits, before, fixes) = Default::default();
        Ok(Self { repo, main, branches, requests: FIRST_REQUEST, commits, before, fixes })
    }

    fn commit(
        &mut self,
        number: usize,
        change: &PlannedChange,
        commit: &PlannedCommit,
    ) -> Result<(), CreateError> {
        let mut branch = if let Some(branch) = self.branches.remove(&number) {
            branch
        } else {
            self.requests += 1;
            OpenBranch { state: self.main.clone(), request: self.requests }
        };
        self.edit(&mut branch.state, change, &commit.edits)?;
        let mut message = format!("{}\n", commit.message);
        if let Some(reverted) = change.takes_back.and_then(|title| self.commits.get(title)) {
            message.push_str(&format!("\nThis reverts commit {reverted}.\n"));
        }
        let seconds = commit.time.seconds();
        branch.state.tip =
            self.write(&branch.state, &message, change.author, seconds, &[branch.state.tip])?;
        self.commits.insert(change.title.clone(), branch.state.tip);
        self.branches.insert(number, branch);
        Ok(())
    }

    fn merge(&mut self, number: usize, change: &PlannedChange) -> Result<(), CreateError> {
        let branch = self.branches.remove(&number).expect("its commits come before its merge");
        let edits: Vec<Edit> = change.commits.iter().flat_map(|commit| commit.edits.clone()).collect();
        let mut main = self.main.clone();
        let touched = touched(&edits).into_iter().map(|file| (file, main.sources[file].clone()));
        self.before.insert(change.title.clone(), touched.collect());
        self.edit(&mut main, change, &edits)?;
        let slug: String = change.title.to_lowercase().chars().filter(|letter| *letter != '"').collect();
        let slug: Vec<&str> = slug.split(' ').take(4).collect();
        let message = format!(
            "Merge pull request #{} from fernhill/{}\n\n{}\n",
            branch.request,
            slug.join("-"),
            change.title
        );
        let seconds = change.merge.seconds();
        let parents = [self.main.tip, branch.state.tip];
        main.tip = self.write(&main, &message, change.author, seconds, &parents)?;
        self.main = main;
        if let Some(incident) = change.fixes {
            self.fixes.insert(incident, MergedFix { id: branch.state.tip.to_string(), merged: seconds });
        }
        Ok(())
    }

    /// Applies edits, or takes a change back, and writes the files that are different now.
    fn edit(&self, state: &mut State, change: &PlannedChange, edits: &[Edit]) -> Result<(), CreateError> {
        let mut files = touched(edits);
        for edit in edits {
            edit.apply(&mut state.sources);
            if let Edit::Text { path, text } = edit {
                self.repo.put(&mut state.snapshot, path, text)?;
            }
        }
        for (file, source) in change.takes_back.and_then(|title| self.before.get(title)).into_iter().flatten()
        {
            state.sources[*file] = source.clone();
            files.push(*file);
        }
        for file in files {
            self.repo.put(&mut state.snapshot, FILES[file].path, &state.sources[file].text())?;
        }
        Ok(())
    }

    fn write(
        &self,
        state: &State,
        message: &str,
        author: Person,
        seconds: i64,
        parents: &[ObjectId],
    ) -> Result<ObjectId, CreateError> {
        self.repo.commit(&state.snapshot, &NewCommit { message, author, seconds, parents })
    }

    /// The last commit, with what the business keeps; then the branch and the files.
    fn end(mut self) -> Result<(), CreateError> {
        for (path, text) in inputs::last(&self.fixes) {
            self.repo.put(&mut self.main.snapshot, path, &text)?;
        }
        let message = "Keep incidents, customers and plans for debtscan\n";
        let seconds = WorkHour::of(LAST_DAY, 7).seconds();
        let head = self.write(&self.main, message, MAYA, seconds, &[self.main.tip])?;
        self.repo.finish(head, &self.main.snapshot)
    }
}

/// The source files of some edits: sorted, unique.
fn touched(edits: &[Edit]) -> Vec<usize> {
    let mut files: Vec<usize> = edits.iter().filter_map(Edit::file).collect();
    files.sort_unstable();
    files.dedup();
    files
}
