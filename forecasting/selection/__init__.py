"""Propose candidates, choose among them, publish; which training is served: gate, champion. Pure."""
