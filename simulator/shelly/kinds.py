"""The kinds of Shelly that measure, and which circuit each channel is on."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ..state import Energies, PlantState

LETTERS: Final = "abcd"


class Circuit(StrEnum):
    """What a channel measures of the plant."""

    PHASE_A = "a"
    PHASE_B = "b"
    PHASE_C = "c"
    WHOLE = "whole"
    HEAT_PUMP = "heat_pump"
    """Everything but the backup heater."""
    BACKUP_HEATER = "backup_heater"

    @property
    def _phase(self) -> int | None:
        return LETTERS.index(self) if self in LETTERS else None

    def energy_wh(self, energies: Energies) -> float:
        """Return what it has drawn."""
        if (phase := self._phase) is not None:
            return energies.phases_wh[phase]
        heater_wh = energies.backup_heater_electricity_wh
        return self._part(energies.electricity_wh, heater_wh)

    def power_w(self, state: PlantState) -> float:
        """Return what it draws now."""
        if (phase := self._phase) is not None:
            return state.phases_w[phase]
        return self._part(sum(state.phases_w), state.backup_heater_w)

    def voltage_v(self, state: PlantState) -> float:
        """Return its voltage; that of phase A where it has several."""
        return state.phases_v[self._phase or 0]

    def _part(self, whole: float, backup_heater: float) -> float:
        if self is Circuit.BACKUP_HEATER:
            return backup_heater
        return whole - backup_heater if self is Circuit.HEAT_PUMP else whole


PHASES: Final = (Circuit.PHASE_A, Circuit.PHASE_B, Circuit.PHASE_C)
_PARTS: Final = (Circuit.HEAT_PUMP, Circuit.BACKUP_HEATER)


class MeterKind(StrEnum):
    """A device, and for the Pro 3EM its profile."""

    EM = "em"
    """Pro 3EM, its three phases as one meter."""
    EM1 = "em1"
    """Pro 3EM, each phase as a meter of its own."""
    PRO_EM = "pro-em"
    """Two clamps: the heat pump, and its backup heater."""
    PM = "pm"
    """A meter without a relay, for everything."""
    ONE_PM = "1pm"
    """A relay that measures, for everything."""
    TWO_PM = "2pm"
    """Two relays that measure: the heat pump, and its backup heater."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Device:
    """What a kind of Shelly is on the wire."""

    model: str
    app: str
    name: str
    """In front of the MAC, in its announcement and, in lower case, in its id."""
    gen: int
    live: str
    """The component that measures."""
    data: str | None
    """The component that counts and remembers; None if the first one counts."""
    circuits: tuple[Circuit, ...]
    profile: str | None = None

    @property
    def channels(self) -> tuple[str, ...]:
        """Return what each component measures, by letters."""
        letters = LETTERS[: len(self.circuits)]
        return (letters,) if self.live == "EM" else tuple(letters)


def _pro_3em(live: str, profile: str) -> Device:
    return Device(
        model="SPEM-003CEBEU",
        app="Pro3EM",
        name="ShellyPro3EM",
        gen=2,
        live=live,
        data=f"{live}Data",
        circuits=PHASES,
        profile=profile,
    )


DEVICES: Final = {
    MeterKind.EM: _pro_3em("EM", "triphase"),
    MeterKind.EM1: _pro_3em("EM1", "monophase"),
    MeterKind.PRO_EM: Device(
        model="SPEM-002CEBEU50",
        app="ProEM",
        name="ShellyProEM50",
        gen=2,
        live="EM1",
        data="EM1Data",
        circuits=_PARTS,
    ),
    MeterKind.PM: Device(
        model="S3PM-001PCEU16",
        app="MiniPMG3",
        name="ShellyPMMiniG3",
        gen=3,
        live="PM1",
        data=None,
        circuits=(Circuit.WHOLE,),
    ),
    MeterKind.ONE_PM: Device(
        model="S4SW-001P16EU",
        app="S1PMG4",
        name="Shelly1PMG4",
        gen=4,
        live="Switch",
        data=None,
        circuits=(Circuit.WHOLE,),
    ),
    MeterKind.TWO_PM: Device(
        model="S3SW-002P16EU",
        app="S2PMG3",
        name="Shelly2PMG3",
        gen=3,
        live="Switch",
        data=None,
        circuits=_PARTS,
        profile="switch",
    ),
}
