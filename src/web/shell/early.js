// Stands in the page itself, so that theme and language are right at the first paint, and so that a
// browser that is too old can still say so: plain old words only.
(function () {
    var root = document.documentElement;
    function kept(key) {
        try { return localStorage.getItem(key); } catch (none) { return null; }
    }
    var theme = kept("publik.theme");
    if (theme === "light" || theme === "dark") root.setAttribute("data-theme", theme);

    var tags = [kept("publik.language") || ""].concat(navigator.languages || [navigator.language || ""]);
    for (var at = 0; at < tags.length; at += 1) {
        var known = /^(en|sv)(-|$)/i.exec(tags[at]);
        if (known) { root.lang = known[1].toLowerCase(); break; }
    }

    var texts = {
        en: {
            simd: "This browser cannot run Publik: it lacks WebAssembly SIMD, with which Publik counts. " +
                "Chrome and Edge 91, Firefox 89, Safari 16.4 and every newer version have it. " +
                "Nothing you saved is lost.",
            wasm: "This browser cannot run Publik: WebAssembly is missing or switched off, perhaps by a rule " +
                "of your organisation or by lockdown mode. Allow it for this page, or open the page in a " +
                "newer browser. Nothing you saved is lost.",
            load: "Publik could not be loaded. Look at the network and load the page again. Nothing you saved " +
                "is lost."
        },
        sv: {
            simd: "Den här webbläsaren kan inte köra Publik: den saknar WebAssembly SIMD, som Publik räknar " +
                "med. Det finns i Chrome och Edge från version 91, Firefox från 89 och Safari från 16.4. " +
                "Inget du har sparat är förlorat.",
            wasm: "Den här webbläsaren kan inte köra Publik: WebAssembly saknas eller är avstängt, kanske av " +
                "en regel i organisationen eller av låst läge. Tillåt det för sidan, eller öppna sidan i en " +
                "nyare webbläsare. Inget du har sparat är förlorat.",
            load: "Publik kunde inte laddas. Se efter att nätet fungerar och ladda om sidan. Inget du har " +
                "sparat är förlorat."
        }
    };
    // What the start script says when it cannot go on: "simd", "wasm" or "load".
    window.publikTrouble = function (kind) {
        function tell() {
            var place = document.getElementById("start-message");
            if (place) place.textContent = texts[root.lang === "sv" ? "sv" : "en"][kind];
        }
        root.setAttribute("data-trouble", kind);
        if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", tell);
        else tell();
    };

    // The smallest module with one vector instruction.
    var vector = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0,
        253, 15, 253, 98, 11];
    if (typeof WebAssembly !== "object" || !WebAssembly.validate) window.publikTrouble("wasm");
    else if (!WebAssembly.validate(new Uint8Array(vector))) window.publikTrouble("simd");
})();
