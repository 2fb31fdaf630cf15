"""The working platform of the U.S.–Mexico High-Level Economic Dialogue (HLED / DEAN).

The folders follow the dialogue itself: the work plan and its public record (`workplan`), the evidence
engines of the four pillars (`pillars`), what makes an answer citable (`evidence`), the record that anyone
verifies (`record`), and, at the edge, the web site (`web`) and the command line (`cli`).
"""

__version__ = "0.1.0"
