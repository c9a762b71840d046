"""What does a round promise? Shown to anybody who has the address, without a cookie and without asking who they are."""

from uuid import UUID

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from peerapp.access import public
from peerapp.languages import language_without_asking
from peerapp.queries import answering
from peerapp.rules import manifest as manifests
from peerapp.rules.questions import CANNOT_SAY, LEVEL_NAMES

bp = Blueprint("promises", __name__)


@bp.get("/promises/<uuid:public_id>")
@public
def show(public_id: UUID) -> ResponseReturnValue:
    text, fingerprint, spoken = answering.manifest_text_of(public_id)
    language = language_without_asking()
    with force_locale(language):
        return render_template(
            "promises/show.html",
            language=language,
            public_id=public_id,
            manifest=manifests.parse(text),
            text=text,
            fingerprint=fingerprint,
            spoken=spoken,
            level_names=LEVEL_NAMES,
            cannot_say=CANNOT_SAY,
        )


@bp.get("/promises/<uuid:public_id>/manifest")
@public
def manifest(public_id: UUID) -> ResponseReturnValue:
    """The very bytes whose SHA-256 is the fingerprint."""
    text, _fingerprint, _language = answering.manifest_text_of(public_id)
    return Response(text.encode(), content_type="text/plain; charset=utf-8")
