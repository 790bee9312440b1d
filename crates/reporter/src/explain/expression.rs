//! Expressions of numbers as outputs show them, and their values.

use debtscan_findings::Expression;

/// Significant digits of a number in an expression; outputs show results with fewer.
const DIGITS: usize = 7;

/// Addends that stand for themselves; the others are added up.
const LARGEST: usize = 3;

/// A number, rounded as outputs show it.
pub(super) fn number(value: f64) -> Expression {
    Expression::Number(rounded(value))
}

/// A whole number.
pub(super) fn count(value: impl TryInto<u64>) -> Expression {
    Expression::Count(value.try_into().ok().expect("a count is not negative"))
}

pub(super) fn negative(value: Expression) -> Expression {
    Expression::Negative(Box::new(value))
}

pub(super) fn sum(values: impl Into<Vec<Expression>>) -> Expression {
    Expression::Sum(values.into())
}

pub(super) fn product(values: impl Into<Vec<Expression>>) -> Expression {
    Expression::Product(values.into())
}

pub(super) fn quotient(a: Expression, b: Expression) -> Expression {
    Expression::Quotient(Box::new(a), Box::new(b))
}

pub(super) fn power(base: Expression, exponent: Expression) -> Expression {
    Expression::Power(Box::new(base), Box::new(exponent))
}

/// The sum of values that are above or below 0: the largest ones, then the others together.
pub(super) fn total(values: impl Iterator<Item = f64>) -> Expression {
    let mut values: Vec<f64> = values.filter(|value| *value != 0.0).collect();
    values.sort_by(|a, b| b.abs().total_cmp(&a.abs()));
    // A single further value needs no more room than a sum of others would.
    let shown = if values.len() == LARGEST + 1 { LARGEST + 1 } else { LARGEST };
    let others = values.split_off(shown.min(values.len()));
    let mut addends: Vec<Expression> = values.into_iter().map(signed).collect();
    if !others.is_empty() {
        // The smallest first, so that the sum does not depend on what is large.
        addends.push(signed(others.iter().rev().fold(0.0, |sum, value| sum + value)));
    }
    if addends.is_empty() { count(0_u64) } else { sum(addends) }
}

fn signed(value: f64) -> Expression {
    if value < 0.0 { negative(number(-value)) } else { number(value) }
}

/// A number with as many digits as outputs show: seven significant ones, or all before the point.
fn rounded(value: f64) -> f64 {
    if value.abs() >= 1e7 {
        return value.round();
    }
    let text = format!("{value:.*e}", DIGITS - 1);
    text.parse().expect("a float's own text is a float")
}

/// The value of an expression.
pub(super) fn value(expression: &Expression) -> f64 {
    let all = |list: &[Expression]| list.iter().map(value).collect::<Vec<f64>>();
    match expression {
        Expression::Count(count) => *count as f64,
        Expression::Number(number) => *number,
        Expression::Amount(money) => {
            let digits = i32::try_from(money.currency.minor_digits()).expect("at most three digits");
            money.minor as f64 / 10_f64.powi(digits)
        }
        Expression::Negative(inner) => -value(inner),
        Expression::Sum(list) => all(list).iter().fold(0.0, |sum, value| sum + value),
        Expression::Product(list) => all(list).iter().fold(1.0, |product, value| product * value),
        Expression::Quotient(a, b) => value(a) / value(b),
        Expression::Power(base, exponent) => value(base).powf(value(exponent)),
        Expression::Log(inner) => value(inner).ln(),
        Expression::Exp(inner) => value(inner).exp(),
        Expression::Least(a, b) => value(a).min(value(b)),
        Expression::Greatest(a, b) => value(a).max(value(b)),
    }
}

#[cfg(test)]
mod tests {
    use super::{number, total, value};
    use debtscan_findings::Expression;

    #[test]
    fn numbers_are_rounded_as_they_are_shown() {
        let shown = [0.123_456_789, 1_234.567_89, 123_456_789.4, -2e-9 / 3.0].map(number);
        let expected = [0.123_456_8, 1_234.568, 123_456_789.0, -6.666_667e-10];
        assert_eq!(shown, expected.map(Expression::Number));
    }

    #[test]
    fn of_many_addends_the_largest_stand_alone() {
        let numbers = |expression: &Expression| match expression {
            Expression::Sum(list) => list.iter().map(value).collect::<Vec<f64>>(),
            other => vec![value(other)],
        };
        let of = |values: &[f64]| numbers(&total(values.iter().copied()));
        assert_eq!(of(&[]), [0.0]);
        assert_eq!(of(&[1.0, 0.0, 2.0]), [2.0, 1.0]);
        assert_eq!(of(&[1.0, 2.0, 3.0, 4.0]), [4.0, 3.0, 2.0, 1.0]);
        assert_eq!(of(&[1.0, -2.0, 3.0, 4.0, 5.0]), [5.0, 4.0, 3.0, -1.0]);
    }
}
