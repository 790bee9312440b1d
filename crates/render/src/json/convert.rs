//! Report -> the structs that are serialised.

use debtscan_model::ComplexityMeasure;

use super::money::{CustomersJson, ImpactJson, PriceJson, PriceLineJson};
use super::output::SCHEMA_VERSION;
use super::row::Figures;
use super::schema::{
    AreaJson, BotJson, ClassCountJson, ClassLinesJson, CommitGroupJson, ComplexityJson, CurrencyJson,
    FileJson, FunctionJson, HeadJson, IncidentJson, LinkJson, MethodJson, OmittedJson, PlacementJson,
    RejectedJson, RemarkJson, ReportJson, RepositoryJson, SkippedJson, SupportJson, TotalsJson, TrustJson,
    WindowJson,
};
use super::values::{
    ChurnJson, ExpectedJson, Figure, IntroductionJson, ModelJson, MoneyJson, PathJson, RecordedJson, Time,
    ToolJson, bytes_hex,
};
use crate::assumption::assumption_text;
use crate::remark::{RemarkText, remark_text};
use crate::report_columns::area_columns;
use crate::words::{
    area_source_code, confidence_code, date_code, exclusion_code, level_code, method_code, remedy_phrase,
    unplaced_code,
};
use debtscan_findings::{
    AreaReport, CommitGroup, DataQuality, DateBasis, FileReport, IncidentReport, PlacementReport, Remark,
    Report, SkippedGroup, Totals,
};

/// The whole document, its lists cut to `top` rows.
pub(super) fn report(report: &Report, top: Option<usize>) -> ReportJson {
    let top = top.unwrap_or(usize::MAX);
    let omitted = |n: usize| n.saturating_sub(top);
    ReportJson {
        head: HeadJson {
            schema_version: SCHEMA_VERSION,
            tool: ToolJson::new(report.tool_version),
            repository: RepositoryJson {
                project: report.project.clone(),
                revision: report.revision.to_string(),
                as_of: Time::new(report.as_of),
                window: WindowJson {
                    since: report.window.since.map(Time::new),
                    until: report.window.until.map(Time::new),
                },
                scope: report.scope.as_ref().map(PathJson::new),
                first_parent: report.first_parent,
                area_source: area_source_code(report.area_source),
            },
            trust: trust(&report.quality),
            totals: totals(&report.totals),
            currencies: report
                .totals
                .cost()
                .iter()
                .map(|sum| CurrencyJson {
                    code: sum.currency.code().to_owned(),
                    minor_digits: sum.currency.minor_digits(),
                })
                .collect(),
            model: ModelJson::new(&report.model),
            customers: report.customers.as_ref().map(CustomersJson::new),
            omitted: OmittedJson {
                areas: omitted(report.areas.len()),
                files: omitted(report.files.len()),
                incidents: omitted(report.incidents.len()),
            },
        },
        areas: report.areas.iter().take(top).map(area).collect(),
        files: report.files.iter().take(top).map(|it| file(report, it)).collect(),
        incidents: report.incidents.iter().take(top).map(|it| incident(report, it)).collect(),
    }
}

fn totals(totals: &Totals) -> TotalsJson {
    TotalsJson {
        commits: totals.commits,
        merges: totals.merges,
        merges_with_changes: totals.merges_with_changes,
        authors: totals.authors,
        bots: totals
            .bots
            .iter()
            .map(|bot| BotJson { name: bot.name.clone(), email: bot.email.clone(), commits: bot.commits })
            .collect(),
        changed_lines: totals.changed_lines,
        changed_lines_by_class: totals
            .changed_lines_by_class
            .iter()
            .map(|(class, lines)| ClassLinesJson { class: class.name(), lines: *lines })
            .collect(),
        max_files_per_commit: totals.max_files_per_commit,
        wide_commits: group(totals.wide_commits),
        ignored_commits: group(totals.ignored_commits),
        first_commit_at: totals.first_commit.map(Time::new),
        last_commit_at: totals.last_commit.map(Time::new),
        files_by_class: totals
            .files_by_class
            .iter()
            .map(|(class, files)| ClassCountJson { class: class.name(), files: *files })
            .collect(),
        source_lines: totals.source_lines,
        incidents: totals.incidents,
        incidents_attributed: totals.incidents_attributed,
        recorded_cost: MoneyJson::list(&totals.recorded),
        modelled_cost: MoneyJson::list(&totals.modelled),
        recorded_cost_unconverted: MoneyJson::list(&totals.recorded_unconverted),
        incidents_with_recorded_cost: totals.incidents_recorded,
        incidents_with_modelled_cost: totals.incidents_modelled,
        modelled_by_line: PriceLineJson::list(&totals.modelled_by_line),
        effort_hours: totals.hours.effort.map(Figure::new),
        elapsed_hours: totals.hours.elapsed.map(Figure::new),
        attributed_cost: MoneyJson::list(&totals.attributed),
        attributed_modelled_cost: MoneyJson::list(&totals.attributed_modelled),
        deleted_code_cost: MoneyJson::list(&totals.deleted_code),
        unattributed_cost: MoneyJson::list(&totals.unattributed),
        unattributed_modelled_cost: MoneyJson::list(&totals.unattributed_modelled),
        attributed_by_method: totals
            .by_method
            .iter()
            .map(|it| MethodJson {
                method: method_code(it.method),
                incidents: it.incidents,
                cost: MoneyJson::list(&it.cost),
            })
            .collect(),
    }
}

