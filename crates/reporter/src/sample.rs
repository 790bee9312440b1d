//! Hand-made scans, incidents and area maps for tests. [`SampleScan`] takes the few facts that a test cares about and
//! fills in the rest, keeping every sorting promise of [`Scan`].

use bstr::BString;
use debtscan_incidents::{Currency, Incident, Incidents, Money, RowPosition};
use debtscan_model::{
    Ancestry, AppliedBy, Author, AuthorIdx, Change, ChangeIdx, ChangeKind, Commit, CommitId, CommitIdx,
    ComplexityMeasure, File, FileClass, FileComplexity, FileIdx, FunctionComplexity, Import, Language,
    LineDelta, Mark, MergeFacts, Node, PathIdx, PresentFile, RepoPath, Scan, ScannedRepository, SkipReason,
    SkipSubject, Skipped, TimeWindow, Timestamp, Wording, to_u32,
};

use crate::options::{Privacy, ReportOptions};
use crate::parameters::RankingParameters;
use crate::price::PriceModel;
use debtscan_findings::AreaSource;

/// The committer time of every sample's scanned commit: 2026-01-01T00:00:00Z.
pub(crate) const AS_OF: Timestamp = Timestamp(1_767_225_600);

/// The id of the n-th commit of a sample, counted from 1; its first seven digits are unique too.
pub(crate) fn commit_id(number: usize) -> CommitId {
    CommitId::from_hex(&format!("{number:07x}{number:033x}")).expect("forty digits")
}

/// The time `days` before [`AS_OF`].
pub(crate) fn days_ago(days: i64) -> Timestamp {
    AS_OF.plus_days(-days)
}

/// A valid path.
pub(crate) fn path(text: &str) -> RepoPath {
    RepoPath::new(text).expect("a valid path")
}

/// An amount of US cents.
pub(crate) fn usd(minor: i64) -> Money {
    Money { minor, currency: Currency::USD }
}

struct SampleFile {
    path: RepoPath,
    class: FileClass,
    present: Option<PresentFile>,
    aliases: Vec<RepoPath>,
    imports: Option<Vec<Import>>,
}

struct SampleChange {
    commit: usize,
    path: RepoPath,
    lines: Option<LineDelta>,
    renamed_from: Option<RepoPath>,
}

impl SampleChange {
    fn kind(&self, path_idx: impl Fn(&RepoPath) -> PathIdx) -> ChangeKind {
        let renamed = self.renamed_from.as_ref();
        renamed.map_or(ChangeKind::Modified, |from| ChangeKind::Renamed { from: path_idx(from) })
    }
}

/// Builds a [`Scan`] step by step.
pub(crate) struct SampleScan {
    files: Vec<SampleFile>,
    commits: Vec<Commit>,
    changes: Vec<SampleChange>,
    merges: Vec<CommitId>,
    merge_facts: Vec<(CommitId, MergeFacts)>,
    outside_window: Vec<CommitId>,
    later: Vec<CommitId>,
    authors: Vec<Author>,
    bots: Vec<AuthorIdx>,
    skipped: Vec<Skipped>,
    is_shallow: bool,
    marks: Vec<(CommitId, Mark)>,
    /// Numbers of the commits that each merge, by number, brought.
    branches: Vec<(usize, Vec<usize>)>,
}

impl SampleScan {
    /// An empty repository at [`AS_OF`] with one author.
    pub(crate) fn new() -> Self {
        Self {
            files: Vec::new(),
            commits: Vec::new(),
            changes: Vec::new(),
            merges: Vec::new(),
            merge_facts: Vec::new(),
            outside_window: Vec::new(),
            later: Vec::new(),
            authors: vec![Author { name: BString::from("Ada"), email: BString::from("ada@example.org") }],
            bots: Vec::new(),
            skipped: Vec::new(),
            is_shallow: false,
            marks: Vec::new(),
            branches: Vec::new(),
        }
    }

    /// A present source file measured by indentation.
    pub(crate) fn source(self, path: &str, sloc: u32, indentation: u64) -> Self {
        self.present(path, FileClass::Source, sloc, indentation)
    }

