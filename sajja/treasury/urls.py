"""The addresses of the treasury: one block for each part of the work."""

from django.urls import URLPattern

app_name = "treasury"
urlpatterns: list[URLPattern] = []
