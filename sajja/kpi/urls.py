"""The addresses of the kpi room."""

from django.urls import URLPattern

app_name = "kpi"
urlpatterns: list[URLPattern] = []
