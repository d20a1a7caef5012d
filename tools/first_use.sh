#!/bin/sh
# Prints what a first visit loads of wasm, in brotli as hosts send it. trunk runs it after a build,
# in the folder that becomes dist/; by hand: TRUNK_STAGING_DIR=dist tools/first_use.sh
set -eu
cd "$TRUNK_STAGING_DIR"
node -e '
const fs = require("fs"), zlib = require("zlib");
let sum = 0;
for (const file of process.argv.slice(1)) {
    const packed = zlib.brotliCompressSync(fs.readFileSync(file), {
        params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_LGWIN]: 24 },
    });
    sum += packed.length;
    console.log(`first use: ${file}, ${Math.ceil(packed.length / 1000)} kB`);
}
console.log(`first use: ${Math.ceil(sum / 1000)} kB of wasm in all`);
' app-*_bg.wasm count_bg.wasm
