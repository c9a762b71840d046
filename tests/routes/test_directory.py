"""People find each other, and nobody finds what they should not."""
import pytest
from tests.clients import PeerClient


@pytest.mark.parametrize("path", ["/", "/people", "/profile", "/requests", "/notices", "/pairs"])
def test_the_pages_open_on_an_empty_company(as_, path):
    assert as_("ana").get(path).status_code == 200
