"""A small sound record file of our own, which the tests break in one place at a time."""

import copy
import json
from typing import Any

from hled.workplan import RecordInvalid, load_record

Node = dict[str, Any]

SAMPLE: Node = {
    "meta": {
        "compiled": "2024-06-30",
        "title_en": "A small record",
        "title_es": "Un registro pequeño",
        "notes": [{"text_en": "Invented for tests.", "text_es": "Inventado para pruebas."}],
    },
    "sources": [
        {
            "id": "sheet",
            "url": "https://example.org/sheet",
            "publisher_en": "White House",
            "publisher_es": "Casa Blanca",
            "published": "2022-09-12",
            "read": "full",
        },
        {"id": "press", "url": None, "publisher_en": "Press", "publisher_es": "Prensa", "read": "secondary"},
    ],
    "agencies": [
        {
            "id": "us-state",
            "party": "US",
            "short_en": "State",
            "short_es": "Estado",
            "name_en": "D",
            "name_es": "D",
        },
        {"id": "mx-se", "party": "MX", "short_en": "SE", "short_es": "SE", "name_en": "E", "name_es": "E"},
    ],
    "bodies": [
        {
            "id": "group",
            "name_en": "Group",
            "name_es": "Grupo",
            "purpose_en": "Meets.",
            "purpose_es": "Se reúne.",
            "track_en": "HLED",
            "track_es": "DEAN",
            "adjacent_track": False,
            "actions": ["crossing"],
            "sources": ["sheet"],
        }
    ],
    "actions": [
        {
            "pillar": "I",
            "objective": "trade-facilitation-infrastructure",
            "id": "crossing",
            "title_en": "A crossing",
            "title_es": "Un cruce",
            "summary_en": "Build it.",
            "summary_es": "Construirlo.",
            "lead_agencies_us": ["us-state"],
            "lead_agencies_mx": ["mx-se"],
            "origin_en": "Plan",
            "origin_es": "Plan",
            "adjacent_track": False,
            "line": 5,
            "events": [
                {
                    "id": "crossing.2022-09-12.commitment",
                    "date": "2022-09-12",
                    "date_basis": "event",
                    "reported": "2022-09-12",
                    "kind": "commitment",
                    "summary_en": "Promised.",
                    "summary_es": "Prometido.",
                    "source_id": "sheet",
                    "source_read": "full",
                },
                {
                    "id": "crossing.undated.meeting",
                    "date": None,
                    "date_basis": "unknown",
                    "reported": None,
                    "kind": "meeting",
                    "summary_en": "Met.",
                    "summary_es": "Reunidos.",
                    "source_id": "press",
                    "source_read": "secondary",
                },
            ],
        },
        {
            "pillar": "GOV",
            "objective": "meetings",
            "id": "reviews",
            "title_en": "Reviews",
            "title_es": "Revisiones",
            "summary_en": "Twice a year.",
            "summary_es": "Dos veces al año.",
            "lead_agencies_us": [],
            "lead_agencies_mx": None,
            "origin_en": "Plan",
            "origin_es": "Plan",
            "adjacent_track": True,
            "line": None,
            "events": [],
        },
    ],
    "deliverables": [
        {
            "id": "opening",
            "action": "crossing",
            "title_en": "Opening",
            "title_es": "Apertura",
            "due": "2023-12",
            "promised_by": "crossing.2022-09-12.commitment",
            "outcome": None,
            "note_en": None,
            "note_es": None,
        }
    ],
    "figures": [
        {
            "id": "cost",
            "quantity": "cost",
            "label_en": "Cost",
            "label_es": "Costo",
            "period": "2022",
            "value_en": "more than 864",
            "value_es": "más de 864",
            "unit_en": "US$ million",
            "unit_es": "millones de dólares",
            "is_target": False,
            "source_id": "sheet",
        }
    ],
    "discrepancies": [
        {
            "id": "cost-differs",
            "title_en": "Cost",
            "title_es": "Costo",
            "explanation_en": "Two sources, two numbers.",
            "explanation_es": "Dos fuentes, dos números.",
            "versions": [
                {"statement_en": "864", "statement_es": "864", "source_id": "sheet"},
                {"statement_en": "700", "statement_es": "700", "source_id": "press"},
            ],
        }
    ],
    "meetings": [
        {
            "id": "kick-off",
            "title_en": "Kick-off",
            "title_es": "Arranque",
            "level": "cabinet",
            "date": "2022-09-12",
            "place_en": "Mexico City",
            "place_es": "Ciudad de México",
            "chairs_us_en": None,
            "chairs_us_es": None,
            "chairs_mx_en": "SRE",
            "chairs_mx_es": "SRE",
            "summary_en": "They met.",
            "summary_es": "Se reunieron.",
            "event_id": "crossing.undated.meeting",
            "source_id": "sheet",
        }
    ],
}

GONE = object()


def sample(**changes: object) -> Node:
    """A copy of the sample; a change is named by a path such as `actions__0__title_es` and may be `GONE`."""
    document = copy.deepcopy(SAMPLE)
    for name, value in changes.items():
        *steps, last = [int(step) if step.isdigit() else step for step in name.split("__")]
        holder: Any = document
        for step in steps:
            holder = holder[step]
        if value is GONE:
            del holder[last]
        else:
            holder[last] = value
    return document


def problems(document: object) -> list[tuple[str, str]]:
    """Path and code of every problem that loading finds; empty where the file is sound."""
    text = document if isinstance(document, str | bytes) else json.dumps(document)
    try:
        load_record(text)
    except RecordInvalid as invalid:
        for problem in invalid.problems:
            assert problem.message.en != problem.message.es, problem.code
        return [(problem.path, problem.code) for problem in invalid.problems]
    return []
