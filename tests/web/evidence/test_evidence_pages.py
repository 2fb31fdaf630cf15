"""The pages of the evidence, in both languages and without JavaScript."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hled.evidence import registry
from hled.language import Bilingual
from hled.web.evidence import actions, policy, queries, worker
from hled.web.evidence.calculator import Calculator
from hled.web.evidence.models import Job
from tests.web.evidence.toys import PREPARE

pytestmark = pytest.mark.django_db
ASK = "/en/evidence/toy.counting/ask/?number=7&colour=green"


@pytest.fixture
def run_id(client: Client, answer_all: Callable[[], int]) -> str:
    """The id of a run that was asked on the page and answered."""
    address = client.get(ASK)["Location"]
    answer_all()
    return str(address).rstrip("/").rpartition("/")[2]


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_every_line_is_listed_with_its_questions_or_not_built_yet(client: Client) -> None:
    page = text(client, "/en/evidence/")
    assert page.count('id="line-') == 15
    assert page.count("not built yet") == 14
    assert 'href="/en/evidence/toy.counting/"' in page
    assert "¿Qué dice counting?" in text(client, "/es/evidence/")


def test_the_form_comes_from_the_declaration(client: Client) -> None:
    page = text(client, "/es/evidence/toy.counting/")
    assert '<form class="filters" method="get" action="/es/evidence/toy.counting/ask/"' in page
    assert '<label for="field-number">Cuántos (camiones)</label>' in page
    assert '<option value="red" selected>Rojo</option>' in page
    assert 'value="3" inputmode="numeric"' in page


def test_the_default_answer_is_asked_by_the_site_and_then_shown(
    client: Client, answer_all: Callable[[], int]
) -> None:
    response = client.get("/en/evidence/toy.counting/")
    assert response["Cache-Control"] == "no-store"
    assert "is being calculated" in response.content.decode()
    assert Job.objects.get().asked_by == policy.SITE
    answer_all()
    page = text(client, "/es/evidence/toy.counting/")
    assert '<p class="finding">Hay 3 &lt;camiones&gt;.</p>' in page
    assert "SHA-256" in page


def test_asking_leads_to_the_run_and_waits_there_without_javascript(client: Client) -> None:
    response = client.get(ASK)
    assert response.status_code == 302
    page = client.get(response["Location"])
    assert page.status_code == 202
    assert page["Cache-Control"] == "no-store"
    content = page.content.decode()
    assert '<meta http-equiv="refresh" content="2">' in content
    assert "0 are ahead of it" in content
    actions.take()
    assert "The calculation is running" in text(client, response["Location"], 202)


def test_a_question_asked_again_is_answered_in_place(
    client: Client, run_id: str, answer_all: Callable[[], int]
) -> None:
    Job.objects.all().delete()
    page = text(client, ASK)
    assert "There are 7 &lt;trucks&gt;." in page
    assert '<option value="green" selected>' in page
    assert f"/en/evidence/runs/{run_id}/" in page
    assert not Job.objects.exists()


def test_the_worker_answers_within_the_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with Calculator(queries.store().home, PREPARE) as calculates:
        assert calculates.start()

        def look(_seconds: float) -> None:
            worker.step(calculates, lambda: False)

        monkeypatch.setattr(queries, "WAIT_SECONDS", 30.0)
        monkeypatch.setattr(queries.time, "sleep", look)
        assert "There are 7 &lt;trucks&gt;." in text(client, ASK)
    assert Job.objects.get().state == "done"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["There are 7 &lt;trucks&gt;.", "Office of Toys", "1 March 2025", "Counting by hand."]),
        ("es", ["Hay 7 &lt;camiones&gt;.", "Oficina de Juguetes", "1 de marzo de 2025", "Conteo a mano."]),
    ],
)
def test_a_run_shows_finding_figures_tables_method_sources(
    client: Client, run_id: str, language: str, said: list[str]
) -> None:
    page = text(client, f"/{language}/evidence/runs/{run_id}/")
    for words in said:
        assert words in page
    assert page.index('class="finding"') < page.index("<svg") < page.index('id="table-counts"')
    assert '<td class="number">7,000</td>' in page
    assert "ab" * 32 in page
    assert f"hled evidence replay {run_id}" in page
    assert "hled ask toy.counting --colour green --number 7" in page
    assert f"http://testserver/{language}/evidence/runs/{run_id}/" in page
    assert f'href="/{language}/evidence/toy.counting/ask/?colour=green&amp;number=7"' in page


def test_a_missing_value_is_said(client: Client, run_id: str) -> None:
    page = text(client, f"/en/evidence/runs/{run_id}/")
    assert '<td class="number"><span class="note">no data</span></td>' in page


def test_a_run_of_a_question_that_is_gone_stays_readable(
    client: Client, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_KNOWN", {})
    page = text(client, f"/en/evidence/runs/{run_id}/")
    assert "There are 7 &lt;trucks&gt;." in page
    assert "/en/evidence/toy.counting/" not in page


def test_a_finished_run_is_sent_once(
    client: Client, run_id: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    address = f"/en/evidence/runs/{run_id}/"
    with django_assert_max_num_queries(8):
        first = client.get(address)
    assert first["Cache-Control"].startswith("public")
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_a_failed_run_says_why_in_both_languages(client: Client) -> None:
    address = client.get("/es/evidence/toy.refusing/ask/?number=1")["Location"]
    task = actions.take()
    assert task is not None
    actions.fail(
        task,
        code="toy.refused",
        message=Bilingual(en="Toys are closed.", es="Los juguetes están cerrados."),
    )
    response = client.get(address)
    assert response["Cache-Control"] == "no-store"
    page = response.content.decode()
    assert "Los juguetes están cerrados." in page
    assert '<p lang="en">Toys are closed.</p>' in page
    assert "refresh" not in page
    assert "Toys are closed." in text(client, address.replace("/es/", "/en/"))


def test_every_problem_of_the_parameters_is_listed_with_what_was_entered(client: Client) -> None:
    page = text(client, "/es/evidence/toy.counting/ask/?number=1000&colour=<blue>&other=1", 400)
    assert "1000 está fuera de sus límites" in page
    assert "«&lt;blue&gt;» no es ninguna" in page
    assert "No existe el parámetro «other»" in page
    assert 'value="1000"' in page
    assert page.count('aria-invalid="true"') == 2
    assert not Job.objects.exists()


def test_the_usable_half_of_a_wrong_form_stays_chosen(client: Client) -> None:
    page = text(client, "/en/evidence/toy.counting/ask/?number=x&colour=VERDE", 400)
    assert '<option value="green" selected>Green</option>' in page


@pytest.mark.parametrize(
    "address",
    [
        "/en/evidence/toy.unknown/",
        "/en/evidence/toy.unknown/ask/",
        f"/en/evidence/runs/{'0' * 64}/",
        f"/en/evidence/runs/{'0' * 64}/answer.json",
        "/en/evidence/runs/xyz/",
        "/en/evidence/%00/",
        "/en/evidence/..%2f..%2fsecret_key/",
    ],
)
def test_what_was_never_asked_is_404(client: Client, address: str) -> None:
    assert "404" in text(client, address, 404)


def test_a_stranger_who_asks_too_much_is_told_so(client: Client) -> None:
    for number in range(1, policy.MAX_OPEN + 1):
        assert client.get(f"/es/evidence/toy.counting/ask/?number={number}").status_code == 302
    page = text(client, "/es/evidence/toy.counting/ask/?number=77", 429)
    assert "Aún se están respondiendo" in page
    other = client.get("/es/evidence/toy.counting/ask/?number=77", REMOTE_ADDR="203.0.113.9")
    assert other.status_code == 302


def test_a_damaged_answer_is_our_fault_and_said(client: Client, run_id: str) -> None:
    run = queries.finished(run_id).run
    place = queries.store().home / "answers" / run.answer_checksum[:2] / run.answer_checksum[2:]
    place.write_bytes(b"{}")
    assert "dañado" in text(client, f"/es/evidence/runs/{run_id}/", 500)


def test_nothing_is_written_by_a_post(client: Client) -> None:
    assert client.post(ASK).status_code == 405
    assert not Job.objects.exists()


def test_the_answer_file_is_the_cited_bytes(client: Client, run_id: str) -> None:
    data = client.get(f"/en/evidence/runs/{run_id}/answer.json").content
    assert data == queries.store().answer_bytes(queries.finished(run_id).run.answer_checksum)
    assert json.loads(data)["finding"]["es"] == "Hay 7 <camiones>."
