"""The addresses of the assessments room."""

from django.urls import URLPattern

app_name = "assessments"
urlpatterns: list[URLPattern] = []
