//! Shortened labels that stay distinct: two rows of a table never look like the same file.

use std::collections::{BTreeMap, BTreeSet};

use super::document::Content;
use super::text::{ELLIPSIS, head, shorten_end, shorten_function, shorten_middle, shorten_path, tail, width};

/// Fewer letters of a folder do not tell which one it is.
const FEWEST_LETTERS: usize = 2;

/// Each text of a column in at most `limit` columns; different texts have different labels wherever
/// the limit allows for it.
///
/// A text whose shortened form others share is shortened so that it shows where it differs from
/// them; where even that is not enough, a number tells them apart.
pub(super) fn distinct<'a>(
    texts: impl IntoIterator<Item = &'a str>,
    limit: usize,
    content: Content,
) -> BTreeMap<&'a str, String> {
    // A name may be in several rows. Sorted, because the number of a label must not depend on their
    // order.
    let texts: BTreeSet<&str> = texts.into_iter().collect();
    let mut by_label: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for text in texts {
        by_label.entry(usual(text, limit, content)).or_default().push(text);
    }
    // Labels of other groups too: a longer form of one name may be the short form of another.
    let mut taken: BTreeSet<String> = by_label.keys().cloned().collect();
    let mut labels = BTreeMap::new();
    for (label, group) in by_label {
        if group.len() == 1 {
            labels.insert(group[0], label);
            continue;
        }
        for text in &group {
            let mut found = candidates(text, &group, limit, content);
            // As many numbers as texts, so that the group alone cannot use them up.
            found.extend((1..=group.len()).map(|number| numbered(text, number, limit)));
            // Below about six columns not even numbers fit, and two rows may look alike.
            let free = found.into_iter().find(|it| width(it) <= limit && !taken.contains(it));
            let chosen = free.unwrap_or_else(|| label.clone());
            taken.insert(chosen.clone());
            labels.insert(*text, chosen);
        }
    }
    labels
}

/// How a text is shortened when nothing is like it.
fn usual(text: &str, limit: usize, content: Content) -> String {
    match content {
        Content::Path => shorten_path(text, limit),
        Content::Function => shorten_function(text, limit),
        _ => shorten_end(text, limit),
    }
}

/// Other short forms of a text that is in a group of alike ones, the most readable first.
fn candidates(text: &str, group: &[&str], limit: usize, content: Content) -> Vec<String> {
    let mut found = Vec::new();
    if content == Content::Path
        && let Some((folders, name)) = text.rsplit_once('/')
    {
        let folders: Vec<&str> = folders.split('/').collect();
        // The innermost folder first: it is nearest to the file, and usually the one that differs.
        for (number, folder) in folders.iter().enumerate().rev() {
            // A part that all of them share distinguishes none.
            if group.iter().any(|other| !other.split('/').any(|it| it == *folder)) {
                found.extend(with_folder(&folders, number, name, limit));
            }
        }
    }
    if width(text) > limit && limit > 1 {
        found.push(format!("{ELLIPSIS}{}", tail(text, limit - 1)));
        found.push(shorten_middle(text, limit));
    }
    found
}

/// A path shortened to one of its folders, and that to the room there is.
fn with_folder(folders: &[&str], number: usize, name: &str, limit: usize) -> Option<String> {
    let before = if number == 0 { String::new() } else { format!("{ELLIPSIS}/") };
    let after = if number + 1 == folders.len() { "/".to_owned() } else { format!("/{ELLIPSIS}/") };
    let whole = format!("{before}{}{after}{name}", folders[number]);
    if width(&whole) <= limit {
        return Some(whole);
    }
    let room = limit.checked_sub(width(name) + 2)?;
    (room >= FEWEST_LETTERS).then(|| format!("{}{ELLIPSIS}/{name}", head(folders[number], room)))
}

/// The last resort: `long-na…~2`.
fn numbered(text: &str, number: usize, limit: usize) -> String {
    let mark = format!("{ELLIPSIS}~{number}");
    format!("{}{mark}", head(text, limit.saturating_sub(width(&mark))))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::distinct;
    use crate::document::Content;
    use crate::text::width;

    fn labels(texts: &[&str], limit: usize) -> Vec<String> {
        let labels = distinct(texts.iter().copied(), limit, Content::Path);
        texts.iter().map(|text| labels[text].clone()).collect()
    }

    #[test]
    fn files_of_one_name_show_the_folder_in_which_they_differ() {
        let paths = [
            "neutron/agent/ovn/extensions/ovsdb_monitor.py",
            "neutron/plugins/ml2/drivers/ovn/ovsdb/ovsdb_monitor.py",
        ];
        // ovsdb_monitor.py has 16 columns
        assert_eq!(labels(&paths, 30), ["…/extensions/ovsdb_monitor.py", "…/ovsdb/ovsdb_monitor.py"]);
        assert_eq!(labels(&paths, 24), ["extens…/ovsdb_monitor.py", "…/ovsdb/ovsdb_monitor.py"]);
    }

    #[test]
    fn what_is_unlike_the_others_is_shortened_as_ever() {
        let paths = ["a/very/long/one/x.c", "a/very/long/two/y.c"];
        assert_eq!(labels(&paths, 12), ["a/…/one/x.c", "a/…/two/y.c"]);
    }

    #[test]
    fn names_that_only_a_number_can_tell_apart_get_one() {
        let texts = ["aaaaaaaaaaXaaaaaaaaaa", "aaaaaaaaaaYaaaaaaaaaa", "aaaaaaaaaaZaaaaaaaaaa"];
        let labels = labels(&texts, 8);
        assert_eq!(labels.iter().collect::<BTreeSet<_>>().len(), 3, "{labels:?}");
    }

    proptest! {
        #[test]
        fn different_texts_have_different_labels_that_fit(
            texts in prop::collection::btree_set("[ab]{1,3}(/[ab]{1,9}){0,4}", 1..12),
            limit in 6_usize..24,
        ) {
            for content in [Content::Path, Content::Text] {
                let labels = distinct(texts.iter().map(String::as_str), limit, content);
                prop_assert_eq!(labels.len(), texts.len());
                prop_assert!(labels.values().all(|label| width(label) <= limit), "{:?}", labels);
                let different: BTreeSet<&String> = labels.values().collect();
                prop_assert_eq!(different.len(), texts.len(), "{:?}", labels);
            }
        }
    }
}
