"""What the cards show is what the integration says, when it says it."""

from typing import Final

from demo.setup_flow import DOMAIN
from demo.stage import Stage

from .conftest import Show

_SECOND_MS: Final = 1000


async def test_jaz_is_that_of_the_report(newest: Stage, show: Show) -> None:
    """Efficiency and Now show the JAZ that the action get_report returns."""
    home_assistant = newest.home_assistant
    [entry] = await home_assistant.entries(DOMAIN)
    answer = await home_assistant.post(
        f"/api/services/{DOMAIN}/get_report?return_response",
        {"config_entry_id": entry["entry_id"], "period": "rolling_year"},
    )
    report = answer["service_response"]["report"]
    assert report["is_full_year"]
    screen = await show(newest)
    for view in ("now", "efficiency"):
        await screen.open(view)
        title, _, _, figure, *_ = (await screen.text("jaz")).split("\n")
        assert title == "JAZ, last 365 days"
        assert abs(float(figure) - report["cop"]) <= 0.0051
    heat = await screen.text("sankey")
    assert f"Heat out {report['heat_kwh']:,.0f} kWh" in heat


async def test_power_is_shown_within_a_second(newest: Stage, show: Show) -> None:
    """The schematic shows what the meter says within a second of its reading."""
    screen = await show(newest)
    await screen.open("now")
    delays_ms: list[float] = await screen.page.evaluate("inPage.delays(3)")
    assert len(delays_ms) == 3
    assert max(delays_ms) < _SECOND_MS
