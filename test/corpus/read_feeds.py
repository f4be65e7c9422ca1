"""Reads every document of a list by feedparser: `read_feeds.py LIST RESULTS`, a line of JSON for each."""

import json
import sys

import feedparser

with open(sys.argv[1]) as paths, open(sys.argv[2], "w") as results:
    for path in paths.read().splitlines():
        with open(path, "rb") as file:
            feed = feedparser.parse(file.read())
        items = [{"title": e.get("title", ""), "link": e.get("link", "")} for e in feed.entries]
        # Without a version it found no feed.
        known = bool(feed.get("version")) or bool(items)
        results.write(json.dumps({"known": known, "items": items}) + "\n")
