//! Curves over many numbers at once.

use crate::kernel::number::Number;

/// How a sum is bent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Curve {
    /// Not at all.
    Linear,
    /// `1 / (1 + e⁻ˣ)`
    Sigmoid,
    /// The hyperbolic tangent.
    Tanh,
    /// `max(x, 0)`
    Relu,
}

impl Curve {
    /// Bends every number.
    #[inline(always)]
    pub fn bend<T: Number, const FUSED: bool>(self, numbers: &mut [T]) {
        match self {
            Curve::Linear => {}
            Curve::Sigmoid => {
                for x in numbers {
                    *x = x.sigmoid::<FUSED>();
                }
            }
            Curve::Tanh => {
                for x in numbers {
                    *x = x.tangent::<FUSED>();
                }
            }
            Curve::Relu => {
                for x in numbers {
                    *x = x.or_more(T::zero());
                }
            }
        }
    }

    /// Multiplies every `dy` by the slope of the curve where its answer
    /// was `y`.
    #[inline(always)]
    pub fn unbend<T: Number>(self, y: &[T], dy: &mut [T]) {
        let pairs = dy.iter_mut().zip(y);
        match self {
            Curve::Linear => {}
            Curve::Sigmoid => {
                pairs.for_each(|(dy, y)| *dy = *dy * (*y * (T::one() - *y)))
            }
            Curve::Tanh => {
                pairs.for_each(|(dy, y)| *dy = *dy * (T::one() - *y * *y))
            }
            Curve::Relu => pairs.for_each(|(dy, y)| {
                *dy = if *y > T::zero() { *dy } else { T::zero() }
            }),
        }
    }
}
