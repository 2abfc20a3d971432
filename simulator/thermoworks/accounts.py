"""Who has which devices, and what their probes are in."""

from dataclasses import dataclass
from typing import Final

from .food import BRISKET, CHICKEN, Around, Freezer, Roast, Smoker, Thing, Warmer

_HOUR_S: Final = 3600.0
PASSWORD: Final = "correct horse battery"


@dataclass(frozen=True, kw_only=True, slots=True)
class Probe:
    """What is plugged into a channel."""

    label: str
    thing: Thing | None
    """None where no probe is plugged in."""
    units: str
    """"C", "F", or "H" for humidity."""
    kind: str = "temperature"


@dataclass(frozen=True, kw_only=True, slots=True)
class Device:
    """What probes are plugged into."""

    serial: str
    model: str
    label: str
    transmit_s: float
    battery_pct: int
    signal_dbm: int
    probes: tuple[Probe, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """An account and its only user."""

    email: str
    password: str
    user_id: str
    account_id: str
    name: str
    devices: tuple[Device, ...]


def usual_accounts(seed: int, start_s: float) -> tuple[Account, ...]:
    """Return a griller with three devices, a family's freezer, and a new account.

    At the start, the brisket has been on for three hours, the chicken for ten minutes.
    """
    pit = Smoker(seed=seed, start_s=start_s - 3.2 * _HOUR_S)
    kettle = Smoker(seed=seed + 1, start_s=start_s - 0.5 * _HOUR_S, set_c=160.0)
    smoke = Device(
        serial="SMK00A17F2",
        model="smoke",
        label="Kettle",
        transmit_s=30.0,
        battery_pct=64,
        signal_dbm=-61,
        probes=(
            Probe(
                label="Chicken",
                thing=Roast(CHICKEN, kettle, start_s - 600.0),
                units="F",
            ),
            Probe(label="Pit", thing=kettle, units="F"),
        ),
    )
    signals = Device(
        serial="SIG00C4410",
        model="signals",
        label="Smoker",
        transmit_s=60.0,
        battery_pct=88,
        signal_dbm=-54,
        probes=(
            Probe(
                label="Brisket",
                thing=Roast(BRISKET, pit, start_s - 3 * _HOUR_S),
                units="C",
            ),
            Probe(label="Pit", thing=pit, units="C"),
            Probe(
                label="Garden",
                thing=Around(seed=seed, name="garden", mean=14.0, swing=3.0),
                units="C",
            ),
            Probe(label="", thing=None, units="C"),
        ),
    )
    return (
        Account(
            email="griller@example.com",
            password=PASSWORD,
            user_id="u-griller",
            account_id="a-griller",
            name="Alex",
            devices=(smoke, signals, _node("2F:91", "Freezer", seed, 600.0)),
        ),
        Account(
            email="family@example.com",
            password=PASSWORD,
            user_id="u-family",
            account_id="a-family",
            # Some enter their address as their name.
            name="family@example.com",
            devices=(
                _node("77:0B", "Cellar freezer", seed + 2, 1800.0),
                _wireless(Roast(BRISKET, pit, start_s - 1.5 * _HOUR_S)),
            ),
        ),
        Account(
            email="new@example.com",
            password=PASSWORD,
            user_id="u-new",
            account_id="a-new",
            name="",
            devices=(),
        ),
    )


def _wireless(roast: Roast) -> Device:
    """Return a wireless probe: one sensor is at the core, the others further out."""
    return Device(
        serial="M100081210",
        model="rfx meat",
        label="Roast beef",
        transmit_s=60.0,
        battery_pct=81,
        signal_dbm=-55,
        probes=tuple(
            Probe(
                label="",
                thing=Warmer(thing=roast, by_k=by_k),
                units="F",
                kind="rfx meat sensor",
            )
            for by_k in (9.0, 0.0, 3.0, 21.0)
        ),
    )


def _node(end: str, label: str, seed: int, transmit_s: float) -> Device:
    """Return a Node that measures humidity, too."""
    return Device(
        serial=f"5C:2F:AF:10:{end}",
        model="node",
        label=label,
        transmit_s=transmit_s,
        battery_pct=100,
        signal_dbm=-72,
        probes=(
            Probe(label="", thing=Freezer(seed=seed), units="F"),
            Probe(
                label="Humidity",
                thing=Around(seed=seed, name="humidity", mean=55.0, swing=10.0),
                units="H",
            ),
        ),
    )
