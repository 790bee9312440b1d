//! The pictures of a backtest: rankings against chance and hindsight, and the cut dates one by one.

use super::figure::FigureHtml;
use super::markup::Markup;
use super::svg::{Anchor, Drawing, Rect, Size};
use crate::number::{day, grouped};
use debtscan_findings::{BacktestReport, Estimate, Metric, Score, ScoreReport};

/// The part of the code that the pictures are about: the first 10 % of the lines.
const METRIC: Metric = Metric::C10;

/// The pictures; none if no cut date counts.
pub(super) fn figures(report: &BacktestReport) -> Vec<FigureHtml> {
    let Some(debtscan) = report.scores.iter().find(|score| score.score == Score::Debtscan) else {
        return Vec::new();
    };
    let own = debtscan.figures[METRIC.position()];
    let chance = chance(report);
    // The best of the simple orders, picked afterwards: a comparison with a weak one would flatter.
    let mut simpler: Vec<&ScoreReport> = report.scores.iter().filter(|it| is_simpler(it.score)).collect();
    simpler.sort_by(|a, b| of(b).mean.total_cmp(&of(a).mean));
    let title = match simpler.first() {
        Some(best) => format!(
            "The first 10% of the code held {} of the incidents that followed; the best simple order held {}",
            whole(own.mean),
            whole(of(best).mean)
        ),
        None => format!("The first 10% of the code held {} of the incidents that followed", whole(own.mean)),
    };
    let rankings = FigureHtml {
        id: "rankings".to_owned(),
        drawings: Size::ALL.map(|size| draw_rankings(report, chance, size, &title)).to_vec(),
        key: Markup::default(),
        asides: vec![
            ("Band:", "95% range over cut dates and incidents. Tick: the mean.".to_owned()),
            ("Dashed line:", format!("a random order, {}. Hindsight is the order by later incidents.", whole(chance))),
            (
                "The sceptic's line:",
                "where bands overlap, the order of two rankings may be luck. The table has the paired differences."
                    .to_owned(),
            ),
        ],
        terms: None,
        behind: Vec::new(),
        title,
    };
    let above = report.cuts.iter().filter(|cut| cut_figure(cut, Score::Debtscan) > chance).count();
    let title = format!(
        "At {} of {} cut dates the first 10% of the code held more than a random 10%",
        grouped(above as u64),
        grouped(report.cuts.len() as u64)
    );
    let cuts = FigureHtml {
        id: "cuts".to_owned(),
        drawings: Size::ALL.map(|size| draw_cuts(report, chance, size, &title)).to_vec(),
        key: Markup::default(),
        asides: vec![
            (
                "Full dot:",
                "debtscan at one cut date. Ring: commits times complexity. Dashed line: chance.".to_owned(),
            ),
            ("", format!("A dot rests on the incidents of {} days, often few.", report.rules.horizon_days)),
        ],
        terms: None,
        behind: Vec::new(),
        title,
    };
    vec![rankings, cuts]
}

fn of(score: &ScoreReport) -> Estimate {
    score.figures[METRIC.position()]
}

// Not a rival: chance and hindsight are the ends of the scale, and `NoIncidents` is debtscan
// itself.
fn is_simpler(score: Score) -> bool {
    !matches!(score, Score::Debtscan | Score::NoIncidents | Score::Oracle | Score::Random)
}

fn chance(report: &BacktestReport) -> f64 {
    report.scores.iter().find(|it| it.score == Score::Random).map_or(0.1, |it| of(it).mean)
}

fn cut_figure(cut: &debtscan_findings::CutReport, score: Score) -> f64 {
    let position = Score::ALL.iter().position(|known| *known == score);
    position.and_then(|position| cut.figures.get(position)).map_or(0.0, |figures| figures[METRIC.position()])
}

