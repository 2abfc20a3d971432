"""What a test on the stage comes to."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What a test found."""

    figures: dict[str, object]
    complaints: list[str]
    """What is off; nothing if all is well."""


def kwh(energy_wh: float) -> float:
    """Return an energy as the figures show it."""
    return round(energy_wh / 1000, 5)
