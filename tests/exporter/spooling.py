"""A spool in a folder of its own, and a clock that a test sets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from custom_components.heatpump_monitor.exporter.point import Point
from custom_components.heatpump_monitor.exporter.spool import Batch, Spool, SpoolLimits

START = datetime(2026, 1, 15, 12, tzinfo=UTC)


def encode(point: Point) -> str:
    """Return a point as a short line."""
    tags = "".join(f",{key}={value}" for key, value in sorted(point.tags.items()))
    fields = ",".join(f"{key}={value!r}" for key, value in sorted(point.fields.items()))
    milliseconds = round(point.time.timestamp() * 1000)
    return f"{point.measurement}{tags} {fields} {milliseconds}"


def power(number: int, value: float = 1.0) -> Point:
    """Return a point of the nth ten seconds."""
    return Point(
        measurement="m",
        tags={"home": "a"},
        fields={"v": value},
        time=START + number * timedelta(seconds=10),
    )


def hour(number: int, value: float, measurement: str = "hour") -> Point:
    """Return a point of the nth hour, that may be corrected."""
    return Point(
        measurement=measurement,
        tags={"home": "a"},
        fields={"v": value},
        time=START + number * timedelta(hours=1),
        may_change=True,
    )


@dataclass
class Clock:
    """The time that a test sets."""

    time: datetime = START

    def __call__(self) -> datetime:
        """Return the time."""
        return self.time

    def wait(self, duration: timedelta) -> None:
        """Let time pass."""
        self.time += duration


@dataclass
class Spools:
    """Opens the same spool again and again."""

    path: Path
    clock: Clock = field(default_factory=Clock)
    opened: list[Spool] = field(default_factory=list)

    async def open(
        self,
        *,
        replaces: bool = True,
        resend_s: float = 0,
        limits: SpoolLimits | None = None,
    ) -> Spool:
        """Return the spool, opened; the one before is closed."""
        await self.close()
        spool = Spool(
            self.path,
            encode,
            replaces=replaces,
            resend_s=resend_s,
            limits=limits or SpoolLimits(),
            now=self.clock,
        )
        self.opened.append(spool)
        await spool.async_open()
        return spool

    async def close(self) -> None:
        """Close whatever is open."""
        while self.opened:
            await self.opened.pop().async_close()


async def lines_of(spool: Spool, most_lines: int = 5_000) -> list[str]:
    """Return all unsent lines, in the order of the batches."""
    lines: list[str] = []
    number = 0
    while batch := await spool.async_after(number, most_lines):
        lines += batch.lines
        number = batch.last
    return lines


async def sent_all(
    spool: Spool, counted: Mapping[str, int] | None = None
) -> list[Batch]:
    """Acknowledge everything; return what it was."""
    batches: list[Batch] = []
    while batch := await spool.async_oldest():
        spool.acknowledge(batch, counted or {})
        batches.append(batch)
    return batches


def encoded(points: Sequence[Point]) -> list[str]:
    """Return points as lines."""
    return [encode(point) for point in points]
