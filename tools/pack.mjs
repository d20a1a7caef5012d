// Makes the page that is served out of what trunk built, in the folder that becomes dist/:
//
// - a module whose link in index.html has `data-parts` is cut where the source marks parts (`wasm_split`):
//   what a first visit needs, and what is fetched later;
// - each file that may be cached for ever gets the hash of its last bytes into its name, and the files
//   that name it follow: `app_bg.wasm` becomes `app_bg-0123456789abcdef.wasm`;
// - the style sheets become one; the early script goes into the page, its hash into the page's rules;
// - sw.js gets the list of all files with their hashes;
// - `.br` and `.gz` go beside each file that they make smaller.
//
// trunk runs it after a build. PUBLIK_PLAIN=1 (`make serve`) leaves out the last two, so that a reload
// always shows what was built last. `tools/pack.mjs --compress FOLDER` does the last one alone.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import zlib from "node:zlib";

import { slim } from "./slim.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const shell = path.join(root, "src/web/shell");
const target = process.env.CARGO_TARGET_DIR ?? path.join(root, "target");
const [, , mode, folder] = process.argv;
/** The script that fetches parts, under the name that a cut module imports it by. */
const PARTS_SCRIPT = "__wasm_split.js";
/** Runs a tool; what it says is told when it fails. */
const run = promisify(execFile);

if (mode === "--compress") {
    await compress(folder);
} else {
    const staged = process.env.TRUNK_STAGING_DIR;
    await pack(staged, process.env.PUBLIK_PLAIN === "1");
    if (process.env.PUBLIK_PLAIN !== "1") await compress(staged);
    firstUse(staged);
}

/** Everything but compression. */
async function pack(staged, isPlain) {
    const source = fs.readFileSync(path.join(root, "index.html"), "utf8");
    // Each file with the files that it names, those first.
    const named = new Map();
    const put = (name, bytes) => {
        const hashed = withHash(name, bytes);
        fs.writeFileSync(path.join(staged, hashed), bytes);
        named.set(name, hashed);
    };
    const take = (name) => {
        const bytes = fs.readFileSync(path.join(staged, name));
        fs.rmSync(path.join(staged, name));
        return bytes;
    };
    for (const [link, module] of source.matchAll(/<link[^>]* data-bin="(\w+)"[^>]*>/g)) {
        const [, level] = /data-parts="(\w)"/.exec(link) ?? [];
        if (level) {
            const [, profile] = /data-cargo-profile="([\w-]+)"/.exec(link);
            const parts = await inParts(staged, module, profile, level);
            parts.forEach(([name, served]) => named.set(name, served));
        } else {
            put(`${module}_bg.wasm`, take(`${module}_bg.wasm`));
            put(`${module}.js`, Buffer.from(renamed(take(`${module}.js`).toString(), named)));
        }
    }
    const sheets = [...source.matchAll(/data-trunk rel="css" href="style\/([\w-]+\.css)"/g)];
    put("style.css", Buffer.concat(sheets.map(([, name]) => take(name))));
    for (const icon of fs.readdirSync(path.join(shell, "icons"))) {
        put(icon, fs.readFileSync(path.join(shell, "icons", icon)));
    }
    const text = (name) => renamed(fs.readFileSync(path.join(shell, name), "utf8"), named);
    put("start.js", Buffer.from(text("start.js")));
    fs.writeFileSync(path.join(staged, "app.webmanifest"), text("app.webmanifest"));
    fs.writeFileSync(path.join(staged, "index.html"), renamed(page(source, text("early.js")), named));
    fs.writeFileSync(path.join(staged, "sw.js"), isPlain ? text("sw.js") : worker(staged, text("sw.js")));
}

/**
 * Cuts a module that cargo built, in place of what trunk made of it whole, into files whose names begin
 * with its own. Gives the names that index.html may have with those that they are served under: the
 * scripts name each other, so all have one hash.
 */
async function inParts(staged, module, profile, level) {
    const folder = path.join(target, "parts", module);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    const built = path.join(target, "wasm32-unknown-unknown", profile, `${module}.wasm`);
    await run("wasm-split-cli", [built, folder, "--target", "web", "--out-name", module]);
    const cut = path.join(folder, `${module}.wasm`);
    await run("wasm-bindgen", [cut, "--target", "web", "--no-typescript", "--keep-lld-exports",
        "--out-name", module, "--out-dir", folder]);
    fs.rmSync(cut);
    const [main, script] = [`${module}_bg.wasm`, `${module}.js`].map((name) => path.join(folder, name));
    const [bytes, linking] = slim(fs.readFileSync(main), fs.readFileSync(script, "utf8"));
    fs.writeFileSync(main, bytes);
    fs.writeFileSync(script, linking);
    const names = fs.readdirSync(folder).sort();
    const waiting = names.filter((name) => name.endsWith(".wasm")).map((name) => path.join(folder, name));
    const optimise = async () => {
        for (let file; (file = waiting.pop());) {
            // Functions that are one for many types lie side by side then, which packs better.
            await run("wasm-opt", [`-O${level}`, "-g", "--reorder-functions-by-name", file, "-o", file]);
            await run("wasm-opt", ["--strip-debug", file, "-o", file]);
        }
    };
    await Promise.all(Array.from({ length: os.availableParallelism() }, optimise));
    const files = names.map((name) => [name, fs.readFileSync(path.join(folder, name))]);
    const version = Buffer.concat(files.map(([, bytes]) => sha256(bytes)));
    const own = (name) => name.startsWith(module) ? name : `${module}_${name.replace(PARTS_SCRIPT, "parts.js")}`;
    const served = new Map(names.map((name) => [name, withHash(own(name), version)]));
    for (const [name, bytes] of files) {
        fs.rmSync(path.join(staged, name), { force: true });
        const last = name.endsWith(".js") ? Buffer.from(linked(bytes.toString(), served)) : bytes;
        fs.writeFileSync(path.join(staged, served.get(name)), last);
    }
    return names.map((name) => [own(name), served.get(name)]);
}

