"""The pages of the programme room."""
