"""The features of one device as the cloud keeps them, each with its last change."""

from collections.abc import Iterable, Mapping
from typing import Final

from .wire import Properties, dump, timestamp

# What the real cloud writes into its answers, whatever host was asked.
_API: Final = "https://api.viessmann-climatesolutions.com/iot/v2"

type Commands = Mapping[str, Mapping[str, Mapping[str, object]]]
"""Feature name -> command name -> parameters."""


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
        self._shown: dict[str, Properties] = {}
        self._texts: dict[str, str] = {}
        self._disabled = tuple(disabled)

    def update(self, features: Mapping[str, Properties], now_s: float) -> None:
        """Take the features' state now; what has changed gets a new timestamp."""
        if not self._texts:
            self._render_all({name: {} for name in self._disabled}, now_s)
        self._render_all(
            {
                name: properties
                for name, properties in features.items()
                if self._shown.get(name) != properties
            },
            now_s,
        )

    def texts(self) -> list[str]:
        """Return the features as JSON texts, in the order of their names."""
        return [self._texts[name] for name in sorted(self._texts)]

    def _render_all(self, features: Mapping[str, Properties], now_s: float) -> None:
        for name, properties in features.items():
            self._shown[name] = properties
            self._texts[name] = self._render(name, properties, now_s)

    def _render(self, name: str, properties: Properties, now_s: float) -> str:
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
                "timestamp": timestamp(now_s),
                "uri": uri,
            }
        )
