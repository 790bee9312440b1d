//! The figures by which an order is judged.

use super::curve::{among_first, area, places, within};
use crate::analysis::Analysis;
use debtscan_findings::{Gains, Metric};

/// The sizes of a cut, by which orders of its files are compared.
pub(super) struct Yard {
    /// Lines of code per ranked file; a file without any counts as one line.
    lines: Vec<f64>,
    folders: TieGroups,
    areas: TieGroups,
}

/// Files in groups.
struct TieGroups {
    /// Group by ranked file.
    of_file: Vec<usize>,
    lines: Vec<f64>,
}

impl TieGroups {
    fn new(of_file: Vec<usize>, count: usize, lines: &[f64]) -> Self {
        let mut groups = Self { of_file, lines: vec![0.0; count] };
        groups.lines = groups.sums(lines, count);
        groups
    }

    fn sums(&self, values: &[f64], count: usize) -> Vec<f64> {
        let mut sums = vec![0.0; count];
        for (group, value) in self.of_file.iter().zip(values) {
            sums[*group] += value;
        }
        sums
    }

    /// Per file: whether its group is among the first `count`, and how much of it is met in the first
    /// 20 % of the lines.
    fn gains(&self, scores: &[f64], count: usize) -> (Vec<f64>, Vec<f64>) {
        // Equal scores are no order: their sums would rank folders by their number of files.
        let is_random = scores.windows(2).all(|pair| pair[0].total_cmp(&pair[1]).is_eq());
        let scores =
            if is_random { vec![1.0; self.lines.len()] } else { self.sums(scores, self.lines.len()) };
        let first = among_first(&scores, count);
        let part = within(&places(&per_line(&scores, &self.lines), &self.lines), 0.2);
        let spread = |values: Vec<f64>| self.of_file.iter().map(|group| values[*group]).collect();
        (spread(first), spread(part))
    }
}

impl Yard {
    pub(super) fn new(cut: &Analysis<'_>) -> Self {
        let files = &cut.ranked.files;
        // A file without lines counts as one line, or it would be inspected at no cost.
        let lines: Vec<f64> = files.iter().map(|file| f64::from(file.sloc.max(1))).collect();
        let folders = files.iter().map(|file| file.folder).collect();
        let areas = files.iter().map(|file| cut.areas.area_of[file.file.get()]).collect();
        Self {
            folders: TieGroups::new(folders, cut.ranked.folders, &lines),
            areas: TieGroups::new(areas, cut.areas.areas.len(), &lines),
            lines,
        }
    }

    /// What one unit of cost on each file adds to each figure of the order by these scores.
    pub(super) fn gains(&self, scores: &[f64]) -> Vec<Gains> {
        let by_line = places(&per_line(scores, &self.lines), &self.lines);
        let by_score = within(&places(scores, &self.lines), 0.2);
        let (c10, c20, under) = (within(&by_line, 0.1), within(&by_line, 0.2), area(&by_line));
        let top10 = among_first(scores, 10);
        let (ftop5, f20) = self.folders.gains(scores, 5);
        let (atop3, a20) = self.areas.gains(scores, 3);
        let of_file = |file: usize| {
            Metric::ALL.map(|metric| match metric {
                Metric::C10 => c10[file],
                Metric::C20 => c20[file],
                Metric::Sc20 => by_score[file],
                Metric::Popt => under[file],
                Metric::Top10 => top10[file],
                Metric::Ftop5 => ftop5[file],
                Metric::F20 => f20[file],
                Metric::Atop3 => atop3[file],
                Metric::A20 => a20[file],
            })
        };
        (0..scores.len()).map(of_file).collect()
    }
}

/// Score per line. If all scores are equal, so is their score per line: there is no order.
fn per_line(scores: &[f64], lines: &[f64]) -> Vec<f64> {
    if scores.windows(2).all(|pair| pair[0].total_cmp(&pair[1]).is_eq()) {
        return vec![0.0; scores.len()];
    }
    scores.iter().zip(lines).map(|(score, lines)| if *lines > 0.0 { score / lines } else { 0.0 }).collect()
}

/// The figures of summed gains over a cost of `total`: the area is normalised by that of the oracle.
pub(super) fn figures(sums: &[f64], total: f64, oracle_area: f64) -> Gains {
    Metric::ALL.map(|metric| {
        let share = if total > 0.0 { sums[metric.position()] / total } else { 0.0 };
        if metric == Metric::Popt { normalised(share, oracle_area) } else { share }
    })
}

/// 1 - (oracle - area) / (oracle - worst), and the worst order is the reverse of the oracle's: its
/// area is 1 less that. 0.5 when all orders are equal.
fn normalised(area: f64, oracle: f64) -> f64 {
    let span = 2.0 * oracle - 1.0;
    // Where all orders are equal, this would be 0 / 0.
    if span < 1e-12 { 0.5 } else { (area - (1.0 - oracle)) / span }
}
