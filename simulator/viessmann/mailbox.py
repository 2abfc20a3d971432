"""What a cloud knows of a unit whose values come late, each by its own message."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from ..faults import Messages, Stamp
from .wire import Properties, Property


@dataclass(frozen=True, slots=True)
class _Message:
    measured_s: float
    arrives_s: float
    properties: Properties


class Mailbox:
    """Messages under way from one unit, and the newest that arrived.

    Attributes:
        messages: How they are sent.
    """

    def __init__(self, messages: Messages) -> None:
        """Open an empty mailbox; what is sent first arrives at once."""
        self.messages = messages
        self._random = Random(messages.seed)
        self._sent: dict[str, Properties] = {}
        self._under_way: list[tuple[str, _Message]] = []
        self._arrived: dict[str, _Message] = {}

    def send(self, features: Mapping[str, Properties], now_s: float) -> None:
        """Send a message for each feature that has changed enough since its last."""
        for name, properties in features.items():
            before = self._sent.get(name)
            if before == properties:
                continue
            if before is None:
                self._arrived[name] = _Message(now_s, now_s, properties)
            elif self._is_worth_sending(before, properties):
                arrives_s = now_s + self._delay_s()
                self._under_way.append((name, _Message(now_s, arrives_s, properties)))
            else:
                continue
            self._sent[name] = properties

    def read(self, now_s: float) -> tuple[dict[str, Properties], dict[str, float]]:
        """Return the features that have arrived, and their time stamps in seconds."""
        still_under_way = []
        for name, message in self._under_way:
            if message.arrives_s > now_s:
                still_under_way.append((name, message))
            elif message.measured_s > self._arrived[name].measured_s:
                self._arrived[name] = message
        self._under_way = still_under_way
        features = {name: each.properties for name, each in self._arrived.items()}
        stamps = {name: self._stamp_s(each) for name, each in self._arrived.items()}
        return features, stamps

    def _delay_s(self) -> float:
        messages = self.messages
        if messages.same_delay:
            return messages.max_delay_s
        return self._random.uniform(0.0, messages.max_delay_s)

    def _stamp_s(self, message: _Message) -> float:
        if self.messages.stamp is Stamp.ARRIVAL:
            return message.arrives_s
        return message.measured_s + self.messages.clock_offset_s

    def _is_worth_sending(self, before: Properties, after: Properties) -> bool:
        if before.keys() != after.keys():
            return True
        return any(
            self._has_changed(before[key], value) for key, value in after.items()
        )

    def _has_changed(self, before: Property, after: Property) -> bool:
        old, new = before["value"], after["value"]
        threshold = self.messages.thresholds.get(str(after.get("unit")))
        if threshold is None or not isinstance(old, int | float):
            return old != new
        # A compressor that stops falls to 0, and that is always told.
        if not isinstance(new, int | float) or (new == 0) != (old == 0):
            return True
        return abs(new - old) >= threshold - 1e-9
