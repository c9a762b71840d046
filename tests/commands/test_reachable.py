"""What `serve` prints about where it can be opened, and what to set so that others can."""

from pathlib import Path

import pytest

from peerapp import reachable, serving
from peerapp.config import Config


def settings(**given: str) -> Config:
    return Config(instance=Path("/srv/peerapp/instance"), **given)


def test_on_this_machine_one_line_is_enough() -> None:
    mine = serving.at_port(settings(), "127.0.0.1", 8001)
    assert reachable.lines(mine, "127.0.0.1", 8001) == ["at http://localhost:8001 (listening on 127.0.0.1, port 8001)"]


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_open_to_the_network_it_says_which_lines_let_others_in(host: str) -> None:
    told = "\n".join(reachable.lines(serving.at_port(settings(), host, 8000), host, 8000, "peers"))
    assert 'base_url = "http://peers:8000"' in told
    assert all(words in told for words in ("this machine alone", "trusted_hosts = ", "instance/peerapp.toml"))


@pytest.mark.parametrize(("host", "address"), [("10.0.0.5", "http://10.0.0.5:80"), ("fe80::1", "http://[fe80::1]:80")])
def test_one_address_of_this_machine_is_where_people_open_it(host: str, address: str) -> None:
    mine = serving.at_port(settings(), host, 80)
    assert (mine.base_url, len(reachable.lines(mine, host, 80)), mine.hosts[0]) == (address, 1, host)


def test_an_address_that_was_set_is_the_one_that_is_printed() -> None:
    mine = serving.at_port(settings(base_url="https://peers.example"), "0.0.0.0", 8000)
    assert reachable.lines(mine, "0.0.0.0", 8000)[0].startswith("at https://peers.example ")


def test_further_names_come_beside_the_address_people_open() -> None:
    mine = settings(base_url="https://peers.example", trusted_hosts="10.0.0.5, peers")
    assert mine.hosts == ["peers.example", "10.0.0.5", "peers"]
