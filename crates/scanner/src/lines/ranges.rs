//! Mapping line ranges of a version to the previous version.

use std::ops::Range;

use debtscan_git::hunks::{FileEdit, Hunk};

/// A block of lines on its way back through history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LineSpan {
    /// First line in the current version, counted from 0.
    pub(super) at: u32,
    /// First line in the version where the walk started.
    pub(super) origin: u32,
    pub(super) len: u32,
}

/// Splits spans into the lines that the older version also has, at their position there, and the lines that
/// the edit added. Both keep the order of `spans`.
pub(super) fn split(runs: &[LineSpan], hunks: &[Hunk]) -> (Vec<LineSpan>, Vec<LineSpan>) {
    let (mut older, mut added) = (Vec::with_capacity(runs.len()), Vec::new());
    for run in runs {
        let end = run.at + run.len;
        let part = |at: u32, until: u32| LineSpan { at, origin: run.origin + (at - run.at), len: until - at };
        let mut next = hunks.partition_point(|hunk| hunk.new_end() <= run.at);
        let mut at = run.at;
        while at < end {
            let hunk = hunks.get(next);
            // The first hunk may begin before the span, and the last may begin after it.
            let unchanged_until = hunk.map_or(end, |hunk| hunk.new_start.clamp(at, end));
            if unchanged_until > at {
                let kept = part(at, unchanged_until);
                older.push(LineSpan { at: older_place(at, hunks, next), ..kept });
                at = unchanged_until;
            }
            if let Some(hunk) = hunk.filter(|_| at < end) {
                let added_until = hunk.new_end().clamp(at, end);
                if added_until > at {
                    added.push(part(at, added_until));
                    at = added_until;
                }
                next += 1;
            }
        }
    }
    (older, added)
}

/// Splits added spans into those lines that replaced older ones, at the position of the line that each replaced,
/// and those that replaced none.
///
/// The lines of a hunk are matched in order, evenly where their numbers differ: the first of twice as many lines
/// replaced the same line as the second.
pub(super) fn replaced(added: &[LineSpan], hunks: &[Hunk]) -> (Vec<LineSpan>, Vec<LineSpan>) {
    let (mut older, mut rest) = (Vec::new(), Vec::new());
    for run in added {
        let next = hunks.partition_point(|hunk| hunk.new_end() <= run.at);
        let hunk = hunks.get(next).filter(|hunk| hunk.new_start <= run.at && hunk.old_len > 0);
        let Some(hunk) = hunk else {
            rest.push(*run);
            continue;
        };
        // Where each line replaced one, a single span stands for all of them.
        if hunk.old_len == hunk.new_len {
            older.push(LineSpan { at: run.at - hunk.new_start + hunk.old_start, ..*run });
            continue;
        }
        older.extend((0..run.len).map(|nth| LineSpan {
            at: hunk.old_start + share(hunk.old_len, run.at + nth - hunk.new_start, hunk.new_len),
            origin: run.origin + nth,
            len: 1,
        }));
    }
    (older, rest)
}

/// The position of an unchanged line in the older version; `next` is the first hunk after it.
fn older_place(at: u32, hunks: &[Hunk], next: usize) -> u32 {
    match next.checked_sub(1) {
        None => at,
        Some(before) => at - hunks[before].new_end() + hunks[before].old_end(),
    }
}

/// The effect of an edit on the lines of a function.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Touch {
    /// True if a hunk is in the function, or deletes lines between two of its lines.
    pub(super) is_touched: bool,
    pub(super) added: u32,
    pub(super) deleted: u32,
    /// Its lines in the older version, including all lines that its hunks replaced.
    pub(super) older: Vec<Range<u32>>,
}

