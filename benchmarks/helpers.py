"""What a user would otherwise build in Home Assistant, by Home Assistant's rules.

Each function takes what one entity showed, in the order of time, and None while
it was unavailable: an entity of a polling integration is unavailable from the
first poll that fails (`CoordinatorEntity.available`).
"""

from collections.abc import Iterable
from itertools import pairwise

from custom_components.heatpump_monitor.readings import HeatPumpReading

# Water, by the rule of thumb that templates use.
_WH_PER_L_K = 1.163
# Below this a statistic of a `total_increasing` entity takes a lower value as a reset.
_RESET_SHARE = 0.9
# A ratio needs a consumer: standby is not divided by.
_LEAST_POWER_W = 1.0


def thermal_power_w(reading: HeatPumpReading) -> float | None:
    """Return the thermal power that a template makes of the shown values, in W.

    Flow times spread where flow is measured, else modulation times rated power.
    """
    if reading.flow_lph is not None and reading.delta_t_k is not None:
        return _WH_PER_L_K * reading.flow_lph * reading.delta_t_k
    if reading.modulation_pct is not None and reading.rated_heat_w is not None:
        return reading.rated_heat_w * reading.modulation_pct / 100
    return None


def riemann_left(samples: Iterable[tuple[float, float | None]]) -> float:
    """Return the integral of a power, in Wh, by the integration helper's left method.

    Follows `homeassistant/components/integration/sensor.py`,
    `_integrate_on_state_change` and `_Left`: the area between two states counts
    only if the old one is a number and the new one is not unavailable. So
    nothing is added from the last state before an outage to the first after it.

    Args:
        samples: Time in s and power in W.
    """
    return (
        sum(
            left_w * (after_s - before_s)
            for (before_s, left_w), (after_s, right_w) in pairwise(samples)
            if left_w is not None and right_w is not None
        )
        / 3600
    )


def utility_meter(values_wh: Iterable[float | None]) -> float:
    """Return what a utility meter with its default options counts, in Wh.

    Follows `homeassistant/components/utility_meter/sensor.py`, `async_reading`
    and `calculate_adjustment`: with `periodically_resetting` (the default) the
    difference to the old state counts if that was a number, and never below 0.
    So a reset, and all that was drawn during an outage, count as nothing.
    """
    return sum(
        max(after - before, 0.0)
        for before, after in pairwise(values_wh)
        if before is not None and after is not None
    )


def statistics_sum(values_wh: Iterable[float | None]) -> float:
    """Return the sum that the Energy dashboard shows, in Wh.

    Follows `homeassistant/components/sensor/recorder.py`, `reset_detected` and
    `compile_statistics` for `total_increasing`: states that are no numbers are
    left out; a value below 90 % of the last one starts anew from 0; a smaller
    dip is not a reset, so that it is taken off the sum.
    """
    total = 0.0
    before: float | None = None
    for value in values_wh:
        if value is None:
            continue
        if before is not None:
            total += value if value < _RESET_SHARE * before else value - before
        before = value
    return total


def template_cop(
    samples: Iterable[tuple[HeatPumpReading, float | None]],
) -> float | None:
    """Return the mean of a template's instant ratios, None if there was none.

    Follows `homeassistant/components/statistics/sensor.py`, `_stat_mean` (the
    sum of the samples over their number). The template is available while the
    compressor runs and both its sources are, which flatters it: with standby
    as 0 the mean would be lower still.

    Args:
        samples: What the heat pump said, and the power of the meter then, in W.
    """
    ratios = [
        heat_w / power_w
        for reading, power_w in samples
        if reading.compressor_on
        and power_w is not None
        and power_w > _LEAST_POWER_W
        and (heat_w := thermal_power_w(reading)) is not None
    ]
    return sum(ratios) / len(ratios) if ratios else None
