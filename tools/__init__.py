"""What sets the course up, keeps its versions and renews its notebooks.

`environment`, `settings` and `oldest` run before anything is installed, and so with the standard library alone.
"""
