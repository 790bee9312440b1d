//! The shape of the JSON business case, and how it is made.

mod amounts;
mod ask;
mod delivery;
mod future;
mod knowledge;
mod past;
mod plan;
mod verify;

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

pub(crate) use self::plan::{plan, plan_lines, plan_schema};
pub(crate) use self::verify::{verification, verification_lines, verification_schema};

use self::amounts::{MinorJson, days};
use self::ask::{AskJson, PlanJson};
use self::delivery::CaseDeliveryJson;
use self::future::{OptionJson, OutcomeJson, PaybackJson, ReviewJson};
use self::knowledge::{AvoidedJson, KnowledgeJson};
use self::past::PastJson;
use super::backtest::BacktestSummaryJson;
use super::output::{SCHEMA_VERSION, document, line};
use super::quality::{TrustJson, trust};
use super::table::DocumentSchema;
use super::values::{Figure, IntervalJson, MoneyJson, Time, ToolJson};
use debtscan_findings::brief::{AreaPage, Brief, CaseBasis, Goal, GoalState, PortfolioRow};
use debtscan_incidents::Currency;

/// The business case.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, title = "debtscan brief")]
struct BriefJson {
    #[serde(flatten)]
    head: BriefHeadJson,
    /// All areas with source files or incidents: largest expected cost first.
    portfolio: Vec<AreaRowJson>,
    /// One page per area that was asked for, in that order.
    pages: Vec<PageJson>,
}

/// Everything but the lists.
#[derive(Debug, Serialize, JsonSchema)]
struct BriefHeadJson {
    /// Version of this shape: 1. A reader checks it before anything else.
    schema_version: u32,
    tool: ToolJson,
    /// Name of the project from the configuration; `null` when not set.
    project: Option<String>,
    /// Full id of the scanned commit.
    revision: String,
    /// Its committer time, or the end of the window where that is earlier.
    as_of: Time,
    trust: TrustJson,
    pricing: PricingJson,
    given: GivenJson,
    product: ProductJson,
    /// What the last backtest of the same incidents and configuration said; `null` if none is in the cache.
    backtest: Option<BacktestSummaryJson>,
    /// Ids of areas: the largest rise of incidents over the year before first.
    by_change: Vec<String>,
}

/// How incidents are priced.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct PricingJson {
    /// `handling`: engineer-days by severity; `past-costs`: as in the ranking; `none`: incidents are counted.
    basis: &'static str,
    /// ISO 4217 code of amounts that may come; `null` when incidents are only counted.
    currency: Option<String>,
    /// What an engineer-day costs; `null` when not set.
    engineer_day: Option<MoneyJson>,
    /// Engineer-days per incident by severity; empty unless handling is priced.
    handling: Vec<HandlingRateJson>,
    /// The same for any other severity; `null` when such incidents have no price.
    handling_other_days: Option<Figure>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct HandlingRateJson {
    /// The word of the configuration.
    severity: String,
    /// Engineer-days.
    days: Figure,
}

/// Which optional files and settings were given.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "one independent fact per file or setting")]
struct GivenJson {
    /// Any incident.
    incidents: bool,
    /// Customer accounts.
    accounts: bool,
    /// Fixes.
    fixes: bool,
    /// A plan.
    plan: bool,
    /// A team with its capacity.
    team: bool,
    /// Engineer-days by severity.
    handling: bool,
    /// The price of an engineer-day.
    engineer_day: bool,
}

/// The whole product.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ProductJson {
    /// Placed incidents of the 365 days to `as_of`.
    incidents_last_year: u32,
    /// The same of the 365 days before.
    incidents_year_before: u32,
    /// When the newest incident with a recorded cost above 0 began; `null` without any.
    last_recorded_cost_at: Option<Time>,
    /// What became of the worst areas of past years; `null` with fewer than five such years.
    regression: Option<RegressionJson>,
}

/// The worst area of each past year, and the same area in the year after.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct RegressionJson {
    /// Pairs of years.
    years: u32,
    /// Incidents in the worst years.
    worst: u32,
    /// Incidents in the years after.
    after: u32,
}

