"""The role of a meter: which can be chosen, and what follows for what is counted."""

from collections.abc import Collection, Iterable
from typing import Final

import probatio

from homeassistant.config_entries import ConfigSubentry

from .. import const
from ..const import MeterKind
from ..meter_subentries import key_of, kind_of, role_of
from ..performance.plant import Meter
from ..readings import COMPRESSOR_ROLES, PART_ROLES, PHASES, Role
from .schemas import Texts, choice

# The fields of a meter of entities.
ENERGY: Final = "energy_wh"
POWER: Final = "power_w"
# Two of these would count the same, unless each counts something else.
_USUALLY_ONE: Final = frozenset({Role.WHOLE, Role.HEAT, Role.GRID})


def role_error(role: Role, others: Collection[Role]) -> str | None:
    """Return why a meter cannot have a role beside the others; None if it can."""
    is_seen = any(each in COMPRESSOR_ROLES for each in (role, *others))
    return None if is_seen else "compressor_without_meter"


def role_warning(role: Role, others: Collection[Role]) -> str | None:
    """Return what the user has to confirm about a role; None if nothing."""
    if role in _USUALLY_ONE and role in others:
        return "role_taken"
    is_first_whole = role is Role.WHOLE and Role.WHOLE not in others
    if is_first_whole and any(each in PART_ROLES for each in others):
        return "whole_replaces_parts"
    return None


def roles_of_kind(kind: MeterKind | None) -> list[Role]:
    """Return the roles that a kind of meter can have; all before it is chosen."""
    measures_heat = kind in (None, MeterKind.ENTITIES)
    return [role for role in Role if role is not Role.HEAT or measures_heat]


def counts_energy(meter: ConfigSubentry) -> bool:
    """Return whether a meter of entities has one that counts energy."""
    return ENERGY in meter.data.get(const.CONF_ENTITIES, ())


def new_key(role: Role, others: Iterable[ConfigSubentry]) -> str:
    """Return a key for the engine that no other meter has."""
    used = {key_of(each) for each in others}
    first = Meter().key if role is Role.WHOLE else role.value
    keys = [first, *(f"{role.value}_{number}" for number in range(2, len(used) + 3))]
    return next(key for key in keys if key not in used)


def titled(name: str, role: Role, texts: Texts) -> str:
    """Return the title of a meter: its name, and its role where that does not say it."""
    is_said = role is Role.WHOLE or texts[role].casefold() in name.casefold()
    return name if is_said else f"{name} ({texts[role]})"


def untitled(meter: ConfigSubentry, texts: Texts) -> str:
    """Return the name of a meter without its role."""
    return meter.title.removesuffix(f" ({texts[role_of(meter)]})")


def role_list(meters: Iterable[ConfigSubentry], texts: Texts) -> str:
    """Return what meters there are, and what each measures."""
    named = [f"{untitled(each, texts)}: {texts[role_of(each)]}" for each in meters]
    return "\n".join(f"- {each}" for each in named) or "–"


def role_schema(known: ConfigSubentry | None) -> probatio.Schema:
    """Return the form for a role; for a known device, also for its reversed CTs."""
    data = {} if known is None else known.data
    kind = None if known is None else kind_of(known)
    fields: dict[probatio.Marker, object] = {
        probatio.Required(const.CONF_ROLE): choice("role", roles_of_kind(kind))
    }
    if const.CONF_REVERSED_PHASES in data:
        phases = data.get(const.CONF_CHANNELS) or PHASES
        field = probatio.Optional(const.CONF_REVERSED_PHASES, default=[])
        fields[field] = choice("phases", phases, multiple=True)
    return probatio.Schema(fields)


def reversed_schema(phases: Collection[str]) -> probatio.Schema:
    """Return the form that asks which phases with negative power are reversed."""
    field = probatio.Optional(const.CONF_REVERSED_PHASES, default=list(phases))
    return probatio.Schema({field: choice("phases", phases, multiple=True)})
