//! A value of a record with its name.

/// A value of a record, as a sheet would hold it.
pub(super) struct RecordCell {
    /// What its column is called.
    pub(super) name: String,
    /// The value.
    pub(super) value: String,
    /// Whether it is a JSON number.
    pub(super) is_number: bool,
}
