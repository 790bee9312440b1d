//! CSV of all inputs and figures, so that finance can compute the case again.
//!
//! One row per figure: area, section, subject, figure, value, unit, origin, source.

use std::io::Write;

use debtscan_findings::Basis;
use debtscan_findings::brief::{
    AreaPage, Brief, BriefYear, CaseBasis, CaseOption, DoneWhen, Effort, Outcome, PortfolioRow, When,
};
use debtscan_incidents::{Costs, Money};
use debtscan_model::Timestamp;

use super::ask::done_phrase;
use super::words::Tag;
use crate::delimited::DelimitedRow;
use crate::number::{day, decimal, significant};
use crate::options::Formulas;

const COLUMNS: [&str; 8] = ["area", "section", "subject", "figure", "value", "unit", "origin", "source"];

/// Writes all figures.
pub(crate) fn delimited(brief: &Brief, formulas: Formulas, out: &mut dyn Write) -> csv::Result<()> {
    let mut sheet = BriefSheet { writer: csv::Writer::from_writer(out), brief, formulas };
    sheet.writer.write_record(COLUMNS)?;
    sheet.prices()?;
    for row in &brief.portfolio {
        sheet.portfolio(row)?;
    }
    for page in &brief.pages {
        sheet.past(page)?;
        sheet.ask(page)?;
        sheet.future(page)?;
        sheet.displacement(page)?;
        sheet.delivery(page)?;
        sheet.knowledge(page)?;
        sheet.review(page)?;
    }
    sheet.writer.flush()?;
    Ok(())
}

struct BriefSheet<'a, W: Write> {
    writer: csv::Writer<W>,
    brief: &'a Brief,
    formulas: Formulas,
}

/// What a figure is about.
#[derive(Clone, Copy)]
struct About<'a> {
    area: &'a str,
    section: &'static str,
    subject: &'a str,
    source: &'a str,
}

