//! Totals among the rows of a table.

/// Words that stand in front of a total, folded.
const TOTALS: [&str; 34] = [
    "total",
    "totals",
    "grand total",
    "subtotal",
    "sub total",
    "sum",
    "overall",
    "overall total",
    "summe",
    "gesamt",
    "gesamtsumme",
    "gesamtergebnis",
    "zwischensumme",
    "insgesamt",
    "suma",
    "total general",
    "suma total",
    "somme",
    "total général",
    "totale",
    "totale generale",
    "totale complessivo",
    "soma",
    "total geral",
    "итого",
    "всего",
    "合計",
    "総計",
    "合计",
    "总计",
    "totaal",
    "razem",
    "eindtotaal",
    "総合計",
];

/// Whether a cell says that its row is a total: `Total`, `Summe:`, `GRAND TOTAL`, `Total (EUR)`, `Total 2026`.
pub(crate) fn is_total(cell: &str) -> bool {
    if is_key(cell) {
        return false;
    }
    let folded = cell.to_lowercase();
    // Behind the words, people name the unit, the period or the number of rows.
    let name = folded.split(['(', ':', '=']).next().unwrap_or_default();
    let words: Vec<&str> = name
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty() && !is_period(word))
        .collect();
    // Only words that all belong to a total: `Total outage` is the title of an incident.
    !words.is_empty() && TOTALS.contains(&words.join(" ").as_str())
}

/// Whether a cell is the key of an issue, such as `SUM-17`.
fn is_key(cell: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    cell.rsplit_once('-').is_some_and(|(project, number)| {
        is_number(number) && project.ends_with(|last: char| last.is_alphanumeric())
    })
}

/// The letters of `Q3`, `H1`, `FY26`.
fn is_period(word: &str) -> bool {
    matches!(word, "q" | "h" | "fy")
}

#[cfg(test)]
mod tests {
    use super::is_total;

    #[test]
    fn totals_are_known_by_their_words() {
        for cell in [
            "Total",
            "TOTAL:",
            "Summe",
            "Grand total",
            "Total (EUR)",
            "Total Q3 2026",
            "Sub-total",
            "合計",
            "Totals",
        ] {
            assert!(is_total(cell), "{cell}");
        }
        for cell in ["TOTAL-17", "Total outage", "INC-1", "", "Sum Corp", "Totally broken", "1200"] {
            assert!(!is_total(cell), "{cell}");
        }
    }
}
