//! The prices from which those of incidents to come are drawn.

use debtscan_findings::brief::{CaseBasis, CasePricing, CostPerIncident, CostSample};
use debtscan_incidents::MoneyOverflow;

use super::area::{AreaIncidents, RECENT_YEARS};
use super::prices::handling_price;
use crate::analysis::Analysis;
use crate::rank::CostDraws;

/// Incidents of a sample from which prices are drawn; of fewer, a wider sample is taken. A plain default.
const LEAST_SAMPLE: usize = 5;

/// The prices from which those of incidents to come are drawn, and the mean; `None` without a price.
pub(super) fn draws(
    analysis: &Analysis<'_>,
    pricing: &CasePricing,
    area: &AreaIncidents,
) -> Result<Option<(CostDraws, CostPerIncident)>, MoneyOverflow> {
    let Some(currency) = pricing.basis.currency() else { return Ok(None) };
    let (draws, of) = match &pricing.basis {
        CaseBasis::None => return Ok(None),
        CaseBasis::PastCosts(currency) => {
            let found = analysis.forecaster.costs.iter().find(|(known, _)| known == currency);
            (found.map(|(_, draws)| draws.clone()), CostSample::Product)
        }
        CaseBasis::Handling { .. } => {
            let price = |incidents: &mut dyn Iterator<Item = usize>| -> Result<Vec<i64>, MoneyOverflow> {
                let list = &analysis.incidents().list;
                let prices = incidents.map(|incident| handling_price(&list[incident], pricing));
                Ok(prices
                    .collect::<Result<Vec<_>, _>>()?
                    .into_iter()
                    .flatten()
                    .map(|it| it.1.minor)
                    .collect())
            };
            let recent = price(&mut area.recent().map(|part| part.incident))?;
            let since = analysis.scan.as_of.plus_days(-RECENT_YEARS * analysis.parameters.horizon_days);
            let used = || analysis.history.used.iter();
            // Of the same years: severities of long ago may be of another kind.
            let of_product = price(&mut used().filter(|used| used.opened > since).map(|used| used.incident))?;
            let (sample, of) = if recent.len() >= LEAST_SAMPLE {
                (recent, CostSample::AreaRecent)
            } else if of_product.len() >= LEAST_SAMPLE {
                (of_product, CostSample::ProductRecent)
            } else {
                (price(&mut used().map(|used| used.incident))?, CostSample::Product)
            };
            (CostDraws::new(&sample), of)
        }
    };
    Ok(draws.map(|draws| {
        let per_incident = CostPerIncident { mean: draws.mean(), currency, incidents: draws.recorded(), of };
        (draws, per_incident)
    }))
}
