"""Files of a run: formats, languages, safe cells, caching, and Parquet made when it is missing."""

import io
import json
import shutil
from collections.abc import Callable

import pytest
from django.test import Client

from hled.evidence import ask
from hled.web.evidence import downloads, queries
from hled.web.evidence.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def run_id(client: Client, answer_all: Callable[[], int]) -> str:
    address = client.get("/en/evidence/toy.counting/ask/?number=7")["Location"]
    answer_all()
    return str(address).rstrip("/").rpartition("/")[2]


def test_csv_is_in_the_language_of_the_page_and_runs_no_formula(client: Client, run_id: str) -> None:
    response = client.get(f"/es/evidence/runs/{run_id}/counts.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    lines = response.content.decode().split("\r\n")
    assert lines[0] == "Mes,Etiqueta,Camiones (camiones),Nota"
    assert lines[1].startswith("2023-01,\"'=HYPERLINK(")
    assert lines[1].endswith(",7000,según conteo")
    assert lines[2] == "2023-02,plain,,"
    assert "Month,Label" in client.get(f"/en/evidence/runs/{run_id}/counts.csv").content.decode()


def test_files_carry_the_run_in_their_name_and_may_be_kept(client: Client, run_id: str) -> None:
    address = f"/en/evidence/runs/{run_id}/counts.csv"
    response = client.get(address)
    assert response["Content-Disposition"] == (
        f'attachment; filename="hled-toy.counting-{run_id[:12]}-counts.csv"'
    )
    assert response["Cache-Control"] == "public, max-age=86400"
    again = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_table_as_json_has_both_languages_and_units(client: Client, run_id: str) -> None:
    table = json.loads(client.get(f"/en/evidence/runs/{run_id}/counts.json").content)
    assert table["columns"][2]["unit"] == {"en": "trucks", "es": "camiones"}
    assert table["rows"][1][2] is None


def test_a_figure_is_a_drawing_of_its_own(client: Client, run_id: str) -> None:
    response = client.get(f"/es/evidence/runs/{run_id}/months.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert 'xmlns="http://www.w3.org/2000/svg"' in response.content.decode()
    assert "Camiones por mes" in response.content.decode()


def test_parquet_holds_the_numbers(client: Client, run_id: str) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    data = client.get(f"/en/evidence/runs/{run_id}/counts.parquet").content
    assert parquet.read_table(io.BytesIO(data)).column("trucks").to_pylist() == [7000, None]


def test_missing_parquet_is_made_by_the_worker(
    client: Client, run_id: str, answer_all: Callable[[], int]
) -> None:
    shutil.rmtree(queries.store().home / "parquet")
    address = f"/en/evidence/runs/{run_id}/counts.parquet"
    waiting = client.get(address)
    assert waiting.status_code == 202
    assert client.get(f"/en/evidence/runs/{run_id}/").status_code == 200  # the answer itself is there
    assert answer_all() == 1
    assert client.get(address).content.startswith(b"PAR1")


def test_a_run_asked_by_command_has_its_page_and_its_files(
    client: Client, answer_all: Callable[[], int]
) -> None:
    run, _ = ask("toy.counting", {"number": "8"}, store=queries.store())
    assert client.get(f"/en/evidence/runs/{run.run_id}/").status_code == 200
    assert client.get(f"/en/evidence/runs/{run.run_id}/counts.parquet").status_code == 202
    assert Job.objects.get().run_id == run.run_id
    answer_all()
    assert client.get(f"/en/evidence/runs/{run.run_id}/counts.parquet").status_code == 200


@pytest.mark.parametrize("name", ["counts.xlsx", "months.csv", "counts", "..%2fcounts.csv", "answer.csv"])
def test_an_unknown_file_is_404_and_names_those_there_are(client: Client, run_id: str, name: str) -> None:
    response = client.get(f"/es/evidence/runs/{run_id}/{name}")
    assert response.status_code == 404
    if "%" not in name:
        assert "counts.parquet" in response.content.decode()


def test_every_named_file_can_be_taken(client: Client, run_id: str) -> None:
    names = downloads.names(queries.finished(run_id).answer)
    assert names == ("answer.json", "counts.csv", "counts.json", "counts.parquet", "months.svg")
    for name in names:
        assert client.get(f"/es/evidence/runs/{run_id}/{name}").status_code == 200