fn group(group: CommitGroup) -> CommitGroupJson {
    CommitGroupJson { commits: group.commits, changed_lines: group.changed_lines }
}

pub(super) fn rejected(row: &debtscan_incidents::RejectedRow) -> RejectedJson {
    RejectedJson {
        file: row.position.file.clone(),
        line: row.position.line,
        column: row.column.clone(),
        value: row.value.clone(),
        reason: row.reason.clone(),
        row_dropped: row.dropped,
    }
}

pub(super) fn trust(quality: &DataQuality) -> TrustJson {
    let remark = |remark: &Remark| {
        let RemarkText { message, hint } = remark_text(remark);
        RemarkJson { code: remark.code(), severity: level_code(remark.level()), message, hint }
    };
    let skipped = |group: &SkippedGroup| SkippedJson {
        reason: group.reason.code(),
        description: group.reason.describe(),
        is_loss: group.reason.is_loss(),
        count: group.items,
        examples: group.examples.clone(),
    };
    TrustJson {
        whole: quality.is_whole(),
        remarks: quality.remarks.iter().map(remark).collect(),
        skipped: quality.skipped.iter().map(skipped).collect(),
        rejected: quality.rejected.iter().map(rejected).collect(),
        assumptions: quality.assumptions.iter().map(assumption_text).collect(),
    }
}

fn area(area: &AreaReport) -> AreaJson {
    AreaJson {
        id: area.id.clone(),
        name: area.name.clone(),
        owner: area.owner.clone(),
        origin: area.origin.clone(),
        rank: area.rank,
        start_rank: area.start_rank,
        files: area.files,
        source_files: area.source_files,
        source_lines: area.source_lines,
        churn: ChurnJson::new(&area.churn, area.revisions_last_year),
        hotspot_score: Figure::new(area.hotspot),
        recorded: RecordedJson::new(&area.recorded),
        expected: ExpectedJson::new(&area.forecast),
        customers: area.customers.as_ref().map(ImpactJson::new),
        figures: Figures::of(&area_columns(), area),
    }
}

fn file(report: &Report, file: &FileReport) -> FileJson {
    FileJson {
        path: file.path.to_string(),
        path_bytes_hex: bytes_hex(&file.path),
        present: file.is_present,
        area: report.areas[file.area].id.clone(),
        class: file.class.name(),
        language: file.language.map(|language| language.0),
        rank: file.rank,
        start_rank: file.start_rank,
        source_lines: file.sloc,
        complexity: ComplexityJson {
            measure: file.measure.map(|measure| match measure {
                ComplexityMeasure::SyntaxTree => "syntax-tree",
                ComplexityMeasure::Indentation => "indentation",
            }),
            cyclomatic: file.cyclomatic,
            cognitive: file.cognitive,
            max_nesting: file.max_nesting,
            functions: file.functions,
            worst_function: file.worst_function.as_ref().map(|(name, first_line, cognitive)| FunctionJson {
                name: name.clone(),
                first_line: *first_line,
                cognitive: *cognitive,
            }),
            indentation: file.indentation,
            had_syntax_errors: file.had_syntax_errors,
        },
        churn: ChurnJson::new(&file.churn, file.revisions_last_year),
        recent_revisions: Figure::new(file.recent_revisions),
        hotspot_score: Figure::new(file.hotspot),
        hotspot_rank: file.hotspot_rank,
        recorded: RecordedJson::new(&file.recorded),
        expected: ExpectedJson::new(&file.forecast),
    }
}

fn incident(report: &Report, incident: &IncidentReport) -> IncidentJson {
    IncidentJson {
        id: incident.id.clone(),
        title: incident.title.clone(),
        opened_at: incident.opened.filter(|_| incident.dated_by == Some(DateBasis::Opened)).map(Time::new),
        dated_at: incident.opened.map(Time::new),
        dated_by: incident.dated_by.map(date_code),
        resolved_at: incident.resolved.map(Time::new),
        severity: incident.severity.clone(),
        cost: incident.cost.map(MoneyJson::new),
        price: incident.price.as_ref().map(PriceJson::new),
        effort_hours: incident.hours.effort.map(Figure::new),
        elapsed_hours: incident.hours.elapsed.map(Figure::new),
        customers: incident.customers,
        url: incident.url.clone(),
        placement: match &incident.placement {
            PlacementReport::Attributed { method, confidence, links, commits, support } => {
                PlacementJson::Attributed {
                    method: method_code(*method),
                    confidence: confidence_code(*confidence),
                    support: support
                        .iter()
                        .map(|it| SupportJson { method: method_code(it.method), agrees: it.agrees })
                        .collect(),
                    fix_commits: commits.iter().map(ToString::to_string).collect(),
                    links: links
                        .iter()
                        .map(|link| {
                            let path = &report.files[link.file].path;
                            LinkJson {
                                path: path.to_string(),
                                path_bytes_hex: bytes_hex(path),
                                share: Figure::new(link.share),
                                cost: link.cost.map(MoneyJson::new),
                            }
                        })
                        .collect(),
                }
            }
            PlacementReport::Unplaced { reason, remedy } => PlacementJson::Unplaced {
                reason: unplaced_code(*reason),
                remedy: remedy_phrase(*remedy).to_owned(),
            },
        },
        left_out: incident.excluded.map(exclusion_code),
        introduced: incident.introduced.as_ref().map(IntroductionJson::new),
    }
}
