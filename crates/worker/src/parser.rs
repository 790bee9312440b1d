//! The side that asks: one worker per thread, started when it is first needed and again when it ends.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use debtscan_complexity::{
    ExceededLimit, Limits, Markers, Measurement, Measurer, has_grammar, markers_by_signs, unparsed,
};
use debtscan_model::Language;

use crate::serve::ARGUMENT;
use crate::wire::{self, Question, Wanted, WireAnswer};

/// Settings of the worker's allocator: memory counts from when it is used, not from when it is set aside, so that the
/// limit bites in proportion to the file.
const ALLOCATOR: [(&str, &str); 2] = [("MIMALLOC_ARENA_EAGER_COMMIT", "0"), ("MIMALLOC_EAGER_COMMIT", "0")];

/// A content whose answer is known: whether a worker works is found out before a file depends on it.
const PROBE: &[u8] = b"int f(void) { return 1; }\n";

/// Where files are parsed.
#[derive(Debug)]
pub struct Parsers {
    /// The program to start as a worker; `None` to parse in this process.
    program: Option<PathBuf>,
    /// Whether no worker could be started.
    has_failed: AtomicBool,
}

/// Parses the files of one thread. The result does not depend on files parsed before.
pub struct FileParser<'a> {
    parsers: &'a Parsers,
    local: Measurer,
    worker: Option<Worker>,
}

impl Parsers {
    /// Parsers in workers, which `program` becomes by [`serve`](crate::serve()); without a program, in this process.
    pub fn new(program: Option<&Path>) -> Self {
        Self { program: program.map(Path::to_owned), has_failed: AtomicBool::new(false) }
    }

    /// A parser for one thread.
    pub fn parser(&self) -> FileParser<'_> {
        FileParser { parsers: self, local: Measurer::new(), worker: None }
    }

    /// Whether workers were asked for, and files were parsed in this process all the same.
    pub fn could_not_start(&self) -> bool {
        self.has_failed.load(Ordering::Relaxed)
    }
}

impl FileParser<'_> {
    /// As [`Measurer::measure`]; a file that ends its worker is measured by indentation.
    pub fn measure(&mut self, language: Option<Language>, content: &[u8], limits: &Limits) -> Measurement {
        match self.ask(Wanted::Complexity, language, content, limits) {
            Asked::Answer(WireAnswer::Complexity(answer)) => {
                answer.measurement().unwrap_or_else(|| unparsed(content, ExceededLimit::Stopped))
            }
            Asked::Answer(WireAnswer::Markers { .. }) | Asked::Ended => {
                unparsed(content, ExceededLimit::Stopped)
            }
            Asked::Nobody => self.local.measure(language, content, limits),
        }
    }

    /// As [`Measurer::markers`]; a file that ends its worker is read by comment signs.
    pub fn markers(&mut self, language: Option<Language>, content: &[u8], limits: &Limits) -> Markers {
        match self.ask(Wanted::Markers, language, content, limits) {
            Asked::Answer(WireAnswer::Markers { by_syntax_tree, found }) => {
                wire::markers(by_syntax_tree, found).unwrap_or_else(|| markers_by_signs(language, content))
            }
            Asked::Answer(WireAnswer::Complexity(_)) | Asked::Ended => markers_by_signs(language, content),
            Asked::Nobody => self.local.markers(language, content, limits),
        }
    }

    fn ask(&mut self, what: Wanted, language: Option<Language>, content: &[u8], limits: &Limits) -> Asked {
        let Some(program) = &self.parsers.program else { return Asked::Nobody };
        // What no grammar reads is safe here.
        let Some(language) = language.filter(|language| has_grammar(*language)) else { return Asked::Nobody };
        if content.len() > limits.max_bytes || self.parsers.could_not_start() {
            return Asked::Nobody;
        }
        let question = Question {
            what,
            language: language.0.to_owned(),
            max_bytes: limits.max_bytes as u64,
            max_steps: limits.max_steps,
        };
        if let Some(mut worker) = self.worker.take() {
            if let Ok(answer) = worker.answer(&question, content) {
                self.worker = Some(worker);
                return Asked::Answer(answer);
            }
            if worker.took_too_long() {
                return Asked::Ended;
            }
        }
        // A worker that has parsed other files has less room than a new one, so that only a new one decides.
        let Ok(mut worker) = Worker::start(program) else {
            self.parsers.has_failed.store(true, Ordering::Relaxed);
            return Asked::Nobody;
        };
        match worker.answer(&question, content) {
            Ok(answer) => {
                self.worker = Some(worker);
                Asked::Answer(answer)
            }
            Err(_) => Asked::Ended,
        }
    }
}

