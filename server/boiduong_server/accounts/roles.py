"""What people may be to the server, and who may do what by it."""

from enum import StrEnum


class Role(StrEnum):
    """A role is granted within an organization and what stands below it, with dates."""

    LEARNER = "learner"
    LECTURER = "lecturer"
    MONITOR = "monitor"
    UNIT_OFFICER = "unit_officer"
    PROVINCE_OFFICER = "province_officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Role.LEARNER: "Học viên",
    Role.LECTURER: "Giảng viên, báo cáo viên",
    Role.MONITOR: "Cán bộ quản lý lớp",
    Role.UNIT_OFFICER: "Cán bộ tổ chức của đơn vị",
    Role.PROVINCE_OFFICER: "Cán bộ tổ chức của tỉnh",
    Role.AUDITOR: "Cán bộ kiểm tra, giám sát",
    Role.ADMINISTRATOR: "Quản trị hệ thống",
}
