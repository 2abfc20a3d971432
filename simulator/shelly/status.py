"""What the components of the Shelly say of themselves."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from ..state import PlantState
from .counters import Energy
from .history import Channel
from .kinds import LETTERS, Circuit
from .rpc import Result

_ZONE: Final = ZoneInfo("Europe/Berlin")
_POWER_FACTOR: Final = 0.95
_FREQUENCY_HZ: Final = 50.0


def live(
    component_id: int,
    channel: Channel,
    circuits: Sequence[Circuit],
    state: PlantState,
    reversed_phases: Collection[str],
) -> Result:
    """Return the status of em:0, or of em1:0 to em1:2."""
    phases = {
        phase: _phase(circuits[LETTERS.index(phase)], state, phase in reversed_phases)
        for phase in channel.phases
    }
    if not channel.is_triphase:
        return {
            "id": component_id,
            **phases[channel.phases],
            "calibration": "factory",
        }

    def total(key: str) -> float:
        return round(sum(phase[key] for phase in phases.values()), 3)

    return {
        "id": component_id,
        **{
            f"{name}_{key}": value
            for name, phase in phases.items()
            for key, value in phase.items()
        },
        "n_current": None,
        "total_current": total("current"),
        "total_act_power": total("act_power"),
        "total_aprt_power": total("aprt_power"),
        "user_calibrated_phase": [],
    }


def _phase(circuit: Circuit, state: PlantState, is_reversed: bool) -> dict[str, float]:
    power_w, voltage_v = circuit.power_w(state), circuit.voltage_v(state)
    sign = -1 if is_reversed else 1
    apparent_va = power_w / _POWER_FACTOR
    return {
        "current": round(apparent_va / voltage_v, 3),
        "voltage": round(voltage_v, 1),
        "act_power": round(sign * power_w, 1),
        "aprt_power": round(apparent_va, 1),
        "pf": sign * _POWER_FACTOR if power_w else 0.0,
        "freq": _FREQUENCY_HZ,
    }


def power_meter(
    component_id: int,
    circuit: Circuit,
    state: PlantState,
    *,
    is_reversed: bool,
    is_switch: bool,
) -> Result:
    """Return the status of pm1:0, or of switch:0 and switch:1, but for its counters."""
    phase = _phase(circuit, state, is_reversed)
    relay = {"source": "init", "output": True, "pf": phase["pf"]}
    return {
        "id": component_id,
        **(relay if is_switch else {}),
        "apower": phase["act_power"],
        "voltage": phase["voltage"],
        "current": phase["current"],
        "freq": phase["freq"],
        **({"temperature": {"tC": 41.2, "tF": 106.2}} if is_switch else {}),
    }


def minutes(total_wh: float, by_minute_wh: Iterable[float], minute_s: float) -> Result:
    """Return a counter that knows the last three full minutes, the newest first."""
    return {
        "total": round(total_wh, 3),
        "by_minute": [round(1000 * each_wh, 3) for each_wh in by_minute_wh],
        "minute_ts": int(minute_s),
    }


def energy(component_id: int, channel: Channel, counted: Energy) -> Result:
    """Return the status of emdata:0, or of em1data:0 to em1data:2."""
    phases: dict[str, dict[str, float]] = {}
    for name in channel.phases:
        index = LETTERS.index(name)
        phases[name] = {
            "total_act_energy": round(counted.imported_wh[index], 2),
            "total_act_ret_energy": round(counted.returned_wh[index], 2),
        }
    if not channel.is_triphase:
        return {"id": component_id, **phases[channel.phases]}
    return {
        "id": component_id,
        **{
            f"{name}_{key}": value
            for name, phase in phases.items()
            for key, value in phase.items()
        },
        "total_act": round(sum(counted.imported_wh), 2),
        "total_act_ret": round(sum(counted.returned_wh), 2),
    }


def board(now_s: float, *, mac: str, uptime_s: float) -> Result:
    """Return the status of everything that does not measure."""
    return {
        "ble": {},
        "cloud": {"connected": False},
        "eth": {"ip": None},
        "modbus": {},
        "mqtt": {"connected": False},
        "sys": {
            "mac": mac,
            "restart_required": False,
            "time": f"{datetime.fromtimestamp(now_s, _ZONE):%H:%M}",
            "unixtime": int(now_s),
            "uptime": int(uptime_s),
            "ram_size": 247_000,
            "ram_free": 110_000,
            "fs_size": 524_288,
            "fs_free": 180_224,
            "cfg_rev": 20,
            "kvs_rev": 0,
            "schedule_rev": 0,
            "webhook_rev": 0,
            "available_updates": {},
        },
        "temperature:0": {"id": 0, "tC": 41.2, "tF": 106.2},
        "wifi": {
            "sta_ip": "127.0.0.1",
            "status": "got ip",
            "ssid": "house",
            "rssi": -61,
        },
        "ws": {"connected": False},
    }
