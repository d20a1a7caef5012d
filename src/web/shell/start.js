// Starts the page: closes it to every host but its own and the sync endpoint's, loads the program, and
// then keeps a copy of the program for days without a network.

const root = document.documentElement;
/** The copy is kept after this time even if no data ever opens. */
const READY_MS = 20_000;

function stored(key) {
    try {
        return localStorage.getItem(key);
    } catch {
        return null; // Storage is switched off.
    }
}

/** The text of config.json, or null where the site has none or cannot be reached. */
async function configuration() {
    try {
        const answer = await fetch("config.json", { cache: "no-cache" });
        return answer.ok ? await answer.text() : null;
    } catch {
        return null;
    }
}

/** The origin of the sync endpoint: the one set on this device, else the site's; null for none. */
function endpoint(text) {
    try {
        const address = stored("publik.sync.address") || JSON.parse(text).sync;
        const { origin, protocol, hostname } = new URL(address);
        const isLoopback = ["localhost", "127.0.0.1"].includes(hostname);
        return protocol === "https:" || (protocol === "http:" && isLoopback) ? origin : null;
    } catch {
        return null; // No address, or none that may be called.
    }
}

/** From here on the browser refuses to call anybody else, in the page and in its workers. */
function closeTo(origin) {
    const rule = document.createElement("meta");
    rule.httpEquiv = "Content-Security-Policy";
    rule.content = ["connect-src 'self'", origin].filter(Boolean).join(" ");
    document.head.append(rule);
}

/** The files of the site that the service worker keeps copies of: the configuration and what it names. */
function siteFiles(text) {
    try {
        return ["config.json", JSON.parse(text).views].filter(Boolean);
    } catch {
        return []; // No configuration.
    }
}

/** Registers the service worker, and says when a newer version of the program waits. */
async function keepCopy(text) {
    const container = navigator.serviceWorker;
    if (!container) return;
    let hadOne = container.controller !== null;
    let isWanted = false;
    const announce = () => {
        root.setAttribute("data-update", "");
        dispatchEvent(new Event("publik-update-ready"));
    };
    container.addEventListener("controllerchange", () => {
        // Asked for here: start it. By another window: this one goes on until its reader wants it.
        if (isWanted) location.reload();
        else if (hadOne) announce();
        // On a first visit these were fetched before there was anybody to keep them.
        else siteFiles(text).forEach((file) => fetch(file, { cache: "no-cache" }).catch(() => {}));
        hadOne = true;
    });
    container.controller?.postMessage("started");
    const registration = await container.register("sw.js", { updateViaCache: "none" });
    const follow = (worker) => worker?.addEventListener("statechange", () => {
        if (worker.state === "installed" && container.controller) announce();
    });
    if (registration.waiting && container.controller) announce();
    follow(registration.installing);
    registration.addEventListener("updatefound", () => follow(registration.installing));
    addEventListener("publik-take-update", () => {
        isWanted = true;
        if (registration.waiting) registration.waiting.postMessage("take over");
        else location.reload();
    });
    const look = () => registration.update().catch(() => {}); // Out of reach: the next look may find one.
    setInterval(look, 60 * 60 * 1000);
    document.addEventListener("visibilitychange", () => {
        if (!document.hidden) look();
    });
}

async function start() {
    if (root.hasAttribute("data-trouble")) return;
    const text = await configuration();
    closeTo(endpoint(text));
    window.publikConfiguration = text;
    // What comes first has the network to itself.
    const isReady = new Promise((resolve) => {
        addEventListener("publik-ready", resolve, { once: true });
        setTimeout(resolve, READY_MS);
    });
    try {
        const { default: run } = await import("./app.js");
        await run();
    } catch (error) {
        window.publikTrouble("load");
        throw error;
    }
    await isReady;
    // Without a copy everything works as long as there is a network.
    keepCopy(text).catch((error) => console.warn(error));
}

start();
