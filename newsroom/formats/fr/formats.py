"""French dates with the 24-hour clock; numbers come from Django."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "l j F Y - H:i"
