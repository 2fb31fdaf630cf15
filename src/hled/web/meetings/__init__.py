"""Meetings of the dialogue: cabinet meetings, reviews, sessions with stakeholders, and the first cycle."""
