//! `debtscan.toml`: its keys, and errors that point at the place.
//!
//! Checks only the shape: known keys, right types, values that can be parsed. [`settings`](crate::settings)
//! decides what a key or its absence means.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use clap::ValueEnum;
use debtscan_app::{
    AreaRule, AreaSource, ClassRule, ColumnMap, Currency, FileClass, IncidentFilter, TimeSpec, closest,
};
use debtscan_render as render;
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};
use serde::{Deserialize, Deserializer, de};

use crate::business::{AskTable, BriefSection, PlanSection, TeamTable};
use crate::filter;
use crate::price::PriceSection;
use crate::ranking::RankingSection;
use crate::strictness::{self, AcceptTable, StrictSection};
use crate::value::{DateOrderWord, RenamesWord, currency, parse_area_source, parse_time, parsed};

/// The file's name in a repository.
pub(crate) const FILE_NAME: &str = "debtscan.toml";

/// The whole file.
#[derive(Debug, Default, PartialEq, Deserialize)]
// Unknown keys are errors in every table. A mistyped key would change nothing, and nobody would
// notice.
#[serde(deny_unknown_fields, default)]
pub(crate) struct Config {
    pub(crate) project: Project,
    pub(crate) incidents: IncidentFiles,
    pub(crate) scan: ScanSection,
    pub(crate) classes: ClassesSection,
    pub(crate) people: PeopleSection,
    pub(crate) report: ReportSection,
    pub(crate) price: PriceSection,
    pub(crate) ranking: RankingSection,
    pub(crate) accounts: AccountFiles,
    pub(crate) brief: BriefSection,
    pub(crate) plan: PlanSection,
    pub(crate) team: Vec<TeamTable>,
    pub(crate) ask: Vec<AskTable>,
    pub(crate) area: Vec<AreaTable>,
    pub(crate) strict: StrictSection,
    pub(crate) accept: Vec<AcceptTable>,
}

/// `[project]`
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Project {
    pub(crate) name: Option<String>,
    #[serde(deserialize_with = "currency")]
    pub(crate) default_currency: Option<Currency>,
    pub(crate) invented: bool,
}

/// `[incidents]`
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct IncidentFiles {
    pub(crate) files: Vec<String>,
    #[serde(deserialize_with = "date_order")]
    pub(crate) date_order: Option<DateOrderWord>,
    #[serde(deserialize_with = "columns")]
    pub(crate) columns: Vec<ColumnMap>,
    #[serde(rename = "where", deserialize_with = "filter::rules")]
    pub(crate) rules: IncidentFilter,
    #[serde(deserialize_with = "filter::elsewhere")]
    pub(crate) elsewhere: IncidentFilter,
}

/// `[accounts]`
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct AccountFiles {
    pub(crate) files: Vec<String>,
}

/// `[scan]`
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ScanSection {
    pub(crate) exclude: Vec<String>,
    pub(crate) first_parent: bool,
    pub(crate) renames: Option<RenamesWord>,
    #[serde(deserialize_with = "count")]
    pub(crate) max_files_per_commit: Option<usize>,
    #[serde(deserialize_with = "time")]
    pub(crate) since: Option<TimeSpec>,
}

/// `[classes]`: patterns in gitignore syntax by class.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ClassesSection {
    source: Vec<String>,
    test: Vec<String>,
    example: Vec<String>,
    docs: Vec<String>,
    build: Vec<String>,
    generated: Vec<String>,
    vendored: Vec<String>,
    other: Vec<String>,
}

impl ClassesSection {
    /// One rule per pattern. Source comes first, so that `!` is not needed to take a file out of a larger pattern.
    pub(crate) fn rules(&self) -> Vec<ClassRule> {
        let by_class = FileClass::ALL.into_iter().map(|class| (class, self.patterns(class)));
        let rules = by_class.flat_map(|(class, patterns)| {
            patterns.iter().map(move |pattern| ClassRule { pattern: pattern.clone(), class })
        });
        rules.collect()
    }

    fn patterns(&self, class: FileClass) -> &[String] {
        match class {
            FileClass::Source => &self.source,
            FileClass::Test => &self.test,
            FileClass::Example => &self.example,
            FileClass::Docs => &self.docs,
            FileClass::Build => &self.build,
            FileClass::Generated => &self.generated,
            FileClass::Vendored => &self.vendored,
            FileClass::Other => &self.other,
        }
    }
}

