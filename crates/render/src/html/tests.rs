//! Pages of the samples: nothing of a stranger runs, and nothing is loaded.

use super::{image, report};
use crate::options::{Detail, Format, Image, Invocation, Names, RenderOptions};
use crate::sample;
use debtscan_findings::{Corners, FilePicture, Illustrated, Pictures, Quarter, Report, Year};

fn options() -> RenderOptions {
    RenderOptions {
        format: Format::Html,
        group: debtscan_findings::Grouping::Area,
        sort: crate::options::Sort::Cost,
        top: None,
        width: 80,
        names: Names::Fitted,
        detail: Detail::Full,
        color: false,
        formulas: crate::options::Formulas::Escape,
        invocation: Invocation::default(),
    }
}

/// A report with pictures whose figures have the right shape.
fn illustrated(report: Report) -> Illustrated {
    let first = report.areas.first();
    let year = Year { incidents: 7, incident_shares: 6.5, commits: 90, lines: 1_200, ..Year::default() };
    let quarter = |number: usize| Quarter {
        year: 2024 + i16::try_from(number / 4).unwrap(),
        number: i8::try_from(number % 4).unwrap() + 1,
        commits: 90,
        incidents: (0..report.incidents.len()).filter(|incident| incident % 8 == number).collect(),
    };
    let pictures = Pictures {
        whole: first.map_or_else(
            || debtscan_findings::Forecast {
                shares: debtscan_findings::ShareParts::default(),
                factors: None,
                incidents: None,
                costs: Vec::new(),
            },
            |area| area.forecast.clone(),
        ),
        years: [year.clone(), year.clone()],
        area_years: vec![[year.clone(), year]; report.areas.len()],
        files: vec![FilePicture { incidents_last_year: 1.5, density: Some(2.0) }; report.files.len()],
        dense_files: 2,
        corners: (!report.files.is_empty()).then_some(Corners {
            busy_from: 12,
            complex_from: 200,
            files: report.files.len(),
            unmeasured: 1,
            in_corner: 1,
            corner_lines: 500,
            lines: report.model.source_lines,
            corner_incidents: 1.5,
            incidents: 6.5,
            by_size: 0.4,
        }),
        quarters: (0..8).map(quarter).collect(),
        earlier_incidents: 1,
        undated_incidents: 2,
        trails: if first.is_some() { vec![sample::explained_area()] } else { Vec::new() },
    };
    Illustrated { report, pictures }
}

fn page(value: Report) -> String {
    let mut out = Vec::new();
    report(&illustrated(value), &options(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn every_sample_has_a_page_that_loads_and_runs_nothing_foreign() {
    for (name, value) in sample::all() {
        let page = page(value);
        assert!(page.starts_with("<!doctype html>\n<html lang=\"en\"><head><meta http-equiv="), "{name}");
        assert_eq!(page.matches("<script").count(), page.matches("</script>").count(), "{name}");
        assert!(page.matches("<script").count() <= 2, "{name}: the data and our own script");
        for forbidden in [" style=\"", " onload=", " onclick=", " src=", "http://", "https://", "javascript:"]
        {
            // The name of the namespace is no address, and the hostile sample has one in the name
            // of an area.
            let outside = page.replace("http://www.w3.org/2000/svg", "").replace("http://x", "");
            assert!(!outside.contains(forbidden), "{name}: {forbidden}");
        }
        assert!(!page.contains(|it: char| it.is_control() && it != '\n'), "{name}: a control character");
        assert!(!page.contains('\u{202e}'), "{name}: text that runs backwards");
    }
}

#[test]
fn elements_are_closed_in_the_order_in_which_they_are_opened() {
    for (name, value) in sample::all() {
        // The doctype has no end.
        assert_closed(page(value).strip_prefix("<!doctype html>").unwrap(), name);
    }
}

fn assert_closed(markup: &str, name: &str) {
    let mut open: Vec<&str> = Vec::new();
    // Without the text before the first tag.
    for tag in markup.split('<').skip(1) {
        let inside = tag.split('>').next().unwrap();
        let word = inside.split([' ', '/']).next().unwrap();
        if let Some(closed) = inside.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "{name}");
        } else if !inside.ends_with('/')
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && !word.is_empty()
        {
            open.push(word);
        }
    }
    assert!(open.is_empty(), "{name}: {open:?}");
}

fn images(value: &Report, images: &[Image]) -> Vec<String> {
    let illustrated = illustrated(value.clone());
    let rendered = images.iter().map(|which| {
        let mut out = Vec::new();
        image(&illustrated, *which, &options(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    });
    rendered.collect()
}

#[test]
fn every_sample_has_images_that_run_and_load_nothing() {
    for (name, value) in sample::all() {
        let all = [Image::Areas, Image::Time, Image::Corners, Image::Map, Image::Badge];
        for svg in images(&value, &all) {
            assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" "), "{name}");
            assert_closed(&svg, name);
            let forbidden =
                ["<script", "<a ", "<image", "<foreignObject", " style=\"", " onload=", "url(", "@import"];
            for forbidden in forbidden {
                assert!(!svg.contains(forbidden), "{name}: {forbidden}");
            }
            assert!(!svg.contains(|it: char| it.is_control() && it != '\n'), "{name}: a control character");
            assert!(!svg.contains('\u{202e}'), "{name}: text that runs backwards");
        }
    }
}

#[test]
fn badges_state_numbers_and_no_name_of_the_repository() {
    for (name, mut value) in sample::all() {
        for area in &mut value.areas {
            "STRANGER".clone_into(&mut area.name);
        }
        let [badge, json] = &images(&value, &[Image::Badge, Image::Shields])[..] else {
            panic!("two images")
        };
        assert!(!badge.contains("STRANGER") && !json.contains("STRANGER"), "{name}");
        let json: serde_json::Value = serde_json::from_str(json).unwrap();
        // The schema of an endpoint badge: these keys, all of them text but the version.
        assert_eq!(json["schemaVersion"], 1, "{name}");
        let texts = ["label", "message", "color"].map(|key| json[key].as_str().unwrap().to_owned());
        assert!(texts.iter().all(|text| !text.is_empty()), "{name}: {texts:?}");
    }
}

#[test]
fn every_link_leads_to_an_element_of_the_page() {
    for (name, value) in sample::all() {
        let page = page(value);
        for target in page.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(page.contains(&format!("id=\"{target}\"")), "{name}: #{target}");
        }
    }
}

#[test]
fn pictures_have_at_most_two_thousand_marks() {
    for (name, value) in sample::all() {
        let page = page(value);
        let marks = page.matches("<rect").count() + page.matches("<circle").count();
        assert!(marks <= 2_000, "{name}: {marks}");
    }
}
