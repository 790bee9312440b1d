//! Attribution and ranking of a scan: the basis of every finding.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use debtscan_model::{FileComplexity, FileIdx, FunctionComplexity, Scan, Skipped, to_u32};

use crate::area::AreaMap;
use crate::attribution::{Attribution, HistoryView, Placement, attribute};
use crate::beyond::{self, Beyond};
use crate::customers::check_sums;
use crate::error::BuildError;
use crate::feed;
use crate::hours::{add_hours, hours_of};
use crate::options::{AgreedGoal, Later, Privacy, ReportOptions};
use crate::parameters::RankingParameters;
use crate::price::{Pricing, price};
use crate::rank::{
    BaseShares, Forecaster, IncidentHistory, RankedFiles, Ranking, Signals, UsedIncident, by_share,
    by_share_per_line, ranks,
};
use debtscan_findings::{Basis, Forecast, MeanCost, RankingModel, Recorded, ShareParts};
use debtscan_incidents::{Accounts, Costs, Currency, Incident, Incidents};

/// A scan with its areas, priced and placed incidents, and ranking.
///
/// A run makes one, and takes every finding from it.
pub struct Analysis<'a> {
    pub(crate) scan: &'a Scan,
    /// The incidents with their prices.
    pub(crate) pricing: Pricing<'a>,
    pub(crate) options: &'a ReportOptions,
    /// Skipped items of the scan and of later questions to the scanner: sorted, unique.
    pub(crate) skipped: Cow<'a, [Skipped]>,
    pub(crate) parameters: RankingParameters,
    pub(crate) areas: AreaMap,
    pub(crate) ranked: RankedFiles,
    pub(crate) attribution: Attribution,
    /// Incidents, or parts of them, that are beyond what is shown.
    pub(crate) beyond: Beyond,
    pub(crate) history: IncidentHistory,
    pub(crate) ranking: Ranking,
    pub(crate) forecaster: Forecaster,
    /// Currencies with a recorded cost other than zero: sorted, unique.
    pub(crate) currencies: Vec<Currency>,
    /// Recorded incidents and cost per file, by [`FileIdx`].
    pub(crate) recorded: Vec<Recorded>,
    /// The part of each ranked file's cognitive complexity in functions that are too complex, by position in
    /// `ranked.files`.
    pub(crate) complex_parts: Vec<f64>,
    /// The two orders of the ranked files, by position in `ranked.files`.
    pub(crate) file_orders: Orders,
    /// Sums per area, by position in `areas.areas`.
    pub(crate) area_sums: Vec<AreaSums>,
    /// The two orders of the areas, by position in `areas.areas`.
    pub(crate) area_orders: Orders,
}

/// What a scan says without incidents.
struct Ground<'a> {
    scan: &'a Scan,
    parameters: RankingParameters,
    areas: AreaMap,
    ranked: RankedFiles,
    base: BaseShares,
}

impl<'a> Ground<'a> {
    fn of(scan: &'a Scan, options: &ReportOptions) -> Result<Self, BuildError> {
        let parameters = options.parameters();
        let areas = AreaMap::build(scan, options.area_source, &options.area_rules)?;
        let ranked = RankedFiles::of(scan, scan.as_of, &parameters);
        let base = BaseShares::of(&ranked, &parameters);
        Ok(Self { scan, parameters, areas, ranked, base })
    }
}

/// What a part takes over from the whole, so that hiding something changes none of it.
struct OfWhole {
    /// Trust in incident history.
    trust: f64,
    linked_share: f64,
    forecaster: Forecaster,
    currencies: Vec<Currency>,
}

/// Prices the incidents, and places all of them in what is scanned.
fn place<'a>(
    scan: &'a Scan,
    incidents: &'a Incidents,
    options: &'a ReportOptions,
) -> Result<(Ground<'a>, Pricing<'a>, Attribution), BuildError> {
    // First, because later sums of revenue and customers are unchecked.
    check_sums(options.accounts.as_ref(), incidents)?;
    let ground = Ground::of(scan, options)?;
    let pricing = match &options.accounts {
        Some(accounts) => price(incidents, &options.price, accounts)?,
        None => price(incidents, &options.price, &Accounts::default())?,
    };
    let base = ground.ranked.by_file(&ground.base.base);
    // Of the priced incidents, so that a modelled cost is split and conserved like a recorded one.
    let attribution = attribute(scan, &pricing.incidents, &ground.areas, &base, &ground.parameters)?;
    Ok((ground, pricing, attribution))
}

