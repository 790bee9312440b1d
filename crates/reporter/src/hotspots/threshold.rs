//! Absolute thresholds: where a band and a quadrant begin.

use debtscan_model::{ComplexityMeasure, FileComplexity};

use debtscan_findings::{Band, HotspotThresholds, Quadrant};

/// The band of a file's score.
pub(super) fn band(thresholds: &HotspotThresholds, score: f64) -> Band {
    let [moderate, high, severe] = thresholds.bands;
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

/// The quadrant of a file; without complexity it is simple.
pub(super) fn quadrant(
    thresholds: &HotspotThresholds,
    recent_revisions: f64,
    complexity: Option<&FileComplexity>,
) -> Quadrant {
    let is_complex = complexity.is_some_and(|complexity| match complexity.measure {
        ComplexityMeasure::SyntaxTree => {
            let functions = complexity.functions.iter().map(|function| function.cognitive);
            // Scripts have most of their code outside functions.
            functions.max().unwrap_or(0).max(complexity.top_level_cognitive) > thresholds.complex_above
        }
        ComplexityMeasure::Indentation => complexity.indentation >= thresholds.complex_indentation_from,
    });
    match (is_complex, recent_revisions >= thresholds.active_from) {
        (true, true) => Quadrant::ComplexActive,
        (true, false) => Quadrant::ComplexQuiet,
        (false, true) => Quadrant::SimpleActive,
        (false, false) => Quadrant::SimpleQuiet,
    }
}
