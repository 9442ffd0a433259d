"""gunicorn: one process with threads is enough for reads that PostgreSQL answers in milliseconds."""

import os

bind = f"{os.environ.get('OILWATCH_HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
worker_class = "gthread"
threads = 8
timeout = 60
graceful_timeout = 10
accesslog = None
loglevel = "warning"
control_socket_disable = True
