// Makes a module that wasm-bindgen wrote smaller where wasm-opt may not: exports that nobody calls
// go, with what only they need, and what it imports gets short names, in the module and its script.
//
// The binary format: https://webassembly.github.io/spec/core/binary/modules.html

const IMPORTS = 2, EXPORTS = 7;
/** Streams that leptos' server functions bring along; the page has none of these functions. */
const UNCALLED = /^(__wbg_)?intounderlying/;
/** What wasm-bindgen calls things of the browser: with a hash of 16 digits. */
const HASHED = /^__w\w+_[0-9a-f]{16}$/;

/** Gives the module and its script made smaller. */
export function slim(wasm, script) {
    const short = new Map();
    const name = (long) => {
        if (!HASHED.test(long)) return long;
        if (!short.has(long)) short.set(long, `_${short.size.toString(36)}`);
        return short.get(long);
    };
    const rewritten = [wasm.subarray(0, 8)];
    for (let at = 8; at < wasm.length;) {
        const id = wasm[at];
        const [size, start] = number(wasm, at + 1);
        const end = start + size;
        let body = wasm.subarray(start, end);
        if (id === IMPORTS) body = list(entries(body, importLength), (entry) => renamed(entry, name));
        if (id === EXPORTS) body = list(entries(body, exportLength).filter((entry) => !UNCALLED.test(text(entry, 0)[0])));
        rewritten.push(Buffer.from([id]), leb(body.length), body);
        at = end;
    }
    const linked = script.replace(/^( {8})(__w\w+)(?=: )/gm, (line, indent, long) => indent + name(long));
    return [Buffer.concat(rewritten), linked];
}

/** The entries of a section that is a list, each `length` bytes from its start. */
function entries(body, length) {
    let [count, at] = number(body, 0);
    const all = [];
    for (; count > 0; count--) {
        const end = at + length(body.subarray(at));
        all.push(body.subarray(at, end));
        at = end;
    }
    return all;
}

function list(all, change = (entry) => entry) {
    return Buffer.concat([leb(all.length), ...all.map(change)]);
}

/** An import with a shorter name; the module that it is of stays. */
function renamed(entry, name) {
    const [, at] = text(entry, 0);
    const [long, end] = text(entry, at);
    const bytes = Buffer.from(name(long));
    return Buffer.concat([entry.subarray(0, at), leb(bytes.length), bytes, entry.subarray(end)]);
}

function importLength(from) {
    const [, at] = text(from, 0);
    const [, kind] = text(from, at);
    // Memories and tables are the module's own, so that only functions and globals come in.
    if (from[kind] === 0) return number(from, kind + 1)[1];
    if (from[kind] === 3) return kind + 3;
    throw new Error(`slim: an import of kind ${from[kind]}`);
}

function exportLength(from) {
    const [, kind] = text(from, 0);
    return number(from, kind + 1)[1];
}

/** A text and where it ends. */
function text(bytes, at) {
    const [length, start] = number(bytes, at);
    return [bytes.toString("utf8", start, start + length), start + length];
}

/** An unsigned LEB128 number and where it ends. */
function number(bytes, at) {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++];
        value += (byte & 127) * 2 ** shift;
        if (byte < 128) return [value, at];
    }
}

function leb(value) {
    const bytes = [];
    for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
    return Buffer.from([...bytes, value]);
}
