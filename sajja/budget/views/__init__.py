"""The pages of the budget room."""
