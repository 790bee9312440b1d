//! Absolute thresholds: where a band and a quadrant begin.

use debtscan_model::{ComplexityMeasure, FileComplexity};

/// Where bands and quadrants begin. Absolute: the same file has the same band and quadrant whatever
/// else is in the repository, and whatever folder was scanned.
///
/// The values of [`Default`] are plain defaults, chosen for what they mean; `docs/metrics.md` says
/// how files of four repositories spread over them.
#[derive(Debug, Clone, PartialEq)]
pub struct HotspotThresholds {
    /// Least score of the bands moderate, high and severe: ascending.
    ///
    /// A steady pace of n changes a year gives R = n x 180 / (365 x ln 2) = 0.71 n. With an indentation
    /// complexity of 1,000 (about 500 lines, two levels deep on average) a score of 50 is 3.5 changes
    /// a year, 100 is 14 (more than one a month) and 200 is 56 (more than one a week).
    pub bands: [f64; 3],
    /// Least recency-weighted revisions `R` of an active file. 1: one change today, or two half a year
    /// ago; a steady pace of 1.4 changes a year.
    pub active_from: f64,
    /// Cognitive complexity of one function above which its file is complex. 15: the limit of
    /// `SonarSource`'s own rule (S3776).
    pub complex_above: u32,
    /// For files without a syntax tree: least indentation complexity of a complex file. 1,000: from there on
    /// most files with a syntax tree are complex by `complex_above`, over ripgrep, git, kafka and neutron.
    pub complex_indentation_from: u64,
}

impl Default for HotspotThresholds {
    fn default() -> Self {
        Self {
            bands: [50.0, 100.0, 200.0],
            active_from: 1.0,
            complex_above: 15,
            complex_indentation_from: 1_000,
        }
    }
}

impl HotspotThresholds {
    /// The band of a file's score.
    pub fn band(&self, score: f64) -> Band {
        let [moderate, high, severe] = self.bands;
        if score >= severe {
            Band::Severe
        } else if score >= high {
            Band::High
        } else if score >= moderate {
            Band::Moderate
        } else if score > 0.0 {
            Band::Low
        } else {
            Band::None
        }
    }

    /// Where a file stands; without complexity it is simple.
    pub fn quadrant(&self, recent_revisions: f64, complexity: Option<&FileComplexity>) -> Quadrant {
        let is_complex = complexity.is_some_and(|complexity| match complexity.measure {
            ComplexityMeasure::SyntaxTree => {
                let functions = complexity.functions.iter().map(|function| function.cognitive);
                functions.max().unwrap_or(0).max(complexity.top_level_cognitive) > self.complex_above
            }
            ComplexityMeasure::Indentation => complexity.indentation >= self.complex_indentation_from,
        });
        match (is_complex, recent_revisions >= self.active_from) {
            (true, true) => Quadrant::ComplexActive,
            (true, false) => Quadrant::ComplexQuiet,
            (false, true) => Quadrant::SimpleActive,
            (false, false) => Quadrant::SimpleQuiet,
        }
    }
}

/// An absolute grade of a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// From the third threshold.
    Severe,
    /// From the second threshold.
    High,
    /// From the first threshold.
    Moderate,
    /// Above 0.
    Low,
    /// 0: flat, or at rest.
    None,
}

impl Band {
    /// Every band, the hottest first.
    pub const ALL: [Self; 5] = [Self::Severe, Self::High, Self::Moderate, Self::Low, Self::None];

    /// The word used in outputs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Severe => "severe",
            Self::High => "high",
            Self::Moderate => "moderate",
            Self::Low => "low",
            Self::None => "none",
        }
    }
}

/// How complex a file is, and how much it is changing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quadrant {
    /// Costs something every week: where repair pays.
    ComplexActive,
    /// Nobody goes there now: leave it, or read it before the next change.
    ComplexQuiet,
    /// Changes easily: healthy.
    SimpleActive,
    /// Neither.
    SimpleQuiet,
}

impl Quadrant {
    /// Every quadrant, the most pressing first.
    pub const ALL: [Self; 4] =
        [Self::ComplexActive, Self::ComplexQuiet, Self::SimpleActive, Self::SimpleQuiet];

    /// The code used in outputs.
    pub fn code(self) -> &'static str {
        match self {
            Self::ComplexActive => "complex-active",
            Self::ComplexQuiet => "complex-quiet",
            Self::SimpleActive => "simple-active",
            Self::SimpleQuiet => "simple-quiet",
        }
    }

    /// The words that people see.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::ComplexActive => "complex, active",
            Self::ComplexQuiet => "complex, quiet",
            Self::SimpleActive => "simple, active",
            Self::SimpleQuiet => "simple, quiet",
        }
    }
}
