"""The addresses of the reports room."""

from django.urls import path

from sajja.reports.views import district, extending, lists, province

app_name = "reports"
urlpatterns = [
    path("", lists.home, name="home"),
    path("<int:year>/<int:unit>/", lists.unit, name="unit"),
    path("<int:year>/<int:unit>/list.xlsx", lists.sheet, name="sheet"),
    path("forum/<int:forum>/", district.district, name="district"),
    path("forum/<int:forum>/send/", district.send, name="send"),
    path("forum/<int:forum>/paper/", district.paper, name="paper"),
    path("forum/<int:forum>/extend/", extending.extend, name="extend"),
    path("<int:year>/<int:unit>/province/extend/", extending.extend_province, name="extend_province"),
    path("extensions/<int:extension>/end/", extending.end, name="end_extension"),
    path("extensions/<int:extension>/end-province/", extending.end_province, name="end_province_extension"),
    path("<int:year>/<int:unit>/accept/", province.accept_many, name="accept_many"),
    path("<int:report>/return/", district.send_back, name="return"),
    path("<int:report>/accept/", district.accept, name="accept"),
    path("<int:year>/<int:unit>/province/", province.province, name="province"),
    path("<int:year>/<int:unit>/province/ready/", province.ready, name="ready"),
    path("<int:year>/<int:unit>/province/paper/", province.paper, name="province_paper"),
    path("<int:year>/<int:unit>/province/cover.pdf", province.cover, name="cover"),
    path("<int:year>/<int:unit>/province/bundle/", province.bundle, name="bundle"),
    path("<int:year>/<int:unit>/province/bundle.zip", province.bundle_zip, name="bundle_zip"),
    path("province/<int:province_report>/bpm/", province.bpm, name="bpm"),
    path("province/<int:province_report>/take-back/", province.take_back, name="take_back"),
]