/// `[people]`
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct PeopleSection {
    pub(crate) bots: Vec<String>,
    pub(crate) merge: Option<bool>,
    pub(crate) same: Vec<Vec<String>>,
    pub(crate) apart: Vec<String>,
    pub(crate) anonymize: bool,
    pub(crate) anonymize_key: Option<String>,
}

/// `[report]`
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ReportSection {
    #[serde(deserialize_with = "area_source")]
    pub(crate) areas: Option<AreaSource>,
    #[serde(deserialize_with = "count")]
    pub(crate) top: Option<usize>,
    pub(crate) redact: bool,
}

/// One `[[area]]`
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AreaTable {
    #[serde(default)]
    pub(crate) id: Option<String>,
    // With its place in the file, for errors that only show when all areas are known.
    pub(crate) name: toml::Spanned<String>,
    pub(crate) paths: toml::Spanned<Vec<String>>,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    #[serde(default)]
    pub(crate) owner: Option<String>,
}

impl AreaTable {
    /// The area as a rule of the report.
    pub(crate) fn rule(&self) -> AreaRule {
        AreaRule {
            id: self.id.clone(),
            name: self.name.get_ref().clone(),
            paths: self.paths.get_ref().clone(),
            aliases: self.aliases.clone(),
            owner: self.owner.clone(),
        }
    }
}

fn date_order<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateOrderWord>, D::Error> {
    parsed(deserializer, |text| {
        DateOrderWord::from_str(text, false).map_err(|_| "write dmy or mdy".to_owned())
    })
}

/// `[incidents.columns]`: fields with the header of their column, or a list of headers.
fn columns<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<ColumnMap>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Headers {
        One(String),
        Several(Vec<String>),
    }
    let mut maps = Vec::new();
    // Sorted by field, so that the first error is the same in every run.
    for (field, headers) in BTreeMap::<String, Headers>::deserialize(deserializer)? {
        let headers = match headers {
            Headers::One(header) => vec![header],
            Headers::Several(headers) => headers,
        };
        for header in headers {
            maps.push(ColumnMap::new(&field, &header).map_err(de::Error::custom)?);
        }
    }
    Ok(maps)
}

fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<TimeSpec>, D::Error> {
    parsed(deserializer, parse_time)
}

fn area_source<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<AreaSource>, D::Error> {
    parsed(deserializer, parse_area_source)
}

fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<usize>, D::Error> {
    match usize::deserialize(deserializer)? {
        // A limit of 0 would hide every row, or exclude every commit.
        0 => Err(de::Error::custom("`0` is not valid here: write a number from 1")),
        count => Ok(Some(count)),
    }
}

/// The file is not a valid configuration.
#[derive(Debug)]
pub(crate) struct ConfigError {
    file: String,
    problem: String,
    /// Shown beside the caret.
    label: Option<String>,
    span: Option<Range<usize>>,
    // Boxed, because every result of the parser has room for the largest error.
    source: Box<NamedSource<String>>,
    excerpt: Excerpt,
}

/// Whether an error shows lines of the file. A file outside the repository may have been
/// named by mistake, such as a private key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Excerpt {
    Shown,
    Hidden,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.excerpt, &self.span) {
            (Excerpt::Shown, _) => write!(f, "cannot use `{}`: {}", self.file, self.problem),
            // TOML's own message quotes the text that it does not understand.
            (Excerpt::Hidden, None) => {
                write!(f, "cannot use `{}`: it is not a valid configuration", self.file)
            }
            (Excerpt::Hidden, Some(span)) => {
                // A line number gives the place away, and none of the content.
                let line = self.source.inner()[..span.start].matches('\n').count() + 1;
                write!(f, "cannot use `{}`: line {line} is not valid", self.file)
            }
        }
    }
}

impl std::error::Error for ConfigError {}

impl Diagnostic for ConfigError {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self.source.as_ref())
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.span.clone()?;
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(self.label.clone(), span))))
    }
}

impl ConfigError {
    fn new(
        file: &str,
        content: &str,
        problem: String,
        span: Option<Range<usize>>,
        label: Option<String>,
    ) -> Self {
        let source = Box::new(NamedSource::new(file, render::visible_in_place(content)));
        Self { file: file.to_owned(), problem, label, span, source, excerpt: Excerpt::Shown }
    }

