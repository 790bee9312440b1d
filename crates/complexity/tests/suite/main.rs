//! Behaviour of the complexity crate through its public interface.

mod fixtures;
mod hostile;
mod limits;
mod properties;
mod rewritten;

use debtscan_complexity::{Limits, Measurement, Measurer};
use debtscan_model::Language;

/// Measures with a new measurer and the default limits.
fn measure(language: &'static str, content: impl AsRef<[u8]>) -> Measurement {
    Measurer::new().measure(Some(Language(language)), content.as_ref(), &Limits::default())
}
