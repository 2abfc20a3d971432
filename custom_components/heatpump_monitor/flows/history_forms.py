"""The forms of an import from statistics, and what they say of it."""

from collections.abc import Collection, Iterable
from typing import Final

import probatio

from homeassistant.helpers import selector
from homeassistant.util import dt as dt_util

from ..history.transfer.candidates import ELECTRICITY, HEAT, OUTSIDE, Candidate
from ..history.transfer.importing import Imported
from ..performance.plant import HeatMethod
from ..performance.totals.periods import FULL_YEAR_DAYS
from .schemas import Texts, choice

CONF_IMPORTED_HEAT: Final = "imported_heat"

METHOD_SCHEMA: Final = probatio.Schema(
    {
        probatio.Required(
            CONF_IMPORTED_HEAT, default=HeatMethod.HEAT_METER.value
        ): choice("heat_method", HeatMethod)
    }
)
# More of what cannot be used says no more.
_FINDINGS_SHOWN: Final = 3


def history_schema(candidates: Collection[Candidate], texts: Texts) -> probatio.Schema:
    """Return the form that offers the statistics there are, in their order."""
    energies = [each for each in candidates if each.is_energy]
    temperatures = [each for each in candidates if not each.is_energy]
    return probatio.Schema(
        {
            probatio.Optional(ELECTRICITY): _select(energies, texts, multiple=True),
            probatio.Optional(HEAT): _select(energies, texts, multiple=True),
            probatio.Optional(OUTSIDE): _select(temperatures, texts),
        }
    )


def _select(
    candidates: Iterable[Candidate], texts: Texts, *, multiple: bool = False
) -> selector.SelectSelector:
    options = [
        selector.SelectOptionDict(
            value=each.statistic_id,
            label=texts["statistic"].format(
                name=each.name,
                unit=each.unit,
                day=dt_util.as_local(each.since).date().isoformat(),
            ),
        )
        for each in candidates
    ]
    return selector.SelectSelector(
        selector.SelectSelectorConfig(
            options=options,
            multiple=multiple,
            mode=selector.SelectSelectorMode.DROPDOWN,
        )
    )


def summary(imported: Imported, texts: Texts, *, has_heat: bool) -> str:
    """Return in words what an import gives, as a list."""
    keys = ["days"]
    if imported.days_replaced:
        keys.append("replaced")
    if imported.days_left_alone:
        keys.append("left_alone")
    keys += ["electricity", *_of_heat(imported, has_heat=has_heat)]
    if imported.bad_rows:
        keys.append("bad_values")
    values = {
        "cop": _number(imported.cop, texts, 2),
        "count": imported.bad_rows,
        "coverage": _number(100 * (imported.coverage or 0.0), texts),
        "days": imported.days_imported,
        "electricity": _number(imported.electricity_kwh, texts),
        "first": imported.first_day,
        "heat": _number(imported.heat_kwh, texts),
        "last": imported.last_day,
        "left_alone": imported.days_left_alone,
        "paired": _number(imported.paired_days, texts),
        "replaced": imported.days_replaced,
    }
    lines = [f"- {texts[key].format(**values)}" for key in keys]
    lines += [
        f"  - {finding.column}, {finding.value}: {texts[finding.problem]}"
        for finding in imported.bad_rows_first[:_FINDINGS_SHOWN]
    ]
    return "\n".join(lines)


def _of_heat(imported: Imported, *, has_heat: bool) -> list[str]:
    if not has_heat:
        return ["no_heat"]
    if imported.cop is None:
        return ["never_paired"]
    # Only a year has a JAZ.
    is_year = imported.paired_days >= FULL_YEAR_DAYS
    return ["heat", "jaz" if is_year else "cop", "coverage"]


def _number(value: float | None, texts: Texts, digits: int = 0) -> str:
    return f"{value or 0.0:.{digits}f}".replace(".", texts["decimal_mark"])
