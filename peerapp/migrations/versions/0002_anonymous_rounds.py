"""Anonymous rounds: their tables, and the triggers that keep an open round and a release as they are.

A guard is a condition on the old and the new row under which the database refuses, whoever asks. A batch migration on
SQLite that rebuilds one of these tables drops its guards: make them again there.
"""

import sqlalchemy as sa
from alembic import op
import peerapp.db

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


FROZEN = (  # what the manifest says, and what it is made from
    "owner_id", "owner_name", "purpose", "title", "why", "language", "questions", "audience_kind", "audience", "split_by",
    "joins_small", "minimum", "made_at", "opens_at", "closes_at", "public_id", "salt", "roll_salt", "manifest", "fingerprint",
)  # fmt: skip
STEPS = (
    ("draft", "opening"), ("opening", "open"), ("opening", "spoiled"), ("open", "closing"),
    ("closing", "released"), ("closing", "withheld"), ("closing", "spoiled"),
)  # fmt: skip
# The state of the round that the row belongs to, before and after the change.
OLD_STATE = "(SELECT state FROM round WHERE id = OLD.round_id)"
NEW_STATE = "(SELECT state FROM round WHERE id = NEW.round_id)"
OVER = "('released', 'withheld', 'spoiled')"


def _differs(*columns: str) -> str:
    # JSON has no equality on PostgreSQL; as text it has.
    return " OR ".join(f"CAST(OLD.{each} AS TEXT) IS DISTINCT FROM CAST(NEW.{each} AS TEXT)" for each in columns)


def _steps() -> str:
    allowed = " OR ".join(f"(OLD.state = '{old}' AND NEW.state = '{new}')" for old, new in STEPS)
    return f"OLD.state <> NEW.state AND NOT ({allowed})"


def _children(table: str, *columns: str) -> list[tuple[str, str, str, str]]:
    """Rows that are written while the round is a draft and stand still afterwards."""
    return [
        (f"{table}_no_insert", table, "INSERT", f"{NEW_STATE} <> 'draft'"),
        (f"{table}_no_delete", table, "DELETE", f"{OLD_STATE} <> 'draft'"),
        (
            f"{table}_no_change",  # nor is a row of a draft moved into a round that is open
            table,
            "UPDATE",
            f"({OLD_STATE} <> 'draft' OR {NEW_STATE} <> 'draft') AND ({_differs(*columns)})",
        ),
    ]


GUARDS = [
    ("round_no_change", "round", "UPDATE", f"OLD.state <> 'draft' AND ({_differs(*FROZEN)})"),
    ("round_no_step_back", "round", "UPDATE", _steps()),
    ("round_no_second_end", "round", "UPDATE", f"OLD.state IN {OVER} AND ({_differs('handed_out', 'ended_at')})"),
    ("round_no_delete", "round", "DELETE", "OLD.state <> 'draft'"),
    # SQLite can put a row in the place of another one, and tells no trigger that the other is deleted.
    ("round_keeps_its_place", "round", "UPDATE", _differs("id", "public_id")),
    (
        "round_no_replacement",
        "round",
        "INSERT",
        "EXISTS (SELECT 1 FROM round there WHERE (there.id = NEW.id OR there.public_id = NEW.public_id)"
        " AND there.state <> 'draft')",
    ),
    *_children("round_part", "round_id", "number", "name", "public_key"),
    *_children("round_reader", "round_id", "person_id", "role", "name"),
    *_children("roll_entry", "round_id", "person_id", "part"),
    (
        "roll_entry_no_second_paper",
        "roll_entry",
        "UPDATE",
        f"({_differs('handed_out', 'blinded_hash')}) AND NOT ("
        f"({OLD_STATE} = 'open' AND CAST(OLD.handed_out AS INTEGER) = 0 AND CAST(NEW.handed_out AS INTEGER) = 1"
        " AND OLD.blinded_hash IS NULL AND NEW.blinded_hash IS NOT NULL)"
        f" OR ({OLD_STATE} IN {OVER} AND CAST(NEW.handed_out AS INTEGER) = 0 AND NEW.blinded_hash IS NULL))",
    ),
    ("round_key_no_insert", "round_key", "INSERT", f"{NEW_STATE} <> 'draft'"),
    ("round_key_no_change", "round_key", "UPDATE", "1 = 1"),
    ("round_release_no_insert", "round_release", "INSERT", f"{NEW_STATE} <> 'closing'"),
    ("round_release_no_change", "round_release", "UPDATE", "1 = 1"),
    ("round_release_no_delete", "round_release", "DELETE", "1 = 1"),
    ("release_serials_no_insert", "release_serials", "INSERT", f"{NEW_STATE} <> 'closing'"),
    ("release_serials_no_change", "release_serials", "UPDATE", "1 = 1"),
    ("release_serials_no_delete", "release_serials", "DELETE", "1 = 1"),
]
SENTENCE = "an open round and a release stay as they are"


