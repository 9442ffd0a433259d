"""How a message leaves the house: by the operator's mail server, or by Apprise behind a guard."""
