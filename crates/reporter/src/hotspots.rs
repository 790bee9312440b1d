//! Hotspots: complex code that changes often, per file, folder or area.

mod group;
mod rows;
#[cfg(test)]
mod tests;
mod threshold;

use crate::error::BuildError;
use crate::listing::{ListInput, list_head};
use debtscan_findings::{Grouping, HotspotClass, HotspotList, HotspotThresholds};

/// What a list of hotspots shows.
#[derive(Debug, Clone, PartialEq)]
pub struct HotspotOptions {
    /// The unit of a row.
    pub grouping: Grouping,
    /// Where bands and quadrants begin.
    pub thresholds: HotspotThresholds,
}

/// Lists the hotspots of a scan.
///
/// # Errors
/// When the areas cannot be made as asked, or the recorded costs leave the 64-bit range.
pub fn hotspots(input: ListInput<'_>, options: &HotspotOptions) -> Result<HotspotList, BuildError> {
    let analysis = input.analysis()?;
    let measured = rows::measure(&analysis, &options.thresholds);
    let rows = match options.grouping {
        Grouping::File => rows::files(&analysis, &measured),
        Grouping::Directory => group::folders(&analysis, &measured),
        Grouping::Area => group::areas(&analysis, &measured),
    };
    let mut list = HotspotList {
        head: list_head(&analysis),
        grouping: options.grouping,
        thresholds: options.thresholds.clone(),
        half_life_days: analysis.parameters.change_half_life_days,
        all: HotspotClass::default(),
        quadrants: [HotspotClass::default(); 4],
        bands: [HotspotClass::default(); 5],
        rows,
    };
    for (file, measured) in analysis.ranked.files.iter().zip(&measured) {
        // Shares, because an incident with several files would count in several classes.
        let incident_shares = analysis.recorded[file.file.get()].incident_shares;
        let classes = [
            &mut list.all,
            &mut list.quadrants[measured.quadrant as usize],
            &mut list.bands[measured.band as usize],
        ];
        for class in classes {
            class.files += 1;
            class.source_lines += u64::from(file.sloc);
            class.score += measured.score;
            class.incident_shares += incident_shares;
        }
    }
    Ok(list)
}
