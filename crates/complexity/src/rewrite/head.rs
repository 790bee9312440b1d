//! The head of a declaration or statement: its words up to the parentheses, the block or the end.
//!
//! A declaration has one type and one name. Further words are macros, and so are names that look like
//! macros before a keyword that begins a declaration.

use super::bracket::{Around, Bracket};
use super::change::{Changes, TextChange};
use super::parameter::Parameter;
use super::words::{self, NO_WORD, Word, WordRole};

/// Most words stored per head; a longer head is not rewritten.
const MOST_WORDS: usize = 12;

/// The state of a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Words.
    Words,
    /// After `operator`; true after the first token of the operator.
    Operator(bool),
    /// In the parentheses after the last word.
    Arguments,
    /// After them; the position where they ended.
    Called(usize),
    /// After a parameter list; the index of the first trailing word.
    Trailing(usize),
    /// Not to be rewritten.
    Unknown,
}

#[derive(Debug, Clone)]
pub(super) struct Head {
    words: [Word; MOST_WORDS],
    len: usize,
    stage: Stage,
    /// The number of enclosing brackets.
    depth: i32,
    /// The number of open `<`.
    angle: u32,
    /// True if the next word is a part of the last one (`a::b`).
    is_joined: bool,
    is_type: bool,
    is_namespace: bool,
    has_question: bool,
    /// True inside functions, where fewer rules apply.
    is_in_code: bool,
    /// The name of the enclosing type.
    type_name: (usize, usize),
    /// The start of a macro with arguments that replaces a template parameter.
    template_macro: Option<usize>,
    /// The current parameter, in the parentheses after the last word.
    parameter: Parameter,
    /// True if its last word is a reserved name.
    is_reserved: bool,
    /// True if its last word is the name of a constructor.
    is_constructor: bool,
    /// The name of the type that it declares.
    own_type: (usize, usize),
}

impl Head {
    pub(super) fn at(depth: i32, around: Around) -> Self {
        let mut head = Self {
            words: [NO_WORD; MOST_WORDS],
            len: 0,
            stage: Stage::Words,
            depth,
            angle: 0,
            is_joined: false,
            is_type: false,
            is_namespace: false,
            has_question: false,
            is_in_code: false,
            type_name: (0, 0),
            template_macro: None,
            parameter: Parameter::NONE,
            is_reserved: false,
            is_constructor: false,
            own_type: (0, 0),
        };
        head.restart(depth, around);
        head
    }

    /// Begins the next head.
    pub(super) fn restart(&mut self, depth: i32, around: Around) {
        self.len = 0;
        let is_list = matches!(around.kind, Bracket::Init | Bracket::Inline);
        self.stage = if is_list { Stage::Unknown } else { Stage::Words };
        self.depth = depth;
        self.angle = 0;
        self.is_joined = false;
        self.is_type = false;
        self.is_namespace = false;
        self.has_question = false;
        self.is_in_code = around.kind == Bracket::Code;
        self.type_name = around.name;
        self.template_macro = None;
        self.parameter.restart();
        self.is_reserved = false;
        self.is_constructor = false;
        self.own_type = (0, 0);
    }

    fn first(&self) -> Option<WordRole> {
        self.words[..self.len].first().map(|word| word.role)
    }

    fn last(&self) -> Option<&Word> {
        self.words[..self.len].last()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len == 0 && self.stage == Stage::Words
    }

    /// Whether a colon would make it a label.
    pub(super) fn is_label(&self) -> bool {
        let is_word = matches!(self.first(), Some(WordRole::Plain | WordRole::Macro));
        is_word && self.len == 1 && self.stage == Stage::Words && !self.has_question
    }

    /// Whether it is a condition, before its statement.
    pub(super) fn is_control(&self) -> bool {
        matches!(self.first(), Some(WordRole::Control | WordRole::Alone))
    }

    /// Whether more of it must follow its last word.
    pub(super) fn is_unfinished(&self) -> bool {
        self.stage == Stage::Words && self.last().is_some_and(|word| word.role != WordRole::Macro)
    }

