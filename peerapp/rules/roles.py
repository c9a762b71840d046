"""What are the roles called, and what does each open?"""

from collections.abc import Mapping

from peerapp.rules.words import N_

ROLE_NAMES: Mapping[str, str] = {
    "coordinator": N_("coordinator"),
    "administrator": N_("administrator"),
}
ROLE_MEANINGS: Mapping[str, str] = {
    "coordinator": N_("Brings people in and looks after the programme. Sees no board and no journal."),
    "administrator": N_("Looks after the installation and names coordinators. Sees no board and no journal."),
}