    /// A present file of any class.
    pub(crate) fn present(mut self, text: &str, class: FileClass, sloc: u32, indentation: u64) -> Self {
        let complexity = FileComplexity {
            measure: ComplexityMeasure::Indentation,
            lines: sloc,
            sloc,
            indentation,
            max_indentation: u32::from(indentation > 0),
            functions: Vec::new(),
            top_level_cyclomatic: 0,
            top_level_cognitive: 0,
            had_syntax_errors: false,
            unparsed_lines: 0,
        };
        let present =
            PresentFile { language: None, bytes: u64::from(sloc) * 20, complexity: Some(complexity) };
        self.files.push(SampleFile {
            path: path(text),
            class,
            present: Some(present),
            aliases: Vec::new(),
            imports: None,
        });
        self
    }

    /// Gives the last file functions, as (name, first line, cognitive); cyclomatic is one more.
    pub(crate) fn functions(mut self, functions: &[(&str, u32, u32)]) -> Self {
        let file = self.files.last_mut().expect("a file before its functions");
        let complexity =
            file.present.as_mut().expect("a present file").complexity.as_mut().expect("measured");
        complexity.measure = ComplexityMeasure::SyntaxTree;
        complexity.functions = functions
            .iter()
            .map(|(name, first_line, cognitive)| FunctionComplexity {
                name: (*name).to_owned(),
                first_line: *first_line,
                last_line: first_line + 9,
                sloc: 10,
                cyclomatic: cognitive + 1,
                cognitive: *cognitive,
                max_nesting: 1,
                parameters: 0,
            })
            .collect();
        self
    }

    /// A file that no longer exists.
    pub(crate) fn deleted(mut self, text: &str, class: FileClass) -> Self {
        self.files.push(SampleFile {
            path: path(text),
            class,
            present: None,
            aliases: Vec::new(),
            imports: None,
        });
        self
    }

    /// An older name of the last file; commits may use it.
    pub(crate) fn alias(mut self, older: &str) -> Self {
        self.files.last_mut().expect("a file before its alias").aliases.push(path(older));
        self
    }

    /// A commit `age_days` before [`AS_OF`], with (path, added, deleted) per change.
    pub(crate) fn commit(mut self, age_days: i64, changes: &[(&str, u32, u32)]) -> Self {
        let commit = self.commits.len();
        let id = commit_id(commit + 1);
        self.commits.push(Commit {
            id,
            author: AuthorIdx::new(0),
            co_authors: Vec::new(),
            time: days_ago(age_days),
            authored: days_ago(age_days),
            n_parents: u32::from(commit > 0),
            summary: BString::from(format!("commit {}", commit + 1)),
            ticket_ids: Vec::new(),
            wording: Wording::default(),
            applied_by: AppliedBy::default(),
            in_ignore_revs: false,
            files: 0,
            source_files: 0,
        });
        self.changes.extend(changes.iter().map(|(text, added, deleted)| SampleChange {
            commit,
            path: path(text),
            lines: Some(LineDelta { added: *added, deleted: *deleted }),
            renamed_from: None,
        }));
        self
    }

    /// Makes the last change a rename.
    pub(crate) fn renamed_from(mut self, text: &str) -> Self {
        self.changes.last_mut().expect("a change before its kind").renamed_from = Some(path(text));
        self
    }

    /// A binary change in the last commit.
    pub(crate) fn binary(mut self, text: &str) -> Self {
        let commit = self.commits.len().checked_sub(1).expect("a commit before its change");
        self.changes.push(SampleChange { commit, path: path(text), lines: None, renamed_from: None });
        self
    }

    /// Ticket ids in the message of the last commit.
    pub(crate) fn tickets(mut self, ids: &[&str]) -> Self {
        let mut ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        ids.sort();
        self.last().ticket_ids = ids;
        self
    }

    fn last(&mut self) -> &mut Commit {
        self.commits.last_mut().expect("a commit before what is said of it")
    }

    /// The first line of the last commit's message.
    pub(crate) fn subject(mut self, text: &str) -> Self {
        self.last().summary = BString::from(text);
        self
    }

