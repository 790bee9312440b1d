//! Which rows of a tracker are incidents, in the configuration.

use std::collections::BTreeMap;

use debtscan_app::{FilterField, IncidentFilter};
use serde::de;
use serde::{Deserialize, Deserializer};

/// `[incidents.where]`: words by column; one, or a list.
pub(crate) fn rules<'de, D: Deserializer<'de>>(deserializer: D) -> Result<IncidentFilter, D::Error> {
    #[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
    #[serde(rename_all = "lowercase")]
    enum FilterKey {
        Type,
        Label,
        State,
        Resolution,
    }
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMore {
        One(String),
        Several(Vec<String>),
    }
    let mut filter = IncidentFilter::default();
    for (key, words) in BTreeMap::<FilterKey, OneOrMore>::deserialize(deserializer)? {
        let field = match key {
            FilterKey::Type => FilterField::Type,
            FilterKey::Label => FilterField::Label,
            FilterKey::State => FilterField::State,
            FilterKey::Resolution => FilterField::Resolution,
        };
        let words = match words {
            OneOrMore::One(word) => vec![word],
            OneOrMore::Several(words) => words,
        };
        filter.add(field, &words).map_err(de::Error::custom)?;
    }
    Ok(filter)
}

/// `[incidents] elsewhere`: IDs, services and projects of other repositories.
pub(crate) fn elsewhere<'de, D: Deserializer<'de>>(deserializer: D) -> Result<IncidentFilter, D::Error> {
    let mut filter = IncidentFilter::default();
    for name in Vec::<String>::deserialize(deserializer)? {
        filter.add_elsewhere(&name).map_err(de::Error::custom)?;
    }
    Ok(filter)
}
