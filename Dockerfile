# Waymark as one image: the site, its seed tables and its static files, run by nobody in particular.
FROM python:3.12-slim-bookworm AS build
WORKDIR /app
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
COPY requirements/run.txt requirements/run.txt
RUN /venv/bin/pip install --no-deps --require-hashes -r requirements/run.txt
COPY manage.py ./
COPY config config
COPY careers careers
COPY salaries salaries
COPY templates templates
COPY static static
COPY data data
# The settings ask for a key; this one ends with the layer's command and signs nothing.
RUN SECRET_KEY="$(/venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    WAYMARK_ENV=production ALLOWED_HOSTS=build DATABASE_URL=sqlite:////tmp/none.sqlite3 \
    /venv/bin/python manage.py collectstatic --noinput -v0 \
 && /venv/bin/python -m compileall -q /app/config /app/careers /app/salaries

FROM python:3.12-slim-bookworm
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin waymark \
 && install -d -o waymark -g waymark /backups /oews
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER 10001
# glibc's own settings would let a web process keep some 20 MB that it gave back.
# Nothing is written outside /tmp, /oews (what --fetch keeps) and /backups: the root may be read-only.
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    WAYMARK_ENV=production LOG_FORMAT=json OEWS_FOLDER=/oews \
    MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-m", "config.alive"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "2", "--http", "1", "--no-ws", "--respawn-failed-workers", "config.wsgi:application"]
