"""The picture that stands for an article where its address is shared: drawn once, when it is first asked for."""
