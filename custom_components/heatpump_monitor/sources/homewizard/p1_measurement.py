"""What a P1 meter measures, by the fields of its local API v2.

Every field is optional, and what is not known is left out. `current_a` is not read:
it adds up the phases without their signs, so that it is not what the house draws.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from ...house_meter.model import QUARTER
from ...readings import (
    PHASES,
    GridReading,
    PhaseReading,
    Submeter,
    SubmeterReading,
    sum_if_known,
)
from ..json_values import mapping, number, sequence, text
from ..ranges import Range
from .wall_clock import WallClock

_TARIFFS: Final = range(1, 5)
_POWER_W: Final = Range(-100_000.0, 100_000.0)
_AVERAGE_W: Final = Range(0.0, 100_000.0)
_VOLTAGE_V: Final = Range(1.0, 500.0)
# No month of a house is below it. A firmware that sends kW in the field of W is.
_LEAST_PEAK_W: Final = 20.0
# A clock that is further off does not decide which quarter-hour it is.
_LARGEST_CLOCK_ERROR: Final = QUARTER

_SUBMETERS: Final = {
    "gas_meter": Submeter.GAS,
    "water_meter": Submeter.WATER,
    "warm_water_meter": Submeter.WARM_WATER,
    "heat_meter": Submeter.HEAT,
    "inlet_heat_meter": Submeter.INLET_HEAT,
}
_UNITS: Final = frozenset({"m3", "GJ", "kWh"})
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def grid_reading(
    data: Mapping[str, object], arrived: datetime, clock: WallClock
) -> GridReading | None:
    """Return what an answer says; None if it has no value of electricity."""
    phases = tuple(
        phase
        for index, name in enumerate(PHASES, start=1)
        if (phase := _phase(data, name, index)) != PhaseReading(name=name)
    )
    power_w = _POWER_W.keep(number(data.get("power_w")))
    if power_w is None:
        power_w = sum_if_known(phase.power_w for phase in phases)
    by_import, by_export = _by_tariff(data, "import"), _by_tariff(data, "export")
    import_wh = _total_wh(data, "import", by_import)
    export_wh = _total_wh(data, "export", by_export)
    if power_w is import_wh is export_wh is None:
        return None
    average_w, peak_w = _averages_w(data)
    return GridReading(
        time=arrived,
        measured_at=_measured_at(data, arrived, clock),
        power_w=power_w,
        phases=phases,
        import_wh=import_wh,
        export_wh=export_wh,
        import_by_tariff_wh=by_import,
        export_by_tariff_wh=by_export,
        tariff=_tariff(data),
        quarter_average_w=average_w,
        month_peak_w=peak_w,
        month_peak_at=None if peak_w is None else _peak_at(data, arrived, clock),
        sags=_by_phase(data, "voltage_sag"),
        swells=_by_phase(data, "voltage_swell"),
        power_failures=_count(data, "any_power_fail_count"),
        long_power_failures=_count(data, "long_power_fail_count"),
        submeters=_submeters(data, arrived, clock),
    )


def _phase(data: Mapping[str, object], name: str, index: int) -> PhaseReading:
    current_a = number(data.get(f"current_l{index}_a"))
    return PhaseReading(
        name=name,
        power_w=_POWER_W.keep(number(data.get(f"power_l{index}_w"))),
        voltage_v=_VOLTAGE_V.keep(number(data.get(f"voltage_l{index}_v"))),
        # Its sign is that of the power.
        current_a=None if current_a is None else abs(current_a),
    )


def _by_tariff(data: Mapping[str, object], direction: str) -> dict[int, float]:
    values = {
        tariff: _counter_wh(data, f"energy_{direction}_t{tariff}_kwh")
        for tariff in _TARIFFS
    }
    return {tariff: value for tariff, value in values.items() if value is not None}


def _total_wh(
    data: Mapping[str, object], direction: str, by_tariff: Mapping[int, float]
) -> float | None:
    """Return the total, or the sum of the tariffs: some meters have only these."""
    total_wh = _counter_wh(data, f"energy_{direction}_kwh")
    return total_wh or sum_if_known(by_tariff.values()) or total_wh


def _counter_wh(data: Mapping[str, object], name: str) -> float | None:
    value_kwh = number(data.get(name))
    if value_kwh is None or value_kwh < 0:
        return None
    return round(value_kwh * 1000, 3)


def _averages_w(data: Mapping[str, object]) -> tuple[float | None, float | None]:
    """Return the average of the running quarter-hour and the month's peak.

    At the start of a month there is no peak, or one of 0 W.
    """
    average_w = _AVERAGE_W.keep(number(data.get("average_power_15m_w")))
    peak_w = _AVERAGE_W.keep(number(data.get("monthly_power_peak_w")))
    if not peak_w:
        return average_w, None
    if peak_w < _LEAST_PEAK_W:
        return None, None
    return average_w, peak_w


def _measured_at(
    data: Mapping[str, object], arrived: datetime, clock: WallClock
) -> datetime | None:
    measured_at = clock.moment(data.get("timestamp"), arrived)
    if measured_at is None or abs(measured_at - arrived) > _LARGEST_CLOCK_ERROR:
        return None
    return measured_at


def _peak_at(
    data: Mapping[str, object], arrived: datetime, clock: WallClock
) -> datetime | None:
    """Return the end of a quarter-hour: the stamp may be some seconds later."""
    peak_at = clock.kept_moment(data.get("monthly_power_peak_timestamp"), arrived)
    if peak_at is None or peak_at - arrived > _LARGEST_CLOCK_ERROR:
        return None
    return _EPOCH + round((peak_at - _EPOCH) / QUARTER) * QUARTER


def _tariff(data: Mapping[str, object]) -> int | None:
    tariff = _count(data, "tariff")
    return tariff if tariff in _TARIFFS else None


def _count(data: Mapping[str, object], name: str) -> int | None:
    count = number(data.get(name))
    return int(count) if count is not None and count >= 0 else None


def _by_phase(data: Mapping[str, object], name: str) -> dict[str, int]:
    counts = {
        phase: _count(data, f"{name}_l{index}_count")
        for index, phase in enumerate(PHASES, start=1)
    }
    return {phase: count for phase, count in counts.items() if count is not None}


def _submeters(
    data: Mapping[str, object], arrived: datetime, clock: WallClock
) -> tuple[SubmeterReading, ...]:
    """Return the last value of each meter: one that was replaced may come twice."""
    found: dict[tuple[Submeter, str], SubmeterReading] = {}
    for each in sequence(data.get("external")):
        reading = _submeter(mapping(each), arrived, clock)
        if reading is None:
            continue
        key = reading.kind, reading.serial
        if key not in found or _age(found[key], arrived) > _age(reading, arrived):
            found[key] = reading
    return tuple(found.values())


def _age(reading: SubmeterReading, arrived: datetime) -> timedelta:
    return arrived - (reading.measured_at or _EPOCH)


def _submeter(
    data: Mapping[str, object], arrived: datetime, clock: WallClock
) -> SubmeterReading | None:
    serial, kind = text(data.get("unique_id")), text(data.get("type")) or ""
    value, unit = number(data.get("value")), text(data.get("unit"))
    if serial is None or kind not in _SUBMETERS:
        return None
    if value is None or value < 0 or unit not in _UNITS:
        return None
    return SubmeterReading(
        serial=_plain_serial(serial),
        kind=_SUBMETERS[kind],
        value=value,
        unit=unit,
        measured_at=clock.moment(data.get("timestamp"), arrived),
    )


def _plain_serial(serial: str) -> str:
    """Return a serial number as it is printed on the meter: it is sent as bytes."""
    try:
        plain = bytes.fromhex(serial).decode("ascii")
    except ValueError:
        return serial
    return plain if plain.isprintable() and plain.strip() else serial