/// Maps the lines of a function back through an edit, as `git log -L` does, and also through moves.
///
/// The old side of a hunk is included completely, even if the hunk extends beyond the function. If at least
/// half of the function's lines were moved, their old position is included too.
pub(super) fn map_back(ranges: &[Range<u32>], edit: &FileEdit) -> Touch {
    let hunks = &edit.hunks;
    let mut touch = Touch::default();
    for range in ranges {
        let mut next = hunks.partition_point(|hunk| hunk.new_end() < range.start);
        let mut at = range.start;
        while let Some(hunk) = hunks.get(next).filter(|hunk| hunk.new_start <= range.end) {
            next += 1;
            let is_in = if hunk.new_len == 0 {
                // A pure deletion is between two lines. At the edge of the function, it belongs to
                // its neighbour as much.
                range.start < hunk.new_start && hunk.new_start < range.end
            } else {
                hunk.new_start < range.end && range.start < hunk.new_end()
            };
            if !is_in {
                continue;
            }
            touch.is_touched = true;
            if hunk.new_start > at {
                touch.older.push(unchanged(at..hunk.new_start, hunks));
            }
            let overlap = hunk.new_end().min(range.end).saturating_sub(hunk.new_start.max(range.start));
            touch.added += overlap;
            touch.deleted += share(hunk.old_len, overlap, hunk.new_len);
            touch.older.push(hunk.old_start..hunk.old_end());
            // The hunk may extend beyond the function.
            at = at.max(hunk.new_end());
        }
        if at < range.end {
            touch.older.push(unchanged(at..range.end, hunks));
        }
    }
    follow_moves(ranges, edit, &mut touch);
    normalise(&mut touch.older);
    touch
}

/// Maps lines without hunks to the older version.
fn unchanged(lines: Range<u32>, hunks: &[Hunk]) -> Range<u32> {
    let next = hunks.partition_point(|hunk| hunk.new_end() <= lines.start);
    let start = older_place(lines.start, hunks, next);
    start..start + (lines.end - lines.start)
}

/// The part of `lines` that corresponds to `part` of `whole`; all lines if `whole` is 0.
fn share(lines: u32, part: u32, whole: u32) -> u32 {
    if whole == 0 {
        return lines;
    }
    let share = u64::from(lines) * u64::from(part) / u64::from(whole);
    u32::try_from(share).expect("a part of a number is not larger than it")
}

fn follow_moves(ranges: &[Range<u32>], edit: &FileEdit, touch: &mut Touch) {
    let lines: u32 = ranges.iter().map(|range| range.end - range.start).sum();
    // A function that was moved whole looks like one that is mostly new.
    if edit.moves.is_empty() || touch.added * 2 < lines {
        return;
    }
    let mut sources = Vec::new();
    let mut moved = 0;
    for range in ranges {
        let first = edit.moves.partition_point(|block| block.new_start + block.len <= range.start);
        for block in edit.moves[first..].iter().take_while(|block| block.new_start < range.end) {
            let start = block.new_start.max(range.start);
            let end = (block.new_start + block.len).min(range.end);
            let source = block.old_start + (start - block.new_start);
            sources.push(source..source + (end - start));
            moved += end - start;
        }
    }
    // With less than half of it moved, the rest of the function is new.
    if moved * 2 >= lines {
        touch.older.append(&mut sources);
    }
}

