"""The news of a day for those who want it by mail: what it holds, who gets it, and what is kept about them."""
