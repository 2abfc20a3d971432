"""Figures as they are shown: with no more digits than they are worth."""


def kwh(energy_wh: float) -> float:
    """Return an energy in kWh, to the Wh."""
    return round(energy_wh / 1000, 3)


def kw(power_w: float | None) -> float | None:
    """Return a power in kW, to the W; None where it is not known."""
    return None if power_w is None else round(power_w / 1000, 3)


def rounded(value: float | None, digits: int = 3) -> float | None:
    """Return a value with so many digits, None where it is not known."""
    return None if value is None else round(value, digits)
