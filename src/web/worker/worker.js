// Starts one of the page's modules in a worker. The page says which.
const script = new URL(new URLSearchParams(location.search).get("module"), location.href);
if (script.origin !== location.origin) throw new Error("The module of a worker is the page's own.");
const { default: init } = await import(script);
await init({ module_or_path: script.href.replace(/\.js$/, "_bg.wasm") });
