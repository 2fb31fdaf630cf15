"""Erasing personal data when the law asks for it, and saying so on the record."""

from collections.abc import Collection

from django.db import transaction

from hled.language import Bilingual
from hled.record.redactions import TYPE, Erased, Redaction, RedactionError, authority, basis
from hled.web.record import erasing, read_only
from hled.web.record.actions.append import Act, append
from hled.web.record.actions.logs import own_log
from hled.web.record.models import DisclosureRow


@transaction.atomic
def redact(object_id: str, fields: Collection[str], basis_code: str, authority_code: str) -> int:
    """Delete salt and value of an object's fields and put the redaction on record; return its number.

    No `fields` means all. Entries and proofs stay as they are: what they commit to can no longer be found
    out. Every version of a field is erased. Values that somebody copied before cannot be recalled.

    Raises:
        RedactionError: the basis or authority is unknown, the authority is not that of the government whose
            log this is, or nothing of a field is kept here.
        ReadOnlyError: this node is a read-only mirror; the nodes of the record erase.
    """
    read_only.refuse_read_only()
    on, by = basis(basis_code), authority(authority_code)
    rows = DisclosureRow.objects.filter(object_id=object_id)
    kept = rows.filter(field__in=list(fields)) if fields else rows
    found = kept.order_by("field", "commitment").values_list("field", "commitment")
    erased = tuple(Erased(field, commitment) for field, commitment in found)
    missing = set(fields) - {item.field for item in erased}
    if missing or not erased:
        raise _nothing(object_id, missing)
    erasing.refuse_foreign(by, own_log().name)
    (seq,) = append([Act(TYPE, object_id, Redaction(erased, on, by).to_content())])
    return seq


def _nothing(object_id: str, missing: Collection[str]) -> RedactionError:
    return RedactionError(
        Bilingual(
            en="Nothing was erased: no value of {fields} is kept here for {object}. Check the object and the "
            "names of its fields; it may have been erased already.",
            es="No se suprimió nada: aquí no se conserva ningún valor de {fields} para {object}. Revise el "
            "objeto y los nombres de sus campos; tal vez ya se suprimió.",
        ).format(
            fields=", ".join(sorted(missing)) or Bilingual("any field", "ningún campo"),
            object=object_id[:200],
        )
    )
