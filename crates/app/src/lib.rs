//! The workflows of debtscan: a request in, findings and warnings out.
//!
//! Each command has one function that reads the files its request names, scans the repository and makes the findings.
//! All of them treat redaction, pseudonyms, the cache and losses alike. Nothing here parses arguments, writes output
//! or chooses an exit code.
//!
//! - [`report()`], [`report_findings()`], [`brief()`], [`plan()`], [`verify()`], [`explain()`], [`incidents()`], [`backtest()`]: cost
//! - [`hotspots()`], [`functions()`], [`coupling()`], [`areas()`]: code
//! - [`allocation()`], [`delivery()`]: where past work went, and how long it took
//! - [`knowledge()`], [`trend()`], [`todos()`], [`changes()`]: people and the past
//! - [`cache_status()`], [`clear_cache()`]: the cache
//! - [`demo()`]: an invented company
//! - [`Boundary`]: which files a run may read and write
#![deny(clippy::print_stdout, clippy::print_stderr, clippy::exit)]

mod answer;
mod boundary;
mod error;
mod files;
mod inputs;
mod introducers;
mod kept;
mod request;
mod suggest;
mod workflow;

pub use answer::{Answer, CacheUse, GradedLoss, Loss, Warnings};
pub use boundary::{Boundary, Refused, is_link, read_text, work_tree};
pub use error::AppError;
pub use files::{FileError, FileRole, FileSource};
pub use request::{Anonymize, FindIntroducers, HistoryRequest, ReportRequest};
pub use suggest::closest;
pub use workflow::allocation::{AllocationRequest, allocation, labelling_sample};
pub use workflow::backtest::{BacktestRequest, backtest};
pub use workflow::brief::{BriefRequest, brief};
pub use workflow::cache::{CacheRequest, cache_status, clear_cache};
pub use workflow::changes::changes;
pub use workflow::delivery::delivery;
pub use workflow::demo::{DemoFolder, demo};
pub use workflow::explain::{ExplainRequest, explain};
pub use workflow::incidents::{CheckedIncidents, IncidentsRequest, PlaceIn, incidents};
pub use workflow::knowledge::{KnowledgeRequest, LossBasis, knowledge};
pub use workflow::lists::{areas, coupling, functions, hotspots};
pub use workflow::plan::{PlanRequest, plan};
pub use workflow::report::{illustrated_report, report, report_findings};
pub use workflow::todos::todos;
pub use workflow::trend::{TrendRequest, trend};
pub use workflow::verify::{VerifyRequest, verify};

// What requests consist of.
pub use debtscan_findings::brief::GoalState;
pub use debtscan_findings::{
    Acceptance, AllocationGrouping, AreaList, AreaRule, AreaSource, CouplingGates, CouplingOrder,
    DeliverySource, Grouping, Hidden, HotspotThresholds, INACTIVE_DAYS, LossCode, LossLimits, LossRules,
    Remark, RemarkLevel, Rules, ShareLimit,
};
pub use debtscan_incidents::{
    ColumnMap, Currency, DateOrder, Decimal, EngineerDays, FilterField, IncidentError, IncidentFilter,
    Labels, Money, ReadOptions, RejectedRow, TextEncoding,
};
pub use debtscan_model::{FileClass, Scan, SkipReason, Timestamp};
pub use debtscan_reporter::case::{CaseError, CaseOptions, Team};
pub use debtscan_reporter::delivery::{DELIVERY_DAYS, DeliveryOptions};
pub use debtscan_reporter::price::{Conversion, PriceModel};
pub use debtscan_reporter::rank::{ConstantError, RankingParameters};
pub use debtscan_reporter::trend::TrendError;
pub use debtscan_reporter::verify::VerifyError;
pub use debtscan_reporter::work::AllocationOptions;
pub use debtscan_reporter::{
    AgreedGoal, BuildError, CouplingOptions, ExplainError, HotspotOptions, Later, Privacy, ReportOptions,
};
pub use debtscan_scanner::{
    CacheEntry, ClassRule, Every, KeepWhole, Measure, MergeRule, Merges, PeopleRules, Phase, Progress,
    Renames, RunError, ScanError, ScanOptions, Silent, TimeSpec, TimelineOptions, Walk, is_worker, serve,
};
