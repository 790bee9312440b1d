//! Names of months and weekdays in the languages of trackers and spreadsheets.

/// Names of the twelve months; a name may also be cut to three letters or more.
///
/// English, German, Spanish, French, Italian, Portuguese, Russian (both cases), Dutch, Polish, Swedish.
const MONTHS: [[&str; 12]; 12] = [
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    [
        "januar",
        "februar",
        "märz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
    ],
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
    [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
    [
        "январь",
        "февраль",
        "март",
        "апрель",
        "май",
        "июнь",
        "июль",
        "август",
        "сентябрь",
        "октябрь",
        "ноябрь",
        "декабрь",
    ],
    [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    [
        "stycznia",
        "lutego",
        "marca",
        "kwietnia",
        "maja",
        "czerwca",
        "lipca",
        "sierpnia",
        "września",
        "października",
        "listopada",
        "grudnia",
    ],
    [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ],
    [
        "jänner",
        "feber",
        "mrz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
    ],
];

/// Abbreviations that are not the beginning of a name.
const ABBREVIATIONS: [(&str, u32); 7] =
    [("mrt", 3), ("mär", 3), ("fev", 2), ("aout", 8), ("juil", 7), ("dec", 12), ("paz", 10)];

/// The month with this name, or with a name that begins with these three or more letters; `None` if there is
/// none, or if they begin the names of two months.
pub(super) fn month(name: &str) -> Option<u32> {
    let name = name.to_lowercase();
    let name = name.trim_end_matches('.');
    // Two letters say too little: `ma` begins March and May in several languages.
    if name.chars().count() < 3 {
        return None;
    }
    if let Some((_, month)) = ABBREVIATIONS.iter().find(|(short, _)| *short == name) {
        return Some(*month);
    }
    let mut found: Option<u32> = None;
    for language in &MONTHS {
        for (month, full) in (1_u32..).zip(language) {
            if full.starts_with(name) {
                // `jui` begins both juin and juillet.
                if found.is_some_and(|other| other != month) {
                    return None;
                }
                found = Some(month);
            }
        }
    }
    found
}

/// Whether a word is an English weekday, or its first three letters or more.
pub(super) fn is_weekday(name: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let name = name.to_lowercase();
    name.chars().count() >= 3 && DAYS.iter().any(|day| day.starts_with(&name))
}

/// Whether a word stands for the afternoon (`true`) or the morning (`false`), as in `PM`, `p. m.`, `下午`.
pub(super) fn half_of_day(word: &str) -> Option<bool> {
    let letters: String = word.chars().filter(|letter| letter.is_alphabetic()).collect();
    match letters.to_lowercase().as_str() {
        "am" | "上午" | "午前" | "오전" => Some(false),
        "pm" | "下午" | "午後" | "오후" => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{half_of_day, month};

    #[test]
    fn months_are_known_by_name_and_abbreviation_in_each_language() {
        for (name, expected) in [
            ("Jan", 1),
            ("ene", 1),
            ("Jänner", 1),
            ("janv", 1),
            ("gen", 1),
            ("янв", 1),
            ("styczeń", 0),
            ("Feb", 2),
            ("févr", 2),
            ("fev", 2),
            ("Februar", 2),
            ("Mär", 3),
            ("März", 3),
            ("Mrz", 3),
            ("mar", 3),
            ("mars", 3),
            ("марта", 3),
            ("mrt", 3),
            ("abr", 4),
            ("avr", 4),
            ("апр", 4),
            ("Mai", 5),
            ("may", 5),
            ("mag", 5),
            ("maio", 5),
            ("мая", 5),
            ("juin", 6),
            ("giu", 6),
            ("Juni", 6),
            ("июн", 6),
            ("juil", 7),
            ("lug", 7),
            ("Juli", 7),
            ("июл", 7),
            ("ago", 8),
            ("août", 8),
            ("Aug", 8),
            ("авг", 8),
            ("set", 9),
            ("Sept", 9),
            ("сен", 9),
            ("Okt", 10),
            ("oct", 10),
            ("out", 10),
            ("ott", 10),
            ("окт", 10),
            ("nov", 11),
            ("ноя", 11),
            ("Dez", 12),
            ("dic", 12),
            ("déc", 12),
            ("дек", 12),
        ] {
            let expected = (expected > 0).then_some(expected);
            assert_eq!(month(name), expected, "{name}");
        }
        assert_eq!(month("jui"), None, "June or July in French");
        assert_eq!(month("ma"), None);
        assert_eq!(half_of_day("p. m."), Some(true));
    }
}
