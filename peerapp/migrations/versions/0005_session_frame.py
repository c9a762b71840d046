"""What stands around the talk of a session: clock, needs, spinner, quiz, turns; and what somebody takes along."""

import sqlalchemy as sa
from alembic import op
import peerapp.db

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guess",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(length=200), nullable=False),
        sa.Column("guess", sa.String(length=200), nullable=False),
        sa.Column("ready_at", peerapp.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_guess_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_guess_session_id_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "person_id", name=op.f("pk_guess")),
    )
    op.create_table(
        "session_need",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "need",
            sa.Enum("link", "leader", "coach", "advocate", "friend", name="need", native_enum=False, length=24),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_session_need_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_session_need_session_id_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "person_id", name=op.f("pk_session_need")),
    )
    op.create_table(
        "session_turn",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("until", peerapp.db.UtcDateTime(), nullable=False),
        sa.Column("offered_again_at", peerapp.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_session_turn_person_id_person")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_session_turn_session_id_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_session_turn")),
    )
    with op.batch_alter_table("session_turn", schema=None) as batch_op:
        batch_op.create_index("ix_session_turn_until", ["until"], unique=False)

    op.create_table(
        "session_frame",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("point_id", sa.Uuid(), nullable=True),
        sa.Column("begun_at", peerapp.db.UtcDateTime(), nullable=True),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.Column("icebreaker", sa.String(length=12), nullable=False),
        sa.Column("drawn_point_id", sa.Uuid(), nullable=True),
        sa.Column("drawn_goal_id", sa.Uuid(), nullable=True),
        sa.Column("question", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["drawn_goal_id"], ["goal.id"], name=op.f("fk_session_frame_drawn_goal_id_goal"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["drawn_point_id"],
            ["agenda_point.id"],
            name=op.f("fk_session_frame_drawn_point_id_agenda_point"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["point_id"], ["agenda_point.id"], name=op.f("fk_session_frame_point_id_agenda_point"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_session_frame_session_id_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_session_frame")),
    )
    with op.batch_alter_table("note_block", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "kind",
                sa.Enum("note", "takeaway", name="notekind", native_enum=False, length=24),
                server_default="note",
                nullable=False,
            )
        )

    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "kind",
                sa.Enum("meeting", "turns", name="sessionkind", native_enum=False, length=24),
                server_default="meeting",
                nullable=False,
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_column("kind")

    with op.batch_alter_table("note_block", schema=None) as batch_op:
        batch_op.drop_column("kind")

    op.drop_table("session_frame")
    with op.batch_alter_table("session_turn", schema=None) as batch_op:
        batch_op.drop_index("ix_session_turn_until")

    op.drop_table("session_turn")
    op.drop_table("session_need")
    op.drop_table("guess")
