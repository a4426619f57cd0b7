"""Nobody and nothing of the sample province is real."""

from random import Random

import pytest
from boiduong_vocabulary.vietnamese import fold, unmarked

from tools.demo.cadres import cadres
from tools.demo.known import is_known, known_names
from tools.demo.province import CENTRE, EAST, NEW, WEST, units
from tools.demo.walking import CADRES


@pytest.mark.parametrize(
    "name", ["Hồ Chí Minh", "VÕ NGUYÊN GIÁP", "le loi", "Nguyễn Du", "Võ Thị Sáu", "Đồng Tháp", "Tiền Giang", "Ba Đình"]
)
def test_a_well_known_name_is_known_however_it_is_written(name: str) -> None:
    assert is_known(name)


def test_an_invented_name_is_not_known() -> None:
    assert not is_known("Lam Hòa")
    assert not is_known("Nguyễn Thị Thu Diễm")


def test_the_list_is_long_enough_to_mean_something() -> None:
    assert len(known_names()) > 1_000


@pytest.mark.parametrize("seed", [1, 145])
def test_no_person_of_the_sample_has_a_well_known_name(seed: int) -> None:
    found = cadres(units(), CADRES, Random(seed))
    assert len(found) == 2_000
    assert not [cadre.name for cadre in found if is_known(cadre.name)]


def test_names_are_of_many_families_and_few_are_alike() -> None:
    names = [cadre.name for cadre in cadres(units(), CADRES, Random(1))]
    assert len(names) == 2_000
    assert sum(name.startswith("Nguyễn ") for name in names) == 704
    assert len({name.split()[0] for name in names}) == 36
    assert len(set(names)) == 1_816


def test_the_name_of_a_unit_is_its_kind_and_an_invented_place() -> None:
    assert not [unit.name for unit in units() if not unit.name.endswith(unit.place)]


def test_the_province_and_its_units_bear_no_name_of_a_real_place() -> None:
    places = {NEW, WEST, EAST, *(unit.place for unit in units() if unit.code != CENTRE)}
    assert "" not in places
    assert not [place for place in places if is_known(place)]
    bare = [f" {fold(unmarked(place))} " for place in places]
    assert not [name for name in known_names() if len(name.split()) > 1 and any(f" {name} " in each for each in bare)]
