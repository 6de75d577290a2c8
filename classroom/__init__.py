"""The course for a class: JupyterHub gives each learner a server of their own. `make class` runs it on one machine."""
