"""Whoever opens a session first in a process waits no longer than the next."""

from peerapp import warming
from peerapp.db import db
from tests.factories import make_session


def test_the_pages_of_a_pair_are_compiled_before_somebody_opens_them(app, as_, ana_and_ben):
    session = make_session(ana_and_ben)
    db.session.commit()
    app.jinja_env.cache.clear()
    warming.compile_pages(app, pause=0)
    compiled = set(app.jinja_env.cache.keys())
    for page in ("board", "journal", f"sessions/{session.id}"):
        assert as_("ana").get(f"/pairs/{ana_and_ben.id}/{page}").status_code == 200
    assert set(app.jinja_env.cache.keys()) == compiled
