"""The line that makes an installation answer to one name more."""

import pytest

from peerapp.rules.host_names import host_asked_for, line_to_add


@pytest.mark.parametrize("header", ["Peers.example", "10.0.0.5:8000", "[fe80::1]:80", "a"])
def test_a_host_is_read_with_its_port(header):
    assert host_asked_for(header) == header.lower()


@pytest.mark.parametrize("header", ["", "-a", "a.", "a\n", "a/b", "a:b", "a:123456", "a@b", "x" * 254, "[::1", "a b"])
def test_what_is_no_host_is_none(header):
    assert host_asked_for(header) is None


@pytest.mark.parametrize("main", ["localhost", "127.0.0.1"])
def test_an_installation_for_this_machine_alone_gets_an_address(main):
    assert line_to_add("peers:8000", "http", main, []) == 'base_url = "http://peers:8000"'


@pytest.mark.parametrize(("asked", "name"), [("b:80", "b"), ("b", "b"), ("[::1]:80", "[::1]"), ("[::1]", "[::1]")])
def test_one_that_has_an_address_gets_one_name_more_beside_those_it_has(asked, name):
    assert line_to_add(asked, "https", "peers.example", ["c"]) == f'trusted_hosts = "c, {name}"'
