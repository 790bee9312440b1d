//! "Did you mean": the known word most similar to a mistyped one.

use strsim::osa_distance;

/// The known word with the fewest typing mistakes, if they are at most a third of its letters. Ties go to the
/// earlier word.
pub fn closest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let near = |candidate: &&'a str| {
        let longest = word.chars().count().max(candidate.chars().count());
        // Swapped neighbours count as one mistake, as in `excldue`; plain Levenshtein counts two.
        let distance = osa_distance(&word.to_lowercase(), candidate);
        (distance * 3 <= longest).then_some((distance, *candidate))
    };
    known.iter().filter_map(near).min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// The name or address of a person that a typing mistake could have turned into `asked`, else the only one with
/// all of its words.
pub(crate) fn closest_person(asked: &str, known: &[String]) -> Option<String> {
    let lower: Vec<String> = known.iter().map(|name| name.to_lowercase()).collect();
    let length = asked.chars().count();
    // A distance is at least the difference in length, so most names of a long history need not be
    // compared at all.
    let is_of_like_length = |name: &&String| name.chars().count().abs_diff(length) * 3 <= length;
    let of_like_length: Vec<&str> = lower.iter().filter(is_of_like_length).map(String::as_str).collect();
    let original = |found: &str| {
        let position = lower.iter().position(|name| name == found)?;
        Some(known[position].clone())
    };
    if let Some(found) = closest(asked, &of_like_length) {
        return original(found);
    }
    let asked = asked.to_lowercase();
    let has_all =
        |name: &&String| asked.split_whitespace().all(|word| name.split_whitespace().any(|own| own == word));
    let mut found = lower.iter().filter(has_all);
    let first = found.next().filter(|_| !asked.trim().is_empty())?;
    // Several people with these words: naming one of them would be a guess.
    found.all(|other| other == first).then(|| original(first)).flatten()
}

#[cfg(test)]
mod tests {
    use super::{closest, closest_person};

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

    #[test]
    fn people_are_found_by_a_slip_or_by_some_of_their_words() {
        let known = ["Ada Lovelace", "ada@x.org", "Bo Diddley", "Bo Peep"].map(str::to_owned);
        let check = |asked: &str, expected: Option<&str>| {
            assert_eq!(closest_person(asked, &known).as_deref(), expected, "{asked}");
        };
        check("Ada Lovelase", Some("Ada Lovelace"));
        check("adda@x.org", Some("ada@x.org"));
        check("lovelace", Some("Ada Lovelace"));
        check("Bo", None);
        check("Nemo", None);
        check("", None);
    }
}
