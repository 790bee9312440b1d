//! An identity of a finding that survives new lines above it and renames.

use std::fmt::Write;

use debtscan_findings::{Finding, FindingSubject};
use sha2::{Digest, Sha256};

/// Digits of a fingerprint: 128 bits, enough for any number of findings.
const DIGITS: usize = 32;

/// A hash of the rule, the first path of the file, and the function or area; never of a line or figure.
pub(super) fn of(finding: &Finding) -> String {
    let mut hash = Sha256::new();
    let mut part = |bytes: &[u8]| {
        // With the length, so that no two lists of parts have the same bytes.
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    part(finding.rule().code().as_bytes());
    let origin = finding.origin.as_ref().map_or(&[][..], |path| path.as_bytes());
    match &finding.subject {
        FindingSubject::Function { name, ordinal } => {
            part(origin);
            part(name.as_bytes());
            part(ordinal.to_string().as_bytes());
        }
        FindingSubject::File => part(origin),
        // An area is shown at one of its files, and which one that is may change every night.
        FindingSubject::Area => part(finding.area.as_ref().map_or(&[][..], |area| area.id.as_bytes())),
        FindingSubject::Repository => {}
    }
    let mut digits = String::with_capacity(DIGITS);
    for byte in &hash.finalize()[..DIGITS / 2] {
        write!(digits, "{byte:02x}").expect("writing to a string cannot fail");
    }
    digits
}