fn whole(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

fn draw_rankings(report: &BacktestReport, chance: f64, size: Size, title: &str) -> Markup {
    let mut scores: Vec<&ScoreReport> =
        report.scores.iter().filter(|score| score.score != Score::Random).collect();
    scores.sort_by(|a, b| of(b).mean.total_cmp(&of(a).mean).then(a.score.cmp(&b.score)));
    let (left, right) = (size.pick(196.0, 8.0), size.width() - size.pick(96.0, 12.0));
    let (first, step) = (34.0, size.pick(26.0, 40.0));
    let scale = |share: f64| left + share.clamp(0.0, 1.0) * (right - left);
    let bottom = first + step * scores.len() as f64;
    let mut drawing = Drawing::default();
    for mark in [0.0, 0.25, 0.5, 0.75, 1.0] {
        drawing.line((scale(mark), first - 8.0), (scale(mark), bottom), "gr");
        // Centred, the first label would stick out of the narrow drawing.
        let anchor = if mark == 0.0 && size == Size::Narrow { Anchor::Start } else { Anchor::Middle };
        drawing.text((scale(mark), first - 14.0), &whole(mark), "ax", anchor);
    }
    drawing.path(&[(scale(chance), first - 8.0), (scale(chance), bottom)], "chance");
    for (row, score) in scores.iter().enumerate() {
        let y = first + step * row as f64 + size.pick(10.0, 24.0);
        let Estimate { mean, low, high } = of(score);
        let is_own = score.score == Score::Debtscan;
        let name = if score.score == Score::Oracle { "hindsight" } else { score.score.name() };
        let label = format!("{} ({:.0}–{:.0})", whole(mean), low * 100.0, high * 100.0);
        let class = if is_own { "nm b" } else { "nm" };
        let (at, base, anchor) =
            size.pick((left - 12.0, y + 4.5, Anchor::End), (8.0, y - 9.0, Anchor::Start));
        drawing.text((at, base), name, class, anchor);
        drawing.text((size.width() - 2.0, base), &label, "nu", Anchor::End);
        let place =
            // An interval of one value is still a mark that can be seen and pointed at.
            Rect { x: scale(low), y: y - 5.0, width: (scale(high) - scale(low)).max(2.0), height: 10.0 };
        drawing.rect(place, if is_own { "hot" } else { "band" }, &format!("{name}: {label}"));
        drawing.line((scale(mean), y - 8.0), (scale(mean), y + 8.0), "tick");
    }
    let description = "Rows are ways to order files; the axis is the share of later incidents in the first 10% of the \
                       lines of code. The table below has all figures.";
    drawing.finish(size, bottom + 4.0, title, description)
}

fn draw_cuts(report: &BacktestReport, chance: f64, size: Size, title: &str) -> Markup {
    let (left, right) = (40.0, size.width() - 10.0);
    let (top, bottom) = (14.0, size.pick(230.0, 200.0));
    let up = |share: f64| bottom - share.clamp(0.0, 1.0) * (bottom - top);
    let n = report.cuts.len().max(1);
    let across = |position: usize| left + (position as f64 + 0.5) / n as f64 * (right - left);
    let mut drawing = Drawing::default();
    for mark in [0.0, 0.25, 0.5, 0.75, 1.0] {
        drawing.line((left, up(mark)), (right, up(mark)), "gr");
        drawing.text((left - 6.0, up(mark) + 4.0), &whole(mark), "ax", Anchor::End);
    }
    drawing.path(&[(left, up(chance)), (right, up(chance))], "chance");
    // As many labels as fit beside each other in that width.
    let every = n.div_ceil(size.pick(14, 6));
    for (position, cut) in report.cuts.iter().enumerate() {
        let (own, simple) = (cut_figure(cut, Score::Debtscan), cut_figure(cut, Score::HotspotProduct));
        let x = across(position);
        let date = day(cut.date);
        let words = format!("{date}: debtscan {}, hotspot {}", whole(own), whole(simple));
        drawing.line((x, up(own)), (x, up(simple)), "axl");
        drawing.circle((x, up(simple)), 4.0, "pv", &words);
        drawing.circle((x, up(own)), 5.2, "hot", &words);
        if position % every == 0 {
            let label = if report.is_yearly { &date[..4] } else { &date[..7] };
            drawing.text((x, bottom + 17.0), label, "ax", Anchor::Middle);
        }
    }
    let description = "Dots are cut dates; upwards, the share of the later incidents in the first 10% of the lines of \
                       code. The table by cut date has the figures.";
    drawing.finish(size, bottom + 24.0, title, description)
}
