//! The backtest of one incident file.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::list::SuiteEntry;

/// Figures by (score, figure).
pub(super) type SuiteFigures = BTreeMap<(String, String), f64>;

/// One usable cut date.
pub(super) struct CutFigures {
    pub(super) date: String,
    pub(super) figures: SuiteFigures,
    pub(super) came: f64,
    pub(super) expected: Option<f64>,
    pub(super) last_year: f64,
    rankable_share: f64,
}

/// The sums of one band: subjects, expected, came, covered.
pub(super) type SuiteBand = [f64; 4];

/// The backtest of one incident file.
pub(super) struct SuiteOutcome {
    pub(super) name: String,
    /// The unit of resampling: entries of one repository are drawn together.
    pub(super) repository: String,
    pub(super) cuts: Vec<CutFigures>,
    pub(super) came: usize,
    /// By (files or areas, stated or given the total): the bands, smallest expectation first.
    pub(super) bands: BTreeMap<(&'static str, &'static str), Vec<SuiteBand>>,
    /// Names of the bands.
    pub(super) band_names: Vec<String>,
}

impl SuiteOutcome {
    /// Reads debtscan's JSON.
    pub(super) fn read(feed: &SuiteEntry, output: &[u8]) -> Result<Self> {
        let document: Value = serde_json::from_slice(output)
            .with_context(|| format!("reading the backtest of {}", feed.name))?;
        let cuts = document["cuts"].as_array().context("a backtest has cuts")?;
        let mut bands = BTreeMap::new();
        for of in ["files", "areas"] {
            for by in ["stated", "given_total"] {
                let list = document["calibration"][of][by].as_array().context("a backtest has bands")?;
                let number = |band: &Value, key: &str| band[key].as_f64().unwrap_or(0.0);
                let keys = ["subjects", "expected", "came", "covered"];
                bands.insert((of, by), list.iter().map(|band| keys.map(|key| number(band, key))).collect());
            }
        }
        let names = document["calibration"]["files"]["stated"].as_array().context("a backtest has bands")?;
        let name = |band: &Value| match band["to"].as_f64() {
            Some(to) => format!("{}-{to}", band["from"]),
            None => format!("{} or more", band["from"]),
        };
        let cuts: Vec<CutFigures> =
            cuts.iter().map(cut).collect::<Option<_>>().context("a cut is malformed")?;
        Ok(Self {
            name: feed.name.clone(),
            repository: feed.repository.display().to_string(),
            came: document["cuts"].as_array().map_or(0, |cuts| {
                cuts.iter().filter_map(|cut| usize::try_from(cut["came"].as_u64()?).ok()).sum()
            }),
            cuts,
            bands,
            band_names: names.iter().map(name).collect(),
        })
    }

    /// The mean over cut dates; `None` without any.
    pub(super) fn mean(&self, score: &str, figure: &str) -> Option<f64> {
        let key = (score.to_owned(), figure.to_owned());
        let values =
            self.cuts.iter().map(|cut| cut.figures.get(&key).copied()).collect::<Option<Vec<_>>>()?;
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    }

    /// Share of the later incidents that are in ranked files.
    pub(super) fn rankable_share(&self) -> f64 {
        let came: f64 = self.cuts.iter().map(|cut| cut.came).sum();
        self.cuts.iter().map(|cut| cut.rankable_share * cut.came).sum::<f64>() / came.max(1.0)
    }

    pub(super) fn to_json(&self) -> Value {
        let mut figures: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
        for (score, figure) in self.cuts.first().map(|cut| cut.figures.keys()).into_iter().flatten() {
            if let Some(mean) = self.mean(score, figure) {
                figures.entry(score).or_default().insert(figure, mean);
            }
        }
        let dates: Vec<&str> = self.cuts.iter().map(|cut| cut.date.as_str()).collect();
        json!({ "name": self.name, "cuts": dates, "came": self.came,
            "rankable_share": self.rankable_share(), "figures": figures })
    }
}

fn cut(value: &Value) -> Option<CutFigures> {
    let mut figures = SuiteFigures::new();
    for (score, of_score) in value["figures"].as_object()? {
        for (figure, number) in of_score.as_object()? {
            figures.insert((score.clone(), figure.clone()), number.as_f64()?);
        }
    }
    Some(CutFigures {
        date: value["date"].as_str()?.to_owned(),
        figures,
        came: value["came"].as_f64()?,
        expected: value["expected"].as_f64(),
        last_year: value["last_year"].as_f64()?,
        rankable_share: value["rankable_share"].as_f64()?,
    })
}