    /// When the last commit was written, in days before [`AS_OF`].
    pub(crate) fn authored(mut self, age_days: i64) -> Self {
        self.last().authored = days_ago(age_days);
        self
    }

    fn mark(mut self, mark: Mark) -> Self {
        let commit = self.last().id;
        self.marks.push((commit, mark));
        self
    }

    /// The last commit is a copy of the one of this number.
    pub(crate) fn picked_from(self, number: usize) -> Self {
        self.mark(Mark::PickedFrom(commit_id(number).to_string()))
    }

    /// The last commit takes back the one of this number.
    pub(crate) fn reverts(self, number: usize) -> Self {
        self.mark(Mark::Reverts(commit_id(number).to_string()))
    }

    /// The last commit is a squashed pull request.
    pub(crate) fn squash_of(self, request: u64) -> Self {
        self.mark(Mark::PullRequest(request))
    }

    /// A merge commit with the id of this number brought the commits of these numbers, as this pull
    /// request.
    pub(crate) fn merge_of(mut self, number: usize, request: u64, commits: &[usize]) -> Self {
        self.marks.push((commit_id(number), Mark::PullRequest(request)));
        self.branches.push((number, commits.to_vec()));
        self.merge(number)
    }

    /// Another author for the last commit.
    pub(crate) fn by(mut self, name: &str) -> Self {
        let author = self.author(name);
        self.last().author = author;
        self
    }

    /// A co-author of the last commit.
    pub(crate) fn with(mut self, name: &str) -> Self {
        let author = self.author(name);
        self.commits.last_mut().expect("a commit before its author").co_authors.push(author);
        self
    }

    /// Puts the last commit into `.git-blame-ignore-revs`.
    pub(crate) fn in_ignore_revs(mut self) -> Self {
        self.last().in_ignore_revs = true;
        self
    }

    /// Makes an author a program.
    pub(crate) fn bot(mut self, name: &str) -> Self {
        let author = self.author(name);
        self.bots.push(author);
        self
    }

    /// What the last file imports.
    pub(crate) fn importing(mut self, imports: Vec<Import>) -> Self {
        self.files.last_mut().expect("a file before its imports").imports = Some(imports);
        self
    }

    /// The language of the last file.
    pub(crate) fn language(mut self, name: &'static str) -> Self {
        let file = self.files.last_mut().expect("a file before its language");
        file.present.as_mut().expect("a present file").language = Some(Language(name));
        self
    }

    fn imports(&self) -> Vec<Option<Vec<Import>>> {
        self.files.iter().map(|file| file.imports.clone()).collect()
    }

    /// Tells every commit how many files it touches.
    fn count_files(&mut self, changes: &[Change]) {
        for changes in changes.chunk_by(|a, b| a.commit == b.commit) {
            let mut touched: Vec<usize> = changes.iter().map(|change| change.file.get()).collect();
            touched.sort_unstable();
            touched.dedup();
            let is_source = |file: &&usize| self.files[**file].class == FileClass::Source;
            let source_files = to_u32(touched.iter().filter(is_source).count());
            let commit = &mut self.commits[changes[0].commit.get()];
            (commit.files, commit.source_files) = (to_u32(touched.len()), source_files);
        }
    }

    fn author(&mut self, name: &str) -> AuthorIdx {
        let author = Author {
            name: BString::from(name),
            email: BString::from(format!("{}@example.org", name.to_lowercase())),
        };
        let position = self.authors.iter().position(|known| *known == author).unwrap_or_else(|| {
            self.authors.push(author);
            self.authors.len() - 1
        });
        AuthorIdx::new(position)
    }

    /// A merge commit with the id of this number.
    pub(crate) fn merge(mut self, number: usize) -> Self {
        self.merges.push(commit_id(number));
        self.merge_facts.push((commit_id(number), MergeFacts { time: AS_OF, is_back_merge: false }));
        self
    }

    /// What the message of the last commit says about the kind of work.
    pub(crate) fn wording(mut self, wording: Wording) -> Self {
        self.last().wording = wording;
        self
    }

    /// The time of the last merge, in days before [`AS_OF`].
    pub(crate) fn merged(mut self, age_days: i64) -> Self {
        self.merge_facts.last_mut().expect("a merge before its time").1.time = days_ago(age_days);
        self
    }