impl<W: Write> BriefSheet<'_, W> {
    fn row(
        &mut self,
        about: About<'_>,
        figure: &str,
        (value, unit): (String, &str),
        tag: Tag,
    ) -> csv::Result<()> {
        let mut row = DelimitedRow::new(self.formulas);
        row.free(about.area);
        row.exact(about.section);
        row.free(about.subject);
        row.exact(figure);
        // Only words can look like a formula; a negative number must stay a number.
        if unit == "words" {
            row.free(&value);
        } else {
            row.exact(&value);
        }
        row.exact(unit);
        // Brackets mark a tag within a sentence; here it has a column.
        row.exact(tag.word().trim_matches(['[', ']']));
        row.free(about.source);
        self.writer.write_record(row.0)
    }

    fn number(
        &mut self,
        about: About<'_>,
        figure: &str,
        value: f64,
        unit: &str,
        tag: Tag,
    ) -> csv::Result<()> {
        self.row(about, figure, (significant(value, 6).to_string(), unit), tag)
    }

    fn money(&mut self, about: About<'_>, figure: &str, money: Money, tag: Tag) -> csv::Result<()> {
        let value = decimal(money.minor, money.currency);
        self.row(about, figure, (value, money.currency.code()), tag)
    }

    fn costs(&mut self, about: About<'_>, figure: &str, costs: &Costs, tag: Tag) -> csv::Result<()> {
        // A row per currency, since amounts of different currencies have no sum.
        costs.iter().try_for_each(|money| self.money(about, figure, money, tag))
    }

    /// An amount of the model, in units of the currency of the case.
    fn expected(&mut self, about: About<'_>, figure: &str, minor: f64) -> csv::Result<()> {
        // Without a currency incidents are only counted, and there is no amount to write.
        let Some(currency) = self.brief.pricing.basis.currency() else { return Ok(()) };
        let units = minor / 10_f64.powi(i32::try_from(currency.minor_digits()).unwrap_or(0));
        self.number(about, figure, units, currency.code(), Tag::Model)
    }

    fn day(&mut self, about: About<'_>, figure: &str, time: Option<Timestamp>, tag: Tag) -> csv::Result<()> {
        time.map_or(Ok(()), |time| self.row(about, figure, (day(time), "date"), tag))
    }

    fn prices(&mut self) -> csv::Result<()> {
        let pricing = &self.brief.pricing;
        let about = |source| About { area: "", section: "prices", subject: "", source };
        if let Some(rate) = pricing.engineer_day {
            self.money(about("brief.engineer_day"), "engineer-day", rate, Tag::Yours)?;
        }
        if let CaseBasis::Handling { by_severity, other, .. } = &pricing.basis {
            // The key of the configuration.
            let other = other.map(|days| ("other".to_owned(), days));
            for (word, days) in by_severity.iter().cloned().chain(other) {
                let about = About { subject: &word, ..about("brief.handling") };
                // Not rounded: it is the user's own number.
                self.row(about, "handling", (days.to_string(), "engineer-days"), Tag::Yours)?;
            }
        }
        let product = self.brief.product;
        let about = About { section: "product", ..about("incident files") };
        self.number(about, "incidents-last-year", f64::from(product.last_year), "incidents", Tag::Recorded)?;
        self.number(
            about,
            "incidents-year-before",
            f64::from(product.year_before),
            "incidents",
            Tag::Recorded,
        )
    }

    fn portfolio(&mut self, row: &PortfolioRow) -> csv::Result<()> {
        let about =
            About { area: &row.name, section: "portfolio", subject: &row.id, source: "incident files" };
        self.number(about, "code-share", row.code_share, "share", Tag::Recorded)?;
        self.number(about, "incidents-last-year", f64::from(row.last_year), "incidents", Tag::Recorded)?;
        self.number(about, "incidents-year-before", f64::from(row.year_before), "incidents", Tag::Recorded)?;
        // A sum with a modelled part is modelled.
        let tag = if row.modelled_last_year.is_zero() { Tag::Recorded } else { Tag::Model };
        self.costs(about, "cost-last-year", &row.cost_last_year, tag)?;
        self.costs(about, "modelled-cost-last-year", &row.modelled_last_year, Tag::Model)?;
        if let Some(handling) = row.handling_last_year {
            self.money(
                About { source: "brief.handling", ..about },
                "handling-last-year",
                handling,
                Tag::Yours,
            )?;
        }
        let about = About { source: "docs/metrics.md", ..about };
        if let Some(incidents) = row.incidents {
            for (figure, value) in
                [("low", incidents.low), ("mean", incidents.mean), ("high", incidents.high)]
            {
                self.number(about, &format!("expected-incidents-{figure}"), value, "incidents", Tag::Model)?;
            }
        }
        if let Some(cost) = row.cost {
            for (figure, value) in [("low", cost.low), ("mean", cost.mean), ("high", cost.high)] {
                self.expected(about, &format!("expected-cost-{figure}"), value)?;
            }
        }
        Ok(())
    }

    fn past(&mut self, page: &AreaPage) -> csv::Result<()> {
        for (section, year) in [("last-year", &page.past.last), ("year-before", &page.past.before)] {
            self.year(page, section, year)?;
        }
        for hit in page.past.customers.iter().flatten() {
            let source = hit.incidents.join(" ");
            let about =
                About { area: &page.area.name, section: "customers", subject: &hit.account, source: &source };
            if let Some(revenue) = hit.revenue {
                self.money(about, "revenue-per-year", revenue, Tag::Yours)?;
            }
            self.day(about, "renewal", hit.renewal, Tag::Yours)?;
            let at_risk = if hit.is_at_risk { "yes" } else { "no" };
            self.row(about, "at-risk", (at_risk.to_owned(), "yes or no"), Tag::Yours)?;
            if let Some(risk) = &hit.risk {
                self.row(about, "risk", (risk.clone(), "words"), Tag::Yours)?;
            }
        }
        Ok(())
    }

    fn year(&mut self, page: &AreaPage, section: &'static str, year: &BriefYear) -> csv::Result<()> {
        for incident in &year.incidents {
            let commits: Vec<String> = incident.commits.iter().map(ToString::to_string).collect();
            let source = commits.join(" ");
            let about = About { area: &page.area.name, section, subject: &incident.id, source: &source };
            self.day(about, "opened", Some(incident.opened), Tag::Recorded)?;
            self.number(about, "share-here", incident.share, "share", Tag::Recorded)?;
            if let Some(severity) = &incident.severity {
                self.row(about, "severity", (severity.clone(), "words"), Tag::Recorded)?;
            }
            if let Some(cost) = incident.cost {
                let tag = if incident.basis == Some(Basis::Modelled) { Tag::Model } else { Tag::Recorded };
                self.money(about, "cost-here", cost, tag)?;
            }
            if let Some(handling) = incident.handling {
                self.money(
                    About { source: "brief.handling", ..about },
                    "handling-here",
                    handling,
                    Tag::Yours,
                )?;
            }
        }
        Ok(())
    }

    fn ask(&mut self, page: &AreaPage) -> csv::Result<()> {
        for fix in &page.ask.fixes {
            let source = fix.recent.join(" ");
            let about = About { area: &page.area.name, section: "fixes", subject: &fix.id, source: &source };
            if let Some(effort) = &fix.effort {
                self.effort(about, effort)?;
            }
            self.number(about, "incidents-24-months", fix.recent.len() as f64, "incidents", Tag::Recorded)?;
            self.number(about, "incidents-older", fix.older.len() as f64, "incidents", Tag::Recorded)?;
            for done in &fix.done {
                let tag = if matches!(done, DoneWhen::Stated(_)) { Tag::Yours } else { Tag::Proposal };
                self.row(about, "done-when", (done_phrase(done), "words"), tag)?;
            }
        }
        let about = About { area: &page.area.name, section: "ask", subject: "", source: "" };
        if let Some(effort) = &page.ask.effort {
            self.effort(about, effort)?;
        }
        if let Some(price) = &page.ask.price {
            for (figure, money) in [("low", price.low), ("likely", price.likely), ("high", price.high)] {
                self.money(about, &format!("price-{figure}"), money, Tag::Yours)?;
            }
        }
        if let Some(effect) = &page.ask.effect {
            self.number(about, "effect-places", effect.places, "share", Tag::Recorded)?;
            self.number(about, "effect-prevents", effect.prevents, "share", Tag::Yours)?;
            self.number(about, "effect-total", effect.total, "share", Tag::Yours)?;
        }
        if let Some(per) = page.ask.cost_per_incident {
            self.expected(about, "cost-per-incident", per.mean)?;
        }
        for team in &page.ask.teams {
            let about = About { section: "team", subject: &team.name, source: "[[team]]", ..about };
            self.row(about, "capacity", (team.capacity.to_string(), "engineer-days"), Tag::Yours)?;
            self.day(about, "sprint-start", Some(team.sprint_start), Tag::Yours)?;
            if let Some(fits) = team.fits {
                self.number(about, "fits", fits, "probability", Tag::Model)?;
            }
        }
        Ok(())
    }

    fn effort(&mut self, about: About<'_>, effort: &Effort) -> csv::Result<()> {
        for (figure, days) in [("low", effort.low), ("likely", effort.likely), ("high", effort.high)] {
            self.row(about, &format!("effort-{figure}"), (days.to_string(), "engineer-days"), Tag::Yours)?;
        }
        Ok(())
    }

    fn future(&mut self, page: &AreaPage) -> csv::Result<()> {
        for option in &page.options {
            self.option(page, option)?;
        }
        let about =
            About { area: &page.area.name, section: "payback", subject: "", source: "docs/metrics.md" };
        let Some(payback) = &page.payback else { return Ok(()) };
        for (figure, value) in
            [("break-even-4", payback.break_even_4), ("break-even-8", payback.break_even_8)]
        {
            if let Some(value) = value {
                self.number(about, figure, value, "share", Tag::Model)?;
            }
        }
        for month in payback.course.iter().flat_map(|course| &course.months) {
            let subject = format!("month {}", month.month);
            let about = About { subject: &subject, ..about };
            self.expected(about, "net-mean", month.mean)?;
            for (figure, value) in
                ["net-10", "net-25", "net-50", "net-75", "net-90"].iter().zip(month.quantiles)
            {
                self.expected(about, figure, value)?;
            }
            self.number(about, "paid-back", month.paid_back, "probability", Tag::Model)?;
        }
        Ok(())
    }

    fn option(&mut self, page: &AreaPage, option: &CaseOption) -> csv::Result<()> {
        let subject = match option.when {
            When::Now => "now",
            When::Later => "later",
            When::Never => "never",
        };
        let about = About { area: &page.area.name, section: "options", subject, source: "docs/metrics.md" };
        self.day(about, "start", option.start, Tag::Yours)?;
        self.day(about, "in-force", option.effective, Tag::Yours)?;
        self.costs(about, "cost-of-delay", &option.delay, Tag::Yours)?;
        if let Some(outcome) = &option.outcome {
            self.outcome(about, outcome)?;
        }
        option.together.map_or(Ok(()), |sum| self.expected(about, "together", sum))
    }

    fn outcome(&mut self, about: About<'_>, outcome: &Outcome) -> csv::Result<()> {
        let incidents = outcome.incidents;
        for (figure, value) in [
            ("low", incidents.low),
            ("mean", incidents.mean),
            ("high", incidents.high),
            ("shape", outcome.shape),
        ] {
            self.number(about, &format!("incidents-{figure}"), value, "incidents", Tag::Model)?;
        }
        if let Some(cost) = &outcome.cost {
            let range = cost.range;
            for (figure, value) in [("low", range.low), ("mean", range.mean), ("high", range.high)] {
                self.expected(about, &format!("cost-{figure}"), value)?;
            }
            // Two digits, so that a spreadsheet sorts the years in their order.
            for (position, year) in cost.years.iter().enumerate() {
                self.expected(about, &format!("cost-year-{:02}", position + 1), *year as f64)?;
            }
        }
        Ok(())
    }

    fn displacement(&mut self, page: &AreaPage) -> csv::Result<()> {
        for item in page.displacement.iter().flat_map(|found| &found.items) {
            let about =
                About { area: &page.area.name, section: "plan", subject: &item.name, source: &item.team };
            self.row(about, "effort", (item.effort.to_string(), "engineer-days"), Tag::Yours)?;
            self.day(about, "due", item.due, Tag::Yours)?;
            self.day(about, "finished-without-fixes", Some(item.without), Tag::Yours)?;
            self.day(about, "finished-with-fixes", Some(item.with), Tag::Yours)?;
            self.number(about, "slips", f64::from(item.slips_days), "days", Tag::Yours)?;
            if let Some(delay) = item.delay {
                self.money(about, "cost-of-delay", delay, Tag::Yours)?;
            }
        }
        Ok(())
    }

    fn delivery(&mut self, page: &AreaPage) -> csv::Result<()> {
        let Some(delivery) = &page.delivery else { return Ok(()) };
        let about = About {
            area: &page.area.name,
            section: "delivery",
            subject: delivery.source.name(),
            source: "docs/delivery.md",
        };
        let times = &delivery.area.times;
        self.number(about, "changes", times.changes as f64, "changes", Tag::Recorded)?;
        self.number(about, "p75", times.p75_days, "days", Tag::Recorded)?;
        self.number(about, "over-7-days", times.over_week, "share", Tag::Recorded)?;
        self.number(about, "over-30-days", times.over_month, "share", Tag::Recorded)?;
        let Some(ratio) = &delivery.area.ratio else { return Ok(()) };
        let interval = &ratio.adjusted;
        for (figure, value) in [
            ("ratio-low", interval.low),
            ("ratio", interval.mean),
            ("ratio-high", interval.high),
            ("ratio-without-size", ratio.raw),
        ] {
            self.number(about, figure, value, "times", Tag::Model)?;
        }
        Ok(())
    }

    fn knowledge(&mut self, page: &AreaPage) -> csv::Result<()> {
        let row = &page.knowledge.row;
        let about =
            About { area: &page.area.name, section: "knowledge", subject: "", source: "docs/knowledge.md" };
        self.number(about, "people", row.contributors as f64, "people", Tag::Recorded)?;
        self.number(about, "by-inactive-people", row.lost, "share", Tag::Recorded)?;
        if let Some(people) = row.bus_factor {
            self.number(about, "bus-factor", f64::from(people), "people", Tag::Recorded)?;
        }
        for file in &page.avoided {
            let path = file.path.to_string();
            let about = About { subject: &path, ..about };
            self.number(about, "commits-last-year", f64::from(file.commits), "commits", Tag::Recorded)?;
            self.number(about, "usual-commits", file.usual, "commits", Tag::Recorded)?;
        }
        Ok(())
    }

    fn review(&mut self, page: &AreaPage) -> csv::Result<()> {
        let Some(review) = &page.review else { return Ok(()) };
        let about =
            About { area: &page.area.name, section: "review", subject: "", source: "docs/metrics.md" };
        self.day(about, "review", Some(review.date), Tag::Yours)?;
        self.day(about, "counted-from", Some(review.from), Tag::Yours)?;
        if let Some(owner) = &review.owner {
            self.row(about, "owner", (owner.clone(), "words"), Tag::Yours)?;
        }
        if let Some(most) = review.better_at_most {
            self.number(about, "better-at-most", most as f64, "incidents", Tag::Model)?;
        }
        self.number(about, "worse-from", review.worse_from as f64, "incidents", Tag::Model)?;
        let tag = if review.rule.is_agreed { Tag::Yours } else { Tag::Model };
        self.number(about, "rule-more-than", review.rule.limit as f64, "incidents in 91 days", tag)?;
        self.number(
            about,
            "rule-last-quarter",
            f64::from(review.rule.last_quarter),
            "incidents",
            Tag::Recorded,
        )
    }
}
