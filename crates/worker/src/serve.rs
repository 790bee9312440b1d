//! The worker: questions on standard input, answers on standard output.

use std::ffi::OsStr;
use std::io::{self, BufReader, Read, Write};
use std::thread;

use debtscan_complexity::Measurer;

use crate::budget;
use crate::wire::{self, Question, Wanted, WireAnswer, WireMarker, WireMeasurement};

/// The only argument of a worker.
pub(crate) const ARGUMENT: &str = "--parse-for-debtscan";

/// Stack of the thread that parses. The parsers release long chains by recursion: 4 MiB of hostile C take less.
const STACK_BYTES: usize = 64 << 20;

/// Whether the arguments of the program, its name aside, are those of a worker.
pub fn is_worker<S: AsRef<OsStr>>(mut arguments: impl Iterator<Item = S>) -> bool {
    arguments.next().is_some_and(|argument| argument.as_ref() == ARGUMENT) && arguments.next().is_none()
}

/// Answers questions until standard input ends.
///
/// # Errors
/// If a message is damaged, or the pipes are closed in the middle of one.
pub fn serve() -> io::Result<()> {
    let worker = thread::Builder::new().stack_size(STACK_BYTES).spawn(|| {
        // Here, because the stack of this thread is not the file's doing.
        let bounds = Bounds::new();
        #[cfg(target_os = "linux")]
        crate::sandbox::allow_only_parsing();
        answer_all(&mut BufReader::new(io::stdin().lock()), &mut io::stdout().lock(), &bounds)
    })?;
    worker.join().unwrap_or_else(|_| Err(io::Error::other("a parser panicked")))
}

fn answer_all(from: &mut impl Read, to: &mut impl Write, bounds: &Bounds) -> io::Result<()> {
    let mut measurer = Measurer::new();
    while let Some((question, content)) = wire::read::<Question>(from, u64::MAX)? {
        bounds.set(content.len());
        let answer = answer(&mut measurer, &question, &content);
        wire::write(to, &answer, &[])?;
    }
    Ok(())
}

fn answer(measurer: &mut Measurer, question: &Question, content: &[u8]) -> WireAnswer {
    let (language, limits) = (question.language(), question.limits());
    match question.what {
        Wanted::Complexity => {
            let measured = measurer.measure(language, content, &limits);
            WireAnswer::Complexity(WireMeasurement::from(&measured))
        }
        Wanted::Markers => {
            let markers = measurer.markers(language, content, &limits);
            WireAnswer::Markers {
                by_syntax_tree: markers.by_syntax_tree,
                found: markers.found.iter().map(WireMarker::new).collect(),
            }
        }
    }
}

/// The limits of the system, set for each file.
struct Bounds {
    /// Bytes of memory that the worker had at its start; `None` where that is not known.
    at_start: Option<u64>,
}

#[cfg(unix)]
impl Bounds {
    fn new() -> Self {
        use rustix::process::{Resource, Rlimit, setrlimit};
        // A crash must not leave a file.
        let none = Rlimit { current: Some(0), maximum: Some(0) };
        let _unlimited_if_it_fails = setrlimit(Resource::Core, none);
        Self { at_start: data_bytes() }
    }

    fn set(&self, content: usize) {
        use rustix::process::{Resource, Rlimit, setrlimit};
        use rustix::time::{ClockId, clock_gettime};
        let now = clock_gettime(ClockId::ProcessCPUTime);
        let until = u64::try_from(now.tv_sec).unwrap_or(0).saturating_add(1 + budget::seconds(content));
        // Without a maximum, the next file can raise it again.
        let _without_if_it_fails = setrlimit(Resource::Cpu, Rlimit { current: Some(until), maximum: None });
        if let Some(at_start) = self.at_start {
            let bytes = at_start.saturating_add(budget::memory(content));
            let _without_if_it_fails =
                setrlimit(Resource::Data, Rlimit { current: Some(bytes), maximum: None });
        }
    }
}

#[cfg(not(unix))]
impl Bounds {
    fn new() -> Self {
        Self { at_start: None }
    }

    fn set(&self, _content: usize) {}
}

/// Private writable memory of this process, stack included; `None` where the system does not say.
#[cfg(unix)]
fn data_bytes() -> Option<u64> {
    // proc(5): the sixth number of pages is data and stack.
    let pages: u64 =
        std::fs::read_to_string("/proc/self/statm").ok()?.split_whitespace().nth(5)?.parse().ok()?;
    pages.checked_mul(rustix::param::page_size() as u64)
}

#[cfg(test)]
mod tests {
    use super::{ARGUMENT, is_worker};

    #[test]
    fn only_the_very_argument_makes_a_worker() {
        assert!(is_worker([ARGUMENT].into_iter()));
        assert!(!is_worker(["scan"].into_iter()));
        assert!(!is_worker([ARGUMENT, "."].into_iter()));
        assert!(!is_worker(std::iter::empty::<&str>()));
    }
}
