"""The quarter-hour that goes on: what is known of its energy, and how it ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from .limits import NEXT_S, UNSEEN_S
from .model import QUARTER, Basis, Quarter
from .quarter_log import quarter_start

_QUARTERS_PER_HOUR: Final = 4
# The meter starts its average again so shortly before or after its clock shows the
# quarter-hour's beginning. Its stamps are whole seconds, and some send every 10 s.
_NEAR_S: Final = 10.0
# What the average and the counter may differ by: the counter's step at both ends, an
# average that is some seconds late, and what two registers of a meter differ by.
_DIFFERENCE_WH: Final = 3.0
_DIFFERENCE_SHARE: Final = 0.02
_LATE_S: Final = 10.0
_DROP_WH: Final = 1.0
_ROUNDING_WH: Final = 2.0
_TICK: Final = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """What one reading means for the quarter-hours."""

    at: datetime
    """In UTC, by the clock that decides them."""
    total_wh: float | None
    """What was drawn so far; None without a counter."""
    is_continued: bool
    """Whether the counter continues the value before: no reset or jump."""
    power_w: float | None
    average_w: float | None
    """The meter's own average of the quarter-hour."""
    parts_w: Mapping[str, float] = field(default_factory=dict)

    @property
    def average_wh(self) -> float | None:
        """Return the energy behind the meter's average."""
        return None if self.average_w is None else self.average_w / _QUARTERS_PER_HOUR

    @property
    def import_w(self) -> float | None:
        """Return the power that is drawn; what is fed in counts as none."""
        return None if self.power_w is None else max(self.power_w, 0.0)


@dataclass(kw_only=True, slots=True)
class OpenQuarter:
    """A quarter-hour between its first reading and its end."""

    start: datetime
    counted_wh: float = 0.0
    """By the counter, since it began or was first seen."""
    is_counted: bool
    """Whether the counter is known since it began."""
    anchor_wh: float | None = None
    """What the average said of the time before it was first seen."""
    own_wh: float | None = None
    """By the meter's average; None without one, or while it is not believed."""
    is_believed: bool = True
    """False once the average contradicted the counter, or fell."""
    parts_wh: dict[str, float | None] = field(default_factory=dict)
    """What each heat pump drew, None where its power was not always known."""

    @property
    def basis(self) -> Basis:
        """Return how the energy so far is known."""
        if self.own_wh is not None:
            return Basis.METER
        return Basis.COUNTER if self.is_counted else Basis.INCOMPLETE

    @property
    def known_wh(self) -> float:
        """Return the energy so far, as far as it is known."""
        return self.counted_wh if self.own_wh is None else self.own_wh

    @property
    def so_far_w(self) -> float | None:
        """Return the energy so far over the whole quarter-hour, None if not known."""
        if self.basis is Basis.INCOMPLETE:
            return None
        return self.known_wh * _QUARTERS_PER_HOUR

    @property
    def known_parts_wh(self) -> dict[str, float]:
        """Return what each heat pump drew so far, where that is known."""
        known = self.parts_wh.items()
        return {key: wh for key, wh in known if wh is not None}

    def continue_to(self, last: Sample, sample: Sample) -> None:
        """Count until a sample in the same quarter-hour."""
        drawn_wh = drawn_between(last, sample)
        if drawn_wh is None:
            self.is_counted = False
        else:
            self.counted_wh += drawn_wh
        self._believe(sample)
        self._add_parts(last, sample, (sample.at - last.at).total_seconds())

    @classmethod
    def first(
        cls, last: Sample | None, sample: Sample, end_wh: float | None
    ) -> OpenQuarter:
        """Return the quarter-hour of its first sample.

        `end_wh` is the total where the quarter-hour of the last sample ended, if known.
        """
        start = quarter_start(sample.at)
        is_next = last is not None and quarter_start(last.at) + QUARTER == start
        quarter = cls(start=start, is_counted=sample.at == start)
        if is_next and end_wh is not None and sample.total_wh is not None:
            quarter.counted_wh, quarter.is_counted = sample.total_wh - end_wh, True
        if sample.total_wh is None:
            quarter.is_counted = False
        quarter._believe(sample)
        quarter.parts_wh = dict.fromkeys(sample.parts_w, None)
        if sample.at == start:
            quarter.parts_wh = dict.fromkeys(sample.parts_w, 0.0)
        elif last is not None and _is_close(last, sample):
            quarter.parts_wh = dict.fromkeys(sample.parts_w, 0.0)
            seconds = (sample.at - start).total_seconds()
            quarter._add_parts(last, sample, seconds)
        return quarter

    def end(self, last: Sample, sample: Sample, end_wh: float | None) -> Quarter:
        """Return it as ended; the sample is the first one after its end."""
        rest_s = (self.start + QUARTER - last.at).total_seconds()
        rest_wh, basis = self._rest(last, sample, rest_s, end_wh)
        self._add_parts(last, sample, rest_s)
        return Quarter(
            start=self.start,
            import_wh=self.known_wh + rest_wh,
            basis=basis,
            parts_wh=self.known_parts_wh,
        )

    def _rest(
        self, last: Sample, sample: Sample, rest_s: float, end_wh: float | None
    ) -> tuple[float, Basis]:
        """Return what was drawn since the last sample, and how all is known then."""
        is_next = (sample.at - last.at).total_seconds() <= NEXT_S
        if self.own_wh is not None and is_next and sample.import_w is not None:
            return sample.import_w * rest_s / 3600, Basis.METER
        if end_wh is not None and last.total_wh is not None:
            is_known = self.basis is not Basis.INCOMPLETE
            basis = Basis.COUNTER if is_known else Basis.INCOMPLETE
            return end_wh - last.total_wh, basis
        if self.own_wh is not None and rest_s <= NEXT_S and last.import_w is not None:
            return last.import_w * rest_s / 3600, Basis.METER
        return 0.0, Basis.INCOMPLETE

    def _believe(self, sample: Sample) -> None:
        """Use the meter's average, unless it cannot be true."""
        before_wh, self.own_wh = self.own_wh, None
        own_wh = sample.average_wh
        elapsed_s = (sample.at - self.start).total_seconds()
        # At first it may still be that of the quarter-hour before.
        if own_wh is None or not self.is_believed or elapsed_s < _NEAR_S:
            return
        has_fallen = before_wh is not None and own_wh < before_wh - _DROP_WH
        if has_fallen or self._contradicts(own_wh, sample.import_w or 0.0):
            self._disbelieve()
            return
        self.own_wh = own_wh
        if not self.is_counted:
            self.is_counted = sample.total_wh is not None
            self.anchor_wh = own_wh - self.counted_wh
            self.counted_wh = own_wh

    def _disbelieve(self) -> None:
        self.is_believed = False
        if self.anchor_wh is not None:
            self.counted_wh -= self.anchor_wh
            self.is_counted, self.anchor_wh = False, None

    def _contradicts(self, own_wh: float, import_w: float) -> bool:
        """Return whether the counter denies an average, be that some seconds late."""
        allowed_wh = _DIFFERENCE_WH + self.counted_wh * _DIFFERENCE_SHARE
        allowed_wh += import_w * _LATE_S / 3600
        return self.is_counted and abs(own_wh - self.counted_wh) > allowed_wh

    def _add_parts(self, last: Sample, sample: Sample, seconds: float) -> None:
        for key in self.parts_wh.keys() | sample.parts_w.keys():
            drawn_wh = self.parts_wh.get(key)
            if (
                drawn_wh is None
                or key not in last.parts_w
                or key not in sample.parts_w
                or not _is_close(last, sample)
            ):
                self.parts_wh[key] = None
                continue
            mean_w = (last.parts_w[key] + sample.parts_w[key]) / 2
            self.parts_wh[key] = drawn_wh + mean_w * seconds / 3600


