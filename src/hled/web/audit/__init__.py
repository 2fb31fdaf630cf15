"""The audit log: acts that are not public, chained by hashes, whose head the record takes once a day."""
