"""The addresses of the kpi room."""

from django.urls import path

from sajja.kpi import views

app_name = "kpi"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<int:unit>/", views.unit, name="unit"),
    path("<int:unit>/table.xlsx", views.table, name="table"),
    path("<int:unit>/behind/<str:key>/", views.behind, name="behind"),
    path("<int:unit>/behind/<str:key>.xlsx", views.behind_sheet, name="behind_sheet"),
]