    /// Adds a word; true if the word is a whole head (`else`).
    pub(super) fn word(
        &mut self,
        text: &[u8],
        (start, end, begins_line): (usize, usize, bool),
        depth: i32,
        changes: &mut Changes,
    ) -> bool {
        if depth == self.depth + 1 && self.stage == Stage::Arguments && !self.is_in_code {
            let role = words::role(&text[start..end]);
            self.parameter.word(Word { start, end, role, begins_line });
            return false;
        }
        if depth != self.depth || self.stage == Stage::Unknown {
            return false;
        }
        if let Stage::Operator(_) = self.stage {
            self.stage = Stage::Operator(true);
            return false;
        }
        let word = &text[start..end];
        if self.angle > 0 {
            let is_template = self.last().is_some_and(|word| word.role == WordRole::Template);
            let is_macro =
                is_template && text.get(end) == Some(&b'(') && words::role(word) == WordRole::Macro;
            self.template_macro = is_macro.then_some(start);
            return false;
        }
        let role = words::role(word);
        if let Stage::Called(closed) = self.stage {
            // Only the next word shows whether the macro was a whole line.
            if begins_line && words::begins_declaration(role) && self.blank_macro_line(closed, changes) {
                self.len = 0;
                self.stage = Stage::Words;
            } else {
                let names = role == WordRole::Plain && text[end..].trim_ascii_start().starts_with(b"(");
                self.after_arguments(role, names, closed, changes);
            }
        }
        if matches!(self.stage, Stage::Trailing(_)) {
            match role {
                WordRole::Specifier | WordRole::Trailing => return false,
                WordRole::Macro => {}
                _ => {
                    self.stage = Stage::Unknown;
                    return false;
                }
            }
        }
        if std::mem::replace(&mut self.is_joined, false) && self.len > 0 {
            // `a::template b`
            self.is_joined = role == WordRole::Template;
            let last = &mut self.words[self.len - 1];
            last.end = end;
            last.role = if role == WordRole::Operator { role } else { WordRole::Plain };
            if role == WordRole::Operator {
                self.finish(self.len - 1, false, changes);
                self.stage = Stage::Operator(false);
            }
            return false;
        }
        if role == WordRole::Alone && self.len == 0 {
            return true;
        }
        if words::begins_declaration(role) && role != WordRole::Specifier {
            self.blank_macros_before(self.len, changes);
        }
        self.is_namespace |= role == WordRole::Namespace;
        if role == WordRole::Operator && self.len < MOST_WORDS {
            self.finish(self.len, false, changes);
            self.words[self.len] = Word { start, end, role, begins_line };
            self.len += 1;
            self.stage = Stage::Operator(false);
        } else if self.len == MOST_WORDS || (role == WordRole::Other && self.stage == Stage::Words) {
            self.stage = Stage::Unknown;
        } else {
            self.words[self.len] = Word { start, end, role, begins_line };
            self.len += 1;
        }
        false
    }

    /// Blanks a line like `static DEFINE(x)` before another declaration; true if it was one.
    fn blank_macro_line(&mut self, closed: usize, changes: &mut Changes) -> bool {
        let words = &self.words[..self.len];
        let is_line = words[0].begins_line
            && words[self.len - 1].role == WordRole::Macro
            && words
                .iter()
                .all(|word| matches!(word.role, WordRole::Specifier | WordRole::Macro | WordRole::MacroCall));
        if is_line && !self.is_in_code {
            changes.push((words[0].start, closed, TextChange::Blank(None)));
        }
        is_line && !self.is_in_code
    }

    /// Decides between a macro and a parameter list, given the next word, perhaps a function's name.
    fn after_arguments(&mut self, next: WordRole, names: bool, closed: usize, changes: &mut Changes) {
        let called = self.len - 1;
        let has_type =
            self.words[..called].iter().any(|word| matches!(word.role, WordRole::Plain | WordRole::Builtin));
        // Without a type before it, a name in capitals with parentheses is no function.
        let is_macro = self.words[called].role == WordRole::Macro
            && next != WordRole::Trailing
            && (!has_type || names || self.is_reserved && next == WordRole::Plain);
        if is_macro {
            self.words[called].role = WordRole::MacroCall;
            self.words[called].end = closed;
            self.stage = Stage::Words;
        } else {
            self.finish(called, false, changes);
            self.stage = Stage::Trailing(self.len);
        }
    }

    /// Blanks the macros directly before a word that begins a declaration.
    fn blank_macros_before(&mut self, position: usize, changes: &mut Changes) {
        if self.stage != Stage::Words
            || (self.is_in_code && !self.words[..position].iter().all(|it| it.begins_line))
        {
            return;
        }
        let mut first = position;
        while first > 0 && matches!(self.words[first - 1].role, WordRole::Macro | WordRole::MacroCall) {
            first -= 1;
            let word = self.words[first];
            changes.push((word.start, word.end, TextChange::Blank(None)));
        }
        self.len = first;
    }