    /// The same error, with or without lines of the file.
    #[must_use]
    pub(crate) fn with_excerpt(mut self, excerpt: Excerpt) -> Self {
        self.excerpt = excerpt;
        self
    }

    /// The lines in question with a caret below, ending in a newline; empty if the problem has no
    /// place. Coloured; the stream that it goes to removes colours where they are not wanted.
    pub(crate) fn snippet(&self) -> String {
        if self.span.is_none() || self.excerpt == Excerpt::Hidden {
            return String::new();
        }
        let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode())
            .with_context_lines(1)
            .without_cause_chain();
        let mut rendered = String::new();
        handler.render_report(&mut rendered, self).expect("a string takes any text");
        // The handler repeats the message above the snippet; the snippet begins at its first frame.
        rendered.find('╭').map_or_else(String::new, |frame| {
            let line_start = rendered[..frame].rfind('\n').map_or(0, |newline| newline + 1);
            rendered[line_start..].to_owned()
        })
    }
}

/// Parses the text of a configuration; messages call it `file`.
///
/// # Errors
/// When it is not TOML, has an unknown key or a value of the wrong kind, or names an area twice or
/// without paths.
pub(crate) fn parse(file: &str, content: &str) -> Result<Config, ConfigError> {
    let config: Config = toml::from_str(content).map_err(|error| from_toml(file, content, &error))?;
    check_areas(file, content, &config.area)?;
    // Here, so that a wrong constant is pointed at like any other wrong value. Later code may rely
    // on it.
    if let Err(wrong) = config.ranking.parameters() {
        return Err(ConfigError::new(file, content, wrong.problem, Some(wrong.span), wrong.label));
    }
    strictness::check(&config.accept).map_err(|wrong| {
        ConfigError::new(file, content, wrong.problem, Some(wrong.span), Some(wrong.label))
    })?;
    Ok(config)
}

fn check_areas(file: &str, content: &str, areas: &[AreaTable]) -> Result<(), ConfigError> {
    for (position, area) in areas.iter().enumerate() {
        let name = area.name.get_ref();
        let refuse = |problem: String, span: Range<usize>, label: &str| {
            Err(ConfigError::new(file, content, problem, Some(span), Some(label.to_owned())))
        };
        if name.trim().is_empty() {
            return refuse("an area has no name".to_owned(), area.name.span(), "write a name");
        }
        // People and incidents refer to an area by its name, so two of one name would be mixed up.
        if areas[..position].iter().any(|earlier| earlier.name.get_ref() == name) {
            return refuse(format!("area `{name}` is defined twice"), area.name.span(), "already used above");
        }
        if area.paths.get_ref().is_empty() {
            return refuse(format!("area `{name}` has no paths"), area.paths.span(), "write a glob");
        }
    }
    Ok(())
}

fn from_toml(file: &str, content: &str, error: &toml::de::Error) -> ConfigError {
    let message = error.message();
    // serde gives the known words only within its message. A test fails if a new version words it
    // differently.
    let (problem, label) = match UnknownWord::find(message) {
        Some(unknown) => unknown.describe(),
        None => (in_plain_words(message), None),
    };
    ConfigError::new(file, content, problem, error.span(), label)
}

/// One line in the terms of TOML rather than Rust.
fn in_plain_words(message: &str) -> String {
    let message = message.trim_end().replace('\n', ", ");
    message.replace("missing field", "missing key").replace("expected usize", "expected a whole number")
}

/// An unknown word, with the known ones.
struct UnknownWord<'a> {
    kind: &'static str,
    word: &'a str,
    known: Vec<&'a str>,
}

impl<'a> UnknownWord<'a> {
    /// Parses serde's messages, which look like ``unknown field `a`, expected `b` or `c` ``.
    fn find(message: &'a str) -> Option<Self> {
        let (kind, rest) = if let Some(rest) = message.strip_prefix("unknown field ") {
            ("key", rest)
        } else {
            ("value", message.strip_prefix("unknown variant ")?)
        };
        // Every second piece is inside backticks: the unknown word first, then the known ones.
        let mut quoted = rest.split('`').skip(1).step_by(2);
        let word = quoted.next()?;
        Some(Self { kind, word, known: quoted.collect() })
    }