/// Two orders of some positions: the ranking, and by expected cost per line.
pub(crate) struct Orders {
    /// Positions by rank, then those without one.
    pub(crate) by_share: Vec<usize>,
    /// The index of each position in `by_share`.
    pub(crate) place: Vec<usize>,
    /// Rank by position; `None` for an area without source files, which has no forecast.
    pub(crate) rank: Vec<Option<usize>>,
    /// Rank by expected cost per line, by position; `None` without lines of code.
    pub(crate) start_rank: Vec<Option<usize>>,
}

/// Sums over an area.
pub(crate) struct AreaSums {
    /// Positions in `ranked.files`, ascending.
    pub(crate) ranked_files: Vec<usize>,
    /// Sum of the files' shares.
    pub(crate) shares: ShareParts,
    /// Lines of code of the ranked files.
    pub(crate) source_lines: u64,
    /// Recorded incidents and cost.
    pub(crate) recorded: Recorded,
}

impl<'a> Analysis<'a> {
    /// Makes areas, prices and places the incidents, and ranks, at the scanned revision.
    ///
    /// Incidents are placed in the whole history of the whole repository; what the scan hides of it is
    /// ignored, and so are incidents that opened after `as_of`, unless the options keep both.
    ///
    /// # Errors
    /// When the areas cannot be made as asked, or the sum of costs, revenue or customers leaves the 64-bit
    /// range.
    pub fn of(
        scan: &'a Scan,
        incidents: &'a Incidents,
        options: &'a ReportOptions,
    ) -> Result<Self, BuildError> {
        match options.later {
            Later::Excluded => Self::to_date(scan, incidents, options),
            Later::Kept => Self::of_all(scan.whole.as_deref().unwrap_or(scan), incidents, options),
        }
    }

    /// Places all incidents, later ones included, in what is scanned, and ranks.
    pub(crate) fn of_all(
        scan: &'a Scan,
        incidents: &'a Incidents,
        options: &'a ReportOptions,
    ) -> Result<Self, BuildError> {
        let (ground, pricing, attribution) = place(scan, incidents, options)?;
        Ok(Self::on(ground, options, pricing, attribution, None))
    }

    fn to_date(
        scan: &'a Scan,
        incidents: &'a Incidents,
        options: &'a ReportOptions,
    ) -> Result<Self, BuildError> {
        // The whole comes first: a window or a folder must not change where an incident falls or
        // what it costs.
        if let Some(whole) = scan.whole.as_deref() {
            return Self::part(scan, Self::to_date(whole, incidents, options)?, options);
        }
        let (ground, mut pricing, mut attribution) = place(scan, incidents, options)?;
        let later = beyond::drop_later(&mut pricing, &mut attribution, scan.as_of);
        let opened = attribution.incidents.iter().filter_map(|incident| incident.opened).collect();
        // Later incidents prove that the list goes on.
        let feed_end = if later == 0 { feed::end(opened, scan.as_of) } else { None };
        let analysis = Self::on(ground, options, pricing, attribution, None);
        Ok(Self { beyond: Beyond { later, feed_end, ..Beyond::default() }, ..analysis })
    }

    /// What shows of the whole in a part of it.
    fn part(scan: &'a Scan, whole: Self, options: &'a ReportOptions) -> Result<Self, BuildError> {
        let view = HistoryView::new(whole.scan, scan);
        let seen = whole.ranked.files.iter().enumerate().filter(|(_, file)| view.file(file.file).is_some());
        let shares = seen.map(|(position, _)| whole.ranking.shares[position].total());
        // Rounding must not make a part of the whole more than it.
        let visible_share = shares.fold(0.0, |sum: f64, share| sum + share).min(1.0);
        let (mut pricing, mut attribution) = (whole.pricing, whole.attribution);
        let outside = beyond::drop_hidden(&mut pricing, &mut attribution, &view);
        let of_whole = OfWhole {
            trust: whole.ranking.history_weight,
            linked_share: whole.history.linked_share,
            forecaster: Forecaster { visible_share, ..whole.forecaster },
            currencies: whole.currencies,
        };
        let ground = Ground::of(scan, options)?;
        let analysis = Self::on(ground, options, pricing, attribution, Some(of_whole));
        Ok(Self { beyond: Beyond { outside, ..whole.beyond }, ..analysis })
    }