/// An area in the portfolio.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct AreaRowJson {
    /// Stable identifier.
    id: String,
    /// Its name.
    name: String,
    /// Who answers for it; `null` when unknown.
    owner: Option<String>,
    /// Rank by expected cost; `null` without source files.
    rank: Option<usize>,
    /// Lines of code.
    source_lines: u64,
    /// Share of all lines of code, `0..=1`.
    code_share: Figure,
    /// Incidents mainly here of the 365 days to `as_of`; an incident counts in one area.
    incidents_last_year: u32,
    /// The same of the 365 days before.
    incidents_year_before: u32,
    /// Probability of at least that number in the last of both years if the area only followed the whole product; `null`
    /// without incidents in both years.
    rise_by_chance: Option<Figure>,
    /// Its part of the cost of last year's incidents, recorded and modelled, by currency.
    cost_last_year: Vec<MoneyJson>,
    /// Its part of the price of handling them; `null` unless handling is priced.
    handling_last_year: Option<MoneyJson>,
    /// Incidents of the 365 days after `as_of`; `null` without dated incidents.
    expected_incidents: Option<IntervalJson>,
    /// Their cost in the currency of `pricing`; `null` without a price.
    expected_cost: Option<MinorJson>,
    /// Accounts at risk that last year's incidents hit; `null` without an accounts file.
    at_risk: Option<AtRiskJson>,
    /// What was agreed; `null` without any.
    goal: Option<GoalJson>,
}

/// Accounts at risk of leaving.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct AtRiskJson {
    /// How many.
    accounts: u32,
    /// Of these, accounts of unknown revenue.
    accounts_of_unknown_revenue: u32,
    /// What the others pay a year; no part of any cost.
    revenue_per_year: Vec<MoneyJson>,
}

/// What was agreed for an area.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct GoalJson {
    /// `planned`, `watched` or `accepted`.
    state: &'static str,
    /// When; `null` when not written down.
    since: Option<Time>,
    /// Until when; `null` without an end.
    until: Option<Time>,
    /// Whether that day has passed at `as_of`.
    over: bool,
    /// Why; `null` when not written down.
    reason: Option<String>,
    /// Who answers for it; `null` when not written down.
    owner: Option<String>,
    /// Incidents that began since then; `null` without a date.
    incidents_since: Option<u32>,
    /// Incidents expected over the same days by today's model; `null` without a date.
    expected_since: Option<Figure>,
}

impl GoalJson {
    fn new(goal: &Goal) -> Self {
        Self {
            state: match goal.state {
                GoalState::Planned => "planned",
                GoalState::Watched => "watched",
                GoalState::Accepted => "accepted",
            },
            since: goal.since.map(Time::new),
            until: goal.until.map(Time::new),
            over: goal.is_over,
            reason: goal.reason.clone(),
            owner: goal.owner.clone(),
            incidents_since: goal.incidents_since,
            expected_since: goal.expected_since.map(Figure::new),
        }
    }
}

/// The page of an area.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct PageJson {
    /// The area, as in `portfolio`.
    area: AreaRowJson,
    /// Areas with a rank.
    ranked_areas: usize,
    /// Source files in the area.
    source_files: usize,
    /// The last working day before the next sprint; `null` without a team.
    decide_by: Option<Time>,
    past: PastJson,
    /// The 365 days after `as_of` if nothing is done; `null` without dated incidents.
    nothing: Option<OutcomeJson>,
    /// Now, later, never; empty without dated incidents.
    options: Vec<OptionJson>,
    ask: AskJson,
    /// What the fixes displace; `null` without a plan, a team or an effort.
    plan: Option<PlanJson>,
    /// When the fixes pay for themselves; `null` without prices.
    payback: Option<PaybackJson>,
    /// Who knows the area.
    knowledge: KnowledgeJson,
    /// Complex files that changes go around: the least likely by chance first.
    avoided: Vec<AvoidedJson>,
    /// How to tell whether it worked; `null` without dated incidents.
    review: Option<ReviewJson>,
    /// How long changes take here; `null` if the history does not say.
    delivery: Option<CaseDeliveryJson>,
}

/// Writes the business case as one document.
pub(crate) fn brief(value: &Brief, out: &mut dyn Write) -> io::Result<()> {
    document(&converted(value), out)
}

/// Writes the business case as one object per line: the head, the areas, the pages.
pub(crate) fn brief_lines(value: &Brief, out: &mut dyn Write) -> io::Result<()> {
    let document = converted(value);
    line("brief", &document.head, out)?;
    // Areas before pages: a page repeats the row of its area.
    document.portfolio.iter().try_for_each(|row| line("area", row, out))?;
    document.pages.iter().try_for_each(|page| line("page", page, out))
}