    fn describe(&self) -> (String, Option<String>) {
        let problem = format!("unknown {} `{}`", self.kind, self.word);
        let label = match closest(self.word, &self.known) {
            Some(known) => format!("did you mean `{known}`?"),
            None => format!("known here: {}", self.known.join(", ")),
        };
        (problem, Some(label))
    }
}

#[cfg(test)]
mod tests {
    use debtscan_app::{AreaSource, Currency, IncidentFilter, LossLimits, TimeSpec};

    use super::{Config, parse};
    use crate::strictness::StrictSection;
    use crate::value::RenamesWord;

    fn message(content: &str) -> String {
        let error = parse("debtscan.toml", content).expect_err("it is wrong");
        format!("{error}\n{}", anstream::adapter::strip_str(&error.snippet()))
    }

    #[test]
    fn an_empty_file_says_nothing() {
        assert_eq!(parse("debtscan.toml", "").expect("valid"), Config::default());
    }

    /// The template of `debtscan init` with every setting in force.
    #[test]
    fn the_template_is_valid_with_and_without_its_comments() {
        let template = include_str!("template.toml");
        assert_eq!(parse("debtscan.toml", template).expect("valid"), Config::default());
        let is_setting = |line: &str| line.starts_with('#') && !line.starts_with("# ");
        let in_force: Vec<&str> =
            template.lines().map(|line| if is_setting(line) { &line[1..] } else { line }).collect();
        let config = parse("debtscan.toml", &in_force.join("\n")).expect("valid");
        assert!(config.project.name.is_some());
        assert_eq!(config.project.default_currency, Some(Currency::USD));
        assert!(config.project.invented);
        assert_eq!(config.incidents.files, ["incidents.csv"]);
        assert_ne!(config.incidents.rules, IncidentFilter::default());
        assert_ne!(config.incidents.elsewhere, IncidentFilter::default());
        assert_eq!(config.scan.exclude.len(), 2);
        assert_eq!(config.scan.renames, Some(RenamesWord::Follow));
        assert_eq!(config.scan.since, Some(TimeSpec::BeforeAsOf { months: 60, days: 0 }));
        assert_eq!(config.scan.max_files_per_commit, Some(50));
        assert_eq!(config.people.bots.len(), 2);
        assert_eq!(config.people.merge, Some(true));
        assert_eq!(config.people.same, [["ada@example.com", "countess"]]);
        assert_eq!(config.people.apart, ["wei.wang@example.com"]);
        assert!(config.people.anonymize);
        assert_eq!(config.people.anonymize_key.as_deref(), Some("people.key"));
        assert!(config.scan.first_parent);
        assert_eq!(config.report.areas, Some(AreaSource::Auto));
        assert_eq!(config.report.top, Some(10));
        assert!(config.report.redact);
        assert_eq!(config.accounts.files, ["accounts.csv"]);
        let model = config.price.model(None).expect("valid");
        assert_eq!(model.effort_hour.map(|money| money.minor), Some(9_500));
        assert_eq!(model.conversion.map(|conversion| conversion.rates.len()), Some(1));
        let ranking = config.ranking.parameters().expect("valid");
        assert_eq!(ranking.changed(), [], "the template shows shipped constants");
        let case = config.brief.options(None, &config.team).expect("valid");
        assert_eq!((case.teams.len(), config.ask.len(), case.handling.len()), (1, 1, 2));
        let rules = crate::strictness::rules(StrictSection::default(), &config.strict, &config.accept);
        assert_eq!(rules.limits, LossLimits::default(), "the template shows the defaults");
        assert_eq!(rules.accepted.len(), 1);
        assert_eq!(config.area.len(), 2);
        assert_eq!(config.area[0].rule().owner.as_deref(), Some("team-payments"));
    }