    fn on(
        ground: Ground<'a>,
        options: &'a ReportOptions,
        pricing: Pricing<'a>,
        attribution: Attribution,
        whole: Option<OfWhole>,
    ) -> Self {
        let Ground { scan, parameters, areas, ranked, base } = ground;
        let incidents = &pricing.incidents;
        let mut history = IncidentHistory::of(&attribution, &ranked, scan.as_of, &parameters);
        // Of the whole, because a window or a folder must not change how far incidents are trusted.
        if let Some(whole) = &whole {
            history.linked_share = whole.linked_share;
        }
        let signals = Signals::of(scan, &ranked, scan.as_of, &parameters);
        let trust = whole.as_ref().map(|whole| whole.trust);
        let ranking = Ranking::with_trust(&ranked, signals, &base, &history, trust, &parameters);
        let (forecaster, currencies) = if let Some(whole) = whole {
            (whole.forecaster, whole.currencies)
        } else {
            let currencies = currencies(incidents);
            let weight = ranking.incidents.total;
            let forecaster =
                Forecaster::of(&history, incidents, weight, &currencies, scan.as_of, &parameters);
            (forecaster, currencies)
        };
        let recorded = recorded_by(&pricing, &attribution, scan.files.len(), &FileIdx::get);
        let shares: Vec<f64> = ranking.shares.iter().map(ShareParts::total).collect();
        let lines: Vec<u64> = ranked.files.iter().map(|file| u64::from(file.sloc)).collect();
        let complex_parts = complex_parts(scan, &ranked);
        let file_orders = Orders::of_files(&shares, &lines, &complex_parts);
        let area_sums = area_sums(&areas, &ranked, &ranking, &pricing, &attribution);
        let shares: Vec<f64> = area_sums.iter().map(|area| area.shares.total()).collect();
        let lines: Vec<u64> = area_sums.iter().map(|area| area.source_lines).collect();
        let area_orders = Orders::of_areas(&shares, &lines, &area_sums, &currencies);
        Self {
            scan,
            options,
            skipped: Cow::Borrowed(&scan.skipped),
            parameters,
            areas,
            ranked,
            attribution,
            beyond: Beyond::default(),
            history,
            ranking,
            forecaster,
            currencies,
            recorded,
            file_orders,
            complex_parts,
            area_sums,
            area_orders,
            pricing,
        }
    }

    /// Adds items that a later question to the scanner skipped to the quality of the data.
    #[must_use]
    pub fn with_skipped(mut self, skipped: &[Skipped]) -> Self {
        let all = self.skipped.to_mut();
        all.extend_from_slice(skipped);
        all.sort_unstable();
        all.dedup();
        self
    }

    /// The incidents, with what they cost.
    pub(crate) fn incidents(&self) -> &Incidents {
        &self.pricing.incidents
    }

    /// Rows of incident and account files.
    pub(crate) fn rows_read(&self) -> u64 {
        self.incidents().rows + self.options.accounts.as_ref().map_or(0, Accounts::rows)
    }

    /// The title of an incident, unless titles are hidden.
    pub(crate) fn title(&self, incident: &Incident) -> String {
        match self.options.privacy {
            Privacy::Open => incident.title.clone(),
            Privacy::Redacted => String::new(),
        }
    }

    /// The forecast for a file; empty when it is not ranked.
    pub(crate) fn file_forecast(&self, file: FileIdx) -> Forecast {
        match self.ranked.position_of[file.get()] {
            Some(position) => self.forecaster.forecast(self.ranking.shares[position], self.ranking.omega),
            None => {
                Forecast { shares: ShareParts::default(), factors: None, incidents: None, costs: Vec::new() }
            }
        }
    }

    /// The forecast for an area, by position in `areas.areas`.
    pub(crate) fn area_forecast(&self, area: usize) -> Forecast {
        // Of the summed shares: the quantiles of files do not add up.
        self.forecaster.forecast(self.area_sums[area].shares, self.ranking.omega)
    }

    /// Incidents of the 365 days to `as_of` that take part.
    fn incidents_last_year(&self) -> u32 {
        let year_ago = self.parameters.year_before(self.scan.as_of);
        to_u32(self.history.used.iter().filter(|used| used.opened > year_ago).count())
    }

