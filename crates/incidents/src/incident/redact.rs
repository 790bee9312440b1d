//! Leaving the words of an export out of what is said about it.

use super::error::IncidentError;
use super::incidents::{FileReading, Incidents};

/// Replaces a value that must not be shown.
pub const REDACTED: &str = "(left out)";

impl Incidents {
    /// Removes all text of cells that a reading shows: samples, rejected values, and headers where the
    /// first line may be no header; and the titles, texts and accounts of the incidents. These are
    /// evidence, so that incidents are placed before.
    pub fn redact(&mut self) {
        for incident in &mut self.list {
            incident.title.clear();
            // Whether there is a description stays visible, so that the evidence can still be
            // counted.
            if !incident.description.is_empty() {
                REDACTED.clone_into(&mut incident.description);
            }
            // One word per account: their number stays.
            for account in &mut incident.accounts {
                REDACTED.clone_into(account);
            }
        }
        for row in &mut self.rejected {
            REDACTED.clone_into(&mut row.value);
        }
        // Without a header, the first line is an incident.
        let has_no_header = |file: &FileReading| {
            matches!(
                file.problem,
                Some(IncidentError::NoIdColumn { .. } | IncidentError::NoSuchColumn { .. })
            )
        };
        for column in &mut self.columns {
            column.samples.clear();
            if self.files.iter().any(|file| file.file == column.file && has_no_header(file)) {
                REDACTED.clone_into(&mut column.column);
                // Suggested commands name the column.
                column.how.clear();
            }
        }
        for file in &mut self.files {
            if file.sheet.is_some() {
                file.sheet = Some(REDACTED.to_owned());
                file.other_sheets.clear();
            }
            file.problem = file.problem.take().map(IncidentError::redacted);
        }
    }
}

impl IncidentError {
    /// The error without words of the file.
    #[must_use]
    pub fn redacted(mut self) -> Self {
        match &mut self {
            Self::NoIdColumn { header, suggested, .. } => {
                *header = vec![REDACTED.to_owned()];
                *suggested = None;
            }
            Self::NoSuchColumn { header, .. } => *header = vec![REDACTED.to_owned()],
            Self::AllRejected { first, .. } => {
                REDACTED.clone_into(&mut first.value);
                REDACTED.clone_into(&mut first.reason);
            }
            Self::Json { reason, .. } => REDACTED.clone_into(reason),
            Self::NoSuchSheet { sheets, .. } => *sheets = vec![REDACTED.to_owned()],
            Self::Empty { .. } | Self::Encoding { .. } | Self::Format { .. } | Self::Workbook { .. } => {}
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use crate::{IncidentFile, ReadOptions, examine};

    #[test]
    fn no_word_of_a_cell_is_left_in_what_is_said_of_a_file() {
        let file = |text: &str| IncidentFile { name: "a.csv".to_owned(), content: text.as_bytes().to_vec() };
        let read = |text: &str| {
            let mut incidents = examine(&[file(text)], &ReadOptions::default()).expect("it can be examined");
            incidents.redact();
            (format!("{:?} {:?}", incidents.columns, incidents.files), incidents.rejected)
        };
        let (said, rejected) = read("id,title,opened_at\nA,Secret,Secret too\n");
        assert!(!said.contains("Secret"), "{said}");
        assert!(!rejected.is_empty() && rejected.iter().all(|row| row.value == "(left out)"));
        let (said, _) = read("A,Secret plan,2026-02-25\nB,Secret,2026-02-26\n");
        assert!(!said.contains("Secret") && !said.contains("2026"), "{said}");
        let (_, rejected) = read("id,cost\nA,Secret 500\n");
        assert!(!format!("{rejected:?}").contains("Secret"), "{rejected:?}");
    }
}
