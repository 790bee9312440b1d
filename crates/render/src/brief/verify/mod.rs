//! Whether a fix paid: the verdict, why, the naive figure with the reason against it, and the areas compared.

mod delimited;

use super::amounts::{count_with_range, date, mean_count, number_word, of_twenty, share, span};
use super::words::{Tag, note, section, strong, tagged};
use crate::document::{Block, Cell, Document, Limit, Look, Note, Section, TableColumn};
use crate::number::{count, counted, day, figure, grouped, significant};
use crate::odds::odds;
use crate::options::RenderOptions;
use crate::quality;
use crate::shell::shell_word;
use crate::text::visible;
use debtscan_findings::verify::{AreaOutcome, AreaRole, Verdict, Verification};

pub(crate) use self::delimited::{delimited, role_word, verdict_word};

/// The document of a verification.
pub(crate) fn document(found: &Verification, options: &RenderOptions) -> Document {
    let head = &found.head;
    let revision = head.revision.short();
    let project = head.project.as_ref().map(|project| format!("{} {revision}", visible(project.as_bytes())));
    let name = visible(found.area.name.as_bytes());
    let word = shell_word(found.area.name.as_bytes());
    let next = word.map(|word| {
        (options.invocation.command(&format!("brief --area {word}")), "the case of the area today".to_owned())
    });
    Document {
        banner: crate::head::banner(&head.quality),
        header: vec![
            format!("did it pay? {name} since {}", day(found.since)),
            format!("debtscan {}", visible(head.tool_version.as_bytes())),
            project.unwrap_or(revision),
            format!("as of {}", day(head.as_of)),
        ],
        lead: lead(found),
        sections: vec![
            why(found),
            naive(found),
            areas(found, options),
            assumptions(found),
            quality::of(&head.quality, &head.totals, options),
        ],
        next: next.into_iter().collect(),
    }
}

/// The verdict in a sentence.
fn lead(found: &Verification) -> Vec<String> {
    let area = &found.area;
    let as_of = found.head.as_of;
    let what = match found.verdict {
        Verdict::Better => "Better",
        Verdict::NoClearChange => "No clear change",
        Verdict::Worse => "Worse",
        Verdict::TooEarly => "Too early to tell",
    };
    let text = format!(
        "{what}: {} in {} since {}, where {} would be expected if nothing had been done.",
        counted(area.observed as usize, "incident", "incidents"),
        visible(area.name.as_bytes()),
        date(found.since, as_of),
        count_with_range(&area.expected)
    );
    let mut lead = vec![tagged(&text, Tag::Model)];
    if found.verdict == Verdict::TooEarly {
        lead.push(match found.ask_again {
            Some(day) if day > as_of => format!("Ask again on {}.", date(day, as_of)),
            Some(_) => "Ask again when more incidents are known.".to_owned(),
            None => "So few incidents are expected here that counting them tells nothing within ten years."
                .to_owned(),
        });
    }
    lead
}

fn why(found: &Verification) -> Section {
    let area = &found.area;
    let as_of = found.head.as_of;
    let mut notes = Vec::new();
    let model = format!(
        "On {} the model of the ranking, which knew {} by then, expected {} here until {}.",
        date(found.since, as_of),
        counted(found.known, "incident", "incidents"),
        mean_count(area.forecast),
        // Seen from the day of the fix, so that the year is there where it is another.
        date(as_of, found.since)
    );
    notes.push(note(tagged(&model, Tag::Model)));
    notes.push(note(match &found.trend {
        Some(trend) => format!(
            "In {} untreated areas {} came where {} were expected. By this trend, {} would be expected here. {}",
            count(trend.areas),
            counted(trend.observed as usize, "incident", "incidents"),
            mean_count(trend.expected),
            mean_count(area.expected.mean),
            Tag::Model.word()
        ),
        None => "Too few incidents are expected in other areas to tell a trend: none is taken out.".to_owned(),
    }));
    notes.push(strong(format!(
        "If nothing had been done, at most this number of incidents would come in {} such cases; at least this number in {}.",
        chance(area.at_most),
        chance(area.at_least)
    )));
    notes.push(placebos(found));
    if found.is_common {
        notes.push(Note::new(
            "!",
            "The model alone would give a verdict. It is withheld, because that happens in untreated areas as well.",
            Look::Accent,
        ));
    }
    notes.push(note(power(found)));
    let spilled: Vec<String> =
        others(found, AreaRole::SpillOver).map(|it| visible(it.name.as_bytes())).collect();
    if !spilled.is_empty() {
        notes.push(note(format!(
            "Not compared, since changes there often touch this area too: {}.",
            spilled.join(", ")
        )));
    }
    section("WHY", notes)
}

fn others(found: &Verification, role: AreaRole) -> impl Iterator<Item = &AreaOutcome> {
    found.others.iter().filter(move |it| it.role == role)
}

/// A probability of a case.
fn chance(probability: f64) -> String {
    if probability >= 0.95 { "nearly all".to_owned() } else { odds(probability) }
}

fn placebos(found: &Verification) -> Note {
    if found.placebos == 0 {
        return note(
            "In no untreated area would an improvement show by now, so that there is none to compare with.",
        );
    }
    let as_good = if found.area.verdict == Verdict::Worse { "as badly" } else { "as well" };
    let number = |count: usize| if count == 0 { "none".to_owned() } else { number_word(count) };
    note(format!(
        "In {} an improvement would show by now. Without a fix, {} of them did at least {as_good}; the same rule calls {} of them \
         better.",
        counted(found.placebos, "untreated area", "untreated areas"),
        number(found.as_good),
        number(found.called_better)
    ))
}