    /// The area that an agreement is about, by position in `areas.areas`; `None` if nobody knows it.
    pub(crate) fn goal_area(&self, goal: &AgreedGoal) -> Option<usize> {
        let areas = &self.areas.areas;
        let by_id = areas.iter().position(|area| area.id == goal.area);
        by_id.or_else(|| areas.iter().position(|area| area.name.eq_ignore_ascii_case(&goal.area)))
    }

    /// The forecast for the whole repository.
    pub(crate) fn whole_forecast(&self) -> Forecast {
        self.forecaster.forecast(self.ranking.sum(0..self.ranked.files.len()), self.ranking.omega)
    }

    /// The constants and totals of the ranking.
    pub(crate) fn model(&self) -> RankingModel {
        let is_modelled = |used: &&UsedIncident| {
            let price = self.pricing.prices[used.incident].as_ref();
            price.is_some_and(|price| price.basis == Basis::Modelled)
        };
        let modelled = self.history.used.iter().filter(is_modelled).count();
        let mean = |(currency, draws): &(Currency, crate::rank::CostDraws)| MeanCost {
            currency: *currency,
            minor: draws.mean(),
            incidents: draws.recorded(),
            modelled: to_u32(modelled),
            assumed: draws.assumed(),
            winsorised: draws.winsorised(),
        };
        RankingModel {
            incident_weight: self.forecaster.incident_weight,
            omega: self.ranking.omega,
            linked_share: self.history.linked_share,
            incidents_per_year: self.forecaster.visible_per_year(),
            incidents_last_year: self.incidents_last_year(),
            incidents_used: self.forecaster.incidents_used,
            mean_costs: self.forecaster.costs.iter().map(mean).collect(),
            source_lines: self.ranked.source_lines(),
            changed_constants: self.parameters.changed(),
        }
    }
}

impl Orders {
    fn of(shares: &[f64], lines: &[u64]) -> Self {
        Self::of_order(by_share(shares), shares.len(), shares, lines)
    }

    /// Files to start with are those whose too complex functions hold the most of what is expected; `complex` is
    /// the part of each file's complexity that is in such functions. Where no file has any, or no grammar reads
    /// the code, the ranking decides.
    fn of_files(shares: &[f64], lines: &[u64], complex: &[f64]) -> Self {
        let expected: Vec<f64> = shares.iter().zip(complex).map(|(share, part)| share * part).collect();
        let mut orders = Self::of(shares, lines);
        let mut order = by_share(&expected);
        // A file without a complex function has nothing to split, and so no place to start.
        order.retain(|position| expected[*position] > 0.0);
        orders.start_rank = if order.is_empty() { orders.rank.clone() } else { ranks(&order, shares.len()) };
        orders
    }

    /// Areas without source files come last and have no rank, costliest first.
    fn of_areas(shares: &[f64], lines: &[u64], sums: &[AreaSums], currencies: &[Currency]) -> Self {
        let (mut order, mut without): (Vec<usize>, Vec<usize>) =
            by_share(shares).into_iter().partition(|area| !sums[*area].ranked_files.is_empty());
        // Without source files there is no share to go by, but the past may have had a cost.
        without.sort_by_key(|area| {
            let recorded = &sums[*area].recorded;
            Reverse((minors(currencies, &recorded.costs), recorded.incidents))
        });
        let n_ranked = order.len();
        order.append(&mut without);
        Self::of_order(order, n_ranked, shares, lines)
    }

    /// Gives a rank to the first `n_ranked` of an order of all positions.
    fn of_order(order: Vec<usize>, n_ranked: usize, shares: &[f64], lines: &[u64]) -> Self {
        let mut place = vec![0; order.len()];
        for (at, position) in order.iter().enumerate() {
            place[*position] = at;
        }
        Self {
            rank: ranks(&order[..n_ranked], shares.len()),
            start_rank: ranks(&by_share_per_line(shares, lines), shares.len()),
            place,
            by_share: order,
        }
    }

    /// How many have a rank.
    pub(crate) fn n_ranked(&self) -> usize {
        self.rank.iter().flatten().count()
    }
}

