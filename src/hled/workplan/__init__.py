"""The charter and the public record of the dialogue as data."""
