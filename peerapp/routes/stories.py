"""What have I done that others can ask me about?"""

from uuid import UUID

from flask import Blueprint, Response, abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import profiles
from peerapp.forms.profile import StoryForm
from peerapp.forms.typed import errors_in, typed_in
from peerapp.models import Story
from peerapp.once import once
from peerapp.queries.profiles import story_of
from peerapp.routes.profile import area_options, profile_page, saved
from peerapp.rules.refusal import Refusal
from peerapp.web import page, said, say_done

bp = Blueprint("stories", __name__)


@bp.post("/profile/stories")
@once
def add() -> ResponseReturnValue:
    form = StoryForm()
    if not form.validate():
        return profile_page(errors_in(form), typed_in(form))
    outcome = profiles.add_story(viewer(), form.said())
    if isinstance(outcome, Refusal):
        return profile_page({"story_body": said(outcome)}, typed_in(form))
    return saved("stories")


@bp.get("/profile/stories/<uuid:story_id>")
def edit(story_id: UUID) -> ResponseReturnValue:
    story = _there(story_id)
    happy = "1" if story.happy_to_talk_since else ""
    return _page(story, {"story_area": story.area.value, "story_body": story.body, "happy_to_talk": happy})


@bp.post("/profile/stories/<uuid:story_id>")
def change(story_id: UUID) -> ResponseReturnValue:
    story, form = _there(story_id), StoryForm()
    if not form.validate():
        return _page(story, typed_in(form), errors_in(form))
    profiles.change_story(viewer(), story, form.said())
    return saved("stories")


@bp.post("/profile/stories/<uuid:story_id>/remove")
def remove(story_id: UUID) -> ResponseReturnValue:
    profiles.remove(viewer(), story_of(viewer(), story_id))
    say_done(_("Story removed."), undo=url_for("stories.restore", story_id=story_id))
    return redirect(url_for("profile.show", _anchor="stories"), 303)


@bp.post("/profile/stories/<uuid:story_id>/restore")
def restore(story_id: UUID) -> ResponseReturnValue:
    profiles.restore(viewer(), story_of(viewer(), story_id))
    return saved("stories", _("Your story is back."))


def _there(story_id: UUID) -> Story:
    """One that was not removed."""
    story = story_of(viewer(), story_id)
    return story if story.removed_at is None else abort(404)


def _page(story: Story, typed: dict[str, str], errors: dict[str, str] | None = None) -> Response:
    status = 422 if errors else 200
    return page(
        "profile/story.html",
        status=status,
        story=story,
        typed=typed,
        errors=errors or {},
        area_options=area_options(),
    )
