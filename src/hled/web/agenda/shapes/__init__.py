"""The shapes of the agenda in the API: what may be `asked`, `nouns` of the plan, `results` of the queries."""
