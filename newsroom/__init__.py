"""The portal: settings, addresses, roles, and what joins articles to comments."""

import zoneinfo

# Python prefers the system's zone files, which often still put Morocco at +01. With no
# search path it takes the tzdata package, whose version the lock file decides.
zoneinfo.reset_tzpath(to=[])
