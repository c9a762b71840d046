"""Time zones are told by their cities, in the reader's language, and chosen from a list that is sorted by them."""

from datetime import date, time

import pytest
from flask_babel import force_locale

from peerapp import cities
from peerapp.forms.settings import normal_time_zone
from peerapp.rules.local_time import Zone, moment_of
from peerapp.rules.refusal import Refusal
from peerapp.web import said

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("zone", "english", "german"),
    [
        ("Europe/Lisbon", "Lisbon", "Lissabon"),
        ("America/New_York", "New York", "New York"),
        ("Asia/Calcutta", "Kolkata", "Kolkata"),
        ("Europe/Belfast", "London", "London"),
        ("UTC", "UTC", "UTC"),
    ],
)
def test_a_zone_is_told_by_its_city_in_the_readers_language(app, zone, english, german):
    with app.test_request_context():
        with force_locale("en"):
            assert cities.city(zone) == english
        with force_locale("de"):
            assert cities.city(zone) == german


def test_a_refusal_names_the_city_in_the_readers_language(app):
    refused = moment_of(date(2027, 3, 28), time(1, 30), "Europe/Lisbon")
    assert isinstance(refused, Refusal)
    with app.test_request_context(), force_locale("de"):
        assert "Lissabon" in said(refused)
    assert (str(refused.values["zone"]), Zone("Europe/Lisbon").name) == ("Lisbon", "Europe/Lisbon")


def test_the_list_is_sorted_by_city_has_each_clock_once_and_ends_with_utc(app):
    with app.test_request_context(), force_locale("de"):
        zones = cities.choices("UTC")
    labels = [label for _zone, label in zones]
    assert labels.index("Zürich, Schweiz") < labels.index("Zagreb, Kroatien") + 10
    assert (len(set(labels)), labels[-1], ("Europe/Lisbon", "Lissabon, Portugal") in zones) == (len(zones), "UTC", True)
    assert [zone for zone, _label in zones if normal_time_zone(zone) != zone] == []


def test_the_present_zone_stands_in_the_list_by_the_name_it_has(app):
    with app.test_request_context():
        for present in ("Asia/Calcutta", "Asia/Kolkata", "Etc/GMT+5"):
            assert [zone for zone, _label in cities.choices(present)].count(present) == 1
        assert ("Asia/Calcutta", "Kolkata, India") in cities.choices("Asia/Calcutta")