/// Per ranked file, the part of its cognitive complexity that is in functions above [`COMPLEX_FUNCTION`]: 0 without
/// any, and where no grammar reads the file.
fn complex_parts(scan: &Scan, ranked: &RankedFiles) -> Vec<f64> {
    let part = |file: FileIdx| {
        let complexity = scan.file(file).complexity()?;
        let complex: u64 = complex_functions(complexity).map(|function| u64::from(function.cognitive)).sum();
        (complex > 0).then(|| complex as f64 / complexity.cognitive() as f64)
    };
    ranked.files.iter().map(|file| part(file.file).unwrap_or(0.0)).collect()
}

/// Cognitive complexity above which a function should be split: the default of SonarSource's rule S3776.
pub(crate) const COMPLEX_FUNCTION: u32 = 15;

/// The functions of a file that are too complex.
pub(crate) fn complex_functions(file: &FileComplexity) -> impl Iterator<Item = &FunctionComplexity> {
    file.functions.iter().filter(|function| is_complex(function))
}

/// Whether a function is too complex.
pub(crate) fn is_complex(function: &FunctionComplexity) -> bool {
    function.cognitive > COMPLEX_FUNCTION
}

fn currencies(incidents: &Incidents) -> Vec<Currency> {
    let costs = incidents.list.iter().filter_map(|incident| incident.cost);
    let mut currencies: Vec<Currency> =
        // A currency of zeros alone has nothing to forecast.
        costs.filter(|cost| cost.minor != 0).map(|cost| cost.currency).collect();
    currencies.sort_unstable();
    currencies.dedup();
    currencies
}

fn area_sums(
    areas: &AreaMap,
    ranked: &RankedFiles,
    ranking: &Ranking,
    pricing: &Pricing<'_>,
    attribution: &Attribution,
) -> Vec<AreaSums> {
    let area_of = |file: FileIdx| areas.area_of[file.get()];
    let recorded = recorded_by(pricing, attribution, areas.areas.len(), &area_of);
    areas
        .areas
        .iter()
        .zip(recorded)
        .map(|(area, recorded)| {
            let ranked_files: Vec<usize> =
                area.files.iter().filter_map(|file| ranked.position_of[file.get()]).collect();
            AreaSums {
                shares: ranking.sum(ranked_files.iter().copied()),
                source_lines: ranked_files
                    .iter()
                    .map(|position| u64::from(ranked.files[*position].sloc))
                    .sum(),
                ranked_files,
                recorded,
            }
        })
        .collect()
}

/// Recorded incidents and cost per group of files; every file is in one group of `0..groups`.
pub(crate) fn recorded_by(
    pricing: &Pricing<'_>,
    attribution: &Attribution,
    groups: usize,
    group_of: &dyn Fn(FileIdx) -> usize,
) -> Vec<Recorded> {
    let mut recorded = vec![Recorded::default(); groups];
    for attributed in &attribution.incidents {
        let Placement::Attributed { links, .. } = &attributed.placement else { continue };
        // Gathered per group, so that an incident with several files in a group counts once there.
        let mut parts: BTreeMap<usize, (u128, Costs)> = BTreeMap::new();
        // With its hidden part: shares are of the whole incident.
        let total = attributed.placement.total_weight();
        for link in links {
            let (weight, costs) = parts.entry(group_of(link.file)).or_default();
            *weight += u128::from(link.weight);
            if let Some(cost) = link.cost {
                costs.add(cost);
            }
        }
        let incident = &pricing.incidents.list[attributed.incident];
        let price = pricing.prices[attributed.incident].as_ref();
        let is_modelled = price.is_some_and(|price| price.basis == Basis::Modelled);
        for group in attributed.placement.counted_in(group_of) {
            let group = &mut recorded[group];
            group.incidents += 1;
            if let Some(customers) = incident.customers {
                group.customers = Some(group.customers.unwrap_or(0) + customers);
            }
        }
        for (group, (weight, costs)) in parts {
            let group = &mut recorded[group];
            let share = weight as f64 / total as f64;
            group.incident_shares += share;
            add_hours(&mut group.hours, &hours_of(incident), share);
            group.costs.add_all(&costs);
            if is_modelled {
                group.modelled.add_all(&costs);
            }
        }
    }
    recorded
}

/// The amounts in the report's currencies, for sorting.
pub(crate) fn minors(currencies: &[Currency], costs: &Costs) -> Vec<i64> {
    currencies.iter().map(|currency| costs.minor(*currency)).collect()
}
