//! The two orders: by expected cost, and by expected cost per line.
//!
//! Expected cost is share x N x mean cost, and the last two are the same everywhere, so both orders
//! need the shares alone, and hold without incidents too.

/// Positions by share, largest first; equal ones in their given order.
pub fn by_share(shares: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..shares.len()).collect();
    // A stable sort keeps equal shares in path or name order.
    order.sort_by(|a, b| shares[*b].total_cmp(&shares[*a]));
    order
}

/// Positions with lines of code by share per line, largest first; equal ones in their given order.
pub fn by_share_per_line(shares: &[f64], lines: &[u64]) -> Vec<usize> {
    let density = |position: usize| shares[position] / lines[position] as f64;
    // A file without lines has no share per line, and so no place in this order.
    let mut order: Vec<usize> = (0..shares.len()).filter(|position| lines[*position] > 0).collect();
    order.sort_by(|a, b| density(*b).total_cmp(&density(*a)));
    order
}

/// Ranks, counted from 1, of `count` positions in an order; `None` for positions that are not in it.
pub fn ranks(order: &[usize], count: usize) -> Vec<Option<usize>> {
    let mut ranks = vec![None; count];
    for (rank, position) in order.iter().enumerate() {
        ranks[*position] = Some(rank + 1);
    }
    ranks
}

/// Whether each position is one of the fewest that hold half of all shares together; none of them with a share of 0.
pub(crate) fn fewest_for_half(shares: &[f64]) -> Vec<bool> {
    let half = shares.iter().sum::<f64>() / 2.0;
    let mut held = 0.0;
    let mut is_among = vec![false; shares.len()];
    for position in by_share(shares) {
        // A half that is a hair short after adding is a half.
        if held >= half - 1e-9 || shares[position] <= 0.0 {
            break;
        }
        held += shares[position];
        is_among[position] = true;
    }
    is_among
}

#[cfg(test)]
mod tests {
    use super::{by_share, by_share_per_line, fewest_for_half, ranks};

    #[test]
    fn half_is_held_by_the_largest() {
        assert_eq!(fewest_for_half(&[0.2, 0.4, 0.3, 0.1]), [false, true, true, false]);
        assert_eq!(fewest_for_half(&[0.5, 0.5]), [true, false]);
        assert_eq!(fewest_for_half(&[0.0, 0.0]), [false, false]);
        assert_eq!(fewest_for_half(&[]), [false; 0]);
    }

    #[test]
    fn the_work_order_is_by_share_per_line_and_ties_keep_their_order() {
        let shares = [0.2, 0.4, 0.2, 0.2];
        assert_eq!(by_share(&shares), [1, 0, 2, 3]);
        // per line: .002, .001, -, .002
        let order = by_share_per_line(&shares, &[100, 400, 0, 100]);
        assert_eq!(order, [0, 3, 1]);
        assert_eq!(ranks(&order, 4), [Some(1), Some(3), None, Some(2)]);
    }
}
