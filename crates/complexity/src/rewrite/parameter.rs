//! One parameter of a function, and the macros in it.

use super::change::{Changes, TextChange};
use super::words::{NO_WORD, Word, WordRole};

/// The current parameter, which has one type and one name.
#[derive(Debug, Clone)]
pub(super) struct Parameter {
    // Longer parameters are rare and stay as they are.
    words: [Word; 6],
    len: usize,
    angle: u32,
    pub(super) is_joined: bool,
    /// True if it is not a plain list of words.
    is_unknown: bool,
    /// True inside the parentheses of its last word.
    in_arguments: bool,
}

impl Parameter {
    pub(super) const NONE: Self = Self {
        words: [NO_WORD; 6],
        len: 0,
        angle: 0,
        is_joined: false,
        is_unknown: false,
        in_arguments: false,
    };

    pub(super) fn restart(&mut self) {
        self.len = 0;
        self.angle = 0;
        self.is_joined = false;
        self.is_unknown = false;
        self.in_arguments = false;
    }

    pub(super) fn word(&mut self, word: Word) {
        if self.angle > 0 || self.is_unknown {
            return;
        }
        if std::mem::take(&mut self.is_joined) && self.len > 0 {
            self.words[self.len - 1].end = word.end;
        } else if word.role == WordRole::Specifier {
        } else if self.len == self.words.len()
            || !matches!(word.role, WordRole::Plain | WordRole::Macro | WordRole::Builtin | WordRole::TypeKey)
        {
            self.is_unknown = true;
        } else {
            self.words[self.len] = word;
            self.len += 1;
        }
    }

    pub(super) fn sign(&mut self, sign: u8) {
        match sign {
            b'<' if self.len > 0 => self.angle += 1,
            b'>' if self.angle > 0 => self.angle -= 1,
            b'*' | b'&' | b'|' | b'.' | b'^' => {}
            _ => self.is_unknown = true,
        }
    }

    pub(super) fn open(&mut self) {
        self.in_arguments = self.len > 0 && self.words[self.len - 1].role == WordRole::Macro;
        self.is_unknown |= !self.in_arguments && self.angle == 0;
    }

    pub(super) fn close(&mut self, end: usize) {
        if std::mem::take(&mut self.in_arguments) {
            self.words[self.len - 1].end = end;
            self.words[self.len - 1].role = WordRole::MacroCall;
        }
    }

    /// Ends it and blanks surplus words: macros first, then the words before the name.
    pub(super) fn end(&mut self, changes: &mut Changes) {
        let words = &self.words[..self.len];
        let is_type = |word: &&Word| matches!(word.role, WordRole::Builtin | WordRole::TypeKey);
        let n_types = words.iter().filter(is_type).count();
        let has_key = words.iter().any(|word| word.role == WordRole::TypeKey);
        // A type and a name. A type of the language is counted apart, and `struct` needs its tag
        // besides.
        let room = if n_types == 0 || has_key { 2 } else { 1 };
        let mut extra = (self.len - n_types).saturating_sub(room);
        if extra > 0 && !self.is_unknown && self.angle == 0 {
            let is_macro = |word: &&Word| matches!(word.role, WordRole::Macro | WordRole::MacroCall);
            let macros = words.iter().rev().filter(is_macro);
            let before_name =
                words[..self.len - 1].iter().skip(1).rev().filter(|word| word.role == WordRole::Plain);
            for word in macros.chain(before_name) {
                if extra == 0 {
                    break;
                }
                changes.push((word.start, word.end, TextChange::Blank(None)));
                extra -= 1;
            }
        }
        self.restart();
    }
}
