//! A small shop with a history worth reading: two packages, a rename, tests, and incidents of every
//! kind of evidence.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use debtscan_testkit::{ObjectFormat, RepoBuilder};
use tempfile::TempDir;

/// A folder with the repository `shop` and the export `incidents.csv`.
#[derive(Debug)]
pub(crate) struct Workshop {
    folder: TempDir,
    /// The commits that fix incidents, in order.
    pub(crate) fixes: Vec<String>,
}

impl Workshop {
    /// Builds it all.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut repo = RepoBuilder::in_folder(&folder.path().join("shop"), ObjectFormat::Sha1);
        let fixes = write_history(&mut repo);
        fs::write(folder.path().join("incidents.csv"), incidents(&fixes)).expect("written");
        Self { folder, fixes }
    }

    /// The folder that holds both.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The repository's root.
    pub(crate) fn shop(&self) -> PathBuf {
        self.path().join("shop")
    }

    /// Writes a file, making its folders.
    pub(crate) fn write(&self, file: &str, content: &str) -> &Self {
        let path = self.path().join(file);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("made");
        fs::write(path, content).expect("written");
        self
    }
}

/// A function with the given number of branches.
fn function(name: &str, branches: usize) -> String {
    let mut text = format!("pub fn {name}(amount: i64) -> i64 {{\n    let mut total = amount;\n");
    for branch in 0..branches {
        writeln!(text, "    if amount > {branch} {{\n        total += {branch};\n    }}").expect("a string");
    }
    text.push_str("    total\n}\n");
    text
}

/// Writes the shop's history and returns the commits that fix incidents.
pub(crate) fn write_history(repo: &mut RepoBuilder) -> Vec<String> {
    let manifest = |name: &str| format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\n");
    repo.commit("Open the shop")
        .write("README.md", "# Shop\n")
        .write("payment/Cargo.toml", manifest("payment"))
        .write("payment/src/charge.rs", function("charge", 4))
        .write("payment/src/again.rs", function("again", 2))
        .write("search/Cargo.toml", manifest("search"))
        .write("search/src/index.rs", function("index", 3))
        .write("search/src/query.rs", function("query", 1))
        .write("search/tests/query.rs", "#[test]\nfn finds() {}\n")
        .create();
    repo.wait(24 * 20);
    repo.commit("Call a retry a retry")
        .rename("payment/src/again.rs", "payment/src/retry.rs")
        .author("Bo Example", "bo@example.com")
        .create();
    let mut fixes = Vec::new();
    for branches in 5..9 {
        repo.wait(24 * 7);
        let message = format!("Charge in {branches} currencies");
        repo.commit(message).write("payment/src/charge.rs", function("charge", branches)).create();
    }
    repo.wait(24 * 3);
    fixes.push(
        repo.commit("Charge once\n\nA retry charged again.")
            .write("payment/src/charge.rs", function("charge", 10))
            .write("payment/src/retry.rs", function("retry", 3))
            .create(),
    );
    repo.wait(24 * 9);
    fixes.push(
        repo.commit("Search faster (INC-2)")
            .write("search/src/query.rs", function("query", 2))
            .write("search/tests/query.rs", "#[test]\nfn finds_fast() {}\n")
            .author("Bo Example", "bo@example.com")
            .create(),
    );
    repo.wait(24 * 30);
    repo.commit("Index more").write("search/src/index.rs", function("index", 5)).create();
    fixes
}

/// The export: placed by commit, ticket, area and path; one placed nowhere; one cost that is no
/// number; one row without id.
fn incidents(fixes: &[String]) -> String {
    let fix = &fixes[0];
    format!(
        "id,title,opened_at,resolved_at,severity,cost_usd,customers,area,path,fix_commits\n\
         INC-1,Cards charged twice,2024-02-20,2024-02-21,SEV-1,\"12,500.00\",310,,,{fix}\n\
         INC-2,Search takes 20 s,2024-03-01,2024-03-02,SEV-3,800,40,,,\n\
         INC-3,Stale results,2024-03-05,2024-03-06,SEV-2,1500.50,75,search,,\n\
         INC-4,Retry storm,2024-03-12,2024-03-12,SEV-2,4000,120,,payment/src/retry.rs,\n\
         INC-5,Name server down,2024-03-20,2024-03-21,SEV-1,9000,900,,,\n\
         INC-6,Wrong receipt,2024-03-21,2024-03-22,SEV-3,plenty,12,payment,,\n\
         ,Row without id,2024-03-22,2024-03-22,SEV-4,10,1,payment,,\n"
    )
}
