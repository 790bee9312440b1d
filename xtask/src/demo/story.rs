//! The history: who changed what, when and why.

use std::collections::BTreeMap;
use std::path::Path;

use debtscan_testkit::{CommitBuilder, ObjectFormat, RepoBuilder, START};

use super::code::{SourceFile, SourceFunction, SourceLanguage, Statement};
use super::incidents::{DemoIncident, FixCommit, FixCommits, fixed_at};

/// The result of the story.
pub(super) struct DemoHistory {
    pub(super) commits: usize,
    pub(super) fixes: FixCommits,
    /// Path of each file at the end, by its key.
    pub(super) paths: BTreeMap<&'static str, String>,
    /// Time of the first commit, seconds since the epoch.
    pub(super) start: i64,
}

/// Number of steps in the story; a step is one commit, or a branch with a few.
const STEPS: usize = 146;

// Sam first commits from a private address, and Tomasz leaves in the middle.
const MIRA: (&str, &str) = ("Mira Okafor", "mira@shop.example");
const JONAS: (&str, &str) = ("Jonas Lind", "jonas@shop.example");
const PRIYA: (&str, &str) = ("Priya Raman", "priya@shop.example");
const TOMASZ: (&str, &str) = ("Tomasz Wolski", "tomasz@shop.example");
const LEA: (&str, &str) = ("Léa Fournier", "lea@shop.example");
const SAM: (&str, &str) = ("Sam Whitaker", "sam@shop.example");
const SAM_AT_HOME: (&str, &str) = ("sam", "sam@home.example");
const BOT: (&str, &str) = ("dependency-bot", "bot@shop.example");

const MAILMAP: &str = "Sam Whitaker <sam@shop.example> sam <sam@home.example>\n";

/// A source file of the shop: key, path, title, language, heat (how often it is changed), author
/// before and after the middle of the story.
type FilePlan =
    (&'static str, &'static str, &'static str, SourceLanguage, u64, [(&'static str, &'static str); 2]);

const FILES: [FilePlan; 14] = [
    ("charge", "services/payments/charge.py", "Charges", SourceLanguage::Python, 24, [TOMASZ, MIRA]),
    ("ledger", "services/payments/ledger.py", "Ledger", SourceLanguage::Python, 16, [TOMASZ, PRIYA]),
    ("refund", "services/payments/refund.py", "Refunds", SourceLanguage::Python, 6, [TOMASZ, MIRA]),
    (
        "test-charge",
        "services/payments/tests/test_charge.py",
        "Tests",
        SourceLanguage::Python,
        7,
        [TOMASZ, MIRA],
    ),
    (
        "cart",
        "services/checkout/src/main/java/shop/checkout/Cart.java",
        "Cart",
        SourceLanguage::Java,
        15,
        [JONAS, JONAS],
    ),
    (
        "discount",
        "services/checkout/src/main/java/shop/checkout/Discount.java",
        "Discount",
        SourceLanguage::Java,
        11,
        [JONAS, LEA],
    ),
    (
        "order",
        "services/checkout/src/main/java/shop/checkout/Order.java",
        "Order",
        SourceLanguage::Java,
        6,
        [LEA, LEA],
    ),
    (
        "tax",
        "services/checkout/src/main/java/shop/checkout/TaxTable.java",
        "TaxTable",
        SourceLanguage::Java,
        2,
        [JONAS, JONAS],
    ),
    ("search", "services/catalog/search.go", "Search", SourceLanguage::Go, 9, [PRIYA, PRIYA]),
    ("stock", "services/catalog/stock.go", "Stock", SourceLanguage::Go, 8, [PRIYA, SAM]),
    ("price", "services/catalog/price.go", "Price", SourceLanguage::Go, 4, [SAM_AT_HOME, SAM]),
    ("basket", "web/src/basket.ts", "Basket", SourceLanguage::TypeScript, 10, [LEA, SAM]),
    ("account", "web/src/account.ts", "Account", SourceLanguage::TypeScript, 5, [SAM_AT_HOME, SAM]),
    ("api", "web/src/api.ts", "Api", SourceLanguage::TypeScript, 6, [LEA, LEA]),
];

/// Files in different folders that change together: half of the changes of the first.
const COUPLED: [(&str, &str); 2] = [("charge", "order"), ("basket", "api")];

/// Step, key, new path: the ledger becomes a package, the basket's file gets the product's name.
const RENAMES: [(usize, &str, &str); 3] = [
    (50, "ledger", "services/payments/ledger/book.py"),
    (72, "api", "web/src/client.ts"),
    (110, "stock", "services/catalog/inventory.go"),
];

/// Step at which a branch of three commits on one file begins, its name and the file.
const BRANCHES: [(usize, &str, &str); 2] = [(38, "gift-cards", "discount"), (98, "retry-charges", "charge")];

const FUNCTIONS: [&str; 8] =
    ["open", "authorise", "settle", "cancel", "quote", "split", "merge", "summarise"];
const FIELDS: [&str; 4] = ["amount", "weight", "distance", "age"];
const STATES: [&str; 4] = ["expired", "blocked", "reserved", "hidden"];

/// Writes the story into a new repository.
pub(super) fn tell(repository: &Path) -> DemoHistory {
    let mut shop = Shop {
        repo: RepoBuilder::in_folder(repository, ObjectFormat::Sha1),
        chance: PseudoRandom(0x5eed),
        files: BTreeMap::new(),
        lock_version: 0,
        commits: 0,
        time: START,
        fixes: FixCommits::new(),
    };
    shop.found();
    for step in 1..STEPS {
        // Four to six and a half days a step, so the story takes about two years and a half-life
        // has an effect.
        shop.time += 86_400 * 4 + 3_600 * i64::try_from(shop.chance.below(60)).expect("below 60");
        shop.take(step);
    }
    let paths = shop.files.iter().map(|(key, file)| (*key, file.path.clone())).collect();
    DemoHistory { commits: shop.commits, fixes: shop.fixes, paths, start: START }
}

/// Reproducible pseudo-random numbers: `SplitMix64` (Steele, Lea & Flood 2014).
struct PseudoRandom(u64);

impl PseudoRandom {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        let position = self.below(choices.len() as u64);
        choices[usize::try_from(position).expect("a position in a slice")]
    }
}

