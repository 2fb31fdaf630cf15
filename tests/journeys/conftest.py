"""The journeys drive the same browser on the same site as the browser tests."""

from tests.browser.conftest import browser, desktop, no_script, phone, site

__all__ = ["browser", "desktop", "no_script", "phone", "site"]
