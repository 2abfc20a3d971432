"""Say what a change did, in the language of Home Assistant."""

from math import floor, log10
from typing import Final

from ..performance.effect.result import Effect, Figures, Lack, Verdict, Yearly
from .words import Words

_DIGITS: Final = 2


def effect_sentence(effect: Effect, words: Words, currency: str) -> str:
    """Return what a change did in a sentence."""
    figures, verdict = effect.figures, effect.verdict
    if verdict is Verdict.NOT_ENOUGH_DATA or figures is None:
        return _what_is_missing(effect, words)
    values = _values(figures, verdict, words)
    sentence = words.text("effect", verdict).format_map(values)
    if verdict is Verdict.NO_VISIBLE_EFFECT or effect.yearly is None:
        return sentence
    return f"{sentence}; {_saving(effect.yearly, words, currency)}"


def percent(ratio: float) -> float:
    """Return by how many percent something is more."""
    return 100 * (ratio - 1)


def _what_is_missing(effect: Effect, words: Words) -> str:
    days = effect.days_needed
    key = f"not_enough_data_{effect.lack or Lack.DAYS_AFTER}"
    if days is not None:
        key = "not_enough_data_one_day" if days == 1 else "not_enough_data_days"
    return words.text("effect", key).format(days=days)


def _values(figures: Figures, verdict: Verdict, words: Words) -> dict[str, str]:
    """Return the change of the COP in percent; by how much it is worse, if it is."""
    change = figures.cop.change
    ends = [percent(change.value), percent(change.low), percent(change.high)]
    if verdict is Verdict.WORSE:
        ends = [-ends[0], -ends[2], -ends[1]]
    sign = "+" if verdict is Verdict.NO_VISIBLE_EFFECT else ""
    value, low, high = (words.number(f"{each:{sign}.1f}") for each in ends)
    return {"value": value, "low": low, "high": high}


def _saving(year: Yearly, words: Words, currency: str) -> str:
    saved_kwh, money = year.saved_kwh.value, year.saved_money
    amount = f"{_about(saved_kwh, words)} kWh"
    if money is not None:
        amount = words.text("effect", "both_amounts").format(
            energy=amount, money=f"{_about(money.value, words)} {currency}"
        )
    key = "saves" if saved_kwh >= 0 else "costs"
    return words.text("effect", key).format(amount=amount)


def _about(value: float, words: Words) -> str:
    """Return an amount without its sign, as exact as it is known."""
    if not value:
        return "0"
    digits = _DIGITS - 1 - floor(log10(abs(value)))
    rounded = round(abs(value), digits)
    return words.number(f"{rounded:.{max(min(digits, _DIGITS), 0)}f}")
