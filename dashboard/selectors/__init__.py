"""The reads behind the pages: few queries, plain values, no model instances in templates."""