    /// Blanks surplus words before the name at a position.
    fn finish(&mut self, name: usize, is_constructor: bool, changes: &mut Changes) {
        if self.is_in_code || name == 0 {
            return;
        }
        let before = &self.words[..name];
        if before.iter().any(|word| {
            matches!(word.role, WordRole::Begin | WordRole::Control | WordRole::Label | WordRole::Namespace)
        }) {
            return;
        }
        let mut room = usize::from(!is_constructor && !self.is_constructor);
        let mut candidates = [0_usize; MOST_WORDS];
        let mut len = 0;
        for (position, word) in before.iter().enumerate() {
            let is_tag = position > 0 && before[position - 1].role == WordRole::TypeKey;
            match word.role {
                WordRole::Builtin | WordRole::TypeKey => room = 0,
                WordRole::Plain | WordRole::Macro | WordRole::MacroCall if !is_tag => {
                    candidates[len] = position;
                    len += 1;
                }
                _ => {}
            }
        }
        let candidates = &candidates[..len];
        let has_plain = candidates.iter().any(|at| before[*at].role == WordRole::Plain);
        let mut extra = len.saturating_sub(room);
        // Least likely to be a type: a macro with arguments, then a macro.
        let macro_calls = candidates.iter().filter(|at| before[**at].role == WordRole::MacroCall);
        let macros = candidates.iter().filter(|at| before[**at].role == WordRole::Macro);
        // Types in capitals are common in C (`DWORD`), so the first of several may be one.
        let macros = macros.skip(usize::from(!has_plain && room > 0 && len > 1));
        let plain = candidates.iter().skip(room).rev().filter(|at| before[**at].role == WordRole::Plain);
        for at in macro_calls.chain(macros).chain(plain) {
            if extra == 0 {
                return;
            }
            changes.push((before[*at].start, before[*at].end, TextChange::Blank(None)));
            extra -= 1;
        }
    }

    /// Handles `(`.
    pub(super) fn open(&mut self, text: &[u8], depth: i32, changes: &mut Changes) {
        if depth == self.depth + 1 {
            self.parameter.open();
        }
        if depth != self.depth || self.angle > 0 {
            return;
        }
        // `if CONSTEXPR (x)`
        if self.len == 2 && self.words[0].role == WordRole::Control && self.words[1].role == WordRole::Macro {
            changes.push((self.words[1].start, self.words[1].end, TextChange::Blank(None)));
            self.len = 1;
        }
        if let Some(last) = self.last().copied() {
            // `__rte_format_printf(1, 2)` and the like are attributes of the function that follows.
            self.is_reserved = text[last.start..last.end].starts_with(b"__");
            self.is_constructor =
                is_constructor(&text[last.start..last.end], &text[self.type_name.0..self.type_name.1]);
        }
        self.parameter.restart();
        self.stage = match (self.stage, self.last()) {
            (Stage::Words, Some(_)) | (Stage::Operator(true), _) => Stage::Arguments,
            // The parentheses of `operator()`.
            (Stage::Operator(false), _) => Stage::Operator(true),
            (Stage::Trailing(from), _) => Stage::Trailing(from),
            // `__attribute__((x))` and the like have arguments anywhere.
            _ => Stage::Unknown,
        };
    }

    /// Handles `)`; true if a statement begins after it.
    pub(super) fn close(&mut self, depth: i32, end: usize, changes: &mut Changes) -> bool {
        if depth == self.depth + 1 {
            self.parameter.close(end);
        }
        if depth != self.depth {
            return false;
        }
        self.parameter.end(changes);
        if self.angle > 0 {
            // A macro replaces a template parameter.
            if let Some(start) = self.template_macro.take() {
                changes.push((start, end, TextChange::Write("int")));
            }
            return false;
        }
        match self.stage {
            Stage::Arguments => {
                let last = self.words[self.len - 1];
                self.stage = match last.role {
                    WordRole::Specifier | WordRole::Builtin | WordRole::Other | WordRole::Begin => {
                        Stage::Words
                    }
                    _ => Stage::Called(end),
                };
                self.len == 1 && last.role == WordRole::Control
            }
            Stage::Trailing(from) if self.len > from => {
                self.words[self.len - 1].end = end;
                false
            }
            _ => false,
        }
    }

