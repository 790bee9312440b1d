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
}

impl TerminalProgress {
    /// A bar that stays hidden if standard error is not a terminal, or in quiet mode.
    pub(crate) fn new(verbosity: Verbosity) -> Self {
        // Such terminals, as in Emacs, print the codes that would redraw the line.
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self {
            started: Instant::now(),
            may_show: verbosity == Verbosity::Normal && std::io::stderr().is_terminal() && !is_dumb,
            current: RwLock::new(ProgressBar::hidden()),
        }
    }

    fn show_when_due(&self, bar: &ProgressBar) {
        if self.may_show && bar.is_hidden() && self.started.elapsed() >= DELAY {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.enable_steady_tick(TICK);
        }
    }
}

impl Progress for TerminalProgress {
    fn begin(&self, phase: Phase, total: Option<u64>) {
        let template = match total {
            Some(_) => "{msg:16} {wide_bar:.dim} {human_pos}/{human_len}, {eta} left",
            None => "{msg:16} {spinner} {human_pos}",
        };
        let style = ProgressStyle::with_template(template).expect("the template is well-formed");
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden())
            .with_style(style.progress_chars("━━─"))
            .with_message(phase.name());
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