def guard_everything() -> None:
    for name, table, event, condition in GUARDS:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"""
                CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN
                IF {condition} THEN RAISE EXCEPTION '{SENTENCE} ({name})' USING ERRCODE = 'check_violation'; END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $guard$""")
            op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
        else:
            op.execute(f"""
                CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition}
                BEGIN SELECT RAISE(ABORT, '{SENTENCE} ({name})'); END""")

    if op.get_bind().dialect.name == "postgresql":
        guard_against_emptying()


def guard_against_emptying() -> None:
    """TRUNCATE asks no trigger of a row."""
    op.execute(f"""
        CREATE OR REPLACE FUNCTION rounds_no_emptying() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN
        RAISE EXCEPTION '{SENTENCE} (%)', TG_TABLE_NAME USING ERRCODE = 'check_violation'; END $guard$""")
    for table in sorted({table for _name, table, *_rest in GUARDS}):
        op.execute(f"DROP TRIGGER IF EXISTS {table}_no_emptying ON {table}")
        op.execute(
            f"CREATE TRIGGER {table}_no_emptying BEFORE TRUNCATE ON {table} EXECUTE FUNCTION rounds_no_emptying()"
        )


def upgrade() -> None:
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_table(
        "round",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("owner_name", sa.String(length=120), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("programme", "unit", "myself", name="purpose", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "opening",
                "open",
                "closing",
                "released",
                "withheld",
                "spoiled",
                name="roundstate",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column(
            "audience_kind",
            sa.Enum("units", "programme", "people", name="audiencekind", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column(
            "split_by", sa.Enum("none", "unit", "site", name="splitby", native_enum=False, length=24), nullable=False
        ),
        sa.Column("joins_small", sa.Boolean(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("made_at", peerapp.db.UtcDateTime(), nullable=False),
        sa.Column("opens_at", peerapp.db.UtcDateTime(), nullable=True),
        sa.Column("closes_at", peerapp.db.UtcDateTime(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=32), nullable=True),
        sa.Column("roll_salt", sa.LargeBinary(length=32), nullable=True),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("closes_early", sa.Boolean(), nullable=False),
        sa.Column("reminded_at", peerapp.db.UtcDateTime(), nullable=True),
        sa.Column("ended_at", peerapp.db.UtcDateTime(), nullable=True),
        sa.Column("discarded_at", peerapp.db.UtcDateTime(), nullable=True),
        sa.Column("handed_out", sa.Integer(), nullable=True),
        sa.Column("what_next", sa.Text(), nullable=False),
        sa.Column("what_next_at", peerapp.db.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_round_owner_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("public_id", name=op.f("uq_round_public_id")),
    )
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.create_index("ix_round_owner_id_made_at", ["owner_id", "made_at"], unique=False)
        batch_op.create_index("ix_round_state_closes_at", ["state", "closes_at"], unique=False)

    op.create_table(
        "release_serials",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("serials", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_release_serials_round_id_round")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_release_serials")),
    )
    op.create_table(
        "roll_entry",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("handed_out", sa.Boolean(), nullable=False),
        sa.Column("blinded_hash", sa.LargeBinary(length=32), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_roll_entry_person_id_person")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_roll_entry_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", "person_id", name=op.f("pk_roll_entry")),
    )
    with op.batch_alter_table("roll_entry", schema=None) as batch_op:
        batch_op.create_index("ix_roll_entry_person_id", ["person_id"], unique=False)

    op.create_table(
        "round_key",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("private_key", sa.LargeBinary(length=256), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_key_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", "part", name=op.f("pk_round_key")),
    )
    op.create_table(
        "round_part",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=256), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_part_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", "number", name=op.f("pk_round_part")),
    )
    op.create_table(
        "round_reader",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role", sa.Enum("reader", "may_be_shown", name="readerrole", native_enum=False, length=24), nullable=False
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("shown_at", peerapp.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_round_reader_person_id_person")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_reader_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", "person_id", name=op.f("pk_round_reader")),
    )
    with op.batch_alter_table("round_reader", schema=None) as batch_op:
        batch_op.create_index("ix_round_reader_person_id", ["person_id"], unique=False)

    op.create_table(
        "round_release",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_round_release_round_id_round")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_round_release")),
    )
    # ### end Alembic commands ###
    guard_everything()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for name, table, _event, _condition in GUARDS:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
        op.execute("DROP FUNCTION rounds_no_emptying() CASCADE")
    # ### commands auto generated by Alembic - please adjust! ###
    op.drop_table("round_release")
    with op.batch_alter_table("round_reader", schema=None) as batch_op:
        batch_op.drop_index("ix_round_reader_person_id")

    op.drop_table("round_reader")
    op.drop_table("round_part")
    op.drop_table("round_key")
    with op.batch_alter_table("roll_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_roll_entry_person_id")

    op.drop_table("roll_entry")
    op.drop_table("release_serials")
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.drop_index("ix_round_state_closes_at")
        batch_op.drop_index("ix_round_owner_id_made_at")

    op.drop_table("round")
    # ### end Alembic commands ###
