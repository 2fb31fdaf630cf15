"""Personal data of entries, kept beside them: what the commitments in an entry hide."""

from collections.abc import Iterable

from django.db import transaction

from hled.record import canonical
from hled.record.commitments import Disclosure, verify
from hled.web.record.models import DisclosureRow, RedactionRow


@transaction.atomic
def disclose(object_id: str, disclosures: Iterable[Disclosure]) -> None:
    """Keep salts and values of an object; what a redaction erased is not taken again.

    Raises:
        CommitmentError: a salt is malformed.
        CanonicalError: a value has no canonical form.
    """
    found = {item.commitment: item for item in disclosures}
    for commitment, item in found.items():
        verify(commitment, item)
    rows = RedactionRow.objects.filter(object_id=object_id, commitment__in=found)
    erased = set(rows.values_list("commitment", flat=True))
    DisclosureRow.objects.bulk_create(
        [
            DisclosureRow(
                commitment=commitment,
                object_id=object_id,
                field=item.field,
                salt=item.salt,
                value=canonical(item.value).decode(),
            )
            for commitment, item in found.items()
            if commitment not in erased
        ],
        ignore_conflicts=True,
    )
