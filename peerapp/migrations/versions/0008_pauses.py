"""Until when does a pair pause, and which of its sessions rest meanwhile?"""

import peerapp.db
import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """0001 got `paused_until` after some had installed it; whoever came later has it."""
    there = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("pair")}
    if "paused_until" not in there:
        with op.batch_alter_table("pair", schema=None) as batch_op:
            batch_op.add_column(sa.Column("paused_until", sa.Date(), nullable=True))
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rests_since", peerapp.db.UtcDateTime(), nullable=True))


def downgrade() -> None:
    """`paused_until` belongs to 0001."""
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_column("rests_since")
