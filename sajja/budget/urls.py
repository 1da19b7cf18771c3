"""The addresses of the budget room."""

from django.urls import path

from sajja.budget.views import advance, allocation, pack, units, voucher

app_name = "budget"
urlpatterns = [
    path("", units.home, name="home"),
    path("<int:year>/<int:unit>/", units.unit, name="unit"),
    path("<int:year>/<int:unit>/provinces/", allocation.allocate, name="allocate"),
    path("<int:year>/<int:unit>/districts/", allocation.allocate_down, name="allocate_down"),
    path("<int:year>/<int:unit>/rows/", allocation.rows, name="rows"),
    path("<int:year>/<int:unit>/advances/", units.advances, name="advances"),
    path("<int:year>/<int:unit>/money.xlsx", units.sheet, name="sheet"),
    path("<int:year>/<int:unit>/lend/", advance.lend, name="lend"),
    path("advance/<int:advance>/", advance.advance, name="advance"),
    path("advance/<int:advance>/submit/", advance.submit_clearing, name="submit"),
    path("advance/<int:advance>/check/", advance.check, name="check"),
    path("advance/<int:advance>/check/changes/", advance.ask_to_check, name="ask_to_check"),
    path("advance/<int:advance>/approve/", advance.approve, name="approve"),
    path("advance/<int:advance>/approve/changes/", advance.ask_to_approve, name="ask_to_approve"),
    path("advance/<int:advance>/return/", advance.give_back, name="give_back"),
    path("advance/<int:advance>/reverse/", advance.reverse_advance, name="reverse"),
    path("returned/<int:returned>/reverse/", advance.reverse_return, name="reverse_return"),
    path("advance/<int:advance>/voucher/<int:selected>/", voucher.new, name="voucher_new"),
    path("voucher/<int:voucher>/", voucher.voucher, name="voucher"),
    path("voucher/<int:voucher>/picture/", voucher.picture, name="picture"),
    path("voucher/<int:voucher>/attach/", voucher.attach, name="attach"),
    path("voucher/<int:voucher>/reverse/", voucher.reverse, name="reverse_voucher"),
    path("voucher/<int:voucher>/paper/", voucher.paper, name="certificate"),
    path("advance/<int:advance>/contract.pdf", pack.contract, name="contract"),
    path("pack/<int:selected>/", pack.pack, name="pack"),
    path("pack/<int:selected>/pack.pdf", pack.pack_pdf, name="pack_pdf"),
]
