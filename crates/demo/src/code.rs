//! Invented source code: a file as a list of functions, in one of three languages.

/// The language of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeLanguage {
    Go,
    Python,
    TypeScript,
}

/// The words of a part of the product.
#[derive(Debug)]
pub(crate) struct Domain {
    /// What a function works on.
    pub(crate) subject: &'static str,
    /// One of its items, and all of them.
    pub(crate) item: [&'static str; 2],
    /// What a function computes.
    pub(crate) total: &'static str,
    /// Fields with a number.
    pub(crate) numbers: [&'static str; 5],
    /// Fields that are true or false.
    pub(crate) flags: [&'static str; 5],
}

/// A source file.
#[derive(Debug, Clone)]
pub(crate) struct InventedSource {
    pub(crate) language: CodeLanguage,
    pub(crate) domain: &'static Domain,
    /// Its first comment.
    pub(crate) opening: &'static str,
    pub(crate) functions: Vec<InventedFunction>,
}

/// A function that computes a total, statement by statement.
#[derive(Debug, Clone)]
pub(crate) struct InventedFunction {
    pub(crate) name: &'static str,
    pub(crate) steps: Vec<Step>,
}

/// A statement. Positions are those of [`Domain::numbers`] and [`Domain::flags`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Adds a field.
    Add { number: usize },
    /// Adds an amount if a field is above a limit.
    Guard { number: usize, limit: usize, amount: usize },
    /// Returns early.
    Leave { flag: usize },
    /// Adds up the items that are not in some state.
    Each { flag: usize, number: usize },
    /// Subtracts or adds up items in some state, by a limit.
    Nested { flag: usize, number: usize, limit: usize },
    /// A debt comment.
    Todo(&'static str),
}

impl InventedSource {
    /// The file's text.
    pub(crate) fn text(&self) -> String {
        let mut page = CodePage { file: self, depth: 0, text: String::new() };
        match self.language {
            CodeLanguage::Python => page.line(&format!("\"\"\"{}\"\"\"", self.opening)),
            CodeLanguage::Go => {
                page.line(&format!("// {}", self.opening));
                page.line(&format!("package {}", self.domain.subject));
            }
            CodeLanguage::TypeScript => page.line(&format!("// {}", self.opening)),
        }
        for function in &self.functions {
            page.function(function);
        }
        page.text
    }
}

/// Writes indented code.
struct CodePage<'a> {
    file: &'a InventedSource,
    depth: usize,
    text: String,
}

impl CodePage<'_> {
    fn line(&mut self, line: &str) {
        let unit = match self.file.language {
            CodeLanguage::Go => "\t",
            CodeLanguage::TypeScript => "  ",
            CodeLanguage::Python => "    ",
        };
        self.text.push_str(&unit.repeat(self.depth));
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn statement(&mut self, statement: &str) {
        let end = if self.file.language == CodeLanguage::TypeScript { ";" } else { "" };
        self.line(&format!("{statement}{end}"));
    }

    fn open(&mut self, keyword: &str, condition: &str) {
        self.line(&match self.file.language {
            CodeLanguage::Python => format!("{keyword} {condition}:"),
            CodeLanguage::Go => format!("{keyword} {condition} {{"),
            CodeLanguage::TypeScript => format!("{keyword} ({condition}) {{"),
        });
        self.depth += 1;
    }

    fn close(&mut self) {
        self.depth -= 1;
        if self.file.language != CodeLanguage::Python {
            self.line("}");
        }
    }

    fn otherwise(&mut self) {
        self.depth -= 1;
        self.line(if self.file.language == CodeLanguage::Python { "else:" } else { "} else {" });
        self.depth += 1;
    }

    fn function(&mut self, function: &InventedFunction) {
        let Domain { subject, total, .. } = self.file.domain;
        let name = self.word(function.name);
        let class = capital(subject);
        let (head, start) = match self.file.language {
            CodeLanguage::Go => (format!("\nfunc {name}({subject} {class}) int {{"), format!("{total} := 0")),
            CodeLanguage::Python => (format!("\n\ndef {name}({subject}):"), format!("{total} = 0")),
            CodeLanguage::TypeScript => (
                format!("\nexport function {name}({subject}: {class}): number {{"),
                format!("let {total} = 0"),
            ),
        };
        self.line(&head);
        self.depth += 1;
        self.statement(&start);
        for step in &function.steps {
            self.step(*step);
        }
        self.statement(&format!("return {total}"));
        self.close();
    }

    fn step(&mut self, step: Step) {
        let Domain { subject, item: [item, _], total, .. } = self.file.domain;
        match step {
            Step::Add { number } => self.statement(&format!("{total} += {}", self.number(subject, number))),
            Step::Guard { number, limit, amount } => {
                self.open("if", &format!("{} > {limit}", self.number(subject, number)));
                self.statement(&format!("{total} += {amount}"));
                self.close();
            }
            Step::Leave { flag } => {
                self.open("if", &self.flag(subject, flag));
                self.statement(&format!("return {total}"));
                self.close();
            }
            Step::Each { flag, number } => {
                self.open_each();
                self.open("if", &self.flag(item, flag));
                self.statement("continue");
                self.close();
                self.statement(&format!("{total} += {}", self.number(item, number)));
                self.close();
            }
            Step::Nested { flag, number, limit } => {
                self.open_each();
                self.open("if", &self.flag(item, flag));
                self.open("if", &format!("{} > {limit}", self.number(item, number)));
                self.statement(&format!("{total} -= {}", self.number(item, number)));
                self.otherwise();
                self.statement(&format!("{total} += {limit}"));
                self.close();
                self.close();
                self.close();
            }
            Step::Todo(text) => {
                let mark = if self.file.language == CodeLanguage::Python { "#" } else { "//" };
                self.line(&format!("{mark} TODO: {text}"));
            }
        }
    }

    fn open_each(&mut self) {
        let Domain { subject, item: [item, items], .. } = self.file.domain;
        let items = self.field(subject, items);
        match self.file.language {
            CodeLanguage::Go => self.open("for", &format!("_, {item} := range {items}")),
            CodeLanguage::Python => self.open("for", &format!("{item} in {items}")),
            CodeLanguage::TypeScript => self.open("for", &format!("const {item} of {items}")),
        }
    }

    fn number(&self, of: &str, number: usize) -> String {
        self.field(of, self.file.domain.numbers[number])
    }

    fn flag(&self, of: &str, flag: usize) -> String {
        self.field(of, self.file.domain.flags[flag])
    }

    fn field(&self, of: &str, name: &str) -> String {
        let name = self.word(name);
        if self.file.language == CodeLanguage::Go {
            format!("{of}.{}", capital(&name))
        } else {
            format!("{of}.{name}")
        }
    }

    /// A name such as `total_of` in the language's own style.
    fn word(&self, name: &str) -> String {
        if self.file.language == CodeLanguage::Python {
            return name.to_owned();
        }
        let mut words = name.split('_');
        let first = words.next().unwrap_or_default().to_owned();
        words.fold(first, |text, word| text + &capital(word))
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::{CodeLanguage, Domain, InventedFunction, InventedSource, Step};

    const DOMAIN: Domain = Domain {
        subject: "payment",
        item: ["attempt", "attempts"],
        total: "due",
        numbers: ["amount", "days_late", "fee", "retries", "age"],
        flags: ["is_paid", "is_disputed", "is_held", "has_failed", "is_final"],
    };

    fn text(language: CodeLanguage) -> String {
        let steps = vec![
            Step::Guard { number: 1, limit: 9, amount: 2 },
            Step::Nested { flag: 3, number: 0, limit: 5 },
        ];
        let functions = vec![InventedFunction { name: "collect_due", steps }];
        InventedSource { language, domain: &DOMAIN, opening: "Collects.", functions }.text()
    }

    #[test]
    fn every_language_writes_the_same_function_its_own_way() {
        let python = "\"\"\"Collects.\"\"\"\n\n\ndef collect_due(payment):\n    due = 0\n    \
                      if payment.days_late > 9:\n        due += 2\n    for attempt in payment.attempts:\n        \
                      if attempt.has_failed:\n            if attempt.amount > 5:\n                \
                      due -= attempt.amount\n            else:\n                due += 5\n    return due\n";
        assert_eq!(text(CodeLanguage::Python), python);
        let go = text(CodeLanguage::Go);
        assert!(
            go.contains(
                "\nfunc collectDue(payment Payment) int {\n\tdue := 0\n\tif payment.DaysLate > 9 {\n"
            ),
            "{go}"
        );
        assert!(go.contains("\t\t\t} else {\n"), "{go}");
        let script = text(CodeLanguage::TypeScript);
        assert!(
            script.contains("export function collectDue(payment: Payment): number {\n  let due = 0;\n"),
            "{script}"
        );
        assert!(
            script.contains("  for (const attempt of payment.attempts) {\n    if (attempt.hasFailed) {\n"),
            "{script}"
        );
    }
}
