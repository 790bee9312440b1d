//! A parallel map whose result does not depend on the number of threads.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::ThreadPool;

/// Applies `work` to every item, on all threads of the pool.
///
/// Each thread creates one worker (an object database handle with its caches is expensive) and takes the
/// next item in turn. The result has the order of the items, so `work` must depend on its item alone.
pub(crate) fn map<T, W, R>(
    pool: &ThreadPool,
    items: &[T],
    make_worker: impl Fn() -> W + Sync,
    work: impl Fn(&mut W, &T) -> R + Sync,
) -> Vec<R>
where
    T: Sync,
    R: Send,
{
    let next = AtomicUsize::new(0);
    let per_thread = pool.broadcast(|_| {
        let mut worker = make_worker();
        let mut done = Vec::new();
        loop {
            // Relaxed suffices: the counter only hands out positions, and `broadcast` synchronises the
            // results.
            let position = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(position) else { break done };
            done.push((position, work(&mut worker, item)));
        }
    });
    let mut results: Vec<(usize, R)> = per_thread.into_iter().flatten().collect();
    // Threads finish in any order; the positions restore that of the items.
    results.sort_unstable_by_key(|(position, _)| *position);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_keep_the_order_of_the_items_for_any_number_of_threads() {
        let items: Vec<u64> = (0..1000).collect();
        for threads in [1, 2, 8] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start");
            let squares = map(&pool, &items, || (), |(), item| item * item);
            assert!(squares.iter().zip(&items).all(|(square, item)| *square == item * item));
            assert_eq!(squares.len(), items.len());
        }
    }
}
