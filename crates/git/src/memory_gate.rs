//! Memory for large contents, shared by all threads: what does not fit waits.
//!
//! Waiting changes only when something is read, so no result depends on it.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Hands out bytes. A request beyond everything is granted once nobody else has any.
#[derive(Debug)]
pub(crate) struct MemoryGate {
    state: Mutex<GateState>,
    freed: Condvar,
}

#[derive(Debug)]
struct GateState {
    most: u64,
    used: u64,
}

impl MemoryGate {
    /// Creates one that hands out at most `most` bytes.
    pub(crate) fn new(most: u64) -> Self {
        Self { state: Mutex::new(GateState { most, used: 0 }), freed: Condvar::new() }
    }

    /// Sets how much it hands out from now on.
    pub(crate) fn set_most(&self, most: u64) {
        self.state().most = most;
    }

    /// Waits for memory. A thread that holds some must return it first, or two could wait for each other.
    pub(crate) fn take(&self, bytes: u64) {
        let mut state = self.state();
        while state.used > 0 && state.used.saturating_add(bytes) > state.most {
            state = self.freed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.used += bytes;
    }

    /// Returns memory.
    pub(crate) fn give_back(&self, bytes: u64) {
        self.state().used -= bytes;
        self.freed.notify_all();
    }

    /// A thread that panicked leaves the numbers intact.
    fn state(&self) -> MutexGuard<'_, GateState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::MemoryGate;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn together_no_more_is_taken_than_there_is_and_too_much_is_taken_alone() {
        let gate = MemoryGate::new(100);
        let (used, highest) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for thread in 0..8_u64 {
                let (gate, used, highest) = (&gate, &used, &highest);
                scope.spawn(move || {
                    for round in 0..200 {
                        let bytes = if (thread + round) % 50 == 0 { 1_000 } else { 30 + thread };
                        gate.take(bytes);
                        let now = used.fetch_add(bytes, Ordering::SeqCst) + bytes;
                        if bytes == 1_000 {
                            assert_eq!(now, 1_000, "nobody else has any");
                        } else {
                            highest.fetch_max(now, Ordering::SeqCst);
                        }
                        used.fetch_sub(bytes, Ordering::SeqCst);
                        gate.give_back(bytes);
                    }
                });
            }
        });
        assert!(highest.into_inner() <= 100);
    }
}
