//! A progress bar on standard error, if it is a terminal and the run takes a while.

use std::io::IsTerminal;
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};

use debtscan_app::{Phase, Progress};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::settings::Verbosity;

/// A run that ends sooner never flashes a bar.
const DELAY: Duration = Duration::from_millis(250);
/// Redraws by time, so that a phase without news still looks alive.
const TICK: Duration = Duration::from_millis(100);

/// One bar that shows the current phase; gone when dropped.
#[derive(Debug)]
pub(crate) struct TerminalProgress {
    started: Instant,
    may_show: bool,
    /// The bar of the current phase. A new phase gets a new one, complete before it is first drawn.
    current: RwLock<ProgressBar>,
    /// When each phase began, in order.
    times: RwLock<Vec<(Phase, Instant)>>,
}

impl TerminalProgress {
    /// A bar that stays hidden if standard error is not a terminal, or in quiet mode.
    pub(crate) fn new(verbosity: Verbosity) -> Self {
        // Such terminals, as in Emacs, print the codes that would redraw the line.
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self {
            started: Instant::now(),
            may_show: verbosity != Verbosity::Quiet && std::io::stderr().is_terminal() && !is_dumb,
            current: RwLock::new(ProgressBar::hidden()),
            times: RwLock::new(Vec::new()),
        }
    }

    /// What each phase took, up to now: one line per phase, and one for everything together.
    pub(crate) fn times(&self) -> Vec<String> {
        let times = self.times.read().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let ends = times.iter().skip(1).map(|(_, began)| *began).chain([now]);
        let line = |took: Duration, what: &str| format!("{:>8.2} s  {what}", took.as_secs_f64());
        // Results are made after the last phase, whose time therefore has both.
        let mut lines: Vec<String> = Vec::with_capacity(times.len() + 1);
        for ((phase, began), end) in times.iter().zip(ends) {
            let is_last = lines.len() + 1 == times.len();
            let what = if is_last { format!("{}, results", phase.name()) } else { phase.name().to_owned() };
            lines.push(line(end - *began, &what));
        }
        lines.push(line(now - self.started, "in all"));
        lines
    }

    fn show_when_due(&self, bar: &ProgressBar) {
        if self.may_show && bar.is_hidden() && self.started.elapsed() >= DELAY {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.enable_steady_tick(TICK);
        }
    }
}

/// The phase with its number, where the number of phases is known.
fn label(phase: Phase) -> String {
    match phase.step() {
        Some((step, of)) => format!("{step} of {of}  {}", phase.name()),
        // After a scan, if the command needs it.
        None => format!("then    {}", phase.name()),
    }
}

impl Progress for TerminalProgress {
    fn begin(&self, phase: Phase, total: Option<u64>) {
        self.times.write().unwrap_or_else(PoisonError::into_inner).push((phase, Instant::now()));
        let template = match total {
            Some(_) => "{msg:24} {wide_bar:.dim} {human_pos}/{human_len}, {eta} left",
            None => "{msg:24} {spinner} {human_pos}",
        };
        let style = ProgressStyle::with_template(template).expect("the template is well-formed");
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden())
            .with_style(style.progress_chars("━━─"))
            .with_message(label(phase));
        // A thread that panicked cannot leave a bar in a state that matters.
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        // Before the next one is drawn, or both would be on the screen.
        current.finish_and_clear();
        *current = bar;
        self.show_when_due(&current);
    }

    fn advance(&self, n: u64) {
        // Many threads advance at once; the bar counts with an atomic number, so a shared lock is
        // enough.
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        current.inc(n);
        self.show_when_due(&current);
    }
}

impl Drop for TerminalProgress {
    fn drop(&mut self) {
        self.current.get_mut().unwrap_or_else(PoisonError::into_inner).finish_and_clear();
    }
}
