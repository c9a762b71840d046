"""Is nothing new? Then the check that open pages make again and again is answered before Flask begins with the request.

Only the plain "no, nothing": whoever is signed in, is one of the two and names the version that there is. Everything
else, also whatever goes wrong here, is left to the route `live.version`, which asks the same and has every answer.
"""

import re
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from peerapp import patience
from peerapp.access import hash_of
from peerapp.db import only_reading
from peerapp.queries import live
from peerapp.web import headers_of_all

PATH = re.compile(r"/pairs/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/version")
NUMBER = re.compile(r"[0-9]{1,18}")


class Unchanged:
    """A WSGI application in front of another one."""

    def __init__(self, app: Flask, behind: Any) -> None:
        self._app, self._behind = app, behind

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        path, known = PATH.fullmatch(environ.get("PATH_INFO", "")), environ.get("HTTP_HX_PTAG", "")
        if (
            path
            and environ["REQUEST_METHOD"] == "GET"
            and NUMBER.fullmatch(known)
            and self._is_unchanged(environ, UUID(path[1]), int(known))
        ):
            start_response("304 NOT MODIFIED", [("HX-PTag", known), ("Vary", "Cookie"), *headers_of_all(self._app)])
            return ()
        return self._behind(environ, start_response)

    def _is_unchanged(self, environ: dict[str, Any], pair_id: UUID, known: int) -> bool:
        request = self._app.request_class(environ)
        request.trusted_hosts = self._app.config["TRUSTED_HOSTS"]
        try:
            assert request.host
            session = self._app.session_interface.open_session(self._app, request)
            token = session.get("_user_id") if session else None
            if not isinstance(token, str):
                return False
            with self._app.app_context(), only_reading(), patience.at_most(patience.REQUEST_SECONDS):
                return live.version_of(hash_of(token), pair_id).version == known
        except (HTTPException, SQLAlchemyError):
            return False
