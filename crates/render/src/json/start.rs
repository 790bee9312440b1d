//! What is expected in the functions to start with.

use schemars::JsonSchema;
use serde::Serialize;

use super::values::Figure;
use debtscan_findings::InComplexFunctions;

/// What is expected in the functions of a cognitive complexity above 15: the expectation of the file by their share of
/// its complexity. `start_rank` is by it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct InComplexJson {
    /// Their share of the file's cognitive complexity.
    share_of_complexity: Figure,
    /// Share of all incidents to expect.
    share: Figure,
    /// Incidents per year; `null` when no dated incident is known.
    incidents_per_year: Option<Figure>,
    /// Cost per year; one entry per currency, sorted by code.
    cost_per_year: Vec<MeanJson>,
}

/// A mean amount.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct MeanJson {
    /// ISO 4217 code.
    currency: String,
    /// Minor units per year.
    mean_minor: Figure,
}

impl InComplexJson {
    pub(crate) fn new(found: &InComplexFunctions) -> Self {
        let mean = |(currency, minor): &(debtscan_incidents::Currency, f64)| MeanJson {
            currency: currency.code().to_owned(),
            mean_minor: Figure::new(*minor),
        };
        Self {
            share_of_complexity: Figure::new(found.of_complexity),
            share: Figure::new(found.share),
            incidents_per_year: found.incidents.map(Figure::new),
            cost_per_year: found.costs.iter().map(mean).collect(),
        }
    }
}
