"""Someone who has entered: who they are, and what was granted to them."""

from dataclasses import dataclass
from datetime import date

from boiduong_server.accounts.roles import Role


@dataclass(frozen=True)
class Grant:
    """A role within `organization` and what stands below it (empty: everywhere); days inclusive, None is open."""

    role: Role
    organization: str
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(frozen=True)
class Account:
    """`cadre` is the books' number, None for staff who are no cadres; `grants` are those that hold today. Every cadre
    is a learner, of oneself alone, whatever else was granted."""

    user: int
    cadre: int | None
    code: str
    name: str
    grants: tuple[Grant, ...] = ()

    @property
    def roles(self) -> frozenset[Role]:
        granted = frozenset(grant.role for grant in self.grants)
        return granted if self.cadre is None else granted | {Role.LEARNER}

    @property
    def is_officer(self) -> bool:
        """Whether anything was granted that reaches beyond oneself: then entering takes a second step."""
        return bool(self.grants)

    def organizations(self, *roles: Role) -> frozenset[str]:
        """Where any of these roles was granted; the empty name is everywhere."""
        return frozenset(grant.organization for grant in self.grants if grant.role in roles)
