"""The API: what every app offers to programs, put together, described and explained."""
