"""The addresses of the treasury: one block for each part of the work."""

from django.urls import URLPattern, path

from sajja.treasury.views import book, closing, statements

app_name = "treasury"
urlpatterns: list[URLPattern] = []

# the book's home, its statements, its months
urlpatterns += [
    path("books/<int:book>/", book.book, name="book"),
    path("books/<int:book>/statements/", statements.all_statements, name="statements"),
    path("books/<int:book>/cash-book/", statements.cash_book, name="cash_book"),
    path("books/<int:book>/cash-book.xlsx", statements.cash_book_sheet, name="cash_book_sheet"),
    path("books/<int:book>/ledger/", statements.general_ledger, name="ledger"),
    path("books/<int:book>/ledger.xlsx", statements.general_ledger_sheet, name="ledger_sheet"),
    path("books/<int:book>/trial-balance/", statements.trial_balance, name="trial_balance"),
    path("books/<int:book>/trial-balance.xlsx", statements.trial_balance_sheet, name="trial_balance_sheet"),
    path("books/<int:book>/income-statement/", statements.income_statement, name="income_statement"),
    path("books/<int:book>/income-statement.xlsx", statements.income_statement_sheet, name="income_statement_sheet"),
    path("books/<int:book>/balance-sheet/", statements.balance_sheet, name="balance_sheet"),
    path("books/<int:book>/balance-sheet.xlsx", statements.balance_sheet_sheet, name="balance_sheet_sheet"),
    path("books/<int:book>/receipts-payments/", statements.receipts_payments, name="receipts_payments"),
    path("books/<int:book>/receipts-payments.xlsx", statements.receipts_payments_sheet, name="receipts_payments_sheet"),
    path("books/<int:book>/turnover/", statements.turnover, name="turnover"),
    path("books/<int:book>/turnover.xlsx", statements.turnover_sheet, name="turnover_sheet"),
    path("books/<int:book>/month-ends/", statements.month_ends, name="month_ends"),
    path("books/<int:book>/month-ends.xlsx", statements.month_ends_sheet, name="month_ends_sheet"),
    path("books/<int:book>/months/", closing.months, name="months"),
    path("books/<int:book>/months/<int:month>/", closing.month, name="month"),
    path("books/<int:book>/months/<int:month>/notice/", closing.notice, name="notice"),
    path("books/<int:book>/months/<int:month>/check/", closing.check, name="check"),
    path("books/<int:book>/months/<int:month>/check/sign/", closing.sign_check, name="sign_check"),
    path("books/<int:book>/months/<int:month>/close/", closing.close_month, name="close_month"),
    path("books/<int:book>/months/<int:month>/reopen/ask/", closing.ask_to_reopen, name="ask_to_reopen"),
    path("books/<int:book>/months/<int:month>/reopen/answer/", closing.answer_reopening, name="answer_reopening"),
]