/// What came of a question.
enum Asked {
    Answer(WireAnswer),
    /// The file ended the worker.
    Ended,
    /// There is no worker to ask, or no need for one.
    Nobody,
}

/// A process that parses.
struct Worker {
    process: Child,
    input: ChildStdin,
    output: ChildStdout,
}

impl Worker {
    /// Starts a worker that is known to answer.
    #[expect(clippy::disallowed_methods, reason = "the only process that the product starts is itself")]
    fn start(program: &Path) -> io::Result<Self> {
        let mut process = Command::new(program)
            .arg(ARGUMENT)
            .env_clear()
            .envs(ALLOCATOR)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(input), Some(output)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(io::Error::other("a worker has no pipes"));
        };
        let mut worker = Self { process, input, output };
        let limits = Limits::default();
        let question = Question {
            what: Wanted::Complexity,
            language: "C".to_owned(),
            max_bytes: limits.max_bytes as u64,
            max_steps: limits.max_steps,
        };
        match worker.answer(&question, PROBE)? {
            WireAnswer::Complexity(answer) => {
                let functions = answer.measurement().map(|measured| measured.complexity.functions.len());
                if functions == Some(1) { Ok(worker) } else { Err(io::Error::other("a worker cannot parse")) }
            }
            WireAnswer::Markers { .. } => Err(io::Error::other("a worker answers another question")),
        }
    }

    /// Whether the limit of processor time has ended it, which is the same in every worker.
    #[cfg(unix)]
    fn took_too_long(&mut self) -> bool {
        use std::os::unix::process::ExitStatusExt;
        // It may go on after an answer that made no sense; one that has ended keeps the signal that ended it.
        let _it_has_ended = self.process.kill();
        let signal = self.process.wait().ok().and_then(|status| status.signal());
        signal == Some(rustix::process::Signal::XCPU.as_raw())
    }

    #[cfg(not(unix))]
    fn took_too_long(&mut self) -> bool {
        false
    }

    fn answer(&mut self, question: &Question, content: &[u8]) -> io::Result<WireAnswer> {
        wire::write(&mut self.input, question, content)?;
        let read = wire::read::<WireAnswer>(&mut self.output, wire::max_answer(content.len()))?;
        read.map(|(answer, _)| answer).ok_or_else(|| io::Error::other("the worker ended"))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It would end by itself when its input does, but not in the middle of a file.
        let _it_has_ended = self.process.kill();
        let _nothing_to_collect = self.process.wait();
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use debtscan_complexity::{Limits, Measurer};
    use debtscan_model::Language;

    use super::{PROBE, Parsers};

    #[test]
    fn without_a_worker_files_are_parsed_here_and_it_is_known() {
        let here = Measurer::new().measure(Some(Language("C")), PROBE, &Limits::default());
        // The second is a program, but no worker: it ends without an answer.
        for program in ["/nonexistent/program", "/bin/true"] {
            let parsers = Parsers::new(Some(Path::new(program)));
            assert!(!parsers.could_not_start());
            let mut parser = parsers.parser();
            assert_eq!(parser.measure(Some(Language("C")), PROBE, &Limits::default()), here);
            assert!(parsers.could_not_start());
            assert_eq!(parser.measure(Some(Language("C")), PROBE, &Limits::default()), here);
        }
        let asked_for_none = Parsers::new(None);
        assert_eq!(asked_for_none.parser().measure(Some(Language("C")), PROBE, &Limits::default()), here);
        assert!(!asked_for_none.could_not_start());
    }
}