    #[test]
    fn an_unknown_key_is_pointed_at_with_the_nearest_known_one() {
        insta::assert_snapshot!(message("[scan]\nexlude = []\n"), @r"
            cannot use `debtscan.toml`: unknown key `exlude`
               ╭─[debtscan.toml:2:1]
             1 │ [scan]
             2 │ exlude = []
               · ───┬──
               ·    ╰── did you mean `exclude`?
               ╰────
        ");
        insta::assert_snapshot!(message("[scann]\n"), @r"
            cannot use `debtscan.toml`: unknown key `scann`
               ╭─[debtscan.toml:1:2]
             1 │ [scann]
               ·  ──┬──
               ·    ╰── did you mean `scan`?
               ╰────
        ");
        insta::assert_snapshot!(message("[[area]]\nname = \"a\"\npaths = [\"a\"]\nteam = \"x\"\n"), @r#"
            cannot use `debtscan.toml`: unknown key `team`
               ╭─[debtscan.toml:4:1]
             3 │ paths = ["a"]
             4 │ team = "x"
               · ──┬─
               ·   ╰── known here: id, name, paths, aliases, owner
               ╰────
        "#);
    }

    #[test]
    fn a_wrong_value_is_pointed_at() {
        insta::assert_snapshot!(message("[scan]\nrenames = \"folow\"\n"), @r#"
            cannot use `debtscan.toml`: unknown value `folow`
               ╭─[debtscan.toml:2:11]
             1 │ [scan]
             2 │ renames = "folow"
               ·           ───┬───
               ·              ╰── did you mean `follow`?
               ╰────
        "#);
        insta::assert_snapshot!(message("[scan]\nsince = \"last week\"\n"), @r#"
            cannot use `debtscan.toml`: `last week` is not valid here: write a date (2025-01-31), an RFC 3339 time (2025-01-31T12:00:00Z), an age (90d, 12w, 18mo, 2y) or a tag
               ╭─[debtscan.toml:2:9]
             1 │ [scan]
             2 │ since = "last week"
               ·         ───────────
               ╰────
        "#);
        insta::assert_snapshot!(message("[report]\ntop = 0\n"), @r"
            cannot use `debtscan.toml`: `0` is not valid here: write a number from 1
               ╭─[debtscan.toml:2:7]
             1 │ [report]
             2 │ top = 0
               ·       ─
               ╰────
        ");
        insta::assert_snapshot!(message("[report]\ntop = \"ten\"\n"), @r#"
            cannot use `debtscan.toml`: invalid type: string "ten", expected a whole number
               ╭─[debtscan.toml:2:7]
             1 │ [report]
             2 │ top = "ten"
               ·       ─────
               ╰────
        "#);
        insta::assert_snapshot!(message("[project]\ndefault_currency = \"dollar\"\n"), @r#"
            cannot use `debtscan.toml`: `dollar` is not valid here: write an ISO 4217 currency code, such as USD
               ╭─[debtscan.toml:2:20]
             1 │ [project]
             2 │ default_currency = "dollar"
               ·                    ────────
               ╰────
        "#);
        insta::assert_snapshot!(message("[project\n"), @r"
            cannot use `debtscan.toml`: unclosed table, expected `]`
               ╭─[debtscan.toml:1:9]
             1 │ [project
               ·         ▲
               ╰────
        ");
    }

    #[test]
    fn areas_have_a_name_of_their_own_and_paths() {
        insta::assert_snapshot!(message("[[area]]\nname = \"a\"\n"), @r#"
            cannot use `debtscan.toml`: missing key `paths`
               ╭─[debtscan.toml:1:1]
             1 │ [[area]]
               · ────────
             2 │ name = "a"
               ╰────
        "#);
        insta::assert_snapshot!(message("[[area]]\nname = \" \"\npaths = [\"a\"]\n"), @r#"
            cannot use `debtscan.toml`: an area has no name
               ╭─[debtscan.toml:2:8]
             1 │ [[area]]
             2 │ name = " "
               ·        ─┬─
               ·         ╰── write a name
             3 │ paths = ["a"]
               ╰────
        "#);
        insta::assert_snapshot!(message("[[area]]\nname = \"a\"\npaths = []\n"), @r#"
            cannot use `debtscan.toml`: area `a` has no paths
               ╭─[debtscan.toml:3:9]
             2 │ name = "a"
             3 │ paths = []
               ·         ─┬
               ·          ╰── write a glob
               ╰────
        "#);
        let twice = "[[area]]\nname = \"a\"\npaths = [\"a\"]\n[[area]]\nname = \"a\"\npaths = [\"b\"]\n";
        insta::assert_snapshot!(message(twice), @r#"
            cannot use `debtscan.toml`: area `a` is defined twice
               ╭─[debtscan.toml:5:8]
             4 │ [[area]]
             5 │ name = "a"
               ·        ─┬─
               ·         ╰── already used above
             6 │ paths = ["b"]
               ╰────
        "#);
    }
}
