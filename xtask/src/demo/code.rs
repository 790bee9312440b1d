//! Generated source code: a file as a list of functions, in any of four languages.

use std::fmt::Write as _;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SourceLanguage {
    Go,
    Java,
    Python,
    TypeScript,
}

/// A source file.
#[derive(Debug, Clone)]
pub(super) struct SourceFile {
    pub(super) language: SourceLanguage,
    /// The class, or what the file's first comment calls it.
    pub(super) title: String,
    pub(super) functions: Vec<SourceFunction>,
}

/// A function that computes a total, statement by statement.
#[derive(Debug, Clone)]
pub(super) struct SourceFunction {
    pub(super) name: &'static str,
    pub(super) steps: Vec<Statement>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Statement {
    /// Adds a constant.
    Add(u64),
    /// Adds a constant when a field is over a limit.
    Guard { field: &'static str, limit: u64, amount: u64 },
    /// Sums up the items that are not in some state.
    Each { state: &'static str },
    /// Loops over all items, with a nested condition on those in some state.
    Nested { state: &'static str, field: &'static str, limit: u64 },
}

impl SourceFile {
    /// The file's text.
    pub(super) fn render(&self) -> String {
        let mut page = CodeWriter { language: self.language, depth: 0, text: String::new() };
        let title = &self.title;
        match self.language {
            SourceLanguage::Go => {
                page.line("// Package catalog answers what the shop sells.");
                page.line("package catalog");
            }
            SourceLanguage::Java => {
                page.line("package shop.checkout;\n");
                page.line(&format!("/** {title} of the checkout. */"));
                page.line(&format!("public final class {title} {{"));
                page.depth += 1;
            }
            SourceLanguage::Python => page.line(&format!("\"\"\"{title} of the payments service.\"\"\"")),
            SourceLanguage::TypeScript => page.line(&format!("// {title} of the web shop.")),
        }
        for function in &self.functions {
            page.function(function);
        }
        if self.language == SourceLanguage::Java {
            page.close();
        }
        page.text
    }
}

/// Writes indented code.
struct CodeWriter {
    language: SourceLanguage,
    depth: usize,
    text: String,
}

impl CodeWriter {
    fn line(&mut self, line: &str) {
        let indent = match self.language {
            SourceLanguage::Go => "\t".repeat(self.depth),
            SourceLanguage::TypeScript => "  ".repeat(self.depth),
            SourceLanguage::Java | SourceLanguage::Python => "    ".repeat(self.depth),
        };
        writeln!(self.text, "{indent}{line}").expect("writing into a string does not fail");
    }

    fn statement(&mut self, statement: &str) {
        let end =
            if matches!(self.language, SourceLanguage::Java | SourceLanguage::TypeScript) { ";" } else { "" };
        self.line(&format!("{statement}{end}"));
    }

    fn open(&mut self, keyword: &str, condition: &str) {
        let head = match self.language {
            SourceLanguage::Python => format!("{keyword} {condition}:"),
            SourceLanguage::Go => format!("{keyword} {condition} {{"),
            SourceLanguage::Java | SourceLanguage::TypeScript => format!("{keyword} ({condition}) {{"),
        };
        self.line(&head);
        self.depth += 1;
    }

    fn close(&mut self) {
        self.depth -= 1;
        if self.language != SourceLanguage::Python {
            self.line("}");
        }
    }

    fn function(&mut self, function: &SourceFunction) {
        let name = function.name;
        let (head, start) = match self.language {
            SourceLanguage::Go => (format!("\nfunc {}(request Request) int {{", capital(name)), "total := 0"),
            SourceLanguage::Java => {
                (format!("public static int {name}(Request request) {{"), "int total = 0")
            }
            SourceLanguage::Python => (format!("\n\ndef {name}(request):"), "total = 0"),
            SourceLanguage::TypeScript => {
                (format!("\nexport function {name}(request: Request): number {{"), "let total = 0")
            }
        };
        if self.language == SourceLanguage::Java {
            self.text.push('\n');
        }
        self.line(&head);
        self.depth += 1;
        self.statement(start);
        for step in &function.steps {
            self.step(*step);
        }
        self.statement("return total");
        self.close();
    }

    fn step(&mut self, step: Statement) {
        match step {
            Statement::Add(amount) => self.statement(&format!("total += {amount}")),
            Statement::Guard { field, limit, amount } => {
                self.open("if", &format!("{} > {limit}", self.field("request", field)));
                self.statement(&format!("total += {amount}"));
                self.close();
            }
            Statement::Each { state } => {
                self.open_each();
                self.open("if", &self.field("item", state));
                self.statement("continue");
                self.close();
                self.statement(&format!("total += {}", self.field("item", "price")));
                self.close();
            }
            Statement::Nested { state, field, limit } => {
                self.open_each();
                self.open("if", &self.field("item", state));
                self.open("if", &format!("{} > {limit}", self.field("item", field)));
                self.statement(&format!("total -= {}", self.field("item", "price")));
                self.close();
                self.close();
                self.close();
            }
        }
    }

    fn open_each(&mut self) {
        let items = self.field("request", "items");
        let each = match self.language {
            SourceLanguage::Go => format!("_, item := range {items}"),
            SourceLanguage::Java => format!("Item item : {items}"),
            SourceLanguage::Python => format!("item in {items}"),
            SourceLanguage::TypeScript => format!("const item of {items}"),
        };
        self.open("for", &each);
    }

    fn field(&self, of: &str, name: &str) -> String {
        match self.language {
            SourceLanguage::Go => format!("{of}.{}", capital(name)),
            SourceLanguage::Java => format!("{of}.{name}()"),
            SourceLanguage::Python | SourceLanguage::TypeScript => format!("{of}.{name}"),
        }
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::{SourceFile, SourceFunction, SourceLanguage, Statement};

    #[test]
    fn every_language_writes_the_same_function_its_own_way() {
        let steps = vec![
            Statement::Guard { field: "amount", limit: 9, amount: 2 },
            Statement::Nested { state: "expired", field: "age", limit: 3 },
        ];
        let text = |language| {
            let functions = vec![SourceFunction { name: "refund", steps: steps.clone() }];
            SourceFile { language, title: "Refund".to_owned(), functions }.render()
        };
        let python = "\"\"\"Refund of the payments service.\"\"\"\n\n\ndef refund(request):\n    total = 0\n    \
                      if request.amount > 9:\n        total += 2\n    for item in request.items:\n        \
                      if item.expired:\n            if item.age > 3:\n                total -= item.price\n    \
                      return total\n";
        assert_eq!(text(SourceLanguage::Python), python);
        assert!(
            text(SourceLanguage::Go)
                .contains("\tfor _, item := range request.Items {\n\t\tif item.Expired {\n")
        );
        assert!(text(SourceLanguage::Java).ends_with("        return total;\n    }\n}\n"));
        assert!(
            text(SourceLanguage::TypeScript).contains("  if (request.amount > 9) {\n    total += 2;\n  }\n")
        );
    }
}
