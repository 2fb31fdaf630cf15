"""What tests of the published record share: a home of their own, and somebody who publishes into it."""

import pytest

from hled.record.notes import Algorithm
from tests.web.record.publishing import Publisher, governments


@pytest.fixture
def home(settings, tmp_path):
    """An empty home for published files and bodies."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return settings.HOME


@pytest.fixture
def local(loaded, home):
    """The bundled record, signed by its own log and by nobody else."""
    publisher = Publisher(home)
    publisher.publish()
    return publisher


@pytest.fixture
def cosigned(loaded, home):
    """The bundled record, cosigned by both governments with both kinds of keys."""
    algorithms = (Algorithm.COSIGNATURE_ED25519, Algorithm.COSIGNATURE_MLDSA44)
    publisher = Publisher(home, governments(algorithms))
    publisher.publish()
    return publisher
