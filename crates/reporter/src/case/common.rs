//! What all areas of a business case have in common.

use std::collections::BTreeSet;

use debtscan_findings::brief::{CaseBasis, CaseDelivery, CasePricing, Given, PortfolioRow, Product};
use debtscan_findings::{AreaChange, BrokenYears, FunctionRow, Remark};
use debtscan_incidents::MoneyOverflow;
use debtscan_model::Lines;

use super::area::{self, AreaIncidents};
use super::customers::CaseAccounts;
use super::options::CaseOptions;
use super::{portfolio, prices, review};
use crate::analysis::Analysis;
use crate::change::{broken_years, changes};
use crate::delivery::{DELIVERY_DAYS, Delivery, DeliveryOptions};
use crate::options::AgreedGoal;
use crate::yearly::Yearly;

/// What all areas of a business case have in common.
pub(super) struct Case<'a> {
    pub(super) analysis: &'a Analysis<'a>,
    pub(super) options: &'a CaseOptions,
    pub(super) pricing: CasePricing,
    pub(super) accounts: Option<CaseAccounts<'a>>,
    /// By position in `areas.areas`.
    pub(super) areas: Vec<AreaIncidents>,
    pub(super) product: Product,
    /// By position in `areas.areas`.
    pub(super) changes: Vec<AreaChange>,
    pub(super) broken_years: BrokenYears,
    pub(super) functions: Vec<FunctionRow>,
    pub(super) files_followed: usize,
    /// Times of changes; `None` without a page.
    delivery: Option<Delivery>,
}

impl<'a> Case<'a> {
    pub(super) fn of(
        analysis: &'a Analysis<'a>,
        lines: &Lines,
        options: &'a CaseOptions,
    ) -> Result<Self, MoneyOverflow> {
        let pricing = prices::pricing(analysis, options);
        let areas = area::by_area(analysis, &pricing)?;
        let yearly = Yearly::of(analysis);
        Ok(Self {
            product: portfolio::product(analysis, &yearly),
            changes: changes(analysis, &yearly),
            broken_years: broken_years(&yearly),
            accounts: CaseAccounts::of(analysis),
            functions: crate::functions::rows(analysis, lines),
            files_followed: lines.files.len(),
            delivery: (!options.areas.is_empty())
                .then(|| Delivery::of(analysis, &DeliveryOptions { days: DELIVERY_DAYS, source: None })),
            analysis,
            options,
            pricing,
            areas,
        })
    }

    /// What was agreed for an area, by position in `areas.areas`.
    pub(super) fn agreed(&self, area: usize) -> Option<&'a AgreedGoal> {
        let goals = &self.analysis.options.goals;
        goals.iter().find(|goal| self.analysis.goal_area(goal) == Some(area))
    }

    /// How long changes take in an area, by position in `areas.areas`; `None` if history does not say.
    pub(super) fn delivery(&self, area: usize) -> Option<CaseDelivery> {
        let delivery = self.delivery.as_ref()?;
        let measured = delivery.area(self.analysis, area)?;
        Some(CaseDelivery { source: delivery.source?, from: delivery.from, area: measured })
    }

    /// The row of an area in the portfolio.
    pub(super) fn row(&self, area: usize) -> Result<PortfolioRow, MoneyOverflow> {
        let incidents = &self.areas[area];
        let counts = self.analysis.forecaster.counts(self.analysis.area_sums[area].shares.total());
        let goal = self.agreed(area).zip(counts);
        let goal = goal.map(|(agreed, counts)| review::goal_of(self.analysis, counts, incidents, agreed));
        let accounts = self.accounts.as_ref();
        portfolio::row(self.analysis, &self.pricing, accounts, &self.changes[area], (area, incidents), goal)
    }

    /// Areas and teams that tickets, goals and planned items name and nobody knows; `None` without any.
    pub(super) fn unknown(&self) -> Option<Remark> {
        let known = &self.analysis.areas.areas;
        let is_unknown_area =
            |name: &&String| !known.iter().any(|it| it.id == **name || it.name.eq_ignore_ascii_case(name));
        let tickets = || self.options.fixes.iter().flat_map(|fixes| &fixes.list);
        let items = self.options.plan.iter().flat_map(|plan| &plan.items);
        let areas = tickets().filter_map(|ticket| ticket.area.as_ref());
        let areas = areas.chain(self.analysis.options.goals.iter().map(|goal| &goal.area));
        let areas: BTreeSet<String> = areas.filter(is_unknown_area).cloned().collect();
        let is_unknown_team = |name: &&String| {
            !self.options.teams.iter().any(|team| team.name.eq_ignore_ascii_case(name.trim()))
        };
        let teams = tickets().filter_map(|ticket| ticket.team.as_ref());
        let teams = teams.chain(items.filter_map(|item| item.team.as_ref()));
        let teams: BTreeSet<String> = teams.filter(is_unknown_team).cloned().collect();
        (!areas.is_empty() || !teams.is_empty()).then(|| Remark::UnknownInCase {
            areas: areas.into_iter().collect(),
            teams: teams.into_iter().collect(),
        })
    }

    /// The optional files and settings that were given.
    pub(super) fn given(&self) -> Given {
        Given {
            incidents: !self.analysis.incidents().list.is_empty(),
            accounts: self.accounts.is_some(),
            fixes: self.options.fixes.is_some(),
            plan: self.options.plan.is_some(),
            team: !self.options.teams.is_empty(),
            handling: matches!(self.pricing.basis, CaseBasis::Handling { .. }),
            engineer_day: self.pricing.engineer_day.is_some(),
        }
    }
}
