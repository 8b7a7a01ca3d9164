//! Lengths on paper.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Sub, SubAssign};

/// A length or coordinate in thousandths of a point; a point is 1/72 inch.
///
/// Whole numbers, so that sums are exact and the same on every machine. Arithmetic stops at the
/// ends of the range: a cell of ten million words is merely "too tall", never a panic.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Length(i32);

impl Length {
    /// No length.
    pub(crate) const ZERO: Self = Self(0);
    /// More than any paper.
    pub(crate) const MAX: Self = Self(i32::MAX);

    /// A whole number of points.
    pub(crate) const fn pt(points: i32) -> Self {
        Self(points.saturating_mul(1000))
    }

    /// A number of tenths of a point.
    pub(crate) const fn tenths(tenths: i32) -> Self {
        Self(tenths.saturating_mul(100))
    }

    /// A number of thousandths of a point.
    pub(crate) const fn milli(milli: i32) -> Self {
        Self(milli)
    }

    /// The length in thousandths of a point.
    pub(crate) const fn as_milli(self) -> i32 {
        self.0
    }

    /// The larger of two lengths.
    #[must_use]
    pub(crate) fn at_least(self, other: Self) -> Self {
        self.max(other)
    }
}

impl Add for Length {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Length {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Length {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Mul<i32> for Length {
    type Output = Self;
    fn mul(self, times: i32) -> Self {
        Self(self.0.saturating_mul(times))
    }
}

impl Div<i32> for Length {
    type Output = Self;
    fn div(self, by: i32) -> Self {
        Self(self.0 / by)
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        lengths.fold(Self::ZERO, Add::add)
    }
}

/// In points, with as many decimals as it needs: `841.89`.
impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, size) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let (whole, part) = (size / 1000, size % 1000);
        if part == 0 {
            return write!(f, "{sign}{whole}");
        }
        let decimals = format!("{part:03}");
        write!(f, "{sign}{whole}.{}", decimals.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_without_needless_decimals() {
        let shown = |milli| Length::milli(milli).to_string();
        assert_eq!(
            [shown(0), shown(841_890), shown(-500), shown(7), shown(12_000)],
            ["0", "841.89", "-0.5", "0.007", "12"]
        );
        assert_eq!(Length::MAX + Length::pt(1), Length::MAX);
    }
}
