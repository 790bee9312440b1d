//! The steps of a forecast's computation, each with its inputs.

use debtscan_incidents::{Currency, Money};

/// One quantity on the way to the result, recomputable from its inputs.
#[derive(Debug, Clone, PartialEq)]
pub struct ExplainedStep {
    /// Which quantity, and what it is made of.
    pub step: Step,
    /// The result.
    pub value: f64,
}

/// A multiplier of a file's size share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Multiplier {
    /// Recent work.
    Work,
    /// Complexity per line.
    Complexity,
    /// Growth over a year.
    Growth,
    /// Changes together with tests.
    Tests,
    /// Work in the folder.
    Folder,
    /// Incidents of files that change with it.
    CoupledFiles,
}

impl Multiplier {
    /// Every multiplier, in the order of the model.
    pub const ALL: [Self; 6] =
        [Self::Work, Self::Complexity, Self::Growth, Self::Tests, Self::Folder, Self::CoupledFiles];
}

/// A quantity with its inputs. Half-lives are in days.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Lines of code by those of all source files.
    SizeShare {
        /// Of the subject.
        lines: u64,
        /// Of all source files.
        all_lines: u64,
    },
    /// Files by all source files, where no file has a line of code.
    SizeShareByFiles {
        /// Of the subject.
        files: usize,
        /// All source files.
        all_files: usize,
    },
    /// Decayed work on a file.
    Work {
        /// Commits that count.
        counted: usize,
        /// Commits in all.
        commits: usize,
        /// Half-life of work.
        half_life: f64,
        /// Source files above which a commit does not count.
        max_files: usize,
    },
    /// The multiplier of recent work.
    WorkMultiplier {
        /// Decayed work.
        work: f64,
        /// Lines of code.
        lines: u64,
    },
    /// The multiplier of complexity.
    ComplexityMultiplier {
        /// Cognitive complexity; `None` without a grammar, which counts as average.
        cognitive: Option<f64>,
        /// Lines of code.
        lines: u64,
    },
    /// The multiplier of growth.
    GrowthMultiplier {
        /// Lines today by lines a year ago.
        growth: f64,
        /// Lines added to both.
        line_offset: f64,
        /// The power of the quotient.
        power: f64,
    },
    /// The multiplier of tests.
    TestsMultiplier {
        /// Decayed commits with tests.
        tested: f64,
        /// Lines of code.
        lines: u64,
    },
    /// The multiplier of the folder.
    FolderMultiplier {
        /// Work per line of the folder.
        rate: f64,
        /// Work per line of everything.
        mean: f64,
    },
    /// The multiplier of coupled files.
    CoupledFilesMultiplier {
        /// How far incident history counts, `0..1`.
        history_weight: f64,
        /// The power before that.
        power: f64,
    },
    /// The size share of a file by its multipliers.
    CodeShare {
        /// The size share.
        size: f64,
        /// In the order of [`Multiplier::ALL`].
        multipliers: [f64; 6],
    },
    /// The same summed over the files of an area.
    CodeShareOfArea {
        /// Source files.
        files: usize,
    },
    /// Decayed weight of the subject's incidents.
    IncidentWeight {
        /// How many.
        incidents: usize,
        /// Half-life of an incident.
        half_life: f64,
    },
    /// Decayed weight of all incidents.
    IncidentWeightOfAll {
        /// How many.
        incidents: usize,
    },
    /// A file's part of the incidents, by its size.
    OwnShare {
        /// Its incident weight.
        weight: f64,
        /// Its lines of code.
        lines: u64,
        /// The power of the lines.
        power: f64,
    },
    /// The same summed over the files of an area.
    OwnShareOfArea {
        /// Source files.
        files: usize,
    },
    /// The weight of the files' own incidents.
    Omega {
        /// Part of the incidents that could be placed.
        linked_share: f64,
        /// The largest weight.
        max_weight: f64,
        /// Incident weight of all.
        incident_weight: f64,
        /// Incident weight at which half of the largest weight is reached.
        saturation: f64,
    },
    /// The part of the share from size.
    PartOfSize {
        /// The weight of own incidents.
        omega: f64,
        /// The size share.
        size: f64,
    },
    /// The part of the share from a multiplier of a file.
    PartOfMultiplier {
        /// Which.
        multiplier: Multiplier,
        /// The code share.
        code: f64,
        /// The size share.
        size: f64,
    },
    /// The same summed over the files of an area.
    PartOfMultiplierOfArea {
        /// Which.
        multiplier: Multiplier,
        /// Source files.
        files: usize,
    },
    /// The part of the share from own incidents.
    PartOfOwn {
        /// The weight of own incidents.
        omega: f64,
        /// The own share.
        own: f64,
    },
    /// The sum of the parts.
    Share {
        /// The parts.
        parts: Vec<f64>,
    },
    /// Incidents per year, decayed.
    DecayedRate {
        /// Incidents that take part.
        incidents: usize,
        /// Half-life of the rate.
        half_life: f64,
    },
    /// Last year's incidents and the decayed rate, weighted.
    RecentRate {
        /// Weight of last year.
        last_year_weight: f64,
        /// Last year's incidents.
        last_year: u32,
        /// The decayed rate.
        decayed_rate: f64,
    },
    /// Incidents per year over a longer time.
    LongerRate {
        /// Incidents that take part.
        incidents: usize,
        /// Half-life of the rate.
        half_life: f64,
    },
    /// Incidents per year over all source files.
    IncidentsPerYear {
        /// The recent rate.
        recent: f64,
        /// Weight of the longer rate.
        longer_weight: f64,
        /// The longer rate.
        longer: f64,
    },
    /// Incidents per year over the source files that are scanned, where others are hidden.
    VisibleIncidents {
        /// Over all source files.
        per_year: f64,
        /// The sum of the shares of the scanned ones in the whole.
        visible_share: f64,
    },
    /// Incidents per year of the subject.
    ExpectedIncidents {
        /// Over all source files that are scanned.
        per_year: f64,
        /// The share.
        share: f64,
    },
    /// The shape of the distribution of the subject's incidents.
    Shape {
        /// Constant d.
        offset: f64,
        /// Constant k.
        saturation: f64,
        /// Incident weight of all.
        incident_weight: f64,
        /// The share.
        share: f64,
        /// Constant e.
        floor: f64,
        /// Constant f.
        of_few: f64,
        /// Incidents per year over all source files.
        per_year: f64,
    },
    /// The mean cost of an incident, in whole units.
    MeanCost {
        /// Sum of the past costs.
        total: Money,
        /// Incidents with a cost.
        incidents: u32,
        /// Whether the largest cost counts as the second largest.
        is_winsorised: bool,
        /// Of the incidents, those without a cost, taken at the mean of their severity.
        assumed: u32,
    },
    /// Expected cost per year, in whole units.
    ExpectedCost {
        /// The currency.
        currency: Currency,
        /// Expected incidents.
        incidents: f64,
        /// The mean cost of one.
        mean: f64,
    },
    /// Share per line of code.
    SharePerLine {
        /// The share.
        share: f64,
        /// Lines of code.
        lines: u64,
    },
    /// Expected incidents per line of code.
    IncidentsPerLine {
        /// Expected incidents.
        incidents: f64,
        /// Lines of code.
        lines: u64,
    },
    /// Expected cost per line of code.
    CostPerLine {
        /// Expected cost.
        cost: f64,
        /// Lines of code.
        lines: u64,
    },
}