    /// If the head is a loop macro: the start and end of its word, and the end of its arguments.
    pub(super) fn loop_macro(&self, text: &[u8]) -> Option<(usize, usize, usize)> {
        let Stage::Called(closed) = self.stage else { return None };
        let word = &self.words[0];
        let is_loop = self.is_in_code
            && self.len == 1
            && matches!(word.role, WordRole::Plain | WordRole::Macro | WordRole::Control)
            && words::is_loop_macro(&text[word.start..word.end]);
        is_loop.then_some((word.start, word.end, closed))
    }

    /// If the head of a declaration is just a macro with arguments: its start, and the start and end of
    /// the arguments.
    pub(super) fn declaring_macro(&self) -> Option<(usize, usize, usize)> {
        let Stage::Called(closed) = self.stage else { return None };
        let word = &self.words[0];
        let is_declaring =
            !self.is_in_code && self.len == 1 && word.role == WordRole::Macro && word.begins_line;
        is_declaring.then_some((word.start, word.end, closed))
    }

    /// The same for a statement.
    pub(super) fn statement_macro(&self) -> Option<(usize, usize, usize)> {
        let Stage::Called(closed) = self.stage else { return None };
        let word = &self.words[0];
        let is_macro = self.is_in_code && self.len == 1 && word.role == WordRole::Macro;
        is_macro.then_some((word.start, word.end, closed))
    }

    /// If the head of a statement is just a macro without arguments: its start and end.
    pub(super) fn bare_macro(&self) -> Option<(usize, usize)> {
        let word = &self.words[0];
        let is_macro =
            self.is_in_code && self.len == 1 && self.stage == Stage::Words && word.role == WordRole::Macro;
        is_macro.then_some((word.start, word.end))
    }

    /// Blanks a head of macros only, on lines of their own; true if it was one.
    pub(super) fn blank_lone_macros(&mut self, changes: &mut Changes) -> bool {
        if let Stage::Called(closed) = self.stage {
            if self.words[self.len - 1].role != WordRole::Macro {
                return false;
            }
            self.words[self.len - 1].end = closed;
        } else if self.stage != Stage::Words {
            return false;
        }
        let words = &self.words[..self.len];
        let is_lone = !words.is_empty()
            && words[0].begins_line
            && words.iter().all(|word| matches!(word.role, WordRole::Macro | WordRole::MacroCall));
        if is_lone {
            changes.push((words[0].start, words[self.len - 1].end, TextChange::Blank(None)));
            self.len = 0;
            self.stage = Stage::Words;
        }
        is_lone
    }

    /// Handles `;`, `=`, `,` and `[`.
    pub(super) fn end(&mut self, depth: i32, is_last: bool, changes: &mut Changes) {
        if depth == self.depth + 1 {
            self.parameter.end(changes);
        }
        if depth != self.depth || self.angle > 0 {
            return;
        }
        match self.stage {
            Stage::Words if self.len > 1 => {
                let has_macro = self.words[..self.len - 1]
                    .iter()
                    .any(|word| matches!(word.role, WordRole::Macro | WordRole::MacroCall));
                if has_macro {
                    self.finish(self.len - 1, false, changes);
                }
            }
            Stage::Called(_) => self.finish(self.len - 1, false, changes),
            Stage::Trailing(from) if is_last => self.blank_trailing(from, changes),
            // The operator itself.
            Stage::Operator(_) => {
                self.stage = Stage::Operator(true);
                return;
            }
            _ => {}
        }
        self.stage = Stage::Unknown;
    }

    fn blank_trailing(&mut self, from: usize, changes: &mut Changes) {
        let has_type = from > 1 || self.words[0].role == WordRole::Operator;
        if has_type && !self.is_in_code {
            for word in &self.words[from..self.len] {
                changes.push((word.start, word.end, TextChange::Blank(None)));
            }
        }
    }

    /// Handles `{`; returns what the block contains.
    pub(super) fn block(&mut self, depth: i32, changes: &mut Changes) -> Around {
        let code = Around { kind: Bracket::Code, name: (0, 0) };
        if depth != self.depth {
            return code;
        }
        if self.is_type {
            return Around { kind: Bracket::Type, name: self.own_type };
        }
        match self.stage {
            Stage::Words | Stage::Unknown | Stage::Arguments if self.is_namespace => {
                return Around { kind: Bracket::Type, name: (0, 0) };
            }
            Stage::Words if self.words[..self.len].iter().any(|word| word.role == WordRole::TypeKey) => {
                self.type_head(changes);
                return Around { kind: Bracket::Type, name: self.own_type };
            }
            Stage::Called(_) => self.finish(self.len - 1, false, changes),
            Stage::Trailing(from) => self.blank_trailing(from, changes),
            _ => {}
        }
        code
    }

