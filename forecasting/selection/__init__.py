"""Which candidate is believed and which training is served: gate, champion, skill, drift. Pure."""
