"""What do we do until next time? Actions are added in a session or between two, and stay until they are done."""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import history, open_actions
from peerapp.actions.open_actions import Task
from peerapp.forms.clashes import changed_meanwhile, put_together
from peerapp.forms.open_actions import ACTION_FIELDS, ActionForm, Whose
from peerapp.forms.sessions import version_seen
from peerapp.forms.typed import errors_in, one_line, typed_in
from peerapp.models import Action, NoteBlock, Pair, Session
from peerapp.once import once
from peerapp.queries.open_actions import action_of
from peerapp.queries.pairs import open_pair_of
from peerapp.queries.sessions import line_of, writable_session_of
from peerapp.routes.clash import Clash, clash_page
from peerapp.routes.journal import journal_page
from peerapp.routes.saying import offer_to_take_back, say_meanwhile
from peerapp.routes.sessions import address_of, session_page
from peerapp.rules import limits
from peerapp.rules.refusal import Refusal, Stale
from peerapp.web import page, said, say_done

bp = Blueprint("open_actions", __name__, url_prefix="/pairs/<uuid:pair_id>/actions")


@bp.get("/new")
def new(pair_id: UUID) -> ResponseReturnValue:
    """The form, filled with the words of a note when one was turned into an action."""
    pair, session, words = open_pair_of(viewer(), pair_id), _session_in(pair_id, request.args.get("session")), ""
    if session and "note" in request.args:
        block = line_of(NoteBlock, viewer(), pair_id, session.id, _uuid(request.args["note"]))
        words = one_line(block.body if not block.retracted_at else "")[: limits.ACTION]
    return _form_page(pair, session, None, {"action": words, "owner": Whose.ME, "due_on": ""})


@bp.post("")
@once
def add(pair_id: UUID) -> ResponseReturnValue:
    pair, form = open_pair_of(viewer(), pair_id), ActionForm()
    session = _session_in(pair_id, form.session.data)
    if not form.validate():
        return _refused(pair, session, form, errors_in(form))
    action = open_actions.add(pair, viewer(), _task(pair, form), session)
    if isinstance(action, Refusal):
        return _refused(pair, session, form, {"action": said(action)})
    offer_to_take_back(history.last_of(action), _("Action added."))
    return _back(pair_id, session)


@bp.get("/<uuid:action_id>/edit")
def edit(pair_id: UUID, action_id: UUID) -> ResponseReturnValue:
    action = action_of(viewer(), pair_id, action_id)
    return _form_page(action.pair, _session_in(pair_id, request.args.get("session")), action, _as_typed(action))


@bp.post("/<uuid:action_id>")
def save(pair_id: UUID, action_id: UUID) -> ResponseReturnValue:
    action, form = action_of(viewer(), pair_id, action_id), ActionForm()
    session = _session_in(pair_id, form.session.data)
    if not form.validate():
        return _form_page(action.pair, session, action, typed_in(form), errors_in(form))
    seen, now = version_seen(form.seen.data), _as_typed(action)
    both = put_together(request.form, form.words(), now)
    if both:
        form.take({**both.fields, **{clash.field: clash.mine for clash in both.clashes}})
        seen = seen if both.clashes else action.version
    outcome = open_actions.edit(action, viewer(), _task(action.pair, form), seen)
    if isinstance(outcome, Stale):
        return _clash(action, session, form)
    offer_to_take_back(outcome, _("Action changed."))
    say_meanwhile(_partner(action), [ACTION_FIELDS[name] for name in changed_meanwhile(request.form, now)])
    return _back(pair_id, session)


@bp.post("/<uuid:action_id>/tick", defaults={"done": True})
@bp.post("/<uuid:action_id>/untick", defaults={"done": False})
def tick(pair_id: UUID, action_id: UUID, done: bool) -> ResponseReturnValue:
    action, session = action_of(viewer(), pair_id, action_id), _session_in(pair_id, request.values.get("session"))
    seen = version_seen(request.values.get("seen"))
    outcome = open_actions.tick(action, viewer(), done=done, seen=seen)
    if isinstance(outcome, Stale):
        return page("sessions/stale_tick.html", status=409, pair=action.pair, action=action, session=session, done=done)
    told = (
        _("“%(words)s” is done.", words=action.words) if done else _("“%(words)s” is open again.", words=action.words)
    )
    offer_to_take_back(outcome, told)
    return _back(pair_id, session)


