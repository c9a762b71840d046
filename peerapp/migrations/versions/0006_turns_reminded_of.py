"""When was somebody reminded that their turn in a session by writing ends soon?"""

import sqlalchemy as sa
from alembic import op
import peerapp.db

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("session_turn", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reminded_at", peerapp.db.UtcDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("session_turn", schema=None) as batch_op:
        batch_op.drop_column("reminded_at")