    /// Blanks the macros between a type's keyword and its name.
    fn type_head(&mut self, changes: &mut Changes) {
        let words = &self.words[..self.len];
        let Some(key) = words.iter().rposition(|word| word.role == WordRole::TypeKey) else { return };
        let is_name =
            |word: &Word| matches!(word.role, WordRole::Plain | WordRole::Macro | WordRole::MacroCall);
        let Some(name) = words.iter().rposition(is_name).filter(|name| *name > key) else { return };
        self.own_type = (words[name].start, words[name].end);
        for word in words[key + 1..name].iter().filter(|word| is_name(word)) {
            changes.push((word.start, word.end, TextChange::Blank(None)));
        }
    }

    /// Handles `:`; true if a statement begins after it.
    pub(super) fn colon(&mut self, depth: i32, end: usize, has_access: bool, changes: &mut Changes) -> bool {
        if depth != self.depth || self.angle > 0 {
            return false;
        }
        if std::mem::replace(&mut self.has_question, false) {
            return false;
        }
        let words = &self.words[..self.len];
        match (self.first(), self.stage) {
            (Some(WordRole::Label), _) => return true,
            (Some(WordRole::Access), Stage::Words) if has_access => {
                for word in words.iter().skip(1) {
                    changes.push((word.start, word.end, TextChange::Blank(None)));
                }
                return true;
            }
            (Some(role), Stage::Words) if self.len == 1 => {
                // A macro replaces `private`.
                if role == WordRole::Macro && !self.is_in_code {
                    changes.push((words[0].start, end, TextChange::Blank(None)));
                }
                return true;
            }
            (_, Stage::Words) if words.iter().any(|word| word.role == WordRole::TypeKey) => {
                if has_access {
                    self.type_head(changes);
                }
                self.is_type = true;
            }
            // Member initialisers follow.
            (_, Stage::Called(_)) => self.finish(self.len - 1, true, changes),
            _ => {}
        }
        self.stage = Stage::Unknown;
        false
    }

    /// Handles `::`.
    pub(super) fn scope(&mut self, depth: i32) {
        if depth == self.depth + 1 {
            self.parameter.is_joined = true;
        }
        if depth == self.depth && self.angle == 0 && self.stage == Stage::Words {
            self.is_joined = true;
        }
    }

    /// Handles a string or number.
    pub(super) fn literal(&mut self, text: &[u8], depth: i32) {
        if depth != self.depth || self.angle > 0 || self.stage != Stage::Words {
            return;
        }
        // `extern "C"`
        match self.last() {
            Some(word) if &text[word.start..word.end] == b"extern" => self.is_namespace = true,
            _ => self.stage = Stage::Unknown,
        }
    }

    /// Handles any other sign.
    pub(super) fn sign(&mut self, sign: u8, depth: i32) {
        if depth == self.depth + 1 {
            self.parameter.sign(sign);
        }
        if depth != self.depth {
            return;
        }
        if let Stage::Operator(_) = self.stage {
            self.stage = Stage::Operator(true);
            return;
        }
        match sign {
            b'?' => self.has_question = true,
            // Inside functions, `<` usually compares.
            b'<' if self.stage == Stage::Words && self.len > 0 && !self.is_in_code => self.angle += 1,
            b'>' if self.angle > 0 => self.angle -= 1,
            b'*' | b'&' | b'~' | b'^' | b'>' => {}
            _ if self.angle > 0 => {}
            _ => self.stage = Stage::Unknown,
        }
    }
}

/// Whether a name is that of a constructor: the enclosing type's, or `A::A`.
fn is_constructor(name: &[u8], type_name: &[u8]) -> bool {
    if name == type_name {
        return true;
    }
    let Some(colon) = name.iter().rposition(|byte| *byte == b':') else { return false };
    let (scope, own) = (&name[..colon.saturating_sub(1)], &name[colon + 1..]);
    let scope = scope.split(|byte| *byte == b'<').next().unwrap_or(scope).trim_ascii_end();
    scope.ends_with(own)
        && matches!(scope.len().checked_sub(own.len() + 1).map(|at| scope[at]), None | Some(b':'))
}
