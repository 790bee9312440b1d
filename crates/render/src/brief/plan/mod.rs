//! A plan of fixes: the leader's part first, in the same words as a business case, then places and formulas.

mod delimited;
mod engineers;
mod leader;
mod moves;
pub(crate) mod words;

use self::words::percent;
use crate::document::Document;
use crate::number::day;
use crate::options::RenderOptions;
use crate::quality;
use crate::shell::shell_word;
use crate::text::visible;
use debtscan_findings::plan::FixPlan;

pub(crate) use self::delimited::{delimited, reason};

/// The document of a plan.
pub(crate) fn document(plan: &FixPlan, options: &RenderOptions) -> Document {
    let head = &plan.head;
    let revision = head.revision.short();
    let project = head.project.as_ref().map(|project| format!("{} {revision}", visible(project.as_bytes())));
    let mut sections = leader::sections(plan, options);
    sections.extend(moves::moves(plan));
    sections.extend(leader::left_out(plan, options));
    sections.extend(engineers::sections(plan, options));
    sections.push(quality::of(&head.quality, &head.totals, options));
    Document {
        banner: crate::head::banner(&head.quality),
        header: vec![
            format!("plan of fixes with {} of capacity", percent(plan.capacity)),
            format!("debtscan {}", visible(head.tool_version.as_bytes())),
            project.unwrap_or(revision),
            format!("as of {}", day(head.as_of)),
        ],
        lead: leader::lead(plan),
        sections,
        next: next(plan, options),
    }
}

/// The case of the first fix, and how to keep this plan.
fn next(plan: &FixPlan, options: &RenderOptions) -> Vec<(String, String)> {
    let Some(first) = plan.fixes.first() else { return Vec::new() };
    let word = shell_word(first.area.as_bytes());
    let case = word.map(|word| {
        (options.invocation.command(&format!("brief --area {word}")), "the case for the first fix".to_owned())
    });
    let keep = options.invocation.command("plan --format json --output plan.json");
    let keep = (keep, "keep this plan; --last plan.json shows what moves".to_owned());
    case.into_iter().chain([keep]).collect()
}
