# The server needs Node and its production dependencies alone; TypeScript runs as it is.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# @atomic-ehr/ucum names TypeScript as a peer, which nothing needs at run time.
RUN npm ci --omit=dev --omit=optional --ignore-scripts && rm -r node_modules/typescript

FROM node:24-bookworm-slim
ENV NODE_ENV=production NODE_COMPILE_CACHE=/app/.compile-cache DATA_DIR=/data HOST=0.0.0.0
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json tsconfig.json LICENSE ./
COPY src src
COPY profiles profiles
COPY seed seed
# The cache holds compiled code, so that a start in the container does not strip and compile again.
RUN mkdir -p /data && chown node:node /data /app \
  && su node -c 'DATA_DIR=/tmp/warm HOST=127.0.0.1 PORT=0 timeout -s TERM 10 node src/cli.ts serve || true' \
  && rm -rf /tmp/warm
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+(process.env.PORT||8080)+'/health/ready').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "src/cli.ts", "serve"]
