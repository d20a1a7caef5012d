/** A day as `YYYY-MM-DD`. */
export type Day = string;

/** Which tickets an attribute counts: those of the events in scope, or all of the customer's. */
export type Basis = "scope" | "history";

/** A range whose ends belong to it; an end that is absent is open. */
export interface Range { min?: number; max?: number }
export interface CountedRange extends Range { over?: Basis }

/** Events by what they belong to: values of a list are alternatives, lists combine with *and*. */
export interface EventSelection {
  /** How many days back from `as_of`; 0, the default, is today and later. */
  days_back?: number | "all";
  promoters?: string[];
  seasons?: string[];
  productions?: string[];
  events?: string[];
  categories?: string[];
  tags?: string[];
}

export interface Segment {
  name: string;
  description?: string;
  events?: EventSelection;
  exclude_events?: EventSelection;
  people?: "buyers" | "everyone";
}

export type Mode = { kind: "all" } | { kind: "event" | "production"; id: string };

/** The settings of the filters, by name. */
export interface Filters {
  distance_km?: Range;
  gender?: ("f" | "m" | "u")[];
  revenue?: CountedRange;
  orders?: CountedRange;
  sales_type?: ("online" | "box_office" | "both")[];
  subscription?: "subscriber" | "regular";
  last_purchase?:
    | { within: number; over?: Basis }
    | { exactly: number; over?: Basis }
    | { not_within: number; over?: Basis };
  tickets?: CountedRange;
  events?: CountedRange;
  impulsive?: CountedRange;
  tickets_per_order?: CountedRange;
  purchases?: CountedRange & { from?: Day; to?: Day };
}
export type FilterName = keyof Filters;
export type NumericFilterName = Exclude<FilterName, "gender" | "sales_type" | "subscription">;

/** Consents, or flags, asked for and ruled out; exclusion wins. */
export interface MemberRule { include?: string[]; exclude?: string[]; match?: "all" | "any" }

/** A segment seen in a mode through filters. */
export interface View {
  version: 1;
  name?: string;
  segment: Segment;
  mode?: Mode;
  count_over?: Basis;
  filters?: Filters;
  consents?: MemberRule;
  flags?: MemberRule;
  muted?: FilterName[];
  boxes?: FilterName[];
}

export interface FilterCounts {
  /** Customers of the audience whom this filter alone accepts. */
  matching: number;
  /** Customers whom everything active but this filter accepts. */
  without: number;
  /** Customers of the audience for whom there is no value. */
  unknown: number;
}
export interface MemberCounts { audience: number; total: number }

/** All counts of a view; every one is exact. */
export interface Counts {
  as_of: Day;
  segment: number;
  audience: number;
  total: number;
  /** A row for each active filter. */
  filters: Partial<Record<FilterName, FilterCounts>>;
  /** A row for each consent of the snapshot. */
  consents: Record<string, MemberCounts>;
  /** A row for each flag of the snapshot. */
  flags: Record<string, MemberCounts>;
  /** Ids of the view that the snapshot does not know, as `PATH: ID`. */
  unknown_ids: string[];
}

/** Customers left by all other filters; all numbers but the edges add up to `without`. */
export interface Histogram {
  /** One more than the bins, ascending; revenue in currency units. */
  edges: number[];
  bins: number[];
  below: number;
  above: number;
  unknown: number;
}

/** A change of the endpoint's feed `GET /v1/flags/changes`; further fields are passed over. */
export interface FlagChange {
  /** Its place in the feed; without one it is later than whatever came before. */
  cursor?: number;
  flag: string;
  op: "add" | "remove";
  customers: string[];
}

/** What changes of flags came to, each flag and customer counted once. */
export interface FlagsApplied {
  changed: number;
  unchanged: number;
  /** Customers that the snapshot does not know. */
  unknown_customers: number;
}

/** What every function of this module throws. */
export interface PublikError extends Error {
  /** The place in the view, such as `filters.revenue.min`; the argument's name where it is no
   *  view; empty where the whole is meant. */
  path: string;
}
