//! Source code that grows: one file as a list of functions, written in any of four languages.

use std::fmt::Write as _;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Go,
    Java,
    Python,
    TypeScript,
}

/// A source file.
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub(super) language: Language,
    /// The class, or what the file's first comment calls it.
    pub(super) title: String,
    pub(super) functions: Vec<Function>,
}

/// A function: adds a total up, step by step.
#[derive(Debug, Clone)]
pub(super) struct Function {
    pub(super) name: &'static str,
    pub(super) steps: Vec<Step>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    /// Adds a constant.
    Add(u64),
    /// Adds a constant when a field is over a limit.
    Guard { field: &'static str, limit: u64, amount: u64 },
    /// Adds up all items that are not in some state.
    Each { state: &'static str },
    /// Looks at every item, and deeper at those in some state.
    Nested { state: &'static str, field: &'static str, limit: u64 },
}

impl Source {
    /// The file's whole text.
    pub(super) fn render(&self) -> String {
        let mut page = Page { language: self.language, depth: 0, text: String::new() };
        let title = &self.title;
        match self.language {
            Language::Go => {
                page.line("// Package catalog answers what the shop sells.");
                page.line("package catalog");
            }
            Language::Java => {
                page.line("package shop.checkout;\n");
                page.line(&format!("/** {title} of the checkout. */"));
                page.line(&format!("public final class {title} {{"));
                page.depth += 1;
            }
            Language::Python => page.line(&format!("\"\"\"{title} of the payments service.\"\"\"")),
            Language::TypeScript => page.line(&format!("// {title} of the web shop.")),
        }
        for function in &self.functions {
            page.function(function);
        }
        if self.language == Language::Java {
            page.close();
        }
        page.text
    }
}

/// A text in the making.
struct Page {
    language: Language,
    depth: usize,
    text: String,
}

impl Page {
    fn line(&mut self, line: &str) {
        let indent = match self.language {
            Language::Go => "\t".repeat(self.depth),
            Language::TypeScript => "  ".repeat(self.depth),
            Language::Java | Language::Python => "    ".repeat(self.depth),
        };
        writeln!(self.text, "{indent}{line}").expect("writing into a string does not fail");
    }

    fn statement(&mut self, statement: &str) {
        let end = if matches!(self.language, Language::Java | Language::TypeScript) { ";" } else { "" };
        self.line(&format!("{statement}{end}"));
    }

    fn open(&mut self, keyword: &str, condition: &str) {
        let head = match self.language {
            Language::Python => format!("{keyword} {condition}:"),
            Language::Go => format!("{keyword} {condition} {{"),
            Language::Java | Language::TypeScript => format!("{keyword} ({condition}) {{"),
        };
        self.line(&head);
        self.depth += 1;
    }

    fn close(&mut self) {
        self.depth -= 1;
        if self.language != Language::Python {
            self.line("}");
        }
    }

    fn function(&mut self, function: &Function) {
        let name = function.name;
        let (head, start) = match self.language {
            Language::Go => (format!("\nfunc {}(request Request) int {{", capital(name)), "total := 0"),
            Language::Java => (format!("public static int {name}(Request request) {{"), "int total = 0"),
            Language::Python => (format!("\n\ndef {name}(request):"), "total = 0"),
            Language::TypeScript => {
                (format!("\nexport function {name}(request: Request): number {{"), "let total = 0")
            }
        };
        if self.language == Language::Java {
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

    fn step(&mut self, step: Step) {
        match step {
            Step::Add(amount) => self.statement(&format!("total += {amount}")),
            Step::Guard { field, limit, amount } => {
                self.open("if", &format!("{} > {limit}", self.field("request", field)));
                self.statement(&format!("total += {amount}"));
                self.close();
            }
            Step::Each { state } => {
                self.open_each();
                self.open("if", &self.field("item", state));
                self.statement("continue");
                self.close();
                self.statement(&format!("total += {}", self.field("item", "price")));
                self.close();
            }
            Step::Nested { state, field, limit } => {
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
            Language::Go => format!("_, item := range {items}"),
            Language::Java => format!("Item item : {items}"),
            Language::Python => format!("item in {items}"),
            Language::TypeScript => format!("const item of {items}"),
        };
        self.open("for", &each);
    }

    fn field(&self, of: &str, name: &str) -> String {
        match self.language {
            Language::Go => format!("{of}.{}", capital(name)),
            Language::Java => format!("{of}.{name}()"),
            Language::Python | Language::TypeScript => format!("{of}.{name}"),
        }
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::{Function, Language, Source, Step};

    #[test]
    fn every_language_writes_the_same_function_its_own_way() {
        let steps = vec![
            Step::Guard { field: "amount", limit: 9, amount: 2 },
            Step::Nested { state: "expired", field: "age", limit: 3 },
        ];
        let text = |language| {
            let functions = vec![Function { name: "refund", steps: steps.clone() }];
            Source { language, title: "Refund".to_owned(), functions }.render()
        };
        let python = "\"\"\"Refund of the payments service.\"\"\"\n\n\ndef refund(request):\n    total = 0\n    \
                      if request.amount > 9:\n        total += 2\n    for item in request.items:\n        \
                      if item.expired:\n            if item.age > 3:\n                total -= item.price\n    \
                      return total\n";
        assert_eq!(text(Language::Python), python);
        assert!(
            text(Language::Go).contains("\tfor _, item := range request.Items {\n\t\tif item.Expired {\n")
        );
        assert!(text(Language::Java).ends_with("        return total;\n    }\n}\n"));
        assert!(text(Language::TypeScript).contains("  if (request.amount > 9) {\n    total += 2;\n  }\n"));
    }
}
