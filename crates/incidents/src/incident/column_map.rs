//! Columns that the user assigned by hand: `--map minutes=Outage`.

use super::column::Meaning;
use super::duration::DurationUnit;
use super::field::IncidentField;
use super::names::{FIELDS, squeeze};

/// A column, named by the user, and what it is to be read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnMap {
    /// As the user wrote it.
    field: String,
    target: ColumnUse,
    column: String,
}

/// What a column is to be read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ColumnUse {
    IncidentField(IncidentField, Option<DurationUnit>),
    /// Left unread, whatever its header says.
    Ignore,
}

/// No field has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no field is called `{name}`: write one of {}", .known.join(", "))]
pub struct InvalidField {
    /// The name that was written.
    pub name: String,
    /// The names there are.
    pub known: Vec<&'static str>,
}

/// Names of durations in other units than the canonical ones.
const IN_UNITS: [(&str, IncidentField, DurationUnit); 6] = [
    ("seconds", IncidentField::Elapsed, DurationUnit::Second),
    ("minutes", IncidentField::Elapsed, DurationUnit::Minute),
    ("hours", IncidentField::Elapsed, DurationUnit::Hour),
    ("effort_seconds", IncidentField::Effort, DurationUnit::Second),
    ("effort_minutes", IncidentField::Effort, DurationUnit::Minute),
    ("effort_hours", IncidentField::Effort, DurationUnit::Hour),
];

/// The name that leaves a column unread.
const IGNORE: &str = "ignore";

impl ColumnMap {
    /// Reads `column` as the field of this name.
    ///
    /// # Errors
    /// When there is no such field.
    pub fn new(field: &str, column: &str) -> Result<Self, InvalidField> {
        let name = squeeze(field);
        let in_units = IN_UNITS.iter().find(|(known, ..)| squeeze(known) == name);
        let target = if name == IGNORE {
            Some(ColumnUse::Ignore)
        } else if let Some((_, field, unit)) = in_units {
            Some(ColumnUse::IncidentField(*field, Some(*unit)))
        } else {
            let field = FIELDS.iter().find(|(_, canonical, _)| squeeze(canonical) == name);
            field.map(|(field, ..)| ColumnUse::IncidentField(*field, None))
        };
        let target = target.ok_or_else(|| InvalidField { name: field.to_owned(), known: Self::fields() })?;
        Ok(Self { field: field.trim().to_owned(), target, column: column.trim().to_owned() })
    }

    /// The names of all fields that a column can be read as.
    pub fn fields() -> Vec<&'static str> {
        let canonical = FIELDS.iter().map(|(_, canonical, _)| *canonical);
        let in_units = IN_UNITS.iter().map(|(name, ..)| *name);
        let mut names: Vec<&'static str> = canonical.collect();
        // These two are the canonical names of their fields already.
        names.extend(in_units.filter(|name| !matches!(*name, "minutes" | "effort_minutes")));
        names.push(IGNORE);
        names
    }

    /// The column, as the user wrote it.
    pub fn column(&self) -> &str {
        &self.column
    }

    /// The field, as the user wrote it.
    pub fn field(&self) -> &str {
        &self.field
    }

    /// Whether both read their columns as the same field.
    pub fn has_same_field(&self, other: &Self) -> bool {
        match (self.target, other.target) {
            (ColumnUse::IncidentField(one, _), ColumnUse::IncidentField(another, _)) => one == another,
            _ => false,
        }
    }

    /// Whether the user means this header.
    pub(super) fn names(&self, header: &str) -> bool {
        let squeezed = squeeze(&self.column);
        // `#` has no letter, and neither has a header that is empty.
        header == self.column || (!squeezed.is_empty() && squeeze(header) == squeezed)
    }

    /// What the column is to be read as; `None` for nothing.
    pub(super) fn meaning(&self) -> Option<Meaning> {
        match self.target {
            ColumnUse::Ignore => None,
            ColumnUse::IncidentField(field, unit) => Some(Meaning { unit, ..Meaning::of(field) }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ColumnMap, DurationUnit, IncidentField};

    #[test]
    fn a_field_is_named_as_in_the_documentation_and_durations_in_their_unit() {
        let target = |name: &str| {
            let map = ColumnMap::new(name, " Outage ").expect("a field");
            assert!(map.names("outage") && map.names("Outage"));
            map.meaning().map(|meaning| (meaning.field, meaning.unit))
        };
        assert_eq!(target("opened_at"), Some((IncidentField::Opened, None)));
        assert_eq!(target("hours"), Some((IncidentField::Elapsed, Some(DurationUnit::Hour))));
        assert_eq!(target("effort_minutes"), Some((IncidentField::Effort, Some(DurationUnit::Minute))));
        assert_eq!(target("ignore"), None);
        let number = ColumnMap::new("id", "#").expect("a field");
        assert!(number.names("#") && !number.names("") && !number.names("%"));
        let error = ColumnMap::new("price", "Outage").expect_err("no such field");
        assert!(error.to_string().contains("cost"), "{error}");
    }
}
