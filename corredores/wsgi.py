"""The WSGI application, for Granian or any other server."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corredores.settings")
# A download computes for seconds; a page needs the interpreter a dozen times for a moment. With
# Python's own 5 ms for each of those, a page beside downloads takes twice as long.
sys.setswitchinterval(0.0005)
application = get_wsgi_application()
