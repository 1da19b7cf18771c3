"""The addresses of the plans room."""

from django.urls import URLPattern

app_name = "plans"
urlpatterns: list[URLPattern] = []
