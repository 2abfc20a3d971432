"""Add up the compressors and burners of one heat pump."""

from collections.abc import Mapping, Sequence

from ..ranges import Range
from .answer import (
    COUNT,
    HOURS,
    NOT_NEGATIVE,
    PERCENT,
    POSITIVE,
    REVOLUTIONS_PER_SECOND,
    WATT,
    WATT_HOURS,
    Answer,
    Known,
    newest,
    value_of,
)


class Compressors:
    """All compressors of a heat pump as if they were one."""

    def __init__(self, answer: Answer) -> None:
        """Read the compressors of an answer."""
        self._answer = answer
        self._names = names = answer.members("heating.compressors")
        self.count = len(names) or None
        """How many there are; None if not known."""
        self._active = [answer.flag(name) for name in names]
        self.on = _any(self._active)
        """Whether any runs, since the first started or the last stopped."""
        running = [name for name in names if value_of(answer.flag(name))]
        # The first that runs, else the first.
        leading = next(iter(running or names), "")
        self.phase = answer.word(leading, "phase")
        self.speed_rps = answer.number(
            f"{leading}.speed.current", REVOLUTIONS_PER_SECOND
        )
        rated_w = self._numbers("power", WATT, POSITIVE)
        self.rated_heat_w = _sum(rated_w)
        """The rated power of all compressors, running or not."""
        self.modulation_pct = self._modulation_pct(rated_w)
        self.reported_heat_w = _sum(
            self._numbers("heat.production.current", WATT, answer.ranges.power_w)
        )
        self.run_hours = _sum(self._numbers("statistics", HOURS, key="hours"))
        self.starts = _sum(self._numbers("statistics", COUNT, key="starts"))
        self.heating_week_wh = self._week_wh("heating")
        self.hot_water_week_wh = self._week_wh("dhw")

    def _modulation_pct(
        self, rated_w: Sequence[Known[float] | None]
    ) -> Known[float] | None:
        """Return the share of the rated power of all compressors that is used.

        One compressor: its own modulation. Several: each running one's modulation,
        weighted by its rated power, over the sum of the rated powers, so that the
        result times `rated_heat_w` is the heat of all of them. A resting compressor
        counts 0, whatever its modulation says. None if the state or the rated power
        of one of several, or the modulation of a running one, is not known.
        """
        within = self._answer.ranges.modulation_pct
        shares = self._numbers("sensors.power", PERCENT, within)
        if len(shares) == 1:
            return shares[0]
        states, rated = _all(self._active), _all(rated_w)
        if self.rated_heat_w is None or not states or not rated:
            return None
        used = _all(
            [
                share if state.value else Known(0.0, None)
                for state, share in zip(states, shares, strict=True)
            ]
        )
        if used is None:
            return None
        weighted_w = sum(
            share.value * power.value for share, power in zip(used, rated, strict=True)
        )
        stamp = newest([*states, *used])
        return Known(weighted_w / self.rated_heat_w.value, stamp)

    def _week_wh(self, purpose: str) -> Known[float] | None:
        return _sum(self._numbers(f"heat.production.{purpose}.week", WATT_HOURS))

    def _numbers(
        self,
        feature: str,
        units: Mapping[str, float],
        within: Range = NOT_NEGATIVE,
        *,
        key: str = "value",
    ) -> list[Known[float] | None]:
        return [
            self._answer.number(f"{name}.{feature}", units, key=key, within=within)
            for name in self._names
        ]


def inverter_power_w(answer: Answer) -> Known[float] | None:
    """Return the electric power behind all inverters."""
    names = answer.members("heating.inverters")
    within = answer.ranges.power_w
    return _sum(
        [
            answer.number(f"{name}.sensors.power.output", WATT, within=within)
            for name in names
        ]
    )


def burner_on(answer: Answer) -> Known[bool] | None:
    """Return whether a burner fires, since the first started or the last stopped.

    None where there is no burner: legacy controllers of heat pumps list burner 0
    as well, disabled.
    """
    burners = answer.members("heating.burners")
    return _any([_burner_on(answer, burner) for burner in burners])


def _burner_on(answer: Answer, burner: str) -> Known[bool] | None:
    """Return whether a burner fires: by its flag, or by a modulation above 0."""
    active = answer.flag(burner)
    within = answer.ranges.modulation_pct
    modulation = answer.number(f"{burner}.modulation", PERCENT, within=within)
    if modulation is None or (active is not None and active.value):
        return active
    if modulation.value > 0:
        return Known(True, modulation.stamp)
    return active or Known(False, modulation.stamp)


def _all[T](values: Sequence[Known[T] | None]) -> list[Known[T]] | None:
    """Return the values, or None if one of them is not known."""
    known = [value for value in values if value is not None]
    return known if len(known) == len(values) else None


def _sum(values: Sequence[Known[float] | None]) -> Known[float] | None:
    """Return the sum of the values, or None if one of them is not known."""
    if not (known := _all(values)):
        return None
    return Known(round(sum(each.value for each in known), 6), newest(known))


def _any(states: Sequence[Known[bool] | None]) -> Known[bool] | None:
    true = [state for state in states if state is not None and state.value]
    if true:
        since = min((state.stamp for state in true if state.stamp), default=None)
        return Known(True, since)
    false = _all(states)
    return Known(False, newest(false)) if false else None
