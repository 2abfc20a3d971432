"""Commands to the house and its P1 Meter, and the truth of its grid connection."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Final

from .commands import Command, names, number, set_fault
from .homewizard import ANOTHER_METER, P1, USUAL_METER, Certificate, Reply
from .house import House

HOUSE: Final = "house"
P1_METER: Final = "p1"

_SUBMETERS: Final = ("gas_meter", "water_meter", "heat_meter")


async def apply_to_p1(p1: P1, fault: str, command: Command, now_s: float) -> bool:
    """Switch a fault of the P1 Meter; return whether it has such a fault."""
    on = bool(command.get("on", True))
    meter = p1.meter
    if fault == "old_firmware":
        await p1.use_old_firmware(on=on)
        return True
    actions: dict[str, Callable[[], None]] = {
        "button": p1.press_button,
        "reboot": p1.reboot,
        "revoked_token": p1.revoke_tokens,
        "half_open": p1.half_open,
        "certificate": lambda: p1.show_certificate(
            Certificate(str(command.get("kind", "expired")))
            if on
            else Certificate.VALID
        ),
        "clock": lambda: meter.set_clock(number(command, "value", 5.0) * on, now_s),
        "meter_replaced": lambda: meter.replace(
            ANOTHER_METER if on else USUAL_METER, now_s
        ),
        "voltage_sag": lambda: meter.sag(str(command.get("phases", "abc"))),
    }
    if fault in actions:
        actions[fault]()
        return True
    if fault == "reply":
        p1.reply = Reply(str(command.get("kind", "minimal"))) if on else Reply.FULL
    elif fault == "telegram_s":
        meter.period_s = int(number(command, "value", 10)) if on else 1
    elif fault == "submeters":
        meter.submeters = names(command, "names", _SUBMETERS)
    else:
        return set_fault(p1.faults, fault, on)
    return True


def apply_to_house(house: House, fault: str, command: Command, now_s: float) -> bool:
    """Let the house draw more; return whether this was the command."""
    if fault != "load":
        return False
    house.draw_more(
        number(command, "watts", 3000.0),
        now_s=now_s,
        for_s=number(command, "seconds", 900.0),
        phases=str(command.get("phases", "abc")),
    )
    return True


def shown_p1(p1: P1) -> dict[str, object]:
    """Return what is set at the P1 Meter."""
    return {
        "faults": asdict(p1.faults),
        "requests": dict(p1.requests),
        "sockets": p1.socket_count,
        "certificate": p1.certificate,
        "old_firmware": p1.is_old,
        "reply": p1.reply,
        "clock_offset_s": p1.meter.clock_offset_s,
        "telegram_s": p1.meter.period_s,
        "meter": p1.meter.identity.number,
        "submeters": list(p1.meter.submeters),
    }


def true_house(
    house: House, p1: P1, now_s: float, moments: Iterable[float]
) -> dict[str, object]:
    """Return what is: now, and the energies until the moments asked for.

    Raises:
        ValueError: A moment is before the house's start or in the future.
    """
    house.advance(now_s)
    phases_w = house.phases_w(now_s)
    return {
        "now": now_s,
        "start": house.start_s,
        "power_w": sum(phases_w),
        "phases_w": phases_w,
        **house.at(now_s)._asdict(),
        "month_peak": _month_peak(p1, now_s),
        "at": [_exchanged(house, moment, now_s) for moment in moments],
    }


def _month_peak(p1: P1, now_s: float) -> dict[str, object] | None:
    """Return what the meter has for the month's peak, not rounded."""
    peak = p1.meter.telegram(now_s).peak
    if peak is None:
        return None
    return {"average_w": peak.average_w, "ended_at": peak.ended_at.isoformat()}


def _exchanged(house: House, epoch_s: float, now_s: float) -> dict[str, float]:
    if not house.start_s <= epoch_s <= now_s:
        raise ValueError(f"the house does not know {epoch_s}")
    return {"epoch_s": epoch_s, **house.at(epoch_s)._asdict()}
