//! Why a report could not be made.

use debtscan_incidents::MoneyOverflow;

use crate::area::AreaError;

/// A report could not be made.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The files cannot be put into areas as asked.
    #[error("divide the files into areas")]
    Areas(#[from] AreaError),
    /// The costs of one currency cannot be summed.
    #[error("sum the costs of the incidents")]
    Costs(#[from] MoneyOverflow),
    /// The revenue of the accounts cannot be summed.
    #[error("sum the revenue of the accounts: it is beyond 9.2e18 minor units")]
    Revenue,
    /// The customers of the incidents cannot be summed.
    #[error("sum the customers of the incidents: they are more than 1.8e19")]
    Customers,
}
