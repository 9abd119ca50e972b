"""The interface's words: a module for each language, all with the same keys."""
