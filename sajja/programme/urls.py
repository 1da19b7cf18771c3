"""The addresses of the programme room. `year` is the B.E. year, `unit` a unit's key."""

from django.urls import path

from sajja.programme.views import circulars, places, revising, selection, totals, years

app_name = "programme"
urlpatterns = [
    path("", years.years, name="years"),
    path("open/", years.upload, name="upload"),
    path("open/<int:year>/", years.open_file, name="open"),
    path("open/<int:year>/file.toml", years.file, name="file"),
    path("<int:year>/", years.year, name="year"),
    path("<int:year>/revise/", revising.revise, name="revise"),
    path("<int:year>/revise/file/", revising.revise_file, name="revise_file"),
    path("<int:year>/totals/", totals.page, name="totals"),
    path("<int:year>/totals.xlsx", totals.sheet, name="totals_sheet"),
    path("<int:year>/units/<int:unit>/list.xlsx", selection.list_sheet, name="list_sheet"),
    path("<int:year>/units/<int:unit>/", selection.province, name="province"),
    path("<int:year>/units/<int:unit>/propose/", selection.propose, name="propose"),
    path("<int:year>/units/<int:unit>/outside/", selection.outside, name="outside"),
    path("<int:year>/units/<int:unit>/confirm/", selection.confirm, name="confirm"),
    path("<int:year>/units/<int:unit>/extend/", selection.extend, name="extend"),
    path("<int:year>/units/<int:unit>/minutes/", selection.minutes, name="minutes"),
    path("<int:year>/units/<int:unit>/minutes.pdf", selection.minutes_pdf, name="minutes_pdf"),
    path("<int:year>/units/<int:unit>/circular.pdf", selection.circular, name="circular_pdf"),
    path("<int:year>/groups/<int:group>/withdraw/", selection.withdraw, name="withdraw"),
    path("<int:year>/circulars/", circulars.circular_list, name="circulars"),
    path("<int:year>/circulars/new/", circulars.circular_new, name="circular_new"),
    path("circulars/<int:circular>/", circulars.circular_one, name="circular"),
    path("circulars/<int:circular>/offices.xlsx", circulars.circular_sheet, name="circular_sheet"),
    path("circulars/<int:circular>/units/<int:unit>/acknowledge/", circulars.acknowledge, name="acknowledge"),
    path("circulars/<int:circular>/withdraw/", circulars.circular_withdraw, name="circular_withdraw"),
    path("selected/<int:selected>/replace/", places.replace, name="replace"),
    path("selected/<int:selected>/drop/", places.drop, name="drop"),
    path("selected/<int:selected>/reinstate/", places.reinstate, name="reinstate"),
    path("places/<int:place>/fill/", places.fill, name="fill"),
]
