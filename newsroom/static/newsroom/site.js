/* What the public pages do beyond reading: each part works alone, and every page works without any. */
"use strict";