fn power(found: &Verification) -> String {
    let as_of = found.head.as_of;
    let now = of_twenty(found.power);
    match found.telling_from {
        Some(day) if day > as_of => format!(
            "A fix that halves incidents would be called better by now in {now} cases; in 16 of 20 from {} on.",
            date(day, as_of)
        ),
        Some(_) => format!("A fix that halves incidents would be called better by now in {now} cases."),
        None => format!(
            "A fix that halves incidents would be called better by now in {now} cases; in 16 of 20 only after more than ten years."
        ),
    }
}

/// The figure that everybody computes first, and why it misleads.
fn naive(found: &Verification) -> Section {
    let area = &found.area;
    let change = match area.before {
        0 => String::new(),
        before => {
            let change = (f64::from(area.observed) / f64::from(before) - 1.0) * 100.0;
            let sign = if change > 0.0 { "+" } else { "" };
            format!(": {sign}{}%", figure(significant(change, 2)).replace('-', "−"))
        }
    };
    let days = u32::try_from(found.days).unwrap_or(u32::MAX);
    let struck = format!(
        "{} in the {} before, {} since{change}",
        counted(area.before as usize, "incident", "incidents"),
        span(days),
        grouped(area.observed)
    );
    let expected = mean_count(area.expected.mean);
    let before = grouped(area.before);
    let reason = if area.observed < area.before && area.expected.mean < f64::from(area.before) {
        format!(
            "This is not what the fix did. An area is fixed after a bad time, and a bad time is followed by an ordinary one: without any \
             fix, {expected} would be expected after {before}."
        )
    } else {
        format!("This is not what the fix did: without any fix, {expected} would be expected after {before}.")
    };
    section("NOT THE EFFECT OF THE FIX", vec![Note::new("✗", struck, Look::Struck), note(reason)])
}

fn areas(found: &Verification, options: &RenderOptions) -> Section {
    let limit = Limit::new(options.top, 12);
    let all: Vec<&AreaOutcome> = [&found.area].into_iter().chain(&found.others).collect();
    let rows = all.iter().take(limit.rows()).map(|it| {
        let is_treated = it.role == AreaRole::Treated;
        let look = if is_treated { Look::Bold } else { Look::Plain };
        vec![
            Cell::with_look(visible(it.name.as_bytes()), look),
            Cell::dim(grouped(it.before)),
            Cell::new(count_with_range(&it.expected)),
            Cell::with_look(grouped(it.observed), look),
            Cell::new(chance(it.at_most)),
            Cell::new(match (it.role, it.verdict) {
                (AreaRole::SpillOver, _) => "not compared",
                (_, Verdict::Better) => "better",
                (_, Verdict::NoClearChange) => "no clear change",
                (_, Verdict::Worse) => "worse",
                (_, Verdict::TooEarly) => "too early",
            }),
        ]
    });
    let days = u32::try_from(found.days).unwrap_or(u32::MAX);
    Section {
        title: "AREAS COMPARED".to_owned(),
        aside: format!("{} before and after; what the same rule says of areas without a fix", span(days)),
        columns: vec![
            TableColumn::path("area", 24, 0),
            TableColumn::number("before", 2),
            TableColumn::word("expected\nsince", 0),
            TableColumn::number("came", 0),
            TableColumn::word("so few\nby chance", 1),
            TableColumn::word("verdict", 0),
        ],
        blocks: vec![Block { subject: None, rows: rows.collect(), more: limit.more(all.len()) }],
        notes: Vec::new(),
    }
}

fn assumptions(found: &Verification) -> Section {
    let trend = if found.trend.is_some() {
        "The trend of the untreated areas replaces the uncertainty of the yearly total by its own error."
    } else {
        "Without a trend, the uncertainty of the yearly total is part of the range."
    };
    section(
        "FORMULAS AND ASSUMPTIONS",
        vec![
            note(
                "An incident counts in the area with most of its fix, on the day it began. Areas are those of today for both times; a \
                 file keeps its area when it is renamed.",
            ),
            note(format!(
                "Expected: the forecast as of commit {}, for {} days. {trend} Ranges hold 8 of 10 cases.",
                found.revision.short(),
                count(usize::try_from(found.days).unwrap_or(0))
            )),
            note(
                "Better, or worse: chance alone gives as few, or as many, in at most 1 of 10 cases, and so do at most 1 of 10 areas, \
                 counting that of the fix. Too early: chance alone gives none at all in more than 1 of 10 cases. If untreated areas \
                 scatter more than the model foresees, the range is wider.",
            ),
            note(format!(
                "Shape of the distribution {}. Changes are in the same commits as this area's: {}.",
                figure(significant(found.area.shape, 3)),
                spill(found)
            )),
        ],
    )
}

fn spill(found: &Verification) -> String {
    let most = found.others.iter().max_by(|a, b| a.together.total_cmp(&b.together));
    match most.filter(|it| it.together > 0.0) {
        Some(it) => format!("at most {} ({})", share(it.together), visible(it.name.as_bytes())),
        None => "none".to_owned(),
    }
}
