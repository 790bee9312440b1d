//! All dates of a file -> which of day and month comes first in each column.

use super::date::{self, DateOrder, OrderOf};

/// In which order day and month stand in a column, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnOrder {
    /// Nothing says, or nothing needs to.
    Unknown,
    /// The values contradict each other.
    Contradictory,
    /// The user said so.
    Chosen(DateOrder),
    /// A value of the column has a number above 12.
    Evident(DateOrder),
    /// A value of another date column of the file has one.
    OfFile(DateOrder),
}

impl ColumnOrder {
    /// The order; `None` if nothing says.
    pub(crate) fn known(self) -> Option<DateOrder> {
        match self {
            Self::Unknown | Self::Contradictory => None,
            Self::Chosen(order) | Self::Evident(order) | Self::OfFile(order) => Some(order),
        }
    }

    /// Whether a value contradicts the order that the user chose.
    pub(crate) fn is_contradicted_by(self, value: &str) -> bool {
        match (self, date::order_of(value)) {
            (Self::Chosen(chosen), OrderOf::Proven(order)) => chosen != order,
            _ => false,
        }
    }

    /// What a reader should know about it, as a lower-case phrase.
    pub(crate) fn phrase(self) -> Option<String> {
        let name = |order| match order {
            DateOrder::DayFirst => "day first",
            DateOrder::MonthFirst => "month first",
        };
        Some(match self {
            Self::Unknown => return None,
            Self::Contradictory => "both day first and month first".to_owned(),
            Self::Chosen(order) => format!("{}, as you said", name(order)),
            Self::Evident(order) => name(order).to_owned(),
            Self::OfFile(order) => format!("{}, as in the other date columns", name(order)),
        })
    }
}

/// The order of each column of a file, given its values; `None` for a column that holds no dates.
pub(crate) fn of_columns<'a, V: Iterator<Item = &'a str>>(
    columns: impl Iterator<Item = Option<V>>,
    chosen: Option<DateOrder>,
) -> Vec<ColumnOrder> {
    let evidence: Vec<Option<OrderEvidence>> = columns
        .map(|values| {
            let mut evidence = OrderEvidence::default();
            values?.for_each(|value| evidence.add(date::order_of(value)));
            Some(evidence)
        })
        .collect();
    let mut of_file = OrderEvidence::default();
    // One vote per column. Columns that prove different orders settle nothing for a third.
    evidence.iter().flatten().filter_map(OrderEvidence::agreed).for_each(|order| of_file.proofs.push(order));
    let order = |evidence: &OrderEvidence| match (evidence.needs_order, evidence.agreed(), chosen) {
        (false, None, _) if evidence.proofs.is_empty() => ColumnOrder::Unknown,
        // The user's word stands even against evidence; values that contradict it are rejected one
        // by one.
        (_, _, Some(order)) => ColumnOrder::Chosen(order),
        (_, Some(order), None) => ColumnOrder::Evident(order),
        // A column that contradicts itself proves nothing, whatever the others say.
        (_, None, None) if !evidence.proofs.is_empty() => ColumnOrder::Contradictory,
        // One that proves nothing is written as the other dates of its file are.
        (_, None, None) => of_file.agreed().map_or(ColumnOrder::Unknown, ColumnOrder::OfFile),
    };
    evidence.iter().map(|evidence| evidence.as_ref().map_or(ColumnOrder::Unknown, order)).collect()
}

/// What the values of a column prove about day and month together.
#[derive(Debug, Default)]
struct OrderEvidence {
    /// Whether some value can be read either way.
    needs_order: bool,
    /// The different orders that values prove.
    proofs: Vec<DateOrder>,
}

impl OrderEvidence {
    fn add(&mut self, order: OrderOf) {
        match order {
            OrderOf::Fixed => {}
            OrderOf::Open => self.needs_order = true,
            OrderOf::Proven(order) => {
                if !self.proofs.contains(&order) {
                    self.proofs.push(order);
                }
            }
        }
    }

    fn agreed(&self) -> Option<DateOrder> {
        match self.proofs.as_slice() {
            [first, rest @ ..] if rest.iter().all(|order| order == first) => Some(*first),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ColumnOrder, DateOrder, of_columns};

    #[test]
    fn one_proof_settles_its_column_and_the_columns_without_proof() {
        let orders = |columns: &[&[&str]], chosen| {
            of_columns(columns.iter().map(|values| Some(values.iter().copied())), chosen)
        };
        assert_eq!(
            orders(&[&["2/25/2026", "3/4/2026"], &["4/5/2026"]], None),
            [ColumnOrder::Evident(DateOrder::MonthFirst), ColumnOrder::OfFile(DateOrder::MonthFirst)]
        );
        assert_eq!(orders(&[&["2/25/2026", "25/2/2026"]], None), [ColumnOrder::Contradictory]);
        assert_eq!(orders(&[&["4/5/2026"]], None), [ColumnOrder::Unknown]);
        assert_eq!(
            orders(&[&["4/5/2026"]], Some(DateOrder::DayFirst)),
            [ColumnOrder::Chosen(DateOrder::DayFirst)]
        );
    }
}
