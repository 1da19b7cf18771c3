"""Scripts that set a machine up; the Makefile calls them, nothing of Sajja imports them."""
