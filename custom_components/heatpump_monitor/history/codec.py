"""Dataclasses as JSON and back, every field by its own name."""

from collections import deque
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
import math
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

type Json = dict[str, Any]


def dump(value: object) -> Any:
    """Return a value as what JSON can hold; fields that are empty are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        items = ((field, getattr(value, field.name)) for field in fields(value))
        return {
            field.name: dump(item)
            for field, item in items
            if item != _default_of(field)
        }
    if isinstance(value, Mapping):
        return {dump(key): dump(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, deque)):
        return [dump(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def load[T](kind: type[T], data: object) -> T:
    """Return what was dumped, as the kind that it was.

    Fields that this version no longer knows are passed over.

    Raises:
        KeyError, TypeError, ValueError: If the data is not of this kind.
    """
    loaded: T = _load(kind, data)
    return loaded


def _load(kind: Any, data: Any) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is UnionType:
        known = next(item for item in arguments if item is not type(None))
        return None if data is None else _load(known, data)
    if origin is dict:
        keys, values = arguments
        return {_load(keys, key): _load(values, item) for key, item in data.items()}
    if origin in (list, deque):
        return origin(_load(arguments[0], item) for item in data)
    if origin is tuple:
        return _load_tuple(arguments, data)
    if is_dataclass(kind):
        return _load_dataclass(kind, data)
    if issubclass(kind, date):
        return kind.fromisoformat(data)
    return kind(data)


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


@cache
def _kinds_of(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _default_of(field: Field[Any]) -> object:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default
