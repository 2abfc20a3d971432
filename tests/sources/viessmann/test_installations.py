"""The list of installations: whatever the cloud sends, PyViCare can read it."""

from hypothesis import given, strategies as st
from PyViCare.PyViCare import Wrap

from custom_components.heatpump_monitor.sources.viessmann.parsing import (
    complete_installations,
)
from tests.sources.features import Json

odd: st.SearchStrategy[object] = st.sampled_from(
    [None, True, 7, -1.5, float("nan"), "", "x", "12", "2024-99-99T00:00:00.000Z", {}]
)


def objects(**keys: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Return objects of which any key may be missing, or odd."""
    each = {key: strategy | odd for key, strategy in keys.items()}
    return st.fixed_dictionaries({}, optional=each) | odd


devices = objects(
    id=st.just("0"),
    modelId=st.just("CU401B_G"),
    status=st.just("Online"),
    deviceType=st.just("heating"),
    roles=st.lists(st.just("type:heatpump") | odd, max_size=2),
)
gateways = objects(serial=st.just("1"), devices=st.lists(devices, max_size=2))
installations = objects(id=st.just(1), gateways=st.lists(gateways, max_size=2))


@given(st.lists(installations, max_size=2) | odd)
def test_whatever_the_cloud_sends(answer: object) -> None:
    """All that PyViCare asks for is there and stays what it is."""
    for installation in complete_installations(answer):
        assert isinstance(installation["id"], int)
        wrapped = Wrap(installation)
        for gateway in wrapped.gateways:
            assert isinstance(gateway.serial, str)
            for device in gateway.devices:
                words: Json = vars(device)
                roles = words.pop("roles")
                assert isinstance(roles, list)
                assert words.keys() == {"id", "modelId", "status", "deviceType"}
                assert all(isinstance(word, str) for word in (*words.values(), *roles))
