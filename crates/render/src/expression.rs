//! Expressions as text that a reader, a calculator or a program can work out.

use crate::number::{decimal, grouped, shown_number};
use debtscan_findings::Expression;

/// How tightly an expression holds together; a looser one within a tighter one takes brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Sum,
    Product,
    Power,
    Single,
}

/// The expression with grouped thousands: `(1 - 0.0297207) x 0.52593 + 1,234 / 76`.
///
/// Operators are `+`, `-`, `x`, `/` and `^`; functions are `ln`, `exp`, `min` and `max`.
pub(crate) fn text(expression: &Expression) -> String {
    match expression {
        Expression::Count(count) => grouped(*count),
        Expression::Number(number) => shown_number(*number),
        Expression::Amount(money) => {
            // Exact decimal digits: a float would lose cents beyond 2^53.
            let text = decimal(money.minor, money.currency);
            let (units, rest) = text.split_once('.').map_or((text.as_str(), None), |(a, b)| (a, Some(b)));
            let (sign, units) = units.strip_prefix('-').map_or(("", units), |units| ("-", units));
            let units = units.parse::<u64>().map_or_else(|_| units.to_owned(), grouped);
            rest.map_or_else(|| format!("{sign}{units}"), |rest| format!("{sign}{units}.{rest}"))
        }
        Expression::Negative(inner) => format!("-{}", bracketed(inner, Binding::Product)),
        Expression::Sum(addends) => sum(addends),
        Expression::Product(factors) => {
            let factors: Vec<String> = factors.iter().map(|it| bracketed(it, Binding::Product)).collect();
            factors.join(" x ")
        }
        Expression::Quotient(a, b) => {
            // Division is read from the left, so a product or quotient below the line needs
            // brackets.
            format!("{} / {}", bracketed(a, Binding::Product), bracketed(b, Binding::Power))
        }
        Expression::Power(base, exponent) => {
            // Some calculators read `a^b^c` from the left and others from the right. Brackets leave
            // no doubt.
            format!("{}^{}", bracketed(base, Binding::Single), bracketed(exponent, Binding::Single))
        }
        Expression::Log(inner) => format!("ln({})", text(inner)),
        Expression::Exp(inner) => format!("exp({})", text(inner)),
        Expression::Least(a, b) => format!("min({}, {})", text(a), text(b)),
        Expression::Greatest(a, b) => format!("max({}, {})", text(a), text(b)),
    }
}

/// The same without grouped thousands, so that a program reads its numbers.
pub(crate) fn plain_text(expression: &Expression) -> String {
    let text = text(expression);
    let mut plain = String::with_capacity(text.len());
    for (position, character) in text.char_indices() {
        // A comma between arguments is followed by a blank, one between digits is not.
        let is_group = character == ',' && !text[position + 1..].starts_with(' ');
        if !is_group {
            plain.push(character);
        }
    }
    plain
}

fn sum(addends: &[Expression]) -> String {
    let mut text_of_sum = String::new();
    for (position, addend) in addends.iter().enumerate() {
        match addend {
            // "a - b" instead of "a + -b".
            Expression::Negative(inner) if position > 0 => {
                text_of_sum.push_str(" - ");
                text_of_sum.push_str(&bracketed(inner, Binding::Product));
            }
            _ => {
                if position > 0 {
                    text_of_sum.push_str(" + ");
                }
                text_of_sum.push_str(&text(addend));
            }
        }
    }
    text_of_sum
}

fn bracketed(expression: &Expression, least: Binding) -> String {
    let inner = text(expression);
    if binding(expression) < least { format!("({inner})") } else { inner }
}

fn binding(expression: &Expression) -> Binding {
    match expression {
        // Its sign would otherwise follow an operator, as in `2 x -1.5`.
        Expression::Number(number) if *number < 0.0 => Binding::Sum,
        Expression::Amount(money) if money.minor < 0 => Binding::Sum,
        Expression::Sum(addends) if addends.len() > 1 => Binding::Sum,
        Expression::Sum(addends) | Expression::Product(addends) if addends.len() == 1 => binding(&addends[0]),
        Expression::Sum(_) | Expression::Negative(_) => Binding::Sum,
        Expression::Product(_) | Expression::Quotient(..) => Binding::Product,
        Expression::Power(..) => Binding::Power,
        Expression::Count(_)
        | Expression::Number(_)
        | Expression::Amount(_)
        | Expression::Log(_)
        | Expression::Exp(_)
        | Expression::Least(..)
        | Expression::Greatest(..) => Binding::Single,
    }
}

#[cfg(test)]
mod tests {
    use super::{plain_text, text};
    use debtscan_findings::Expression;
    use debtscan_incidents::{Currency, Money};

    fn number(value: f64) -> Expression {
        Expression::Number(value)
    }

    fn quotient(a: Expression, b: Expression) -> Expression {
        Expression::Quotient(Box::new(a), Box::new(b))
    }

    #[test]
    fn brackets_stand_where_the_order_of_operations_needs_them() {
        let rest = Expression::Sum(vec![Expression::Count(1), Expression::Negative(Box::new(number(0.25)))]);
        let product = Expression::Product(vec![rest.clone(), number(2.0)]);
        assert_eq!(text(&product), "(1 - 0.25) x 2");
        let relative =
            quotient(quotient(number(4.5), Expression::Count(1_234)), quotient(number(3.0), number(8.0)));
        assert_eq!(text(&relative), "4.5 / 1,234 / (3 / 8)");
        let base = Expression::Sum(vec![relative, number(0.05)]);
        let power = Expression::Power(Box::new(base), Box::new(number(0.3)));
        assert_eq!(text(&quotient(power, number(0.9))), "(4.5 / 1,234 / (3 / 8) + 0.05)^0.3 / 0.9");
        let exponent = Expression::Product(vec![number(0.3), number(0.5)]);
        let power = Expression::Power(Box::new(number(2.0)), Box::new(exponent));
        assert_eq!(text(&Expression::Log(Box::new(power))), "ln(2^(0.3 x 0.5))");
        let negative = Expression::Negative(Box::new(rest));
        assert_eq!(text(&Expression::Sum(vec![number(-1.5), negative])), "-1.5 - (1 - 0.25)");
        assert_eq!(text(&Expression::Product(vec![number(-1.5), number(2.0)])), "(-1.5) x 2");
    }

    #[test]
    fn a_program_reads_numbers_without_grouped_thousands() {
        let amount = Expression::Amount(Money { minor: 123_456_789, currency: Currency::USD });
        let most = Expression::Greatest(Box::new(amount), Box::new(number(1_234_567.5)));
        assert_eq!(text(&most), "max(1,234,567.89, 1,234,567.5)");
        assert_eq!(plain_text(&most), "max(1234567.89, 1234567.5)");
        assert_eq!(plain_text(&number(2.5e-9)), "2.5e-9");
    }
}
