"""The features of one device as the cloud keeps them, each with its last change."""

from collections.abc import Iterable, Mapping
from typing import Final

from .wire import Properties, dump, timestamp

# What the real cloud writes into its answers, whatever host was asked.
_API: Final = "https://api.viessmann-climatesolutions.com/iot/v2"

type Commands = Mapping[str, Mapping[str, Mapping[str, object]]]
"""Feature name -> command name -> parameters."""

_NOTHING: Final[Properties] = {}
_NO_STAMPS: Final[Mapping[str, float]] = {}


class DeviceFeatures:
    """The features of one device, rendered once for each change."""

    def __init__(
        self,
        *,
        installation_id: int,
        gateway_serial: str,
        device_id: str,
        commands: Commands,
        disabled: Iterable[str] = (),
    ) -> None:
        """Begin with features that this device does not have switched on."""
        self._gateway_serial = gateway_serial
        self._device_id = device_id
        self._commands = commands
        self._uri = (
            f"{_API}/features/installations/{installation_id}"
            f"/gateways/{gateway_serial}/devices/{device_id}/features"
        )
        self._shown: dict[str, tuple[Properties, float | None]] = {}
        self._texts: dict[str, str] = {}
        self._disabled = tuple(disabled)

    def update(
        self,
        features: Mapping[str, Properties],
        now_s: float,
        stamps_s: Mapping[str, float] = _NO_STAMPS,
    ) -> None:
        """Take the features' state now; what has changed gets a new timestamp.

        Args:
            features: The features that the device has now.
            now_s: The time stamp of a change, where there is no other.
            stamps_s: Time stamps by name of feature.
        """
        present = {**dict.fromkeys(self._disabled, _NOTHING), **features}
        for name in self._shown.keys() - present.keys():
            del self._shown[name], self._texts[name]
        for name, properties in present.items():
            shown = (properties, stamps_s.get(name))
            if self._shown.get(name) != shown:
                self._shown[name] = shown
                stamp_s = stamps_s.get(name, now_s)
                self._texts[name] = self._render(name, properties, stamp_s)

    def texts(self) -> list[str]:
        """Return the features as JSON texts, in the order of their names."""
        return [self._texts[name] for name in sorted(self._texts)]

    def _render(self, name: str, properties: Properties, stamp_s: float) -> str:
        uri = f"{self._uri}/{name}"
        commands = {
            command: {
                "isExecutable": True,
                "name": command,
                "params": params,
                "uri": f"{uri}/commands/{command}",
            }
            for command, params in self._commands.get(name, {}).items()
            if properties
        }
        return dump(
            {
                "apiVersion": 1,
                "commands": commands,
                "deviceId": self._device_id,
                "feature": name,
                "gatewayId": self._gateway_serial,
                "isEnabled": bool(properties),
                "isReady": True,
                "properties": properties,
                "timestamp": timestamp(stamp_s),
                "uri": uri,
            }
        )