struct ShopFile {
    path: String,
    source: SourceFile,
}

/// The state of the story.
struct Shop {
    repo: RepoBuilder,
    chance: PseudoRandom,
    files: BTreeMap<&'static str, ShopFile>,
    lock_version: u32,
    commits: usize,
    time: i64,
    fixes: FixCommits,
}

impl Shop {
    /// The first commit: every file, small.
    fn found(&mut self) {
        for (key, path, title, language, ..) in FILES {
            let functions = FUNCTIONS[..2]
                .iter()
                .map(|name| SourceFunction { name, steps: vec![Statement::Add(1), self.chance_step()] })
                .collect();
            let source = SourceFile { language, title: title.to_owned(), functions };
            self.files.insert(key, ShopFile { path: path.to_owned(), source });
        }
        let other = [
            ("README.md", "# Shop\n\nAn invented shop, made to try debtscan on.\n"),
            (".mailmap", MAILMAP),
            ("services/payments/pyproject.toml", "[project]\nname = \"payments\"\nversion = \"1.0.0\"\n"),
            ("services/checkout/pom.xml", "<project>\n  <artifactId>checkout</artifactId>\n</project>\n"),
            ("services/catalog/go.mod", "module shop.example/catalog\n\ngo 1.22\n"),
            ("web/package.json", "{\n  \"name\": \"web\",\n  \"version\": \"1.0.0\"\n}\n"),
        ];
        let keys: Vec<_> = self.files.keys().copied().collect();
        self.commit("Found the shop", MIRA, &keys, |commit| {
            other.into_iter().fold(commit, |commit, (path, text)| commit.write(path, text))
        });
    }

    /// One step: an incident's fix, a special event, or daily work.
    fn take(&mut self, step: usize) {
        if let Some(incident) = fixed_at(step) {
            self.mend(incident);
        } else if let Some((_, key, to)) = RENAMES.iter().find(|(at, ..)| *at == step) {
            self.rename(key, to);
        } else if let Some((_, name, key)) = BRANCHES.iter().find(|(at, ..)| *at == step) {
            self.work_on_branch(name, key);
        } else if step % 19 == 7 {
            self.bump_dependencies();
        } else {
            self.work(step);
        }
    }

