"""A reason to stop that lies outside the content → the exit code that a command ends with.

Imports nothing, so that the command line can know all reasons without what finds them.
"""


class Refused(Exception):
    """The usage or the configuration does not allow it; the message says what to do."""

    exit_code = 2


class Missing(Refused):
    """The machine lacks what it takes; the message says what to do."""

    exit_code = 3
