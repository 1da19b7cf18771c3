"""The addresses of the org room."""

from django.urls import URLPattern

app_name = "org"
urlpatterns: list[URLPattern] = []
