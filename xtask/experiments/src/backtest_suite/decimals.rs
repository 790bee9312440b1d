//! Figures between 0 and 1 as text.

/// Three decimals without a leading zero.
pub(super) fn decimals(value: f64) -> String {
    let text = format!("{value:.3}");
    text.strip_prefix('0').map_or_else(|| text.clone(), ToOwned::to_owned)
}

/// Three decimals with a sign.
pub(super) fn signed_decimals(value: f64) -> String {
    format!("{}{}", if value < 0.0 { "-" } else { "+" }, decimals(value.abs()))
}
