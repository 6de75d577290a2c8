"""The notebooks' own scripts for pages that are opened as files: there, browsers load no modules."""

from pathlib import Path

EXPORT = "export default { render };"


def classic_script(module: Path) -> str:
    """The module as a classic script: its `render` becomes `course.renderers.NAME`, by the name of its file."""
    source = module.read_text(encoding="utf-8")
    if EXPORT not in source:
        raise ValueError(f"{module.name} must say `{EXPORT}`, as what is to be called from a page.")
    body = source.replace(EXPORT, f"course.renderers.{module.stem} = render;")
    return f'(() => {{\n"use strict";\n{body}}})();\n'
