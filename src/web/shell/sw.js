// Keeps the program for days without a network. A version is installed whole or not at all; it takes over
// when the reader says so, or at the next start after the last window was closed. What the host may change
// at any time, and every snapshot, comes from the network: the program itself keeps data.

// Every file that a version needs, with the SHA-256 of its bytes. tools/pack.mjs writes both lines; with
// no files nothing is kept.
const FILES = [];
const VERSION = "none";

const scope = self.registration.scope;
// Several installations may share an origin, each at its own path.
const prefix = `publik ${new URL(scope).pathname} `;
const kept = `${prefix}${VERSION}`;
const siteFiles = `${prefix}site`;
const PATIENCE_MS = 3000;
const carriesHash = /^[^/]+-[0-9a-f]{16}\.\w+$/;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
    if (event.data === "take over") self.skipWaiting();
    if (event.data === "started") event.waitUntil(tidy());
});

async function install() {
    const cache = await caches.open(kept);
    try {
        await Promise.all(FILES.map(async ([name, hash]) => {
            const address = new URL(name, scope).href;
            // A name with a hash has the same bytes in every version.
            const known = carriesHash.test(name) && await caches.match(address, { ignoreVary: true });
            await cache.put(address, known || await whole(address, hash));
        }));
        // Another worker may have tidied it away meanwhile.
        if (!await caches.has(kept)) throw new Error("the copy is gone");
    } catch (error) {
        await caches.delete(kept);
        throw error;
    }
}

/** The file as the build made it; anything else, such as half a file or another version's, is refused. */
async function whole(address, hash) {
    const answer = await fetch(address, { cache: "no-cache", integrity: `sha256-${hash}`, redirect: "error" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer;
}

/** Takes away older versions, unless another window may still be running one, or a newer one is coming. */
async function tidy() {
    const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const { installing, waiting } = self.registration;
    if (windows.length > 1 || installing || waiting) return;
    const others = (await caches.keys()).filter((name) =>
        name.startsWith(prefix) && name !== kept && name !== siteFiles);
    await Promise.all(others.map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
    const { request } = event;
    const address = request.url.split(/[?#]/)[0];
    if (FILES.length === 0 || request.method !== "GET" || !address.startsWith(scope)) return;
    const name = address.slice(scope.length);
    if (request.mode === "navigate") {
        if (name === "" || name === "index.html") event.respondWith(fromCopy(scope, request));
    } else if (carriesHash.test(name) || FILES.some(([file]) => file === name)) {
        event.respondWith(fromCopy(address, request));
    } else if (isSiteFile(name)) {
        event.respondWith(fromNetworkFirst(address, request));
    }
});

async function fromCopy(address, request) {
    // A window of the version before may ask for a file that only that version had.
    const from = address === scope ? await caches.open(kept) : caches;
    return await from.match(address, { ignoreVary: true }) ?? fetch(request);
}

/** The configuration and the shared views; neither a snapshot's manifest nor the module's examples. */
function isSiteFile(name) {
    return name.endsWith(".json") && !/(^|\/)manifest\.json$/.test(name) && !name.startsWith("module/");
}

/** What the host says now; what it said last where it does not answer. */
async function fromNetworkFirst(address, request) {
    const site = await caches.open(siteFiles);
    const asked = fetch(request).then(async (answer) => {
        const isJson = answer.headers.get("content-type")?.includes("json");
        if (answer.ok && isJson && !answer.redirected) await site.put(address, answer.clone());
        else if (answer.status === 404 || answer.status === 410) await site.delete(address);
        return answer;
    });
    const last = await site.match(address, { ignoreVary: true });
    if (!last) return asked;
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, last));
    return Promise.race([asked.catch(() => last), late]);
}
