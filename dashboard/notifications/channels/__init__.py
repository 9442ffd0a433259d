"""How a message is sent: by the operator's mail server, or by Apprise behind a guard."""
