//! Sources, spans and ratios in words.

use debtscan_findings::{DeliverySource, RatioBasis};

/// What a source measures, for people.
pub(crate) fn source_words(source: DeliverySource) -> &'static str {
    match source {
        DeliverySource::Ticket => "from incident to last fix",
        DeliverySource::Branch => "from first commit to merge",
        DeliverySource::Request => "from opening to merge of the pull request, at least",
        DeliverySource::Applied => "from patch to its application by another person",
    }
}

/// Days or hours, with two digits.
pub(crate) fn span(days: f64) -> String {
    if days <= 0.0 {
        return "0".to_owned();
    }
    let hours = days * 24.0;
    match hours {
        ..1.0 => "<1 h".to_owned(),
        ..9.95 => format!("{hours:.1} h"),
        ..24.0 => format!("{hours:.0} h"),
        ..240.0 => format!("{days:.1} d"),
        _ => format!("{days:.0} d"),
    }
}

/// `1.8x`
pub(crate) fn times_word(ratio: f64) -> String {
    format!("{ratio:.2}×")
}

/// The figure that groups are compared by.
pub(crate) fn basis_word(basis: RatioBasis) -> &'static str {
    match basis {
        RatioBasis::Median => "median",
        RatioBasis::UpperQuartile => "p75",
    }
}
