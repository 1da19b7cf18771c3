"""The pages of the register: the list, a group, its forms, the import."""
