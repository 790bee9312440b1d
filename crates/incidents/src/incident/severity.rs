//! Severities as trackers write them -> one scale.

/// How bad an incident was. Ordered from the worst to the least.
///
/// The scale is the five steps that most trackers have; a zeroth step (`P0`, `SEV-0`) counts as the
/// first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// `P1`, `SEV-1`, `Blocker`, `Critical`, `Highest`, `Urgent`.
    Critical,
    /// `P2`, `SEV-2`, `Major`, `High`, `error`.
    High,
    /// `P3`, `SEV-3`, `Medium`, `Moderate`, `Normal`, `warning`.
    Medium,
    /// `P4`, `SEV-4`, `Minor`, `Low`.
    Low,
    /// `P5`, `SEV-5`, `Trivial`, `Lowest`, `info`.
    Minimal,
}

impl Severity {
    /// All levels, the worst first.
    pub const ALL: [Self; 5] = [Self::Critical, Self::High, Self::Medium, Self::Low, Self::Minimal];

    /// Its name, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
            Self::Minimal => "minimal",
        }
    }

    /// The level that a text states; `None` when its words are not known.
    ///
    /// A word decides before a number: ServiceNow's `1 - High` is high. A number is taken as one only
    /// where it stands alone, first, or behind a word for severity or priority.
    pub fn parse(text: &str) -> Option<Self> {
        let folded = text.to_lowercase();
        let words: Vec<&str> = folded
            .split(|character: char| !character.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let by_word = words.iter().find_map(|word| Self::of_word(word));
        by_word.or_else(|| Self::of_number(&words))
    }

    /// The level on a scale of three steps, on which a bare number is 1 for high to 3 for low.
    pub(super) fn parse_of_three(text: &str) -> Option<Self> {
        match text.trim() {
            "1" => Some(Self::High),
            "2" => Some(Self::Medium),
            "3" => Some(Self::Low),
            text => Self::parse(text),
        }
    }

    /// Whether a label by itself says that it is a severity: `severity::2`, `priority: high`, `P1`,
    /// `sev-1`, but neither `high-memory` nor `2`.
    pub(super) fn is_stated_by(label: &str) -> bool {
        let folded = label.to_lowercase();
        let mut words = folded.split(|character: char| !character.is_alphanumeric());
        let first = words.find(|word| !word.is_empty()).unwrap_or_default();
        let mark = first.trim_end_matches(|character: char| character.is_ascii_digit());
        let is_mark = match mark {
            "severity" | "sev" | "priority" | "prio" => true,
            // `s390` is an architecture, not a severity.
            "p" | "s" => first.len() == 2,
            _ => false,
        };
        is_mark && Self::parse(label).is_some()
    }

    fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "critical"
            | "blocker"
            | "highest"
            | "urgent"
            | "emergency"
            | "fatal"
            | "disaster"
            | "catastrophic"
            | "showstopper"
            | "stopper"
            | "crit"
            | "immediate"
            | "kritisch"
            | "höchste"
            | "crítica"
            | "crítico"
            | "critique"
            | "critica"
            | "critico"
            | "критический" => Self::Critical,
            "high" | "major" | "error" | "severe" | "important" | "serious" | "hoch" | "alta" | "alto"
            | "élevée" | "haute" | "высокий" | "高" => Self::High,
            "medium" | "moderate" | "normal" | "average" | "warning" | "warn" | "med" | "mittel"
            | "media" | "medio" | "média" | "médio" | "moyenne" | "средний" | "中" => Self::Medium,
            "low" | "minor" | "notice" | "niedrig" | "baja" | "bajo" | "basse" | "faible" | "bassa"
            | "baixa" | "низкий" | "低" => Self::Low,
            "lowest" | "trivial" | "minimal" | "info" | "informational" | "information" | "planning"
            | "debug" | "cosmetic" | "negligible" | "wishlist" => Self::Minimal,
            _ => return None,
        })
    }

    fn of_number(words: &[&str]) -> Option<Self> {
        const MARKS: [&str; 10] =
            ["p", "s", "sev", "severity", "pri", "prio", "priority", "level", "l", "tier"];
        let digit = |word: &str| match word.as_bytes() {
            [digit @ b'0'..=b'5'] => Some(usize::from(*digit - b'0')),
            _ => None,
        };
        let behind_mark = |position: usize, word: &str| {
            let mark = word.trim_end_matches(|character: char| character.is_ascii_digit());
            let is_mark = |mark: &str| MARKS.contains(&mark);
            match &word[mark.len()..] {
                rest if !mark.is_empty() => digit(rest).filter(|_| is_mark(mark)),
                rest if position > 0 => digit(rest).filter(|_| is_mark(words[position - 1])),
                _ => None,
            }
        };
        let marked = words.iter().enumerate().find_map(|(position, word)| behind_mark(position, word));
        let number = marked.or_else(|| digit(words.first()?))?;
        // Some scales begin at 0, others at 1: both mean the worst.
        Some(Self::ALL[number.max(1) - 1])
    }
}

#[cfg(test)]
mod tests {
    use super::Severity::{self, Critical, High, Low, Medium, Minimal};

    #[test]
    fn the_words_and_numbers_of_all_trackers_are_on_one_scale() {
        for (text, level) in [
            ("P0", Critical),
            ("P1", Critical),
            ("SEV-1", Critical),
            ("sev1", Critical),
            ("Sev 2 - Major", High),
            ("SEV0", Critical),
            ("S3", Medium),
            ("Severity 4", Low),
            ("severity::2", High),
            ("priority/critical-urgent", Critical),
            ("1 - Critical", Critical),
            ("1 - High", High),
            ("3 - Moderate", Medium),
            ("5 - Planning", Minimal),
            ("Blocker", Critical),
            ("Highest", Critical),
            ("Urgent", Critical),
            ("Major", High),
            ("minor", Low),
            ("Trivial", Minimal),
            ("error", High),
            ("fatal", Critical),
            ("2", High),
            ("P2: customers see errors", High),
        ] {
            assert_eq!(Severity::parse(text), Some(level), "{text}");
        }
        for label in ["severity::2", "priority: high", "P1", "sev-1", "SEV2"] {
            assert!(Severity::is_stated_by(label), "{label}");
        }
        for label in ["high-memory", "2", "bug", "critical", "p", "s390", "severity", "performance: 1"] {
            assert!(!Severity::is_stated_by(label), "{label}");
        }
        for text in ["", "none", "UNKNOWN", "No priority", "0xff", "9", "P9", "red", "30 users"] {
            assert_eq!(Severity::parse(text), None, "{text}");
        }
    }
}
