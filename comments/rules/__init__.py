"""Word rules: what they meet in a text, whatever it is disguised as."""

from comments.rules.matcher import Hit, Rule, RuleSet, has_letters
from comments.rules.store import load_rules

__all__ = ["Hit", "Rule", "RuleSet", "has_letters", "load_rules"]