    fn mend(&mut self, incident: &'static DemoIncident) {
        self.grow(incident.file, 1);
        self.grow("test-charge", 1);
        let title = incident.title.to_lowercase();
        let message = format!("Fix: {title}\n\nMends {}.", incident.id);
        let author = author_of(incident.file, true);
        // Only charges are fixed together with their test. The report then has files with tests
        // beside others without.
        let tested = incident.file == "charge";
        let keys: &[&'static str] = if tested { &[incident.file, "test-charge"] } else { &[incident.file] };
        let commit = self.commit(&message, author, keys, |commit| commit);
        self.fixes.entry(incident.id).or_default().push(FixCommit { commit, time: self.time });
    }

    fn rename(&mut self, key: &'static str, to: &str) {
        let Some(file) = self.files.get_mut(key) else { return };
        // Moved and edited in one commit, so that finding the rename takes more than equal
        // contents.
        let from = std::mem::replace(&mut file.path, to.to_owned());
        self.grow(key, 1);
        let message = format!("Move {from} to {to}");
        self.commit(&message, author_of(key, true), &[key], |commit| commit.rename(&from, to));
    }

    fn work_on_branch(&mut self, name: &str, key: &'static str) {
        self.repo.branch(name);
        for part in ["Sketch", "Build", "Polish"] {
            self.grow(key, 2);
            self.commit(&format!("{part} {name}"), author_of(key, false), &[key], |commit| commit);
            self.time += 20 * 3_600;
        }
        let tip = self.repo.head().expect("the branch has commits");
        self.repo.checkout("main");
        self.commit(&format!("Merge branch '{name}'"), MIRA, &[key], |commit| commit.merge([tip]));
    }

    fn bump_dependencies(&mut self) {
        // A lock file has many changed lines and no meaning: the demo needs something to recognise
        // as generated.
        self.lock_version += 1;
        let version = self.lock_version;
        let packages: Vec<_> =
            (0..40).map(|number| format!("    \"package-{number}\": \"{version}.{number}.0\"")).collect();
        let packages = packages.join(",\n");
        let lock = format!("{{\n  \"lockfileVersion\": 3,\n  \"packages\": {{\n{packages}\n  }}\n}}\n");
        self.commit("Bump dependencies", BOT, &[], |commit| commit.write("web/package-lock.json", lock));
    }

    fn work(&mut self, step: usize) {
        let heat: u64 = FILES.iter().map(|file| file.4).sum();
        // A file is drawn with the probability of its heat: the hot ones lead the ranking, and the
        // cold ones do change.
        let mut warmth = self.chance.below(heat);
        let mut keys = Vec::new();
        for (key, .., heat, _) in FILES {
            if warmth < heat {
                keys.push(key);
                break;
            }
            warmth -= heat;
        }
        let first = keys[0];
        if let Some((_, other)) = COUPLED.iter().find(|(key, _)| *key == first)
            && self.chance.below(2) == 0
        {
            keys.push(other);
        }
        for key in &keys {
            let steps = 1 + self.chance.below(3);
            self.grow(key, steps);
        }
        let verb = self.chance.pick(&["Extend", "Rework", "Handle a new case in", "Simplify", "Adjust"]);
        let message = format!("{verb} {}", first.replace('-', " "));
        self.commit(&message, author_of(first, step > STEPS / 2), &keys, |commit| commit);
    }

    /// Adds statements to a file, sometimes a function, and changes an existing number.
    fn grow(&mut self, key: &str, steps: u64) {
        for _ in 0..steps {
            let step = self.chance_step();
            // All random numbers are drawn before the branches, so what a step draws does not
            // depend on the state of the file.
            let choice = self.chance.next();
            let amount = 1 + self.chance.below(99);
            let Some(file) = self.files.get_mut(key) else { return };
            let functions = &mut file.source.functions;
            if choice.is_multiple_of(5) && functions.len() < FUNCTIONS.len() {
                functions.push(SourceFunction { name: FUNCTIONS[functions.len()], steps: vec![step] });
                continue;
            }
            // The second function of a file grows most, as in real code.
            let position =
                if choice.is_multiple_of(3) { usize::try_from(choice % 7).unwrap_or(0) } else { 1 };
            let last = functions.len() - 1;
            let function = &mut functions[position.min(last)];
            function.steps.push(step);
            if let Some(Statement::Add(number)) = function.steps.first_mut() {
                *number = amount;
            }
        }
    }

    fn chance_step(&mut self) -> Statement {
        let (field, state) = (self.chance.pick(&FIELDS), self.chance.pick(&STATES));
        let (limit, amount) = (self.chance.below(500), 1 + self.chance.below(99));
        match self.chance.below(7) {
            0 => Statement::Add(amount),
            1..4 => Statement::Guard { field, limit, amount },
            4 | 5 => Statement::Each { state },
            _ => Statement::Nested { state, field, limit },
        }
    }

    /// Commits the current text of some files, plus the caller's own edits.
    fn commit(
        &mut self,
        message: &str,
        (name, email): (&str, &str),
        keys: &[&'static str],
        more: impl FnOnce(CommitBuilder<'_>) -> CommitBuilder<'_>,
    ) -> String {
        let mut commit =
            more(self.repo.commit(message).author(name, email).committer(name, email).at(self.time));
        for key in keys {
            if let Some(file) = self.files.get(key) {
                commit = commit.write(&file.path, file.source.render());
            }
        }
        self.commits += 1;
        commit.create()
    }
}

/// Who works on a file in the first or second half of the story.
fn author_of(key: &str, is_second_half: bool) -> (&'static str, &'static str) {
    let plan = FILES.iter().find(|(of, ..)| *of == key);
    plan.map_or(MIRA, |(.., authors)| authors[usize::from(is_second_half)])
}
