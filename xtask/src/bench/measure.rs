//! Time and memory of a command.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use xtask::process;

/// GNU time; without it only wall time is known.
const TIME: &str = "/usr/bin/time";

/// Time and memory of one run.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cost {
    pub(super) wall_seconds: f64,
    /// User and system; `None` without GNU time.
    pub(super) cpu_seconds: Option<f64>,
    /// Peak resident memory, mapped files included; `None` without GNU time.
    pub(super) peak_mib: Option<f64>,
}

/// Whether GNU time is installed; prints a note if not.
pub(super) fn check_clock() -> bool {
    let has_time = Path::new(TIME).is_file();
    if !has_time {
        println!("{TIME} is not installed: wall time only, no CPU time and no memory\n");
    }
    has_time
}

/// Runs a command to its end and discards its output. Its environment is only what was set on it.
pub(super) fn measure(command: &Command, has_time: bool) -> Result<Cost> {
    let mut timed = Command::new(if has_time { TIME.as_ref() } else { command.get_program() });
    if has_time {
        timed.arg("-v").arg(command.get_program());
    }
    // GNU time is the parent of the command and passes its own environment on.
    timed.args(command.get_args()).env_clear();
    timed.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    if let Some(folder) = command.get_current_dir() {
        timed.current_dir(folder);
    }
    let started = Instant::now();
    let output = timed
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .with_context(|| format!("starting {}", process::name(&timed)))?;
    // Starting GNU time is included. It is short, and the same for all commands.
    let wall_seconds = started.elapsed().as_secs_f64();
    let report = String::from_utf8_lossy(&output.stderr);
    // A failed run is often a short one. It must not count as a fast one.
    if !output.status.success() {
        bail!("{} ended with {}:\n{report}", process::name(command), output.status);
    }
    let cpu_seconds = reading(&report, "User time (seconds): ")
        .zip(reading(&report, "System time (seconds): "))
        .map(|(user, system)| user + system);
    let peak_mib = reading(&report, "Maximum resident set size (kbytes): ").map(|kib| kib / 1024.0);
    Ok(Cost { wall_seconds, cpu_seconds, peak_mib })
}

/// Finds a number in the output of `time -v`.
fn reading(report: &str, label: &str) -> Option<f64> {
    // From the end: whatever the command itself wrote to standard error comes before the report,
    // and may contain the same words.
    report.lines().rev().find_map(|line| line.trim().strip_prefix(label)?.parse().ok())
}

/// The median of each figure over several runs.
pub(super) fn medians(runs: &[Cost]) -> Cost {
    let all = |value: fn(&Cost) -> Option<f64>| median(runs.iter().filter_map(value).collect());
    Cost {
        wall_seconds: all(|cost| Some(cost.wall_seconds)).unwrap_or(f64::NAN),
        cpu_seconds: all(|cost| cost.cpu_seconds),
        peak_mib: all(|cost| cost.peak_mib),
    }
}

/// The middle value, or the mean of the two in the middle; `None` without values.
fn median(mut values: Vec<f64>) -> Option<f64> {
    // The median, because a single slow run says more about the machine than about the program.
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    Some(if values.len() % 2 == 1 { upper } else { f64::midpoint(values[middle - 1], upper) })
}

/// A number with `decimals` decimals, or a dash.
pub(super) fn shown(value: Option<f64>, decimals: usize) -> String {
    value.map_or("-".to_owned(), |value| format!("{value:.decimals$}"))
}

#[cfg(test)]
mod tests {
    use super::{median, reading};

    #[test]
    fn the_median_of_an_even_number_lies_between() {
        let table = [
            (vec![], None),
            (vec![3.0], Some(3.0)),
            (vec![9.0, 1.0], Some(5.0)),
            (vec![9.0, 1.0, 2.0], Some(2.0)),
        ];
        for (values, expected) in table {
            assert_eq!(median(values.clone()).map(f64::to_bits), expected.map(f64::to_bits), "{values:?}");
        }
    }

    #[test]
    fn readings_of_gnu_time_are_found() {
        let report = "\tUser time (seconds): 1.25\n\tMaximum resident set size (kbytes): 2048\n";
        assert_eq!(reading(report, "User time (seconds): ").map(f64::to_bits), Some(1.25_f64.to_bits()));
        assert!(reading(report, "System time (seconds): ").is_none());
    }
}