/// The JSON Schema of the business case, with a final newline.
pub(crate) fn brief_schema() -> String {
    DocumentSchema::new::<BriefJson>().finish()
}

fn converted(brief: &Brief) -> BriefJson {
    let head = &brief.head;
    // IDs instead of positions, so that a reader may sort the portfolio.
    let id = |position: &usize| brief.portfolio[*position].id.clone();
    BriefJson {
        head: BriefHeadJson {
            schema_version: SCHEMA_VERSION,
            tool: ToolJson::new(head.tool_version),
            project: head.project.clone(),
            revision: head.revision.to_string(),
            as_of: Time::new(head.as_of),
            trust: trust(&head.quality),
            pricing: pricing(brief),
            given: given(brief),
            product: product(brief),
            backtest: brief.backtest.as_ref().map(BacktestSummaryJson::new),
            by_change: brief.by_change.iter().map(id).collect(),
        },
        portfolio: brief.portfolio.iter().map(row).collect(),
        pages: brief.pages.iter().map(page).collect(),
    }
}

fn pricing(brief: &Brief) -> PricingJson {
    let (basis, handling, other) = match &brief.pricing.basis {
        CaseBasis::Handling { by_severity, other, .. } => ("handling", by_severity.as_slice(), *other),
        CaseBasis::PastCosts(_) => ("past-costs", &[][..], None),
        CaseBasis::None => ("none", &[][..], None),
    };
    PricingJson {
        basis,
        currency: brief.pricing.basis.currency().map(|currency: Currency| currency.code().to_owned()),
        engineer_day: brief.pricing.engineer_day.map(MoneyJson::new),
        handling: handling
            .iter()
            .map(|(word, rate)| HandlingRateJson { severity: word.clone(), days: days(*rate) })
            .collect(),
        handling_other_days: other.map(days),
    }
}

fn given(brief: &Brief) -> GivenJson {
    let given = &brief.given;
    GivenJson {
        incidents: given.incidents,
        accounts: given.accounts,
        fixes: given.fixes,
        plan: given.plan,
        team: given.team,
        handling: given.handling,
        engineer_day: given.engineer_day,
    }
}

fn product(brief: &Brief) -> ProductJson {
    let product = &brief.product;
    ProductJson {
        incidents_last_year: product.last_year,
        incidents_year_before: product.year_before,
        last_recorded_cost_at: product.last_recorded_cost.map(Time::new),
        regression: product.regression.map(|it| RegressionJson {
            years: it.years,
            worst: it.worst,
            after: it.after,
        }),
    }
}

fn row(row: &PortfolioRow) -> AreaRowJson {
    AreaRowJson {
        id: row.id.clone(),
        name: row.name.clone(),
        owner: row.owner.clone(),
        rank: row.rank,
        source_lines: row.source_lines,
        code_share: Figure::new(row.code_share),
        incidents_last_year: row.last_year,
        incidents_year_before: row.year_before,
        rise_by_chance: row.rise_by_chance.map(Figure::new),
        cost_last_year: MoneyJson::list(&row.cost_last_year),
        handling_last_year: row.handling_last_year.map(MoneyJson::new),
        expected_incidents: row.incidents.as_ref().map(IntervalJson::new),
        expected_cost: row.cost.as_ref().map(MinorJson::new),
        at_risk: row.at_risk.as_ref().map(|it| AtRiskJson {
            accounts: it.accounts,
            accounts_of_unknown_revenue: it.unknown,
            revenue_per_year: MoneyJson::list(&it.revenue),
        }),
        goal: row.goal.as_ref().map(GoalJson::new),
    }
}

fn page(page: &AreaPage) -> PageJson {
    PageJson {
        area: row(&page.area),
        ranked_areas: page.ranked,
        source_files: page.source_files,
        decide_by: page.decide_by.map(Time::new),
        past: PastJson::new(&page.past),
        nothing: page.nothing.as_ref().map(OutcomeJson::new),
        options: page.options.iter().map(OptionJson::new).collect(),
        ask: AskJson::new(&page.ask),
        plan: page.displacement.as_ref().map(PlanJson::new),
        payback: page.payback.as_ref().map(PaybackJson::new),
        knowledge: KnowledgeJson::new(&page.knowledge),
        avoided: page.avoided.iter().map(AvoidedJson::new).collect(),
        review: page.review.as_ref().map(ReviewJson::new),
        delivery: page.delivery.as_ref().map(CaseDeliveryJson::new),
    }
}
