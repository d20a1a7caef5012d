// What a slider costs through the module: every step of eight sliders, and each back in one go.
// `bench(session)` gives a row for each kind of work; times in milliseconds.

/** Ten filters, all active, loose enough that many customers fail one or none. */
export const VIEW = {
  version: 1,
  segment: { name: "bench", events: { days_back: 1500 } },
  filters: {
    distance_km: { max: 150 }, gender: ["f", "m"], revenue: { min: 200 }, orders: { min: 1 },
    sales_type: ["online", "both"], last_purchase: { within: 1400 }, tickets: { min: 2 },
    events: { min: 1 }, impulsive: { max: 90 }, tickets_per_order: { max: 8 },
  },
};

/** The other two filters, and rules on the demo's consents and flags. */
export const ALL = {
  ...VIEW,
  filters: { ...VIEW.filters, subscription: "regular", purchases: { min: 1 } },
  consents: { exclude: ["no_mail"] },
  flags: { exclude: ["press"] },
};

const NUMERIC = [
  "distance_km", "revenue", "orders", "last_purchase", "tickets", "events", "impulsive",
  "tickets_per_order", "purchases",
];

const STEPS = 200;
const between = (low, high) => Array.from({ length: STEPS }, (_, step) => low + (high - low) * step / (STEPS - 1));
const whole = (low, high) => between(low, high).map(Math.round);
const DRAGS = {
  distance_km: between(300, 1).map((max) => ({ max })),
  revenue: between(0, 6000).map((min) => ({ min })),
  orders: whole(0, 12).map((min) => ({ min })),
  last_purchase: whole(1500, 1).map((within) => ({ within })),
  tickets: whole(0, 30).map((min) => ({ min })),
  events: whole(0, 12).map((min) => ({ min })),
  impulsive: whole(200, 0).map((max) => ({ max })),
  tickets_per_order: whole(20, 1).map((max) => ({ max })),
};

const at = (times, fraction) =>
  times.length ? times.toSorted((a, b) => a - b)[Math.round((times.length - 1) * fraction)] : NaN;

/** Sets one filter, and reads all histograms if asked; the engine's time, and the whole call's. */
function step(session, name, setting, histograms) {
  const start = performance.now();
  session.setFilter(name, setting);
  let engine = session.engineMs;
  if (histograms) {
    for (const numeric of NUMERIC) {
      session.histogram(numeric, 40);
      engine += session.engineMs;
    }
  }
  return { engine, whole: performance.now() - start };
}

function sliders(session, view, histograms) {
  session.setView(view);
  const steps = [], wholes = [], jumps = [], seconds = [];
  for (const [name, places] of Object.entries(DRAGS)) {
    places.forEach((setting, nth) => {
      const took = step(session, name, setting, histograms);
      (nth === 1 ? seconds : steps).push(took.engine);
      wholes.push(took.whole);
    });
    jumps.push(step(session, name, view.filters[name], histograms).engine);
  }
  return {
    p50: at(steps, 0.5), p95: at(steps, 0.95), "slowest jump": at(jumps, 1),
    "with object p50": at(wholes, 0.5), "start of a drag": at(seconds, 1),
  };
}

function scopes(session) {
  session.setView(ALL);
  const times = [], firsts = [];
  for (const days_back of [200, 2900, 700, 1500, 365, 2000, 30, 1000, 2500]) {
    session.setSegment({ name: "bench", events: { days_back } });
    times.push(session.engineMs);
    firsts.push(step(session, "revenue", { min: 300 }, true).engine);
  }
  return { p50: at(times, 0.5), p95: at(times, 0.95), "first change p50": at(firsts, 0.5), "first change slowest": at(firsts, 1) };
}

/** All of it over one open snapshot, as of the demo's day. */
export function bench(snapshot) {
  const rows = {};
  const fresh = (work) => {
    const session = snapshot.session(ALL, "2026-11-21");
    const row = work(session);
    session.free();
    return row;
  };
  rows["W1, ten filters"] = fresh((session) => sliders(session, VIEW, false));
  rows["W1, twelve filters, consents, flags"] = fresh((session) => sliders(session, ALL, false));
  rows["W2, ten filters"] = fresh((session) => sliders(session, VIEW, true));
  rows["W2, twelve filters, consents, flags"] = fresh((session) => sliders(session, ALL, true));
  rows["W3, another set of events"] = fresh(scopes);
  return rows;
}
