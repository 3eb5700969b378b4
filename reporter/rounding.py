"""The one home of rounding: half up, once, at display (STANDARDS 1.3).

Values travel as floats that hold a source text of up to 15 significant digits exactly (its shortest
representation is the text again). Arithmetic on them leaves dust in the last places; `without_dust`
takes it away, and every rounding here does so first, so that 12.25 gives 12.3 and 2.675 gives 2.68.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIGNIFICANT = 13


def without_dust(value: float) -> float:
    """`value` to 13 significant digits: what arithmetic on decimal figures meant."""
    return float(f"{value:.{SIGNIFICANT}g}")


def round_half_up(value: float, decimals: int) -> Decimal:
    """`value` rounded half away from zero to `decimals` places; never a negative zero."""
    exact = Decimal(repr(without_dust(value)))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)


def round_half_up_array(
    values: NDArray[np.float64], decimals: NDArray[np.int64] | int
) -> NDArray[np.float64]:
    """The same for an array, by element; NaN stays NaN. `decimals` may differ by element."""
    import numpy as np

    scale = np.power(10.0, decimals)
    scaled = np.abs(without_dust_array(values)) * scale
    # Scaling leaves dust of its own: this lifts 122.49999999999999 to the 122.5 that was meant.
    rounded = np.floor(scaled * (1 + 1e-15) + 0.5)
    return np.where(np.isnan(values), np.nan, np.copysign(rounded / scale, values) + 0.0)


def without_dust_array(
    values: NDArray[np.float64], scale: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """The same as `without_dust` for an array; NaN stays NaN.

    `scale` is the size of the figures that went into each value, where a subtraction may have left
    little of them: dust is what lies below 13 significant digits of the larger of the two.
    """
    import numpy as np

    size = np.abs(values) if scale is None else np.maximum(np.abs(values), np.abs(scale))
    with np.errstate(divide="ignore", invalid="ignore"):
        digits = SIGNIFICANT - 1 - np.floor(np.log10(size))
    # Powers of ten up to the 22nd are exact, so that the quotient is the float nearest the decimal.
    lift = np.power(10.0, np.clip(np.where(np.isfinite(digits), digits, 0.0), 0, 22))
    cleaned: NDArray[np.float64] = np.rint(values * lift) / lift + 0.0
    return cleaned
