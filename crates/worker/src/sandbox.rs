//! What a worker on Linux may ask of the system: memory, its two pipes, and nothing else.
//!
//! Both means are tried, and none is needed: where the kernel has neither, the worker is a process of its own all the
//! same. A call that is not allowed fails; it does not end the worker, so that a library that merely asks goes on.

use std::collections::BTreeMap;

use landlock::{ABI, Access, AccessFs, Ruleset, RulesetAttr};
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, TargetArch, apply_filter_all_threads};

/// Forbids this thread every file, and the process every call but those that reading a pipe, parsing and writing a
/// pipe take.
pub(crate) fn allow_only_parsing() {
    let close_files = || -> Result<(), landlock::RulesetError> {
        Ruleset::default().handle_access(AccessFs::from_all(ABI::V1))?.create()?.restrict_self()?;
        Ok(())
    };
    let _on_older_kernels = close_files();
    if let Some(filter) = filter() {
        let _on_older_kernels = apply_filter_all_threads(&filter);
    }
}

fn filter() -> Option<BpfProgram> {
    let arch = TargetArch::try_from(std::env::consts::ARCH).ok()?;
    let allowed = [
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_write,
        libc::SYS_writev,
        libc::SYS_close,
        libc::SYS_mmap,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_mprotect,
        libc::SYS_madvise,
        libc::SYS_brk,
        libc::SYS_futex,
        libc::SYS_sched_yield,
        libc::SYS_getrandom,
        libc::SYS_clock_gettime,
        libc::SYS_prlimit64,
        libc::SYS_rt_sigreturn,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_sigaltstack,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ];
    let rules: BTreeMap<i64, Vec<_>> = allowed.into_iter().map(|call| (call, Vec::new())).collect();
    // EPERM
    let otherwise = SeccompAction::Errno(1);
    SeccompFilter::new(rules, otherwise, SeccompAction::Allow, arch).ok()?.try_into().ok()
}
