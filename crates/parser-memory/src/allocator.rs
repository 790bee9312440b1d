//! The allocator of tree-sitter: the program's own, with the size asked for kept before each block.
#![expect(unsafe_code, reason = "tree-sitter takes its allocator as unsafe C functions")]

use std::alloc::{self, Layout};
use std::ffi::c_void;
use std::sync::Once;

use tree_sitter::{Allocator, Parser, set_allocator};

use crate::usage::{add, subtract};

/// Room for the size in front of a block, and the alignment of both: what `malloc` gives on all 64-bit systems.
const HEADER: usize = 16;

/// Creates a parser whose memory is counted, and that of its trees.
///
/// Every parser of the workspace must come from here (`clippy.toml` disallows the other way): tree-sitter allocates
/// nothing before its first parser, and a block must return to the allocator that it came from.
pub fn counted_parser() -> Parser {
    static INSTALLED: Once = Once::new();
    // SAFETY: the four functions belong together, return no null and align blocks as `malloc` does. `Once` runs
    // this on one thread while the others wait, and before the first parser.
    INSTALLED.call_once(|| unsafe { set_allocator(Some(Allocator { malloc, calloc, realloc, free })) });
    #[expect(clippy::disallowed_methods, reason = "this is the place that the lint points to")]
    Parser::new()
}

/// The layout of a block of `size` bytes and its header. A panic here cannot unwind into C: it ends the process,
/// as running out of memory does.
fn layout(size: usize) -> Layout {
    let bytes = size.checked_add(HEADER).expect("no parser asks for all memory there is");
    Layout::from_size_align(bytes, HEADER).expect("no parser asks for half of the address space")
}

/// Writes the header and returns the block behind it.
///
/// # Safety
///
/// `start` is null or a new block of `layout(size)`.
#[expect(clippy::cast_ptr_alignment, reason = "blocks are aligned to 16 bytes")]
unsafe fn behind_header(start: *mut u8, size: usize) -> *mut c_void {
    if start.is_null() {
        alloc::handle_alloc_error(layout(size));
    }
    add(size);
    // SAFETY: the block has at least `HEADER` bytes and is aligned for a `usize`.
    unsafe {
        start.cast::<usize>().write(size);
        start.add(HEADER).cast()
    }
}

/// The start and size of a block.
///
/// # Safety
///
/// `block` came from [`behind_header`] and was not given back.
#[expect(clippy::cast_ptr_alignment, reason = "blocks are aligned to 16 bytes")]
unsafe fn header(block: *mut c_void) -> (*mut u8, usize) {
    // SAFETY: every block has its header in front of it.
    unsafe {
        let start = block.cast::<u8>().sub(HEADER);
        (start, start.cast::<usize>().read())
    }
}

unsafe extern "C" fn malloc(size: usize) -> *mut c_void {
    // SAFETY: the layout is never empty, because of the header.
    unsafe { behind_header(alloc::alloc(layout(size)), size) }
}

unsafe extern "C" fn calloc(count: usize, size: usize) -> *mut c_void {
    let size = count.checked_mul(size).expect("no parser asks for more than there are addresses");
    // SAFETY: as in `malloc`.
    unsafe { behind_header(alloc::alloc_zeroed(layout(size)), size) }
}

unsafe extern "C" fn realloc(block: *mut c_void, size: usize) -> *mut c_void {
    if block.is_null() {
        // SAFETY: as C has it, this is `malloc`.
        return unsafe { malloc(size) };
    }
    // SAFETY: C gives a block of ours, and its layout is that of the size in its header.
    unsafe {
        let (start, old) = header(block);
        subtract(old);
        behind_header(alloc::realloc(start, layout(old), layout(size).size()), size)
    }
}

unsafe extern "C" fn free(block: *mut c_void) {
    if block.is_null() {
        return;
    }
    // SAFETY: as in `realloc`.
    unsafe {
        let (start, size) = header(block);
        subtract(size);
        alloc::dealloc(start, layout(size));
    }
}

#[cfg(test)]
mod tests {
    use super::{calloc, free, malloc, realloc};
    use crate::usage::{Meter, ParserBudget};

    #[test]
    fn blocks_keep_their_content_and_every_byte_is_counted_once() {
        let meter = Meter::start(ParserBudget { live: 300, total: 400 });
        // SAFETY: blocks are used within their sizes and given back once.
        unsafe {
            let block = malloc(100).cast::<u8>();
            assert_eq!(block.addr() % 16, 0);
            block.write_bytes(7, 100);
            let block = realloc(block.cast(), 300).cast::<u8>();
            assert!((0..100).all(|at| block.add(at).read() == 7));
            assert!(!meter.is_exceeded(), "300 live, 400 in all");
            free(block.cast());
            let zeroed = calloc(1, 1).cast::<u8>();
            assert_eq!(zeroed.read(), 0);
            assert!(meter.is_exceeded(), "401 in all");
            free(zeroed.cast());
        }
    }

    #[test]
    fn null_and_nothing_are_handled_as_in_c() {
        // SAFETY: null may be given back, and a block of no bytes is only given back.
        unsafe {
            free(std::ptr::null_mut());
            let empty = malloc(0);
            assert!(!empty.is_null());
            let block = realloc(std::ptr::null_mut(), 8);
            assert!(!block.is_null());
            free(empty);
            free(block);
        }
    }
}
