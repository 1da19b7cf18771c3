"""The pages of the forum day."""
