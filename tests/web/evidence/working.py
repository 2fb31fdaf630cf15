"""A worker as a process of its own: `python -m tests.web.evidence.working` on the home and database given."""

import django


def main() -> None:
    """Work with the toys only, and ask none of them by itself."""
    from hled.evidence import registry
    from hled.web.evidence import worker
    from tests.web.evidence.toys import PREPARE, register_toys

    registry._KNOWN.clear()
    register_toys()
    worker.ask_defaults = lambda: None
    worker.work(PREPARE)


if __name__ == "__main__":
    django.setup()
    main()
