"""The forms for what is exported, and what was entered in them."""

from collections.abc import Mapping
import re
from typing import Any, Final

import probatio

from homeassistant.const import UnitOfInformation, UnitOfTime
from homeassistant.helpers import selector

from .. import const
from ..const import SeriesGroup, TargetKind
from .export_forms import Refused
from .schemas import box, choice

_TAG_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_MOST_LETTERS: Final = 100
_RESERVED: Final = frozenset(
    {
        *("home", "device", "meter", "circuit", "submeter", "heat_pump", "probe"),
        # InfluxDB refuses a tag of this name.
        "time",
        # InfluxDB 3 refuses a tag that has the name of a field. These are fields whose
        # names an owner may well give to a tag.
        *("cop", "cost", "defrosting", "defrosts", "faults", "starts", "tariff"),
        *("connected", "seconds"),
    }
)


def what_schema(target: TargetKind, entries: Mapping[str, str]) -> probatio.Schema:
    """Return the form for what is exported, out of entries by their ids."""
    tags = {probatio.Optional(const.CONF_TAGS): selector.TextSelector()}
    options = [
        selector.SelectOptionDict(value=entry_id, label=title)
        for entry_id, title in entries.items()
    ]
    chosen = selector.SelectSelector(
        selector.SelectSelectorConfig(
            options=options, multiple=True, mode=selector.SelectSelectorMode.LIST
        )
    )
    # A choice without any option would be a heading over nothing.
    offered = {probatio.Optional(const.CONF_EXPORTED): chosen} if options else {}
    return probatio.Schema(
        {
            probatio.Required(const.CONF_HOME): selector.TextSelector(),
            # emoncms has none: there, names of nodes tell series apart.
            **({} if target is TargetKind.EMONCMS else tags),
            **offered,
            probatio.Required(
                const.CONF_SERIES, default=[group.value for group in SeriesGroup]
            ): choice("series", SeriesGroup, multiple=True),
        }
    )


_LIMITS: Final = {
    probatio.Required(
        const.CONF_LEAST_PAUSE_S, default=const.DEFAULT_LEAST_PAUSE_S
    ): box(0, 300, 1, UnitOfTime.SECONDS),
    probatio.Required(const.CONF_KEEP_DAYS, default=const.DEFAULT_KEEP_DAYS): box(
        1, 365, 1, UnitOfTime.DAYS
    ),
    probatio.Required(const.CONF_KEEP_MB, default=const.DEFAULT_KEEP_MB): box(
        10, 10_000, 1, UnitOfInformation.MEGABYTES
    ),
    probatio.Required(
        const.CONF_CHECKPOINT_MIN, default=const.DEFAULT_CHECKPOINT_MIN
    ): box(1, 60, 1, UnitOfTime.MINUTES),
    probatio.Optional(const.CONF_RESEND_S): box(0, 600, 1, UnitOfTime.SECONDS),
}


def options_schema(target: TargetKind, entries: Mapping[str, str]) -> probatio.Schema:
    """Return the form for all that can be tuned of an export."""
    return what_schema(target, entries).extend(_LIMITS)


def options_of(entered: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that were entered, or raise `Refused`."""
    home = _tag_value(const.CONF_HOME, entered[const.CONF_HOME])
    series = entered[const.CONF_SERIES]
    if not series:
        raise Refused(const.CONF_SERIES, "export_series_missing")
    options: dict[str, Any] = {
        const.CONF_HOME: home,
        const.CONF_TAGS: _tags_of(entered.get(const.CONF_TAGS, "")),
        const.CONF_EXPORTED: list(entered.get(const.CONF_EXPORTED, ())),
    }
    if set(series) != set(SeriesGroup):
        options[const.CONF_SERIES] = list(series)
    limits = {str(field) for field in _LIMITS} & entered.keys()
    return options | {field: int(entered[field]) for field in limits}


def filled_with(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return what fills the form of what is exported, out of an entry's options."""
    tags = options.get(const.CONF_TAGS, {})
    text = ", ".join(f"{name}={value}" for name, value in tags.items())
    return {**options, const.CONF_TAGS: text}


def _tags_of(text: str) -> dict[str, str]:
    """Return the tags in a text like `room=cellar, owner=anna`."""
    tags: dict[str, str] = {}
    for part in filter(None, (each.strip() for each in text.split(","))):
        name, equals, value = (each.strip() for each in part.partition("="))
        if not equals or "=" in value:
            raise _refused_tag("export_tags_invalid", part)
        if not _TAG_NAME.fullmatch(name) or len(name) > _MOST_LETTERS:
            raise _refused_tag("export_tag_name_invalid", name)
        if name.lower() in _RESERVED:
            raise _refused_tag("export_tag_reserved", name)
        if name in tags:
            raise _refused_tag("export_tag_twice", name)
        tags[name] = _tag_value(const.CONF_TAGS, value)
    return tags


def _refused_tag(key: str, tag: str) -> Refused:
    return Refused(const.CONF_TAGS, key, tag=tag)


def _tag_value(field: str, text: str) -> str:
    value = text.strip()
    # A backslash would escape what comes after it in the line protocol.
    usable = value.isprintable() and "\\" not in value
    if not value or not usable or len(value) > _MOST_LETTERS:
        raise Refused(field, "export_tag_value_invalid", value=value)
    return value
