//! "Did you mean": the known word nearest to a mistyped one.

/// The nearest known word, if it is near enough to be a slip: at most a third of the letters differ.
/// Ties go to the earlier word.
pub(crate) fn closest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let near = |candidate: &&'a str| {
        let longest = word.chars().count().max(candidate.chars().count());
        let distance = edit_distance(&word.to_lowercase(), candidate);
        (distance * 3 <= longest).then_some((distance, *candidate))
    };
    known.iter().filter_map(near).min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// Letters to insert, delete, replace or swap with their neighbour (optimal string alignment).
fn edit_distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for row in 1..=a.len() {
        let mut current = vec![row];
        for column in 1..=b.len() {
            let differs = usize::from(a[row - 1] != b[column - 1]);
            let mut distance =
                (last[column] + 1).min(current[column - 1] + 1).min(last[column - 1] + differs);
            let is_swap = row > 1 && column > 1 && a[row - 1] == b[column - 2] && a[row - 2] == b[column - 1];
            if is_swap {
                distance = distance.min(before_last[column - 2] + 1);
            }
            current.push(distance);
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let known = ["exclude", "renames", "since"];
        let check =
            |word: &str, expected: Option<&str>| assert_eq!(closest(word, &known), expected, "{word}");
        check("exlude", Some("exclude"));
        check("excldue", Some("exclude"));
        check("Renames", Some("renames"));
        check("sicne", Some("since"));
        check("include", Some("exclude"));
        check("until", None);
        check("", None);
    }
}
