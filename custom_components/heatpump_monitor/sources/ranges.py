"""What a value may be: outside of it, the value is not known."""

from dataclasses import dataclass
import math


@dataclass(frozen=True, slots=True)
class Range:
    """A closed range of plausible values."""

    low: float
    high: float

    def keep(self, value: float | None) -> float | None:
        """Return the value, or None where it is unknown or implausible."""
        if value is None or not math.isfinite(value):
            return None
        return value if self.low <= value <= self.high else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranges:
    """The plausible ranges of a plant's readings; the owner may change them."""

    temperature_c: Range = Range(-40.0, 100.0)
    power_w: Range = Range(0.0, 20_000.0)
    modulation_pct: Range = Range(0.0, 100.0)
