"""What the heat pump is doing, by signals that contradict each other."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from ..readings import HeatPumpReading, Mode

# A circuit's supply temperature swings by less around what is asked for.
_ABOVE_CURVE_K = 8.0
# What shows that the heat pump runs for something else than heating.
_PURPOSE_FIELDS: Mapping[Mode | None, tuple[str, ...]] = {
    Mode.COOLING: ("compressor_phase", "operation_state"),
    Mode.DEFROST: ("compressor_phase", "defrosting"),
    Mode.HOT_WATER: ("hot_water_charging", "valve"),
}
# Above this no ice forms on the evaporator.
_ICING_C = 12.0
# What does not change when a defrost ends.
_NOT_BY_DEFROST = ("valve", "hot_water_charging", "starts", "run_hours", "outside_c")
# Stamps of one push differ by less.
_AT_ONCE = timedelta(seconds=1)
_DEFROST_PHASES = frozenset({"defrost", "passive_defrost"})


def is_defrosting(reading: HeatPumpReading) -> bool:
    """Return whether ice is melted, by the flag, or where there is none by the phase."""
    if reading.defrosting is not None:
        return reading.defrosting
    return reading.compressor_phase in _DEFROST_PHASES


def is_running(reading: HeatPumpReading) -> bool | None:
    """Return whether heat is being made or taken back; None if not known.

    The compressor's state decides, not its phase: units report `ready` while
    the compressor is active. A defrost counts as running even where the
    compressor rests in it.
    """
    return is_defrosting(reading) or reading.compressor_on


def mode_of(reading: HeatPumpReading) -> Mode | None:
    """Return the mode of a reading; None if the compressor's state is not known.

    A resting compressor is standby. A source that gives the mode itself is believed.
    """
    if reading.mode is not None:
        return reading.mode
    if not (running := is_running(reading)):
        return None if running is None else Mode.STANDBY
    return purpose_of(reading)


def purpose_of(reading: HeatPumpReading) -> Mode | None:
    """Return what the compressor runs for, or would if it ran; None if not known.

    First that applies: a defrost; cooling, which only the operation state and the
    phase say; hot water by its charging flag or by the position of the valve,
    because the valve decides where the water flows, while the operation state
    still says `heating`; hot water by the temperatures, where the unit has neither;
    else heating. A valve position that is merely named
    `...Defrost` is no defrost: it is where the second circuit's valve rests.
    """
    if reading.mode is not None:
        return reading.mode
    if is_defrosting(reading):
        return Mode.DEFROST
    if _says(reading.operation_state, "cool") or _says(
        reading.compressor_phase, "cool"
    ):
        return Mode.COOLING
    if reading.hot_water_charging or _says(reading.valve, "hotwater", "dhw"):
        return Mode.HOT_WATER
    if reading.compressor_on is None:
        return None
    is_said = (reading.hot_water_charging, reading.valve) != (None, None)
    return Mode.HEATING if is_said else _inferred_purpose(reading)


def _inferred_purpose(reading: HeatPumpReading) -> Mode | None:
    """Return heating or hot water by the temperatures; None where both are possible.

    Water that is colder than the cylinder cannot charge it. Warmer water does, if no
    circuit takes it, or if it is warmer than the circuits ask for. A circuit's pump
    that runs proves nothing: some units charge with it on.
    """
    supply_c, cylinder_c = reading.supply_c, reading.hot_water_c
    if supply_c is None or cylinder_c is None or supply_c < cylinder_c:
        return Mode.HEATING
    pumps = {circuit.pump_on for circuit in reading.circuits}
    if pumps == {False}:
        return Mode.HOT_WATER
    targets_c = [circuit.target_supply_c for circuit in reading.circuits]
    known_c = [each for each in targets_c if each is not None]
    if not known_c or len(known_c) < len(targets_c):
        return None
    return Mode.HOT_WATER if supply_c > max(known_c) + _ABOVE_CURVE_K else None


def purpose_stamp(
    before: HeatPumpReading | None, reading: HeatPumpReading
) -> datetime | None:
    """Return the time stamp of what changed the purpose; None without stamps."""
    purposes = {purpose_of(each) for each in (before, reading) if each is not None}
    names = {
        name
        for purpose in purposes
        for name in _PURPOSE_FIELDS.get(purpose, ())
        if before is None or getattr(before, name) != getattr(reading, name)
    }
    if reading.defrosting is not None and Mode.COOLING not in purposes:
        # The phase also changes for other reasons.
        names.discard("compressor_phase")
    stamps = [reading.stamps[name] for name in names & reading.stamps.keys()]
    return max(stamps, default=None)


def unseen_defrost_end(
    before: HeatPumpReading, reading: HeatPumpReading
) -> datetime | None:
    """Return the stamp at which a defrost ended that fell between two readings.

    A state keeps the time of its last change: a newer one beside the same state
    is that of a change and its return. A reconnected unit stamps all of its states
    again, at once.
    """
    stamp, last = (each.stamps.get("defrosting") for each in (reading, before))
    if stamp is None or last is None or stamp <= last:
        return None
    if reading.defrosting is not False or before.defrosting is not False:
        return None
    if reading.outside_c is not None and reading.outside_c > _ICING_C:
        return None
    stamps = reading.stamps
    others = [stamps[name] for name in _NOT_BY_DEFROST if name in stamps]
    is_reconnected = any(abs(stamp - other) <= _AT_ONCE for other in others)
    return None if is_reconnected else stamp


def backup_heater_is_on(
    before: HeatPumpReading | None, reading: HeatPumpReading
) -> bool | None:
    """Return whether the backup heater heats; None if not known.

    Few units say so. Others count its run time: where that moved since the
    reading before, the backup heater ran. A counter of whole hours that did not move
    proves nothing.
    """
    hours = reading.backup_heater_hours
    if reading.backup_heater_on is not None or hours is None:
        return reading.backup_heater_on
    if before is None or before.backup_heater_hours is None:
        return None
    if hours != before.backup_heater_hours:
        return hours > before.backup_heater_hours
    return None if hours.is_integer() else False


def _says(state: str | None, *words: str) -> bool:
    return state is not None and any(word in state.lower() for word in words)