    /// A commit outside the window with the id of this number.
    /// A commit after the scanned one.
    pub(crate) fn later(mut self, number: usize) -> Self {
        self.later.push(commit_id(number));
        self.outside_window(number)
    }

    pub(crate) fn outside_window(mut self, number: usize) -> Self {
        self.outside_window.push(commit_id(number));
        self
    }

    /// Something that was skipped at the scanned revision.
    pub(crate) fn skipped(mut self, reason: SkipReason, text: &str) -> Self {
        self.skipped.push(Skipped { reason, subject: SkipSubject::Path(path(text)) });
        self
    }

    /// Marks the history as cut off.
    pub(crate) fn shallow(mut self) -> Self {
        self.is_shallow = true;
        self
    }

    /// The finished scan, sorted as promised. Panics when a change names a path of no file.
    pub(crate) fn build(mut self) -> Scan {
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        self.merge_facts.sort_unstable_by_key(|(id, _)| *id);
        self.merges.sort_unstable();
        self.outside_window.sort_unstable();
        self.skipped.sort();
        let names = |file: &SampleFile| [&file.aliases[..], std::slice::from_ref(&file.path)].concat();
        let mut paths: Vec<RepoPath> = self.files.iter().flat_map(names).collect();
        paths.sort();
        paths.dedup();
        let path_idx = |path: &RepoPath| PathIdx::new(paths.binary_search(path).expect("a listed path"));
        self.changes.sort_by(|a, b| (a.commit, &a.path).cmp(&(b.commit, &b.path)));
        let changes: Vec<Change> = self
            .changes
            .iter()
            .map(|change| Change {
                commit: CommitIdx::new(change.commit),
                file: owner(&self.files, &change.path),
                path: path_idx(&change.path),
                kind: change.kind(path_idx),
                lines: change.lines,
            })
            .collect();
        self.count_files(&changes);
        let imports = self.imports();
        let (order, authors) = sorted_authors(&self.authors);
        for commit in &mut self.commits {
            commit.author = order[commit.author.get()];
            for co_author in &mut commit.co_authors {
                *co_author = order[co_author.get()];
            }
            commit.co_authors.sort_unstable();
        }
        let mut bots: Vec<AuthorIdx> = self.bots.iter().map(|author| order[author.get()]).collect();
        bots.sort_unstable();
        let files = self
            .files
            .iter()
            .enumerate()
            .map(|(position, file)| {
                let mut aliases: Vec<PathIdx> = file.aliases.iter().map(path_idx).collect();
                aliases.sort_unstable();
                let history = (0..changes.len()).filter(|index| changes[*index].file.get() == position);
                File {
                    path: file.path.clone(),
                    class: file.class,
                    present: file.present.clone(),
                    aliases,
                    history: history.map(ChangeIdx::new).collect(),
                }
            })
            .collect();
        self.marks.sort_unstable();
        let merge_facts = self.merge_facts.iter().map(|(_, facts)| *facts).collect();
        let ancestry = ancestry(self.commits.len(), &self.merges, &self.branches);
        Scan {
            ancestry,
            marks: self.marks,
            repository: repository(self.commits.len(), self.is_shallow),
            window: TimeWindow::default(),
            as_of: AS_OF,
            authors,
            bots,
            merged: Vec::new(),
            namesakes: Vec::new(),
            found_people: Vec::new(),
            commits: self.commits,
            merge_facts,
            merges: self.merges,
            outside_window: self.outside_window,
            later: self.later,
            paths,
            changes,
            files,
            imports,
            manifests: Vec::new(),
            code_owners: None,
            skipped: self.skipped,
            whole: None,
        }
    }
}

/// A full or a shallow clone, whose scanned commit is the last of `commits`.
fn repository(commits: usize, is_shallow: bool) -> ScannedRepository {
    ScannedRepository {
        revision: commit_id(commits),
        root: Some(commit_id(1)),
        scope: None,
        is_shallow,
        is_partial: false,
        renames_followed: true,
        first_parent: false,
        excluded_files: 0,
        unmatched_excludes: Vec::new(),
        unmatched_classes: Vec::new(),
        is_beyond_window: false,
        misdated: None,
        unknown_ignore_revs: 0,
    }
}

