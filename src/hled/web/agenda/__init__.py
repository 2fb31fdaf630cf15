"""The agenda: what was promised under the work plan, what was reported since, and what went silent."""
