"""What a P1 dongle says of itself and of its smart meter, and what hinders it."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Final

from ..clock import Clock
from . import p1_fields
from .p1_fields import P1Fields, Reply
from .p1_meter import SmartMeter

SERIAL: Final = "5c2faf0b0001"
ANOTHER_SERIAL: Final = "5c2faf0b00ff"
API_VERSION: Final = "2.2.0"

# After a restart it connects to Wi-Fi first, and then waits for a telegram.
_BOOT_S: Final = 20.0
_FIRST_TELEGRAM_S: Final = 5.0
_LONGEST_UPTIME_S: Final = 1e6
_HIGHEST: Final = 100


@dataclass(kw_only=True, slots=True)
class P1Faults:
    """What can go wrong with a P1 dongle, each switched by an attribute."""

    timeout: bool = False
    """Requests are taken and never answered; websockets fall silent for good."""
    unreachable: bool = False
    """Connections are cut without an answer."""
    server_error: bool = False
    """500 with the JSON body of an error."""
    unavailable: bool = False
    """503 with the JSON body of an error."""
    too_many_requests: bool = False
    """429 with a Retry-After of half a minute."""
    garbage: bool = False
    """200 with what is not JSON; on a websocket as well."""
    cut_answers: bool = False
    """Answers end in the middle."""
    no_websocket: bool = False
    """404 for the websocket, as by a firmware that has none."""
    no_telegram: bool = False
    """The cable to the smart meter is unplugged: measurements have no field."""
    frozen: bool = False
    """The smart meter has stopped sending: the last telegram is all there is."""
    api_disabled: bool = False
    """The owner has not switched on the API v1, which an old firmware has alone."""
    null_month_peak: bool = False
    """Peak and time of the month are null instead of left out."""


class Board:
    """The data of the dongle, as each way of asking shows them.

    Attributes:
        faults: What goes wrong now.
        meter: The smart meter behind it.
        reply: How much the smart meter says.
        serial: Its serial number.
    """

    def __init__(self, meter: SmartMeter, clock: Clock) -> None:
        """Put the board on a smart meter; it has run for long."""
        self.faults = P1Faults()
        self.meter = meter
        self.reply = Reply.FULL
        self.serial = SERIAL
        self._clock = clock
        self._booted_s = -inf
        self._last: P1Fields = {}
        self._settings: dict[str, bool | int] = {
            "cloud_enabled": True,
            "status_led_brightness_pct": 100,
            "api_v1_enabled": True,
        }

    @property
    def now_s(self) -> float:
        """Return the true time."""
        return self._clock.now()

    @property
    def is_booting(self) -> bool:
        """Return whether it is not on the network yet."""
        return self.now_s < self._booted_s + _BOOT_S

    def boot(self) -> None:
        """Start now."""
        self._booted_s = self.now_s

    def device(self) -> Mapping[str, str]:
        """Return who it is."""
        return {
            "product_name": "P1 Meter",
            "product_type": "HWE-P1",
            "serial": self.serial,
            "firmware_version": "6.0307",
            "api_version": API_VERSION,
        }

    def device_v1(self) -> Mapping[str, str]:
        """Return who it is, with a firmware from before the API v2."""
        return {**self.device(), "firmware_version": "4.19", "api_version": "v1"}

    def measurement(self) -> P1Fields:
        """Return the newest measurement; empty until a telegram has come."""
        first_s = self._booted_s + _BOOT_S + _FIRST_TELEGRAM_S
        if self.faults.no_telegram or self.now_s < first_s:
            return {}
        if self.faults.frozen and self._last:
            return self._last
        fields = p1_fields.measurement(self.meter.telegram(self.now_s), self.reply)
        if self.faults.null_month_peak:
            fields = p1_fields.without_month_peak(fields)
        self._last = fields
        return fields

    def data_v1(self) -> P1Fields:
        """Return the newest measurement as the API v1 has it."""
        return p1_fields.data_v1(self.meter.telegram(self.now_s), self.reply)

    def telegram(self) -> str | None:
        """Return the newest telegram; None until one has come."""
        if not self.measurement():
            return None
        return p1_fields.raw(self.meter.telegram(self.now_s))

    def system(self) -> Mapping[str, str | bool | int]:
        """Return its state and settings."""
        uptime_s = min(self.now_s - self._booted_s, _LONGEST_UPTIME_S)
        return {
            "wifi_ssid": "house",
            "wifi_rssi_db": -61,
            "uptime_s": int(uptime_s),
            **self._settings,
        }

    def adjust(self, changes: Mapping[str, object]) -> str | None:
        """Change settings; return what is wrong with the changes, if anything."""
        known = {key: each for key, each in changes.items() if key in self._settings}
        if not known:
            return "json:no-parameters-recognized"
        for key, value in known.items():
            if not isinstance(value, int) or not self._fits(key, value):
                return f"json:parameter-invalid-type:{key}"
            self._settings[key] = value
        return None

    def _fits(self, key: str, value: int) -> bool:
        return type(value) is type(self._settings[key]) and 0 <= value <= _HIGHEST
