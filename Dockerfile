# `bun run build linux-x64` makes the binary beforehand; scripts/deploy does both.
FROM debian:bookworm-slim

RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates chromium-headless-shell chromium-sandbox fonts-liberation \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 1000 --create-home timbra \
 && install --directory --owner=timbra --group=timbra --mode=700 /data

COPY --chmod=755 dist/timbra-linux-x64 /usr/local/bin/timbra

USER timbra
ENV DATA_DIR=/data
EXPOSE 8080
CMD ["timbra", "serve"]
