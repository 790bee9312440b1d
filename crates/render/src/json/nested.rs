//! Values of several parts, which only JSON writes.
//!
//! A column holds one of these where its value has a shape of its own: the struct is its declaration, for the
//! document and for the JSON Schema.

use serde::Serialize;

use super::change::ChangeJson;
use super::estimates::{Estimates, ScoreFigures};
use super::money::{ImpactJson, PriceJson};
use super::placement::{PlacementJson, ReadPlacementJson, RequestJson, SupportJson};
use super::start::InComplexJson;
use super::values::IntroductionJson;

/// The value of a column of the kind [`Nested`](crate::listing::Kind::Nested).
#[derive(Debug, Clone, Serialize)]
// The key of the column says what it is. A tag would be one more level in every document.
#[serde(untagged)]
pub(crate) enum Nested {
    Change(Box<ChangeJson>),
    Estimates(Estimates),
    InComplex(InComplexJson),
    Impact(ImpactJson),
    Introduction(IntroductionJson),
    Placement(PlacementJson),
    Price(PriceJson),
    ReadPlacement(ReadPlacementJson),
    Requests(Vec<RequestJson>),
    ScoreFigures(ScoreFigures),
    Support(Vec<SupportJson>),
}

impl From<Estimates> for Nested {
    fn from(value: Estimates) -> Self {
        Self::Estimates(value)
    }
}

impl From<ChangeJson> for Nested {
    fn from(value: ChangeJson) -> Self {
        Self::Change(Box::new(value))
    }
}

impl From<InComplexJson> for Nested {
    fn from(value: InComplexJson) -> Self {
        Self::InComplex(value)
    }
}

impl From<ImpactJson> for Nested {
    fn from(value: ImpactJson) -> Self {
        Self::Impact(value)
    }
}

impl From<IntroductionJson> for Nested {
    fn from(value: IntroductionJson) -> Self {
        Self::Introduction(value)
    }
}

impl From<PlacementJson> for Nested {
    fn from(value: PlacementJson) -> Self {
        Self::Placement(value)
    }
}

impl From<PriceJson> for Nested {
    fn from(value: PriceJson) -> Self {
        Self::Price(value)
    }
}

impl From<ReadPlacementJson> for Nested {
    fn from(value: ReadPlacementJson) -> Self {
        Self::ReadPlacement(value)
    }
}

impl From<Vec<RequestJson>> for Nested {
    fn from(value: Vec<RequestJson>) -> Self {
        Self::Requests(value)
    }
}

impl From<ScoreFigures> for Nested {
    fn from(value: ScoreFigures) -> Self {
        Self::ScoreFigures(value)
    }
}

impl From<Vec<SupportJson>> for Nested {
    fn from(value: Vec<SupportJson>) -> Self {
        Self::Support(value)
    }
}
