"""How fast the course is, side by side with the usual way. `make bench` runs it all and writes RESULTS.md."""
