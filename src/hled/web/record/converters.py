"""How logs, places, checksums and objects are written in an address: one spelling each, no other matches."""


class Text:
    """A value that stands in an address as it is; each kind of it has its own pattern."""

    def to_python(self, value: str) -> str:
        """Return the value."""
        return value

    def to_url(self, value: str) -> str:
        """Return the value."""
        return value


class LogName(Text):
    """The short name of a log: small letters, digits and hyphens."""

    regex = "[a-z][a-z0-9-]{0,19}"


class Checksum(Text):
    """A SHA-256 in hex."""

    regex = "[0-9a-f]{64}"


class Urn(Text):
    """The URN of an object."""

    regex = "urn:hled:[a-z_]{1,40}:[A-Za-z0-9._-]{1,150}"


class Exhibit(Text):
    """A file of an exhibit: its folder is named by when and why it was kept."""

    regex = r"[0-9]{8}T[0-9]{6}\.[0-9]{6}Z-[a-z-]{1,40}/[a-z][a-z-]{0,40}(?:\.txt)?"


class Index:
    """The place of an entry in its log: ASCII digits without leading zeros, below 10^15."""

    regex = "(?:0|[1-9][0-9]{0,14})"

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return the digits."""
        return str(value)


class Body:
    """A SHA-256 as the folders of bodies write it: two digits, a slash, the other sixty-two."""

    regex = "[0-9a-f]{2}/[0-9a-f]{62}"

    def to_python(self, value: str) -> str:
        """Return the checksum."""
        return value.replace("/", "")

    def to_url(self, value: str) -> str:
        """Return the path."""
        return f"{value[:2]}/{value[2:]}"
