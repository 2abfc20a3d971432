"""Dataclasses as JSON and back, every field by its own name."""

from datetime import datetime
from functools import cache
import math
from typing import Any, Final

from mashumaro.codecs.basic import BasicDecoder, BasicEncoder
from mashumaro.dialect import Dialect

type Json = dict[str, Any]

_NOT_FINITE: Final = ("inf", "-inf", "nan")


def dump(value: object, kind: Any = None) -> Any:
    """Return a value as plain JSON; fields at their default are left out.

    It is made of dataclasses; `kind` is its type hint, which a container needs.
    """
    hint: Any = kind or type(value)
    return _encoder(hint).encode(value)


def load[T](kind: type[T], data: object) -> T:
    """Return what was dumped; fields that this version does not know are ignored.

    Raises:
        ValueError: The data is not of this kind.
    """
    hint: Any = kind
    try:
        loaded: T = _decoder(hint).decode(data)
    except (AttributeError, LookupError, OverflowError, TypeError, ValueError) as err:
        # The outer errors contain all of the data.
        cause: BaseException = err
        while cause.__context__ is not None:
            cause = cause.__context__
        raise ValueError(f"{type(cause).__name__}: {cause}"[:200]) from None
    return loaded


def _dump_float(value: float) -> float | str:
    return value if math.isfinite(value) else str(value)


def _load_float(data: object) -> float:
    if type(data) in (float, int) or data in _NOT_FINITE:
        return float(data)  # type: ignore[arg-type]
    raise TypeError(f"{data!r} is no number")


def _load_datetime(data: str) -> datetime:
    loaded = datetime.fromisoformat(data)
    if loaded.tzinfo is None:
        raise ValueError(f"{data} has no time zone")
    return loaded


def _exactly[T](kind: type[T]) -> Any:
    def load_exactly(data: T) -> T:
        if type(data) is not kind:
            raise TypeError(f"{data!r} is no {kind.__name__}")
        return data

    return {"deserialize": load_exactly}


class _Strict(Dialect):
    """Leaves out defaults, and converts no value to another type."""

    omit_default = True
    serialization_strategy: Final = {  # type: ignore[misc]
        bool: _exactly(bool),
        datetime: {"deserialize": _load_datetime},
        float: {"serialize": _dump_float, "deserialize": _load_float},
        int: _exactly(int),
        str: _exactly(str),
    }


def prepare(*kinds: Any) -> None:
    """Make encoders and decoders now: each takes up to 20 ms."""
    for kind in kinds:
        _encoder(kind)
        _decoder(kind)


@cache
def _encoder(kind: Any) -> BasicEncoder[Any]:
    return BasicEncoder(kind, default_dialect=_Strict)


@cache
def _decoder(kind: Any) -> BasicDecoder[Any]:
    return BasicDecoder(kind, default_dialect=_Strict)
