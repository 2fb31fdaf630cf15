"""What tests share: a database that holds the bundled public record, loaded once for each worker."""

import pytest
from pytest_django import DjangoDbBlocker

from tests.chromium import browser, desktop, no_script, phone, site

__all__ = ["browser", "desktop", "no_script", "phone", "site"]  # fixtures of the browser tests


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Extend pytest-django: after the migrations, load the bundled record and keep it for the session."""
    with django_db_blocker.unblock():
        _load()


@pytest.fixture
def loaded(db: None) -> None:
    """A database with the bundled record, also after a test that emptied it for good."""
    _load()


@pytest.fixture
def empty(db: None) -> None:
    """A database without any entry or public row, for the length of a test."""
    from hled.web.record.models import EntryRow
    from hled.web.record.projection import replay

    EntryRow.objects.all().delete()
    replay()


def _load() -> None:
    from hled.web.record import actions
    from hled.workplan import bundled_record

    actions.bring_in(bundled_record())
