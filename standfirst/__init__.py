"""Standfirst turns an article into a briefing site in which every fact shows its source."""

__version__ = "0.1.0"

__all__ = ["__version__"]
