"""The demonstration portal: its articles, readers' comments, pictures and accounts."""
