//! What incidents cost in a business case.

use debtscan_findings::brief::{CaseBasis, CasePricing};
use debtscan_incidents::{Currency, EngineerDays, Incident, Money, MoneyOverflow, Severity};

use super::options::CaseOptions;
use crate::analysis::Analysis;

/// The prices in force.
pub(super) fn pricing(analysis: &Analysis<'_>, options: &CaseOptions) -> CasePricing {
    let has_handling = !options.handling.is_empty() || options.handling_other.is_some();
    let basis = match options.engineer_day {
        Some(day) if has_handling => CaseBasis::Handling {
            by_severity: by_severity(&options.handling),
            other: options.handling_other,
            currency: day.currency,
        },
        _ => {
            // The currency of the fixes is preferred, so that both sides can be compared.
            let wanted = options.currency.or(options.engineer_day.map(|day| day.currency));
            let known = |currency: &Currency| analysis.currencies.contains(currency);
            let currency = wanted.filter(known).or_else(|| analysis.currencies.first().copied());
            currency.map_or(CaseBasis::None, CaseBasis::PastCosts)
        }
    };
    CasePricing { basis, engineer_day: options.engineer_day }
}

/// The words by severity, the most severe first; unknown words last.
fn by_severity(handling: &[(String, EngineerDays)]) -> Vec<(String, EngineerDays)> {
    let mut words = handling.to_vec();
    words.sort_by_cached_key(|(word, _)| {
        let level = Severity::parse(word);
        (level.is_none(), level, word.clone())
    });
    words
}

/// The engineer-days that handling an incident takes; `None` when its severity has no price.
pub(super) fn handling_days(incident: &Incident, basis: &CaseBasis) -> Option<EngineerDays> {
    let CaseBasis::Handling { by_severity, other, .. } = basis else { return None };
    let written = incident.severity.as_deref().map(|text| text.trim().to_lowercase());
    let by_words = by_severity.iter().find(|(word, _)| Some(word.trim().to_lowercase()) == written);
    let level = incident.severity_level;
    let by_level = || by_severity.iter().find(|(word, _)| level.is_some() && Severity::parse(word) == level);
    by_words.or_else(by_level).map(|(_, days)| *days).or(*other)
}

/// The price of engineer-days.
pub(super) fn price_of(days: EngineerDays, engineer_day: Money) -> Result<Money, MoneyOverflow> {
    engineer_day.times(u64::from(days.0), 10)
}

/// The price of handling an incident; `None` when handling or its severity has none.
pub(super) fn handling_price(
    incident: &Incident,
    pricing: &CasePricing,
) -> Result<Option<(EngineerDays, Money)>, MoneyOverflow> {
    let Some((days, rate)) = handling_days(incident, &pricing.basis).zip(pricing.engineer_day) else {
        return Ok(None);
    };
    Ok(Some((days, price_of(days, rate)?)))
}