/// Sorts ranges, merges adjacent ones and removes empty ones.
pub(super) fn normalise(ranges: &mut Vec<Range<u32>>) {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    ranges.dedup_by(|next, kept| {
        let touches = next.start <= kept.end;
        if touches {
            kept.end = kept.end.max(next.end);
        }
        touches
    });
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::{LineSpan, Touch, map_back, replaced, split};
    use debtscan_git::hunks::{FileEdit, Hunk, Move};

    fn hunk(old_start: u32, old_len: u32, new_start: u32, new_len: u32) -> Hunk {
        Hunk { old_start, old_len, new_start, new_len }
    }

    #[test]
    fn unchanged_lines_go_back_and_added_ones_stay() {
        // Old 0 1 2 3 4 5; new 0 x y 2 3 5: line 1 became two, line 4 went.
        let hunks = [hunk(1, 1, 1, 2), hunk(4, 1, 5, 0)];
        let whole = LineSpan { at: 0, origin: 10, len: 6 };
        let (older, added) = split(&[whole], &hunks);
        let run = |at, origin, len| LineSpan { at, origin, len };
        assert_eq!(older, [run(0, 10, 1), run(2, 13, 2), run(5, 15, 1)]);
        assert_eq!(added, [run(1, 11, 2)]);
        let (older, added) = split(&[run(2, 0, 2), run(5, 7, 1)], &hunks);
        assert_eq!(older, [run(2, 1, 1), run(5, 7, 1)]);
        assert_eq!(added, [run(2, 0, 1)]);
        assert_eq!(split(&[whole], &[]), (vec![whole], vec![]));
    }

    #[test]
    fn lines_of_a_declared_change_of_form_stand_for_those_they_replaced() {
        let run = |at, origin, len| LineSpan { at, origin, len };
        // Old 2..4 became new 3..5; old 6 became new 7..9; new 12..14 is an insertion.
        let hunks = [hunk(2, 2, 3, 2), hunk(6, 1, 7, 2), hunk(10, 0, 12, 2)];
        let (older, rest) = replaced(&[run(3, 0, 2), run(7, 5, 2), run(12, 9, 2)], &hunks);
        assert_eq!(older, [run(2, 0, 2), run(6, 5, 1), run(6, 6, 1)]);
        assert_eq!(rest, [run(12, 9, 2)]);
        // Of a block that is cut in the middle of a hunk, the rest counts from there.
        assert_eq!(replaced(&[run(4, 0, 1)], &hunks).0, [run(3, 0, 1)]);
    }

    fn check(
        range: (u32, u32),
        hunks: &[Hunk],
        touched: Option<(u32, u32)>,
        older: Option<(u32, u32)>,
        why: &str,
    ) {
        let touch = touch(range, &FileEdit { hunks: hunks.to_vec(), moves: Vec::new() });
        assert_eq!(touch.is_touched.then_some((touch.added, touch.deleted)), touched, "{why}");
        let older: Vec<Range<u32>> = older.into_iter().map(|(start, end)| start..end).collect();
        assert_eq!(touch.older, older, "{why}");
    }

    fn touch((start, end): (u32, u32), edit: &FileEdit) -> Touch {
        map_back(std::slice::from_ref(&(start..end)), edit)
    }

    // By hand, after the description of -L in `git help log`.
    #[test]
    fn a_function_is_touched_by_the_hunks_inside_it() {
        let before = hunk(0, 1, 0, 3);
        check((10, 20), &[before], None, Some((8, 18)), "lines before it move it");
        check((10, 20), &[hunk(30, 1, 30, 2)], None, Some((10, 20)), "lines behind it do not");
        check((10, 20), &[hunk(12, 2, 12, 3)], Some((3, 2)), Some((10, 19)), "edited inside");
        check((10, 20), &[hunk(12, 4, 12, 0)], Some((0, 4)), Some((10, 24)), "lines deleted inside");
        check((10, 20), &[hunk(6, 4, 10, 0)], None, Some((10, 20)), "lines deleted just above");
        check((10, 20), &[hunk(20, 4, 20, 0)], None, Some((10, 20)), "lines deleted just below");
        check((10, 20), &[hunk(8, 4, 8, 4)], Some((2, 2)), Some((8, 20)), "a hunk across its start");
        check((10, 20), &[hunk(5, 0, 10, 10)], Some((10, 0)), None, "new as a whole");
        check((10, 20), &[before, hunk(10, 0, 12, 1)], Some((1, 0)), Some((8, 17)), "shifted and edited");
    }

    #[test]
    fn a_function_that_was_moved_is_followed_to_where_it_stood() {
        let hunks = vec![hunk(2, 6, 2, 0), hunk(30, 0, 24, 6)];
        let moved =
            |len| FileEdit { hunks: hunks.clone(), moves: vec![Move { old_start: 2, new_start: 24, len }] };
        let moved_whole = touch((24, 30), &moved(6));
        assert!(moved_whole.is_touched);
        assert_eq!((moved_whole.older[0].start, moved_whole.older[0].end), (2, 8));
        let moved_in_part = touch((24, 30), &moved(2));
        assert!(
            moved_in_part.is_touched && moved_in_part.older.is_empty(),
            "a third of it is not the function"
        );
    }
}