/// Commits without parents, and after them the merges, each with the commits it brought behind a first
/// parent of its own.
fn ancestry(commits: usize, merges: &[CommitId], branches: &[(usize, Vec<usize>)]) -> Ancestry {
    let mut ancestry = Ancestry::default();
    let index = |number: usize| u32::try_from(number).expect("few commits");
    for commit in 0..commits {
        ancestry.push(Node::Commit(CommitIdx::new(commit)), []);
    }
    for (position, merge) in merges.iter().enumerate() {
        let trunk = index(ancestry.nodes().len());
        ancestry.push(Node::Outside, []);
        let branch = branches.iter().find(|(number, _)| commit_id(*number) == *merge);
        let brought = branch.into_iter().flat_map(|(_, commits)| commits).map(|number| index(*number) - 1);
        ancestry.push(Node::Merge(index(position)), std::iter::once(trunk).chain(brought));
    }
    ancestry
}

fn owner(files: &[SampleFile], path: &RepoPath) -> FileIdx {
    let by_name = files.iter().position(|file| file.path == *path);
    let by_alias = || files.iter().position(|file| file.aliases.contains(path));
    FileIdx::new(by_name.or_else(by_alias).unwrap_or_else(|| panic!("no sample file is called {path}")))
}

fn sorted_authors(authors: &[Author]) -> (Vec<AuthorIdx>, Vec<Author>) {
    let mut sorted = authors.to_vec();
    sorted.sort();
    let order = authors
        .iter()
        .map(|author| AuthorIdx::new(sorted.binary_search(author).expect("the same authors")))
        .collect();
    (order, sorted)
}

/// The index of a file by its path.
pub(crate) fn file_idx(scan: &Scan, text: &str) -> FileIdx {
    scan.find_file(&path(text)).unwrap_or_else(|| panic!("no file is called {text}"))
}

/// An incident with nothing but an id.
pub(crate) fn incident(id: &str) -> Incident {
    let source = RowPosition { file: "incidents.csv".to_owned(), line: 2 };
    Incident { id: id.to_owned(), source, ..Incident::default() }
}

/// An incident with a cost in US cents, fixed by the commits of these numbers.
pub(crate) fn fixed_incident(id: &str, cents: i64, fixes: &[usize]) -> Incident {
    let mut fix_commits: Vec<String> = fixes.iter().map(|number| commit_id(*number).to_string()).collect();
    fix_commits.sort();
    Incident { cost: Some(usd(cents)), fix_commits, ..incident(id) }
}

/// The incidents as [`read`](debtscan_incidents::read) would order them.
pub(crate) fn incidents(mut list: Vec<Incident>) -> Incidents {
    list.sort_by(|a, b| (a.opened, &a.id).cmp(&(b.opened, &b.id)));
    Incidents { rows: list.len() as u64, list, ..Incidents::default() }
}

/// A customer account that pays so much a year.
pub(crate) fn account(name: &str, revenue: Option<Money>) -> debtscan_incidents::Account {
    debtscan_incidents::Account { name: name.to_owned(), id: None, revenue, renewal: None, risk: None }
}

/// Options with their defaults, areas by top-level folder and no project.
pub(crate) fn options() -> ReportOptions {
    ReportOptions {
        area_source: AreaSource::Directories(1),
        area_rules: Vec::new(),
        max_files_per_commit: 50,
        ranking: RankingParameters::default(),
        price: PriceModel::default(),
        accounts: None,
        later: crate::options::Later::Excluded,
        losses: debtscan_findings::LossRules::default(),
        privacy: Privacy::Open,
        goals: Vec::new(),
        project: None,
        is_invented: false,
        tool_version: "0.0.0",
    }
}

/// Checks figures to within a rounding error.
#[track_caller]
pub(crate) fn assert_close(actual: &[f64], expected: &[f64]) {
    let is_close = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-12;
    assert!(
        actual.len() == expected.len() && actual.iter().zip(expected).all(is_close),
        "{actual:?} instead of {expected:?}"
    );
}
