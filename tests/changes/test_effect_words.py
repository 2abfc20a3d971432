"""What a change did, in words."""

from dataclasses import replace

import pytest

from benchmarks.daily_model import CHANGE_DAY, House, lived
from custom_components.heatpump_monitor.changes.effect_words import effect_sentence
from custom_components.heatpump_monitor.performance.effect.analysis import analyse
from custom_components.heatpump_monitor.performance.effect.result import (
    BeforeAfter,
    ChangeMoment,
    Effect,
    Estimate,
    Lack,
    Verdict,
    Yearly,
)
from custom_components.heatpump_monitor.performance.plant import SourceKind

from .test_words import DE, EN

ONE = Estimate(1.0, 1.0, 1.0)


def effect_of(verdict: Verdict, change: Estimate, saved_kwh: float | None) -> Effect:
    """Return an effect with these figures."""
    winter = lived(House(scatter=0.01), 1)
    found = analyse(
        winter.ledger,
        ChangeMoment(winter.change_time),
        (),
        winter.today,
        source=SourceKind.AIR,
    )
    assert found.figures is not None
    cop = BeforeAfter(before=ONE, after=ONE, change=change)
    figures = replace(found.figures, cop=cop)
    found = replace(found, verdict=verdict, figures=figures, yearly=None)
    if saved_kwh is None:
        return found
    saved = Estimate(saved_kwh, saved_kwh, saved_kwh)
    year = Yearly(
        saved_kwh=saved,
        saved_in_all_kwh=saved,
        saved_money=saved.scaled(0.3),
        saved_in_all_money=None,
        share_measured=1.0,
        share_in_range=1.0,
    )
    return replace(found, yearly=year)


@pytest.mark.parametrize(
    ("verdict", "change", "saved_kwh", "english", "german"),
    [
        (
            Verdict.BETTER,
            Estimate(1.0642, 1.0307, 1.0984),
            147.3,
            (
                "COP 6.4 % better (3.1 to 9.8 %) at the same weather; saves about"
                " 150 kWh and 44 EUR a year"
            ),
            (
                "COP 6,4 % besser (3,1 bis 9,8 %) bei gleichem Wetter; spart etwa"
                " 150 kWh und 44 EUR im Jahr"
            ),
        ),
        (
            Verdict.WORSE,
            Estimate(0.936, 0.91, 0.97),
            -8.44,
            (
                "COP 6.4 % worse (3.0 to 9.0 %) at the same weather; costs about"
                " 8.4 kWh and 2.5 EUR a year"
            ),
            (
                "COP 6,4 % schlechter (3,0 bis 9,0 %) bei gleichem Wetter; kostet etwa"
                " 8,4 kWh und 2,5 EUR im Jahr"
            ),
        ),
        (
            Verdict.NO_VISIBLE_EFFECT,
            Estimate(1.004, 0.98, 1.03),
            5.0,
            "No visible effect: COP +0.4 % (-2.0 to +3.0 %) at the same weather",
            (
                "Keine sichtbare Wirkung: COP +0,4 % (-2,0 bis +3,0 %) bei gleichem"
                " Wetter"
            ),
        ),
        (
            Verdict.BETTER,
            ONE,
            None,
            "COP 0.0 % better (0.0 to 0.0 %) at the same weather",
            "COP 0,0 % besser (0,0 bis 0,0 %) bei gleichem Wetter",
        ),
        (
            Verdict.BETTER,
            ONE,
            0.0,
            (
                "COP 0.0 % better (0.0 to 0.0 %) at the same weather; saves about"
                " 0 kWh and 0 EUR a year"
            ),
            (
                "COP 0,0 % besser (0,0 bis 0,0 %) bei gleichem Wetter; spart etwa"
                " 0 kWh und 0 EUR im Jahr"
            ),
        ),
    ],
)
def test_found(
    verdict: Verdict,
    change: Estimate,
    saved_kwh: float | None,
    english: str,
    german: str,
) -> None:
    """By how much, how sure, and what it saves, no more exact than it is known."""
    effect = effect_of(verdict, change, saved_kwh)
    assert effect_sentence(effect, EN, "EUR") == english
    assert effect_sentence(effect, DE, "EUR") == german


@pytest.mark.parametrize(
    ("lack", "days", "english"),
    [
        (Lack.DAYS_AFTER, 20, "Not enough data yet: needs about 20 more days"),
        (Lack.DAYS_AFTER, 1, "Not enough data yet: needs about one more day"),
        (
            Lack.DAYS_AFTER,
            None,
            "Not enough data yet: how many more days it needs is not known",
        ),
        (
            Lack.DAYS_BEFORE,
            None,
            "Not enough data: too few comparable days before the change",
        ),
        (Lack.NEXT_CHANGE, None, "Not enough data: another change came too soon"),
        (
            Lack.SAME_WEATHER,
            None,
            (
                "Not enough data yet: the days before and after the change were not"
                " equally cold"
            ),
        ),
    ],
)
def test_not_enough(lack: Lack, days: int | None, english: str) -> None:
    """It says what is missing."""
    winter = lived(House(), 1)
    effect = analyse(winter.ledger, ChangeMoment(winter.change_time), (), CHANGE_DAY)
    effect = replace(effect, lack=lack, days_needed=days)
    assert effect_sentence(effect, EN, "EUR") == english
    assert effect_sentence(effect, DE, "EUR") != english
