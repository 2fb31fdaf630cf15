"""Log lines as JSON, one object a line in plain ASCII, with the request id where there is one."""

import datetime as dt
import json
import logging


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object: time, level, logger, message, and the request's own fields."""

    FIELDS = ("request_id", "status", "ms")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        # Django names the request itself when a view fails or refuses.
        asked = getattr(getattr(record, "request", None), "META", {}).get("hled.request_id")
        line |= {"request_id": asked} if asked else {}
        line |= {name: getattr(record, name) for name in self.FIELDS if hasattr(record, name)}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line)
