"""Dataclasses as JSON and back, every field by its own name."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
import math
from types import UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

type Json = dict[str, Any]

# The container that each kind of a hint is loaded as.
_ARRAYS: Final[Mapping[Any, Callable[[Any], Any]]] = {
    Sequence: tuple,
    deque: deque,
    frozenset: frozenset,
    list: list,
    set: set,
}
# The types that JSON has for a plain kind; a bool is no number.
_PLAIN: Final[Mapping[Any, tuple[type, ...]]] = {
    bool: (bool,),
    float: (float, int),
    int: (int,),
    str: (str,),
}
_NOT_FINITE: Final = ("inf", "-inf", "nan")


def dump(value: object) -> Any:
    """Return a value as what JSON can hold.

    Fields that have their default value are left out. A dict has strings, dates or
    enum members as keys.
    """
    if is_dataclass(value) and not isinstance(value, type):
        items = ((field, getattr(value, field.name)) for field in _fields_of(value))
        return {
            field.name: dump(item)
            for field, item in items
            if item != _default_of(field)
        }
    if isinstance(value, Mapping):
        return {dump(key): dump(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, deque, set, frozenset)):
        return [dump(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def load[T](kind: type[T] | UnionType, data: object) -> T:
    """Return what was dumped, as the kind that it was.

    Fields that this version does not know are ignored.

    Raises:
        AttributeError, KeyError, TypeError, ValueError: The data is not of this kind.
    """
    loaded: T = _load(kind, data)
    return loaded


def _load(kind: Any, data: Any) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is UnionType:
        known = next(item for item in arguments if item is not type(None))
        return None if data is None else _load(known, data)
    if origin in (dict, Mapping):
        keys, values = arguments
        return {_load(keys, key): _load(values, item) for key, item in data.items()}
    if origin is tuple:
        return _load_tuple(arguments, _checked(data, list))
    if origin in _ARRAYS:
        items = (_load(arguments[0], item) for item in _checked(data, list))
        return _ARRAYS[origin](items)
    if kind in _PLAIN:
        return _load_plain(kind, data)
    if is_dataclass(kind):
        return _load_dataclass(kind, data)
    if issubclass(kind, timedelta):
        return timedelta(seconds=_load_plain(float, data))
    if issubclass(kind, date):
        return _load_date(kind, data)
    return kind(data)


def _load_plain(kind: Any, data: Any) -> Any:
    if kind is float and data in _NOT_FINITE:
        return float(data)
    if isinstance(data, bool) and kind is not bool:
        raise TypeError(f"{data!r} is no {kind.__name__}")
    return kind(_checked(data, *_PLAIN[kind]))


def _load_date(kind: Any, data: Any) -> Any:
    loaded = kind.fromisoformat(data)
    if isinstance(loaded, datetime) and loaded.tzinfo is None:
        raise ValueError(f"{data} has no time zone")
    return loaded


def _load_tuple(kinds: tuple[Any, ...], data: list[Any]) -> tuple[Any, ...]:
    if kinds[-1] is Ellipsis:
        return tuple(_load(kinds[0], item) for item in data)
    return tuple(_load(kind, item) for kind, item in zip(kinds, data, strict=True))


def _load_dataclass(kind: Any, data: Json) -> Any:
    kinds = _kinds_of(kind)
    return kind(
        **{
            name: _load(kinds[name], item)
            for name, item in data.items()
            if name in kinds
        }
    )


def _checked[T](data: T, *kinds: type) -> T:
    if not isinstance(data, kinds):
        raise TypeError(f"{data!r} is none of {kinds}")
    return data


@cache
def _kinds_of(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in _fields_of(kind)}


def _fields_of(kind: Any) -> list[Field[Any]]:
    """Return the fields of a dataclass that make a copy of it."""
    return [field for field in fields(kind) if field.init]


def _default_of(field: Field[Any]) -> object:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default
