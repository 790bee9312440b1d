//! The summed quantities of a subject, and the steps made from them so far.

use debtscan_findings::{ExplainedStep, Expression, Quantity, ShareParts};

use super::expression::value;
use super::target::Subject;
use crate::analysis::Analysis;

/// The summed quantities of the subject's ranked files, with the steps made so far.
pub(super) struct SubjectSums<'a> {
    pub(super) analysis: &'a Analysis<'a>,
    pub(super) is_area: bool,
    /// Positions of ranked files; at least one.
    pub(super) ranked: Vec<usize>,
    pub(super) lines: u64,
    pub(super) size: f64,
    pub(super) code: f64,
    pub(super) own: f64,
    pub(super) shares: ShareParts,
    pub(super) steps: Vec<ExplainedStep>,
}

impl<'a> SubjectSums<'a> {
    pub(super) fn of(analysis: &'a Analysis<'a>, subject: Subject, ranked: Vec<usize>) -> Self {
        let ranking = &analysis.ranking;
        let sum = |values: &[f64]| ranked.iter().fold(0.0, |sum, position| sum + values[*position]);
        let lines = |position: &usize| u64::from(analysis.ranked.files[*position].sloc);
        Self {
            analysis,
            is_area: matches!(subject, Subject::Area(_)),
            lines: ranked.iter().map(lines).sum(),
            size: sum(&ranking.size),
            code: sum(&ranking.code),
            own: sum(&ranking.own),
            shares: ranking.sum(ranked.iter().copied()),
            ranked,
            steps: Vec::new(),
        }
    }

    pub(super) fn has_incidents(&self) -> bool {
        self.analysis.ranking.incidents.total > 0.0
    }

    /// Adds a step with the value of its inputs.
    pub(super) fn push(&mut self, quantity: Quantity, inputs: Expression) {
        let value = value(&inputs);
        self.steps.push(ExplainedStep { quantity, inputs, value });
    }
}
