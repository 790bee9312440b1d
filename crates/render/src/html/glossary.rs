//! What a reader is looking at.

use super::markup::Markup;

/// Terms of the page and what they mean.
const TERMS: [(&str, &str); 12] = [
    ("Area", "A named part of the code. Every file belongs to exactly one area."),
    (
        "Incident",
        "A row of the incident files that were given: an outage, a security issue, a serious bug. It is placed in the \
         code by the commits that fixed it, or by weaker evidence, which is named.",
    ),
    (
        "Recorded and modelled cost",
        "Recorded cost is stated in the incident files. Modelled cost follows from the price list in debtscan.toml. \
         Neither includes lost revenue unless the price list says so.",
    ),
    (
        "Expected next year",
        "The average over the years that may follow, by a model of size, change, complexity, neighbours and past \
         incidents. Half of all years or more may be cheaper, because costs have a long tail.",
    ),
    ("8 of 10 years", "In 8 of 10 years the figure should lie in this range; in 1 it is lower, in 1 higher."),
    ("Share", "The part of all incidents to come that is expected here."),
    ("Driver", "What sets a share apart besides size, which is the largest part of nearly every share."),
    ("Lines of code", "Lines of source files without blank lines and comments. Tests are not counted."),
    (
        "Commits last year",
        "Commits of the 365 days before the scanned commit that touched source files here.",
    ),
    (
        "Cognitive complexity",
        "How hard code is to follow: points for branches and loops, more for nested ones. 15 in one function is a common \
         limit.",
    ),
    ("Hotspot score", "Grows with recent activity and with complexity; both are needed for a high score."),
    (
        "Times the average line",
        "Expected incidents per line of code, compared with the whole repository. 2 means twice as likely to break, line \
         for line.",
    ),
];

/// The section.
pub(super) fn section(markup: &mut Markup) {
    markup.open("section", &[("class", &"fs"), ("id", &"terms")]);
    markup.element("h2", &[], "What am I looking at?");
    markup.open("dl", &[("class", &"terms")]);
    for (term, meaning) in TERMS {
        markup.element("dt", &[], term);
        markup.element("dd", &[], meaning);
    }
    markup.close("dl");
    markup.close("section");
}
