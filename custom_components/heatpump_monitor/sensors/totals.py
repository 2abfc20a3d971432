"""Sensors of heat, COP and cycles, and of how far the methods agree."""

from collections.abc import Callable
from functools import partial

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import (
    EntityCategory,
    UnitOfEnergy,
    UnitOfPower,
    UnitOfRatio,
    UnitOfTime,
)

from ..performance.plant import HeatMethod
from ..performance.totals.ledger import Bucket
from ..performance.totals.periods import Period
from ..readings import Mode
from ..status import Status
from .description import FOR_ALL, FOR_FEW, FigureDescription

# These give energy, and no power.
_ENERGIES = frozenset({HeatMethod.HEAT_METER, HeatMethod.COUNTER, HeatMethod.COMBINED})

_POWER = partial(
    FigureDescription,
    device_class=SensorDeviceClass.POWER,
    native_unit_of_measurement=UnitOfPower.WATT,
    suggested_display_precision=0,
)
_ENERGY = partial(
    FOR_ALL,
    device_class=SensorDeviceClass.ENERGY,
    native_unit_of_measurement=UnitOfEnergy.WATT_HOUR,
    # A defrost takes heat back, and a meter's memory may correct the electricity.
    state_class=SensorStateClass.TOTAL,
    suggested_display_precision=2,
    suggested_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
)
_COUNT_TODAY = partial(
    FigureDescription,
    counted_in=Period.TODAY,
    state_class=SensorStateClass.TOTAL,
    suggested_display_precision=0,
)


def _method_sensor(method: HeatMethod) -> FigureDescription:
    return _POWER(
        key=f"thermal_power_{method}",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=lambda status: status.snapshot.thermal_power_by_method.get(method),
    )


def _electricity_today_wh(status: Status) -> float | None:
    sums = status.summary(Period.TODAY).sums
    return sums.electricity_wh if sums.metered_s else None


def _heat_today_wh(status: Status) -> float | None:
    sums = status.summary(Period.TODAY).sums
    if not sums.paired_s and not sums.unpaired_heat_wh:
        return None
    return sums.heat_wh + sums.unpaired_heat_wh


def _today(count_fn: Callable[[Bucket], int]) -> Callable[[Status], int | None]:
    """Return the function that counts today; None if the heat pump was not read."""

    def count(status: Status) -> int | None:
        sums = status.summary(Period.TODAY).sums
        return count_fn(sums) or (0 if sums.paired_s else None)

    return count


def _reports_defrosts(status: Status) -> bool:
    reading = status.snapshot.reading
    return reading is not None and reading.defrosting is not None


def _cycle_min(status: Status) -> float | None:
    """Return how long the compressor ran for each start, in minutes."""
    cycle_s = status.summary(Period.ROLLING_MONTH).mean_cycle_s
    return None if cycle_s is None else cycle_s / 60


TOTALS: tuple[FigureDescription, ...] = (
    _POWER(
        key="thermal_power",
        exists_fn=lambda _: True,
        value_fn=lambda status: status.snapshot.thermal_power_w,
    ),
    *(_method_sensor(method) for method in HeatMethod if method not in _ENERGIES),
    FOR_ALL(
        key="cop",
        suggested_display_precision=2,
        value_fn=lambda status: status.snapshot.cop,
    ),
    FOR_ALL(
        key="mode",
        device_class=SensorDeviceClass.ENUM,
        options=list(Mode),
        state_class=None,
        value_fn=lambda status: status.snapshot.mode,
    ),
    _ENERGY(
        key="electricity_today", counted_in=Period.TODAY, value_fn=_electricity_today_wh
    ),
    _ENERGY(key="heat_today", counted_in=Period.TODAY, value_fn=_heat_today_wh),
    _ENERGY(
        key="heat_total",
        # Where the saved total was lost, or the entry was added again, the
        # statistics must not fall by all the heat that was counted before.
        last_reset_fn=lambda status: status.snapshot.ledger.counting_since,
        value_fn=lambda status: status.snapshot.heat_total_wh,
    ),
    _COUNT_TODAY(
        key="starts_today",
        exists_fn=lambda _: True,
        value_fn=_today(lambda sums: sums.starts),
    ),
    FOR_FEW(
        key="cycle_length",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=0,
        value_fn=_cycle_min,
    ),
    _COUNT_TODAY(
        key="defrosts_today",
        entity_registry_enabled_default=False,
        exists_fn=_reports_defrosts,
        value_fn=_today(lambda sums: sums.defrosts),
    ),
)


def _deviations_pct(status: Status) -> dict[str, float]:
    deviations = status.summary(Period.ROLLING_MONTH).deviations()
    return {method.value: round(100 * share, 1) for method, share in deviations.items()}


def _disagreement_pct(status: Status) -> float | None:
    """Return the largest deviation of any method; None where there is only one."""
    return max((abs(pct) for pct in _deviations_pct(status).values()), default=None)


METHODS: tuple[FigureDescription, ...] = (
    FigureDescription(
        key="method_disagreement",
        attributes_fn=_deviations_pct,
        entity_category=EntityCategory.DIAGNOSTIC,
        native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
        suggested_display_precision=1,
        value_fn=_disagreement_pct,
    ),
)
