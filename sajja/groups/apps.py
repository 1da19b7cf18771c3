"""The groups room."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """Registers the room with Django."""

    name = "sajja.groups"
    verbose_name = "ทะเบียนกลุ่ม"
