"""What do I want to learn, what can I show, what have I done, how do I like to work? Each section saves by itself."""

from uuid import UUID

from flask import Blueprint, Response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import profiles, suggesting
from peerapp.forms.profile import AreasForm, RoomForm, SkillForm, StylesForm
from peerapp.forms.typed import errors_in, typed_in
from peerapp.models.profiles import Direction
from peerapp.once import once
from peerapp.queries import between
from peerapp.queries.profiles import skill_of, skills_of, stories_of, styles_of, ticked
from peerapp.rules.areas import AREA_NAMES, Area
from peerapp.rules.refusal import Refusal
from peerapp.rules.styles import SKIP_LABEL, STYLES
from peerapp.web import page, said, say_done

bp = Blueprint("profile", __name__)


@bp.get("/profile")
def show() -> ResponseReturnValue:
    return profile_page()


@bp.post("/profile/areas")
def tick() -> ResponseReturnValue:
    form = AreasForm()
    if not form.validate():
        return profile_page(errors_in(form), typed_in(form))
    for direction in Direction:
        profiles.tick(viewer(), direction, form.areas(direction))
    suggesting.choose_for(viewer())
    if form.next.data == "people":
        return redirect(url_for("directory.show"), 303)
    return saved("areas")


@bp.post("/profile/skills")
@once
def add_skill() -> ResponseReturnValue:
    form = SkillForm()
    if not form.validate():
        return profile_page(errors_in(form), typed_in(form))
    outcome = profiles.add_skill(viewer(), form.said())
    if isinstance(outcome, Refusal):
        return profile_page({"skill_words": said(outcome)}, typed_in(form))
    suggesting.choose_for(viewer())
    return saved("words")


@bp.post("/profile/skills/<uuid:skill_id>/remove")
def remove_skill(skill_id: UUID) -> ResponseReturnValue:
    profiles.remove(viewer(), skill_of(viewer(), skill_id))
    suggesting.choose_for(viewer())
    say_done(_("Removed."), undo=url_for("profile.restore_skill", skill_id=skill_id))
    return redirect(url_for("profile.show", _anchor="words"), 303)


@bp.post("/profile/skills/<uuid:skill_id>/restore")
def restore_skill(skill_id: UUID) -> ResponseReturnValue:
    profiles.restore(viewer(), skill_of(viewer(), skill_id))
    suggesting.choose_for(viewer())
    return saved("words", _("It is back."))


@bp.post("/profile/styles")
def choose_styles() -> ResponseReturnValue:
    form = StylesForm()
    if not form.validate():
        return profile_page(errors_in(form), typed_in(form))
    profiles.choose_styles(viewer(), form.choices())
    suggesting.choose_for(viewer())
    return saved("styles")


@bp.post("/profile/room")
def make_room() -> ResponseReturnValue:
    form = RoomForm()
    if not form.validate():
        return profile_page(errors_in(form), typed_in(form))
    profiles.make_room(viewer(), form.room.data or 0, bridging=bool(form.bridging.data))
    suggesting.choose_for(viewer())
    return saved("room")


def area_options() -> list[tuple[str, str]]:
    """The six areas, to choose one."""
    return [(area.value, _(name)) for area, name in AREA_NAMES.items()]


def saved(section: str, text: str | None = None) -> ResponseReturnValue:
    """Back to the section that was saved."""
    say_done(text or _("Saved."))
    return redirect(url_for("profile.show", _anchor=section), 303)


def profile_page(errors: dict[str, str] | None = None, typed: dict[str, str] | None = None) -> Response:
    """The whole page; with errors, what was typed stands in the form it was typed in."""
    me = viewer()
    skills = skills_of(me)
    return page(
        "profile/show.html",
        status=422 if errors else 200,
        me=me,
        wanted=ticked(skills, Direction.WANTED),
        offered=ticked(skills, Direction.OFFERED),
        skills=[skill for skill in skills if skill.words],
        stories=stories_of(me),
        styles=styles_of(me),
        blocked=between.blocked_by(me),
        areas=tuple(Area),
        area_options=area_options(),
        style_choices=STYLES,
        skip=SKIP_LABEL,
        errors=errors or {},
        typed=typed or {},
    )
