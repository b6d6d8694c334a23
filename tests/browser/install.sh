#!/bin/sh
# Chromium for the browser tests; poppler and LibreOffice as readers of our files.
# Named besides: servers that only slow tests need, as `pgbouncer nginx`.
# Debian or Ubuntu with root: installed. Elsewhere: one line that says what is missing.
set -u
missing=""
# The shell draws the same pages for two thirds of the processor's time.
command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null ||
    command -v chromium-browser >/dev/null || missing="$missing chromium-headless-shell"
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
command -v soffice >/dev/null || missing="$missing libreoffice-calc-nogui"
# The front of docs/nginx.conf is tried where nginx is.
for server in "$@" ${CI:+nginx}; do
    command -v "$server" >/dev/null || [ -x "/usr/sbin/$server" ] || missing="$missing $server"
done
missing=$(echo "$missing" | sed 's/\bnginx\b/nginx-light/g')
[ -n "$missing" ] || exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    # Debian has the shell by itself, others the whole browser alone.
    apt-cache show chromium-headless-shell >/dev/null 2>&1 ||
        missing=$(echo "$missing" | sed 's/chromium-headless-shell/chromium/')
    # shellcheck disable=SC2086 -- a list of names
    # RUNLEVEL: a server that is installed is not started for it
    RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "Missing for the tests:$missing. On Debian: sudo apt-get install$missing" >&2
    exit 1
fi
