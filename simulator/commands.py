"""What a command to the control port carries, read with care."""

from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

type Command = Mapping[str, object]


def number(command: Command, key: str, usual: float) -> float:
    """Return a number, the usual one if the command has none."""
    value = command.get(key, usual)
    return float(value) if isinstance(value, int | float) else usual


def names(command: Command, key: str, usual: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names in a command, none if it switches the fault off."""
    if not command.get("on", True):
        return ()
    named = command.get(key, usual)
    if isinstance(named, list | tuple):
        return tuple(str(name) for name in named)
    return (str(named),)


def values(command: Command) -> dict[str, object]:
    """Return the values in a command by their names."""
    given = command.get("values")
    return dict(given) if isinstance(given, dict) else {}


def set_fault(faults: DataclassInstance, fault: str, value: object) -> bool:
    """Set a fault; return whether there is one of this name."""
    if fault not in {each.name for each in fields(faults)}:
        return False
    setattr(faults, fault, value)
    return True
