"""What the two change in journal and charter has a history; what was taken back under a goal can come back."""

import sqlalchemy as sa
from alembic import op
import peerapp.db

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change",
        sa.Column("pair_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column(
            "about",
            sa.Enum(
                "note",
                "point",
                "decision",
                "action",
                "comment",
                "plan",
                "charter",
                name="about",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("made", "changed", "undone", name="changekind", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("at", peerapp.db.UtcDateTime(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("undone_at", peerapp.db.UtcDateTime(), nullable=True),
        sa.Column("typed_until", peerapp.db.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_change_actor_id_person")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_change_pair_id_pair")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_change_session_id_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index("ix_change_pair_id_number", ["pair_id", "number"], unique=False)
        batch_op.create_index("ix_change_session_id_number", ["session_id", "number"], unique=False)
        batch_op.create_index("ix_change_thing_id_number", ["thing_id", "number"], unique=False)

    op.create_table(
        "private_wording",
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", peerapp.db.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["note_id"], ["private_note.id"], name=op.f("fk_private_wording_note_id_private_note"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_wording")),
    )
    with op.batch_alter_table("private_wording", schema=None) as batch_op:
        batch_op.create_index("ix_private_wording_note_id_at", ["note_id", "at"], unique=False)

    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index("ix_comment_retracted_at", ["retracted_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index("ix_comment_retracted_at")

    with op.batch_alter_table("private_wording", schema=None) as batch_op:
        batch_op.drop_index("ix_private_wording_note_id_at")

    op.drop_table("private_wording")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index("ix_change_thing_id_number")
        batch_op.drop_index("ix_change_session_id_number")
        batch_op.drop_index("ix_change_pair_id_number")

    op.drop_table("change")
