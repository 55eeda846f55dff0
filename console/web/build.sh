#!/bin/sh
# Builds the pages into OUTPUT_DIR/META-INF/resources. Does nothing if no input has changed since the last build.
set -eu
if [ $# -ne 1 ]; then
  echo "Usage: build.sh OUTPUT_DIR" >&2
  exit 2
fi
mkdir -p "$1"
output=$(cd "$1" && pwd)
cd "$(dirname "$0")"

for tool in node npm; do
  if ! command -v "$tool" >/dev/null 2>&1; then
    echo "The console's pages are built with Node.js, and $tool is not on the PATH: install Node.js 20.19 or later with npm." >&2
    exit 1
  fi
done
if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
  echo "The console's pages are built with Node.js 20.19 or later, and this is $(node --version): install a later one." >&2
  exit 1
fi

# SHA-256 over the names and contents of the files listed on standard input.
HASH='const h = require("crypto").createHash("sha256"), fs = require("fs");
for (const f of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) h.update(f + "\0").update(fs.readFileSync(f)).update("\0");
console.log(h.digest("hex"));'

# Hashes the inputs by name and content. Tests, fixtures and screenshots are not inputs.
stamp=$(find build.sh index.html package.json package-lock.json tsconfig.json vite.config.ts public src -type f ! -name "*.test.ts" \
  | LC_ALL=C sort | node -e "$HASH")
mark="$output/META-INF/console-web.stamp"
if [ -f "$mark" ] && [ -f "$output/META-INF/resources/index.html" ] && [ "$(cat "$mark")" = "$stamp" ]; then
  exit 0
fi

lock=$(echo package-lock.json | node -e "$HASH")
if [ ! -f node_modules/.lock-stamp ] || [ "$(cat node_modules/.lock-stamp)" != "$lock" ]; then
  npm ci --prefer-offline --no-audit --no-fund --loglevel=error
  echo "$lock" > node_modules/.lock-stamp
fi
npm run --silent check
rm -f "$mark"
npx vite build --logLevel warn --emptyOutDir --outDir "$output/META-INF/resources"
echo "$stamp" > "$mark"