def drawn_between(last: Sample, sample: Sample) -> float | None:
    """Return what was drawn between two samples, None if that is not known."""
    if last.total_wh is None or sample.total_wh is None or not sample.is_continued:
        return None
    return sample.total_wh - last.total_wh


def total_at(end: datetime, last: Sample, sample: Sample) -> float | None:
    """Return the total at the end of a quarter-hour, which lies between two samples.

    None if that is not known: the samples are far apart, and no average of the next
    quarter-hour says what was drawn since.
    """
    drawn_wh = drawn_between(last, sample)
    if drawn_wh is None or last.total_wh is None:
        return None
    if sample.at == end:
        return sample.total_wh
    if _is_close(last, sample):
        return last.total_wh + drawn_wh * ((end - last.at) / (sample.at - last.at))
    if sample.average_wh is None or sample.at >= end + QUARTER:
        return None
    # At first it may still be that of the quarter-hour before.
    is_early = (sample.at - end).total_seconds() < _NEAR_S
    if is_early or sample.average_wh > drawn_wh + _ROUNDING_WH:
        return None
    return last.total_wh + max(drawn_wh - sample.average_wh, 0.0)


def aligned(last: Sample, sample: Sample) -> Sample:
    """Return a sample on that side of a quarter-hour's end that its average is of."""
    end = quarter_start(last.at) + QUARTER
    after_s = (sample.at - end).total_seconds()
    if abs(after_s) > _NEAR_S:
        return sample
    if last.average_wh is None or sample.average_wh is None:
        return sample
    if after_s < 0:
        has_fallen = sample.average_wh < last.average_wh - _DROP_WH
        return replace(sample, at=end) if has_fallen else sample
    drawn_wh = drawn_between(last, sample)
    if drawn_wh is None or sample.average_wh < last.average_wh - _DROP_WH:
        return sample
    # More than was drawn since the last sample cannot be of the new quarter-hour.
    is_old = sample.average_wh > drawn_wh + _ROUNDING_WH
    return replace(sample, at=end - _TICK) if is_old else sample


def _is_close(last: Sample, sample: Sample) -> bool:
    return (sample.at - last.at).total_seconds() <= UNSEEN_S
