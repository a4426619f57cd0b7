"""What the stand-in LMS remembers, and what comes too late."""

from threading import Timer

from boiduong_packager.preview.server import PreviewServer

from tests.packager.preview.asking import commit, post
from tests.packager.preview.sample import Workshop


def test_total_time_is_replaced_and_the_state_survives_a_restart(workshop: Workshop) -> None:
    with workshop.served() as server:
        launch = post(server, "/mo/scorm12/mo-dau", {})["launch"]
        assert commit(server, launch, 1, "00:00:30")["result"] is True
        assert commit(server, launch, 2, "00:01:00")["result"] is True
    with workshop.served() as server:
        core = post(server, "/mo/scorm12/mo-dau", {})["cmi"]["core"]
    assert (core["total_time"], core["entry"], core["lesson_mode"]) == ("00:01:00", "resume", "normal")
    assert "session_time" not in core


def test_a_beacon_says_text_plain_and_is_taken_in(server: PreviewServer) -> None:
    launch = post(server, "/mo/scorm12/mo-dau", {})["launch"]
    assert commit(server, launch, 1, "00:00:30", Content_Type="text/plain;charset=UTF-8")["result"] is True


def test_a_stale_commit_is_refused(server: PreviewServer) -> None:
    first = post(server, "/mo/scorm12/mo-dau", {})["launch"]
    assert commit(server, first, 2, "00:00:40")["result"] is True
    assert commit(server, first, 1, "00:00:30") == {"result": False, "errorCode": 101}
    second = post(server, "/mo/scorm12/mo-dau", {})["launch"]
    assert commit(server, first, 3, "00:00:50")["result"] is False
    assert commit(server, second, 1, "00:01:00")["result"] is True


def test_a_new_launch_waits_for_the_beacon_of_the_last(server: PreviewServer) -> None:
    first = post(server, "/mo/scorm12/mo-dau", {})["launch"]
    late = Timer(0.3, commit, (server, first, 1, "00:00:30"))
    late.start()
    opened = post(server, "/mo/scorm12/mo-dau", {"launch": first, "sequence": 1})
    late.join()
    assert opened["cmi"]["core"]["total_time"] == "00:00:30"


def test_beginning_anew_forgets_the_results_but_not_the_count_of_launches(server: PreviewServer) -> None:
    first = post(server, "/mo/scorm12/mo-dau", {})["launch"]
    commit(server, first, 1, "00:00:30")
    opened = post(server, "/mo/scorm12/mo-dau", {"fresh": True})
    assert opened["launch"] == first + 1
    assert opened["cmi"]["core"]["entry"] == "ab-initio"
    assert "suspend_data" not in opened["cmi"]
    assert commit(server, first, 2, "00:00:40")["result"] is False


def test_scorm_2004_brings_values_back_only_after_suspend(server: PreviewServer) -> None:
    for leave, entry, data in (("suspend", "resume", "trang-3"), ("normal", "ab-initio", None)):
        launch = post(server, "/mo/scorm2004/mo-dau", {"fresh": True})["launch"]
        message = {"cmi": {"exit": leave, "suspend_data": "trang-3"}, "commitSequence": 1, "terminated": True}
        post(server, f"/luu/scorm2004/mo-dau?lan={launch}", message)
        opened = post(server, "/mo/scorm2004/mo-dau", {})
        assert (opened["cmi"]["entry"], opened["cmi"].get("suspend_data")) == (entry, data)
        assert opened["dropped"] is (leave == "normal")
