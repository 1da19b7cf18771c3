"""The group's money: members' savings, collecting day, vouchers, cash, bank, closing, statements."""
