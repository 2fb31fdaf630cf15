"""The shapes of the agenda in the API: `nouns` of the work plan and `results` of the queries."""
