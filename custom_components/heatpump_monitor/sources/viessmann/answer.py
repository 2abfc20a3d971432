"""Look up the values in one answer of the Viessmann API, each with its time stamp."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
import math
import re
from typing import Final

from ..json_values import number, sequence, text
from ..ranges import Range, Ranges
from .parsing import Feature, Property, parse_timestamp

# Factors from the unit an answer names to the unit of the reading. What is
# not listed is not understood, and so not known: one and the same answer may
# give heat in watt and electricity in kilowatt.
CELSIUS: Final = {"celsius": 1.0}
COUNT: Final = {"": 1.0}
HOURS: Final = {"hour": 1.0, "": 1.0, "seconds": 1 / 3600}
# Older answers leave out the time; the figure is the same.
LITRES_PER_HOUR: Final = {"liter/hour": 1.0, "liter": 1.0}
PERCENT: Final = {"percent": 1.0}
REVOLUTIONS_PER_SECOND: Final = {"revolutionspersecond": 1.0}
WATT: Final = {"watt": 1.0, "kilowatt": 1000.0}
WATT_HOURS: Final = {"watthour": 1.0, "kilowatthour": 1000.0}

ANY: Final = Range(-math.inf, math.inf)
NOT_NEGATIVE: Final = Range(0.0, math.inf)
POSITIVE: Final = Range(math.ulp(0.0), math.inf)

# How far the clocks of the cloud and of this machine may be apart. A stamp
# further ahead is wrong, as local time that claims to be UTC is.
_CLOCK_TOLERANCE: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Known[T]:
    """A value of the answer."""

    value: T
    stamp: datetime | None
    """When it was measured or last changed, in UTC."""


def newest(values: Iterable[Known[object] | None]) -> datetime | None:
    """Return the newest time stamp of some values."""
    return max((known.stamp for known in values if known and known.stamp), default=None)


def value_of[T](known: Known[T] | None) -> T | None:
    """Return a value without its time stamp."""
    return None if known is None else known.value


class Answer:
    """The usable features of one answer, by name."""

    def __init__(
        self, features: Iterable[Feature], *, time: datetime, ranges: Ranges
    ) -> None:
        """Index the features; the arguments are those of `heat_pump_reading`."""
        features = tuple(features)
        self._features = {
            feature.name: feature
            for feature in features
            if feature.enabled and feature.properties
        }
        self._time = time
        self.ranges = ranges
        stamps = (self._checked(feature.timestamp) for feature in features)
        self.newest: datetime | None = max(filter(None, stamps), default=None)
        """The newest time stamp, of features without a value too."""

    def members(self, group: str) -> list[str]:
        """Return the names of the usable members of a group, in order.

        Members of `heating.compressors` are `heating.compressors.0` and so on.
        Units list members that they do not have; the group's own list of enabled
        ones excludes those, where there is such a list.
        """
        member = re.compile(rf"{re.escape(group)}\.(\d{{1,3}})(?:\.|$)")
        found = {match[1] for name in self._features if (match := member.match(name))}
        if (enabled := self.entries(group, "enabled")) is not None:
            found.intersection_update(filter(None, map(text, enabled.value)))
        return [f"{group}.{number}" for number in sorted(found, key=int)]

    def number(
        self,
        name: str,
        units: Mapping[str, float],
        *,
        key: str = "value",
        within: Range = NOT_NEGATIVE,
    ) -> Known[float] | None:
        """Return a number in the reading's unit."""
        if (found := self._find(name, key)) is None:
            return None
        value = within.keep(_scaled(found.value, units.get(found.unit)))
        return None if value is None else Known(value, self._stamp(name))

    def year_wh(self, name: str, years_ago: int) -> Known[float] | None:
        """Return an energy of a yearly array, which begins with the current year.

        Units send energies again without reading them again: a feature of today
        may say that its values were read a week ago. The older stamp counts.
        """
        years = self._find(name, "year")
        if years is None or len(values := sequence(years.value)) <= years_ago:
            return None
        value = NOT_NEGATIVE.keep(
            _scaled(values[years_ago], WATT_HOURS.get(years.unit))
        )
        if value is None:
            return None
        read_at = parse_timestamp(self._value(name, "yearValueReadAt"))
        stamps = (self._stamp(name), self._checked(read_at))
        return Known(value, min(filter(None, stamps), default=None))

    def temperature(self, *names: str) -> Known[float] | None:
        """Return the first temperature there is under one of these names."""
        return next(self._temperatures(names), None)

    def water_temperature(self, *names: str) -> Known[float] | None:
        """Return the first temperature of water there is under one of these names.

        Exactly 0 °C is what controllers send for a sensor without a value, even
        with the status `connected`. Air and brine may have 0 °C; water in a
        heating system does not, it is kept from freezing at 5 °C and more.
        """
        return next((each for each in self._temperatures(names) if each.value), None)

    def flag(self, name: str, key: str = "active") -> Known[bool] | None:
        """Return a truth value."""
        value = self._value(name, key)
        return Known(value, self._stamp(name)) if isinstance(value, bool) else None

    def word(self, name: str, key: str = "value") -> Known[str] | None:
        """Return a word of the controller, in lower case."""
        word = text(self._value(name, key))
        return None if word is None else Known(word.lower(), self._stamp(name))

    def switch(self, name: str) -> Known[bool] | None:
        """Return whether a pump is on; its `status` is its value."""
        if (feature := self._features.get(name)) is None:
            return None
        status = feature.properties.get("status")
        if status is None or status.value not in ("on", "off"):
            return None
        return Known(status.value == "on", self._stamp(name))

    def entries(self, name: str, key: str = "entries") -> Known[list[object]] | None:
        """Return an array, or None if there is none."""
        value = self._value(name, key)
        return Known(value, self._stamp(name)) if isinstance(value, list) else None

    def raw(self, name: str, key: str) -> Known[object] | None:
        """Return a JSON value as it is; None if there is none."""
        value = self._value(name, key)
        return None if value is None else Known(value, self._stamp(name))

    def names(self, prefix: str) -> list[str]:
        """Return the names of the usable features that begin with a prefix."""
        return [name for name in self._features if name.startswith(prefix)]

    def _temperatures(self, names: Iterable[str]) -> Iterator[Known[float]]:
        within = self.ranges.temperature_c
        found = (self.number(name, CELSIUS, within=within) for name in names)
        return (known for known in found if known is not None)

    def _find(self, name: str, key: str) -> Property | None:
        feature = self._features.get(name)
        if feature is None or not feature.connected:
            return None
        return feature.properties.get(key)

    def _value(self, name: str, key: str) -> object:
        found = self._find(name, key)
        return None if found is None else found.value

    def _stamp(self, name: str) -> datetime | None:
        return self._checked(self._features[name].timestamp)

    def _checked(self, stamp: datetime | None) -> datetime | None:
        """Return a time stamp that can be true: none of the future.

        A stamp slightly ahead comes of two clocks that differ, or of the time the
        answer took; it counts as now. One that is further ahead would make data
        look fresh for as long as it is ahead.
        """
        if stamp is None or stamp > self._time + _CLOCK_TOLERANCE:
            return None
        return min(stamp, self._time)


def _scaled(value: object, factor: float | None) -> float | None:
    """Return a number in the reading's unit, free of the noise of the wire.

    Energies come as 875.0999999999999 and as 875.1 of the same state.
    """
    known = number(value)
    if known is None or factor is None:
        return None
    return round(known * factor, 6)
