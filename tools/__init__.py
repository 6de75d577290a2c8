"""Sets up the course's environments. It runs before anything is installed, and so with the standard library alone."""