/** One of a cut module's scripts with the names that its files are served under. */
function linked(script, served) {
    const others = new Map(served);
    others.delete(PARTS_SCRIPT);
    // Elsewhere its name stands for what the wasm imports, which keeps it.
    return renamed(script, others)
        .replaceAll(`from "./${PARTS_SCRIPT}"`, `from "./${served.get(PARTS_SCRIPT)}"`)
        // Streams want a type of the host that everything else does without.
        .replaceAll("WebAssembly.instantiateStreaming(src, imports)",
            "WebAssembly.instantiate(await (await src).arrayBuffer(), imports)");
}

function page(source, early) {
    const sheet = '  <link rel="stylesheet" href="style.css">\n';
    const lines = source
        .replace(/<!--.*?-->\s*/gs, "")
        .replace(/^.*data-trunk rel="css".*\n/m, sheet)
        .replace(/^.*data-trunk.*\n/gm, "");
    const script = `\n${early}`;
    return replaced(
        replaced(lines, "'early.js'", `'sha256-${sha256(script).toString("base64")}'`),
        '<script src="early.js"></script>',
        `<script>${script}</script>`,
    );
}

/** sw.js with the list of files: `./` is the page, which hosts may not give under its file's name. */
function worker(staged, source) {
    const names = fs.readdirSync(staged).filter((name) => name !== "sw.js").sort();
    const files = names.map((name) => {
        const bytes = fs.readFileSync(path.join(staged, name));
        return [name === "index.html" ? "./" : name, sha256(bytes).toString("base64")];
    });
    const list = `[\n${files.map((file) => `    ${JSON.stringify(file)},\n`).join("")}]`;
    const version = sha256(list + source).toString("hex").slice(0, 16);
    const listed = replaced(source, "const FILES = [];", `const FILES = ${list};`);
    return replaced(listed, 'const VERSION = "none";', `const VERSION = "${version}";`);
}

/** A text with the names of files as they are served. */
function renamed(text, named) {
    for (const [name, hashed] of named) {
        // Nothing before it that would make it the end of a longer name.
        text = text.replaceAll(new RegExp(`(?<![\\w:.-])(\\./)?${name.replaceAll(".", "\\.")}(?=["'])`, "g"),
            (_, here) => (here ?? "") + hashed);
    }
    return text;
}

/** A text with one part replaced, which must be there once. */
function replaced(text, part, by) {
    if (text.split(part).length !== 2) throw new Error(`pack: ${part} must stand once in what is packed`);
    return text.replace(part, () => by);
}

function withHash(name, bytes) {
    const hash = sha256(bytes).toString("hex").slice(0, 16);
    return name.replace(/\.(?=\w+$)/, `-${hash}.`);
}

function sha256(bytes) {
    return createHash("sha256").update(bytes).digest();
}

/** Writes `.br` and `.gz` beside the files of a folder; what was compressed before is kept in target/. */
async function compress(folder) {
    const kept = path.join(target, "compressed");
    fs.mkdirSync(kept, { recursive: true });
    const brotli = promisify(zlib.brotliCompress), gzip = promisify(zlib.gzip);
    const ways = {
        br: (bytes) => brotli(bytes, { params: {
            [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
            [zlib.constants.BROTLI_PARAM_LGWIN]: 24,
            [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        } }),
        gz: (bytes) => gzip(bytes, { level: 9 }),
    };
    await Promise.all(fs.readdirSync(folder).filter(isText).flatMap((name) => {
        const bytes = fs.readFileSync(path.join(folder, name));
        return Object.entries(ways).map(async ([ending, way]) => {
            const known = path.join(kept, `${sha256(bytes).toString("hex")}.${ending}`);
            if (!fs.existsSync(known)) {
                fs.writeFileSync(`${known}.part`, await way(bytes));
                fs.renameSync(`${known}.part`, known);
            }
            const file = path.join(folder, `${name}.${ending}`);
            fs.rmSync(file, { force: true });
            if (fs.statSync(known).size < bytes.length) fs.copyFileSync(known, file);
        });
    }));
}

function isText(name) {
    return /\.(html|js|css|wasm|svg|json|webmanifest|ts)$/.test(name);
}

/** Prints what a first visit loads, as hosts send it. */
function firstUse(staged) {
    let sum = 0;
    for (const name of fs.readdirSync(staged).filter((name) => /^(app|count)_bg-\w+\.wasm\.br$/.test(name))) {
        const { size } = fs.statSync(path.join(staged, name));
        sum += size;
        console.log(`first use: ${name}, ${Math.ceil(size / 1000)} kB`);
    }
    if (sum > 0) console.log(`first use: ${Math.ceil(sum / 1000)} kB of wasm in all`);
}
