"""Both applications behind their names: what a WSGI server is given."""

from boiduong_server.desk.app import create as create_desk
from boiduong_server.house import House
from boiduong_server.play.app import create as create_play
from boiduong_server.serving.hosts import Hosts
from boiduong_server.serving.turns import InTurn


def make(house: House) -> Hosts:
    """The one WSGI application of this house."""
    return Hosts(house.application, InTurn(create_desk(house)), house.content, create_play(house))
