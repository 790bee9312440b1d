//! The CSV in which people label changes.

use std::io::Write;

use crate::delimited::table;
use crate::listing::{Column, Kind, Value};
use crate::options::Formulas;
use crate::text::visible;
use debtscan_findings::SampledChange;

/// Writes one row per change, with an empty column `kind` for the reader's answer.
pub(crate) fn write(changes: &[SampledChange], out: &mut dyn Write) -> csv::Result<()> {
    let columns = [
        Column::new("commit", Kind::Word, "The commit.", |row: &SampledChange| {
            Value::word(row.commit.as_str())
        }),
        Column::new("kind", Kind::Word, "new, repair, better or other.", |_: &SampledChange| Value::None)
            .nullable(),
        Column::new("subject", Kind::Text, "First line of the message.", |row: &SampledChange| {
            Value::text(row.subject.as_str())
        }),
        Column::new("time", Kind::Time, "Committer time.", |row: &SampledChange| Value::Time(row.time)),
        Column::new("files", Kind::Count, "Files that it touches.", |row: &SampledChange| {
            Value::count(row.files)
        }),
        Column::new("paths", Kind::Words, "The first of them.", |row: &SampledChange| {
            Value::Words(row.paths.iter().map(|path| visible(path.as_bytes())).collect())
        }),
    ];
    table(&columns, changes.iter(), &[], Formulas::Escape, out)
}
