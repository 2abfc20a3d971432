"""Compare what a unit reports with what it reported before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from ..readings import OFF, Setting, SettingValue
from .model import Change, Source

# A time program for noise reduction, or an automation that follows the sun, changes
# a setting every day: without these its entries would hide all others.
_LOGGED_A_WEEK: Final = 4
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A value that one answer has shown."""

    value: SettingValue
    since: datetime


@dataclass(kw_only=True, slots=True)
class Shadow:
    """The settings of a unit, as two newer answers in a row have shown them.

    A value that one answer shows alone is no change: neither a setting that is missing
    in a partial answer, nor an old answer that the cloud repeats. A setting that
    changes more than four times a week is no change either until it rests for a week.
    """

    settings: dict[str, SettingValue] = field(default_factory=dict)
    candidates: dict[str, Candidate] = field(default_factory=dict)
    measured_at: datetime | None = None
    """The newest time stamp of all answers: another one is newer, or is ignored."""
    polled_at: datetime | None = None
    latest: dict[str, list[datetime]] = field(default_factory=dict)
    """When each setting changed the last few times."""
    restless: dict[str, SettingValue] = field(default_factory=dict)
    """What was last logged of each setting that changes too often to be logged."""

    def add(
        self,
        time: datetime,
        measured_at: datetime | None,
        settings: Mapping[str, Setting],
    ) -> list[Change]:
        """Return what has changed, now that a second answer confirms it.

        Args:
            time: When the answer was asked for.
            measured_at: The newest time stamp in it, None if it has none.
            settings: What it shows; a setting that is missing is not compared.
        """
        measured_at = measured_at or time
        if self.measured_at is not None and measured_at <= self.measured_at:
            return []
        found = [self._compare(key, each, time) for key, each in settings.items()]
        self.measured_at, self.polled_at = measured_at, time
        return [change for change in found if change is not None]

    def _compare(self, key: str, setting: Setting, time: datetime) -> Change | None:
        candidate = self.candidates.pop(key, None)
        if setting.value == self.settings.get(key):
            return self._rested(key, time)
        if candidate is None or candidate.value != setting.value:
            since = self._changed_at(setting, time)
            self.candidates[key] = Candidate(value=setting.value, since=since)
            return None
        old = self.settings.get(key)
        self.settings[key] = setting.value
        if old is None or _has_ended(key, old, setting.value, candidate.since):
            return None
        times = self.latest.get(key, [])
        self.latest[key] = [*times, candidate.since][-_LOGGED_A_WEEK:]
        if len(times) == _LOGGED_A_WEEK and candidate.since - times[0] < _WEEK:
            self.restless.setdefault(key, old)
            return None
        return self._change(key, self.restless.pop(key, old))

    def _rested(self, key: str, time: datetime) -> Change | None:
        """Return what a setting came to that has changed often, after a week of rest."""
        if key not in self.restless or time - self.latest[key][-1] < _WEEK:
            return None
        return self._change(key, self.restless.pop(key))

    def _change(self, key: str, logged: SettingValue) -> Change | None:
        """Return the last change of a setting, if the log does not show its value."""
        if (now := self.settings[key]) == logged:
            return None
        item, _, place = key.partition(".")
        return Change(
            time=self.latest[key][-1],
            source=Source.UNIT,
            item=item,
            place=place,
            old=logged,
            new=now,
        )

    def _changed_at(self, setting: Setting, time: datetime) -> datetime:
        """Return the time stamp of a value, if it lies between the last two answers."""
        stamp = setting.changed_at
        if stamp is None or self.polled_at is None or stamp <= self.polled_at:
            return time
        return min(stamp, time)


def _has_ended(key: str, old: SettingValue, new: SettingValue, time: datetime) -> bool:
    """Return whether a holiday is over, so that the unit itself removed it."""
    is_removed = key.startswith("holiday") and new == OFF
    return is_removed and str(old).split()[-1] <= time.date().isoformat()
