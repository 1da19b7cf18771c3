"""What goes out of the treasury as a file."""
