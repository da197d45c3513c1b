"""How the people of the newsroom get in: invitation, password, second factor, and the end of it all."""