@bp.post("/<uuid:action_id>/drop")
def drop(pair_id: UUID, action_id: UUID) -> ResponseReturnValue:
    action, session = action_of(viewer(), pair_id, action_id), _session_in(pair_id, request.values.get("session"))
    open_actions.drop(action, viewer())
    undo = url_for(".pick_up", pair_id=pair_id, action_id=action_id, session=session.id if session else None)
    say_done(_("Dropped. Nobody has to do it any more."), undo, about=str(action.id))
    return _back(pair_id, session)


@bp.post("/<uuid:action_id>/pick-up")
def pick_up(pair_id: UUID, action_id: UUID) -> ResponseReturnValue:
    action = action_of(viewer(), pair_id, action_id)
    outcome = open_actions.pick_up(action, viewer())
    if isinstance(outcome, Refusal):
        flash(said(outcome), "problem")
    return _back(pair_id, _session_in(pair_id, request.args.get("session")))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        abort(404)


def _session_in(pair_id: UUID, named: str | None) -> Session | None:
    """The session that the form stands on, if it does; one of another pair is not found."""
    return writable_session_of(viewer(), pair_id, _uuid(named)) if named else None


def _back(pair_id: UUID, session: Session | None) -> ResponseReturnValue:
    there = address_of(session, "actions") if session else url_for("journal.show", pair_id=pair_id, _anchor="actions")
    return redirect(there, 303)


def _task(pair: Pair, form: ActionForm) -> Task:
    me = viewer()
    owners = {Whose.ME: me.id, Whose.YOU: pair.partner_of(me).id, Whose.BOTH: None}
    return Task(form.action.data or "", owners[Whose(form.owner.data or Whose.ME)], form.due_on.data)


def _whose(action: Action) -> Whose:
    if action.owner_id is None:
        return Whose.BOTH
    return Whose.ME if action.owner_id == viewer().id else Whose.YOU


def _as_typed(action: Action) -> dict[str, str]:
    """As the form shows it."""
    due = action.due_on.isoformat() if action.due_on else ""
    return {"action": action.words, "owner": _whose(action).value, "due_on": due}


def _partner(action: Action) -> str:
    return action.pair.partner_of(viewer()).first_name


def _refused(pair: Pair, session: Session | None, form: ActionForm, errors: dict[str, str]) -> Response:
    """The page that the form stood on, with what was typed."""
    if session:
        return session_page(session, typed_in(form), errors)
    return journal_page(pair, typed_in(form), errors)


def _form_page(
    pair: Pair,
    session: Session | None,
    action: Action | None,
    typed: dict[str, str],
    errors: dict[str, str] | None = None,
) -> Response:
    now = _as_typed(action) if action else {}
    return page(
        "sessions/action.html",
        status=422 if errors else 200,
        pair=pair,
        partner=pair.partner_of(viewer()),
        session=session,
        action=action,
        typed=typed,
        errors=errors or {},
        was={name: request.form.get(f"was_{name}", value) for name, value in now.items()},
        seen=version_seen(request.form.get("seen")) or (action.version if action else 0),
    )


def _clash(action: Action, session: Session | None, form: ActionForm) -> Response:
    partner = _partner(action)
    whose = {Whose.ME: _("for you"), Whose.YOU: _("for %(name)s", name=partner), Whose.BOTH: _("for both of you")}
    due = form.due_on.data.isoformat() if form.due_on.data else ""
    clash = Clash(
        action=url_for(".save", pair_id=action.pair_id, action_id=action.id),
        back=address_of(session, "actions") if session else url_for("journal.show", pair_id=action.pair_id),
        name="action",
        mine=form.action.data or "",
        theirs=action.words,
        seen=action.version,
        others={"owner": form.owner.data or "", "due_on": due, "session": str(session.id) if session else ""},
        told_mine=" · ".join(filter(None, [whose[Whose(form.owner.data or Whose.ME)], due])),
        told_theirs=" · ".join(
            filter(None, [whose[_whose(action)], action.due_on.isoformat() if action.due_on else ""])
        ),
    )
    return clash_page(action.pair, clash, partner)
