//! Works out the arithmetic that `explain` prints, as a reader with a calculator would.

/// The result of a formula with numbers: `(1 - 0.03) x 0.5 + 2^(3 / 4)`, with `ln`, `exp`, `min` and `max`.
///
/// Thousands may be grouped; a comma before a space separates arguments.
pub(crate) fn result_of(formula: &str) -> f64 {
    let mut reader = FormulaReader { rest: formula };
    let value = reader.sum();
    assert!(reader.rest.trim().is_empty(), "cannot read `{}` of `{formula}`", reader.rest);
    value
}

struct FormulaReader<'a> {
    rest: &'a str,
}

impl FormulaReader<'_> {
    fn takes(&mut self, token: &str) -> bool {
        let rest = self.rest.trim_start();
        let Some(after) = rest.strip_prefix(token) else { return false };
        self.rest = after;
        true
    }

    fn sum(&mut self) -> f64 {
        let mut value = self.product();
        loop {
            if self.takes("+ ") {
                value += self.product();
            } else if self.takes("- ") {
                value -= self.product();
            } else {
                return value;
            }
        }
    }

    fn product(&mut self) -> f64 {
        let mut value = self.power();
        loop {
            if self.takes("x ") {
                value *= self.power();
            } else if self.takes("/ ") {
                value /= self.power();
            } else {
                return value;
            }
        }
    }

    fn power(&mut self) -> f64 {
        let base = self.single();
        if self.takes("^") { base.powf(self.single()) } else { base }
    }

    fn single(&mut self) -> f64 {
        type Function = (&'static str, fn(f64, f64) -> f64);
        if self.takes("-") {
            return -self.power();
        }
        let functions: [Function; 5] = [
            ("ln(", |value, _| value.ln()),
            ("exp(", |value, _| value.exp()),
            ("min(", f64::min),
            ("max(", f64::max),
            ("(", |value, _| value),
        ];
        for (name, function) in functions {
            if self.takes(name) {
                let first = self.sum();
                let second = if self.takes(", ") { self.sum() } else { 0.0 };
                assert!(self.takes(")"), "no closing bracket before `{}`", self.rest);
                return function(first, second);
            }
        }
        self.number()
    }

    fn number(&mut self) -> f64 {
        let rest = self.rest.trim_start();
        let mut end = 0;
        let bytes = rest.as_bytes();
        while end < bytes.len() {
            let next_is_digit = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
            let is_in = match bytes[end] {
                b'0'..=b'9' | b'.' | b'e' => true,
                b',' => next_is_digit,
                b'-' => end > 0 && bytes[end - 1] == b'e',
                _ => false,
            };
            if !is_in {
                break;
            }
            end += 1;
        }
        self.rest = &rest[end..];
        let text = rest[..end].replace(',', "");
        text.parse().unwrap_or_else(|_| panic!("no number at `{rest}`"))
    }
}

#[test]
fn formulas_are_read_as_they_are_written() {
    let cases = [
        ("1,234 / 4", 308.5),
        ("2 + 3 x 4 - 1", 13.0),
        ("(2 + 3) x 4^0.5", 10.0),
        ("8 / 2 / (1 + 1)", 2.0),
        ("min(20, 3)^2", 9.0),
        ("max(0.5, 1,000 x 2)", 2000.0),
        ("ln(2) / ln(2) + exp(0)", 2.0),
        ("-1.5 - (1 - 0.25)", -2.25),
        ("2.5e-3 x 2", 0.005),
        ("2^(-3 / 3)", 0.5),
    ];
    for (formula, value) in cases {
        assert!((result_of(formula) - value).abs() < 1e-12, "{formula}");
    }
}
