//! What the last backtest said, for a business case.

use debtscan_findings::brief::Brief;

use super::words::{Tag, tagged};
use crate::backtest::of_earlier;

/// The sentence of the last backtest; `None` if none is kept.
pub(super) fn backtest(brief: &Brief) -> Option<String> {
    brief.backtest.as_ref().map(|summary| tagged(&of_earlier(summary, brief.head.revision), Tag::Recorded))
}
