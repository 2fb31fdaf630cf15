"""The directory to take away."""

from hled.web.directory import queries
from hled.web.directory.models import AgencyRow, BodyRow
from hled.web.record.exports import Table, table


def agencies() -> Table:
    """Return every agency in the order of the record."""
    order = AgencyRow.objects.order_by("seq").values_list("id", flat=True)
    known = {agency.id: agency for agency in queries.agencies()}
    return table("agencies", (known[key] for key in order))


def bodies() -> Table:
    """Return every body in the order of the record."""
    order = BodyRow.objects.order_by("seq").values_list("id", flat=True)
    known = {body.id: body for body in queries.bodies()}
    return table("bodies", (known[key] for key in order))
