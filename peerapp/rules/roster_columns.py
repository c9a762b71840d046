"""Which column of a people file means what? Headers in English or German, in any case, spaced or hyphenated."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum

from peerapp.rules import limits
from peerapp.rules.refusal import Refusal
from peerapp.rules.words import N_


class Field(StrEnum):
    """The values are the names of the attributes of `Known`, too."""

    NUMBER = "number"
    NAME = "name"
    EMAIL = "email"
    UNIT = "unit"
    SITE = "site"
    MANAGER = "manager"  # by e-mail
    STARTED_ON = "started_on"
    LANGUAGE = "language"
    TIME_ZONE = "time_zone"


FIELD_NAMES: Mapping[Field, str] = {
    Field.NUMBER: N_("Personnel number"),
    Field.NAME: N_("Name"),
    Field.EMAIL: N_("E-mail"),
    Field.UNIT: N_("Unit"),
    Field.SITE: N_("Site"),
    Field.MANAGER: N_("Manager's e-mail"),
    Field.STARTED_ON: N_("Start date"),
    Field.LANGUAGE: N_("Language"),
    Field.TIME_ZONE: N_("Time zone"),
}
LENGTHS: Mapping[Field, int] = {
    Field.NUMBER: limits.PERSONNEL_NUMBER,
    Field.NAME: limits.NAME,
    Field.EMAIL: limits.EMAIL,
    Field.UNIT: limits.UNIT,
    Field.SITE: limits.SITE,
    Field.MANAGER: limits.EMAIL,
    Field.STARTED_ON: limits.IMPORT_CELL,
    Field.LANGUAGE: limits.IMPORT_CELL,
    Field.TIME_ZONE: limits.TIME_ZONE,
}
SPELLINGS: Mapping[Field, str] = {
    Field.NUMBER: "personnelnumber personnelno personnelid employeenumber employeeno employeeid staffnumber staffid "
    "personalnummer personalnr mitarbeiternummer mitarbeiternr",
    Field.NAME: "name fullname displayname employee employeename mitarbeiter mitarbeiterin anzeigename vollstandigername",
    Field.EMAIL: "email emailaddress mail mailaddress workemail emailadresse mailadresse",
    Field.UNIT: "unit department team orgunit organisationalunit organizationalunit division abteilung bereich einheit "
    "organisationseinheit",
    Field.SITE: "site location office workplace standort ort niederlassung",
    Field.MANAGER: "manager manageremail managersemail manageremailaddress managersemailaddress managermail "
    "managersmail linemanager linemanageremail supervisor supervisoremail vorgesetzter vorgesetzte "
    "vorgesetztenemail vorgesetzteremail emailvorgesetzter emaildesvorgesetzten emaildervorgesetzten "
    "fuhrungskraft fuhrungskraftemail emailfuhrungskraft emailderfuhrungskraft",
    Field.STARTED_ON: "startdate start started startedon startingdate entrydate hiredate hired joined joinedon "
    "dateofjoining eintritt eintrittsdatum eintrittam startdatum beginn",
    Field.LANGUAGE: "language lang locale preferredlanguage sprache",
    Field.TIME_ZONE: "timezone tz zeitzone",
}
FIELD_OF = {spelling: field for field, spellings in SPELLINGS.items() for spelling in spellings.split()}
NEEDED = frozenset({Field.NAME, Field.EMAIL})


def field_of(header: str) -> Field | None:
    """Case, spaces, hyphens and accents do not matter, and "ue" is as good as "ü"."""
    plain = unicodedata.normalize("NFKD", header.casefold())
    letters = re.sub(r"[^a-z0-9]", "", plain)
    return FIELD_OF.get(letters) or FIELD_OF.get(letters.replace("ue", "u").replace("ae", "a"))


def columns(header: Sequence[str]) -> tuple[Field | None, ...] | Refusal:
    """The meaning of each column, None where it has none for us."""
    found = tuple(field_of(cell) for cell in header)
    if not any(found):
        return Refusal(N_("The first line has to name the columns, for example: name, e-mail, unit, site."))
    if Field.NAME not in found:
        return Refusal(N_("There is no column for the name. Please call it “name” in the first line."))
    if Field.EMAIL not in found:
        return Refusal(N_("There is no column for the e-mail address. Please call it “e-mail” in the first line."))
    for place, field in enumerate(found):
        if field and field in found[:place]:
            both = {"one": _short(header[found.index(field)]), "other": _short(header[place])}
            return Refusal(N_("Two columns mean the same: “%(one)s” and “%(other)s”. Please keep one of them."), both)
    return found


def _short(header: str) -> str:
    return " ".join(header.split())[:40]
