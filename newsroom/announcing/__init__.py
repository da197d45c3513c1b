"""Tells a feed hub (WebSub) and search engines (IndexNow) what changed, from `tick` alone, where settings name them."""
