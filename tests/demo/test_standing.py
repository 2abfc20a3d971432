"""Tests of what the crash test calls lost or counted twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from demo.comparison import Energies
from demo.standing import Passage, Standing

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
BEFORE = Standing(
    closed_until=NOON,
    metered_until=NOON + timedelta(seconds=0.4),
    paired=Energies(electricity_wh=6.0, heat_wh=24.0),
    paired_s=15.0,
    total=Energies(electricity_wh=6.2, heat_wh=24.0),
    ledger=Energies(electricity_wh=6.2, heat_wh=24.0),
)
AFTER = Standing(
    closed_until=NOON + timedelta(seconds=100),
    metered_until=NOON + timedelta(seconds=100.6),
    paired=Energies(electricity_wh=46.0, heat_wh=184.0),
    paired_s=115.0,
    total=Energies(electricity_wh=46.3, heat_wh=184.0),
    ledger=Energies(electricity_wh=46.3, heat_wh=184.0),
)
DIAGNOSTICS: dict[str, Any] = {
    "snapshot": {
        "closed_interval": {"end": "2026-11-21T12:00:00+00:00"},
        "electricity_total_wh": 6.2,
        "electricity_until": "2026-11-21T12:00:00.400000+00:00",
        "heat_total_wh": 24.0,
        "summaries": {
            "all": {
                "sums": {
                    "electricity_wh": 6.2,
                    "paired_electricity_wh": 6.0,
                    "heat_wh": 23.0,
                    "unpaired_heat_wh": 1.0,
                    "paired_s": 15.0,
                }
            }
        },
    },
}


def complaints(after: Standing) -> list[str]:
    """Return what is off in an account that stands so after crashes."""
    passage = Passage(
        before=BEFORE,
        after=after,
        true=Energies(electricity_wh=40.0, heat_wh=160.0),
        true_metered_wh=40.1,
    )
    return passage.complaints(heat_off_at_most=0.03)


def more(energies: Energies, *, electricity_wh: float, heat_wh: float) -> Energies:
    """Return energies and some more."""
    return energies + Energies(electricity_wh=electricity_wh, heat_wh=heat_wh)


def test_nothing_lost() -> None:
    """All that flowed was counted once."""
    assert complaints(AFTER) == []


def test_electricity_may_be_off_by_a_thousandth_and_a_step_of_the_meter() -> None:
    """That is 0.06 Wh of 40 Wh; more than that is told, with how much it is."""
    within = replace(AFTER, paired=more(AFTER.paired, electricity_wh=0.059, heat_wh=0))
    beyond = replace(AFTER, paired=more(AFTER.paired, electricity_wh=0.061, heat_wh=0))
    assert complaints(within) == []
    (complaint,) = complaints(beyond)
    assert complaint == (
        "electricity of the intervals in Wh: 40.06, truly 40.00: +0.15%, allowed 0.1%"
    )


def test_interval_counted_twice() -> None:
    """Its electricity, its heat and its time are all too much."""
    twice = replace(
        AFTER,
        paired=more(AFTER.paired, electricity_wh=2.0, heat_wh=8.0),
        paired_s=120.0,
        total=more(AFTER.total, electricity_wh=2.0, heat_wh=8.0),
        ledger=more(AFTER.ledger, electricity_wh=2.0, heat_wh=8.0),
    )
    assert [complaint.split(":")[0] for complaint in complaints(twice)] == [
        "electricity of the intervals in Wh",
        "electricity in total in Wh",
        "heat in Wh",
        "105.000 s in intervals, 100.000 passed",
    ]


def test_interval_lost() -> None:
    """An interval that was left out is told, though the total is right."""
    lost = replace(
        AFTER,
        paired=more(AFTER.paired, electricity_wh=-2.0, heat_wh=0.0),
        paired_s=110.0,
    )
    assert [complaint.split(":")[0] for complaint in complaints(lost)] == [
        "electricity of the intervals in Wh",
        "95.000 s in intervals, 100.000 passed",
    ]


@pytest.mark.parametrize(
    ("off", "complaint"),
    [
        (
            Energies(electricity_wh=0.01, heat_wh=0.0),
            "46.300 Wh of electricity in total, 46.310 in the days",
        ),
        (
            Energies(electricity_wh=0.0, heat_wh=0.01),
            "184.000 Wh of heat in total, 184.010 in the days",
        ),
    ],
)
def test_days_have_to_add_up_to_the_total(off: Energies, complaint: str) -> None:
    """They are two sums of the same, so no share may be off."""
    assert complaints(replace(AFTER, ledger=AFTER.ledger + off)) == [complaint]


def test_standing_still_proves_nothing() -> None:
    """Where nothing flowed, nothing could be lost."""
    later = replace(BEFORE, closed_until=AFTER.closed_until, paired_s=115.0)
    nothing = Energies(electricity_wh=0.0, heat_wh=0.0)
    passage = Passage(before=BEFORE, after=later, true=nothing, true_metered_wh=0.0)
    assert passage.complaints(heat_off_at_most=0.03) == ["the heat pump made no heat"]


def test_standing_is_read_from_diagnostics() -> None:
    """The days hold heat with and without electricity; the total counts both."""
    standing = Standing.from_diagnostics(DIAGNOSTICS)
    paired = Energies(electricity_wh=6.0, heat_wh=23.0)
    assert standing == replace(BEFORE, paired=paired)


@pytest.mark.parametrize("key", ["closed_interval", "electricity_until"])
def test_moment_of_the_total_has_to_be_known(key: str) -> None:
    """Before the first interval nothing can be compared."""
    diagnostics = {"snapshot": DIAGNOSTICS["snapshot"] | {key: None}}
    assert Standing.from_diagnostics(diagnostics) is None
