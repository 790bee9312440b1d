//! What the parser of this thread has asked for, and whether that is too much.

use std::cell::Cell;
use std::marker::PhantomData;

/// The most that one parse may ask for, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParserBudget {
    /// At any one time.
    pub live: u64,
    /// In all, including what was given back.
    pub total: u64,
}

/// The count of one thread.
#[derive(Clone, Copy)]
struct Usage {
    /// Below zero while a thread gives back what another has asked for.
    live: i64,
    total: u64,
    live_limit: i64,
    total_limit: u64,
    is_exceeded: bool,
}

thread_local! {
    static USAGE: Cell<Usage> = const {
        Cell::new(Usage { live: 0, total: 0, live_limit: i64::MAX, total_limit: u64::MAX, is_exceeded: false })
    };
}

/// Holds what this thread's parsers ask for against a budget, from its start until it is dropped.
///
/// One at a time per thread: a second one replaces the budget of the first.
#[derive(Debug)]
pub struct Meter {
    /// The count is the thread's, so a meter must stay there.
    stays_on_thread: PhantomData<*const ()>,
}

impl Meter {
    /// Starts with nothing used, whatever earlier parses still hold.
    pub fn start(budget: ParserBudget) -> Self {
        update(|usage| {
            let most = i64::try_from(budget.live).unwrap_or(i64::MAX);
            usage.live_limit = usage.live.saturating_add(most);
            usage.total_limit = usage.total.saturating_add(budget.total);
            usage.is_exceeded = false;
        });
        Self { stays_on_thread: PhantomData }
    }

    /// Whether the budget was exceeded at any time since the start, even if the memory was given back.
    pub fn is_exceeded(&self) -> bool {
        USAGE.get().is_exceeded
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        update(|usage| {
            usage.live_limit = i64::MAX;
            usage.total_limit = u64::MAX;
        });
    }
}

/// Counts a block that the parser receives.
pub(crate) fn add(bytes: usize) {
    update(|usage| {
        usage.live = usage.live.saturating_add_unsigned(bytes as u64);
        usage.total = usage.total.saturating_add(bytes as u64);
        usage.is_exceeded |= usage.live > usage.live_limit || usage.total > usage.total_limit;
    });
}

/// Counts a block that the parser gives back.
pub(crate) fn subtract(bytes: usize) {
    update(|usage| usage.live = usage.live.saturating_sub_unsigned(bytes as u64));
}

fn update(change: impl FnOnce(&mut Usage)) {
    let mut usage = USAGE.get();
    change(&mut usage);
    USAGE.set(usage);
}

#[cfg(test)]
mod tests {
    use super::{Meter, ParserBudget, add, subtract};

    #[test]
    fn a_budget_holds_up_to_its_last_byte() {
        let meter = Meter::start(ParserBudget { live: 100, total: 1_000 });
        add(100);
        assert!(!meter.is_exceeded());
        add(1);
        assert!(meter.is_exceeded());
    }

    #[test]
    fn memory_given_back_counts_in_all_but_not_as_live() {
        let meter = Meter::start(ParserBudget { live: 100, total: 1_000 });
        for _ in 0..10 {
            add(100);
            subtract(100);
        }
        assert!(!meter.is_exceeded());
        add(1);
        assert!(meter.is_exceeded(), "1,001 bytes in all");
    }

    #[test]
    fn an_excess_is_remembered_until_the_next_start_which_begins_at_nothing() {
        let budget = ParserBudget { live: 100, total: 1_000 };
        let meter = Meter::start(budget);
        add(500);
        subtract(450);
        assert!(meter.is_exceeded());
        drop(meter);
        add(5_000);
        let meter = Meter::start(budget);
        assert!(!meter.is_exceeded());
        add(100);
        assert!(!meter.is_exceeded());
        add(1);
        assert!(meter.is_exceeded());
    }
}
