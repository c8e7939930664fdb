import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { countConnections } from "./connections";

/** What this process counts about itself, in Prometheus's words. */

interface Metrics {
  registry: Registry;
  requests: Counter<"method" | "route" | "status">;
  seconds: Histogram<"route">;
}

// The server in front counts, a route of the build writes it out; both have modules of their own.
const holder = globalThis as { callboxMetrics?: Metrics };

function make(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: "callbox_database_connections",
    help: "Connections of this process to the database, by what they do",
    labelNames: ["state"],
    registers: [registry],
    collect() {
      const { busy, idle } = countConnections();
      this.set({ state: "busy" }, busy);
      this.set({ state: "idle" }, idle);
    },
  });
  new Gauge({
    name: "callbox_database_connections_wanted",
    help: "Requests of this process that wait for a connection to the database",
    registers: [registry],
    collect() {
      this.set(countConnections().waiting);
    },
  });
  return {
    registry,
    requests: new Counter({
      name: "callbox_requests_total",
      help: "Requests that were answered, by method, route and status",
      labelNames: ["method", "route", "status"],
      registers: [registry],
    }),
    seconds: new Histogram({
      name: "callbox_request_duration_seconds",
      help: "How long answers took, by route",
      labelNames: ["route"],
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
      registers: [registry],
    }),
  };
}

export const metrics = (): Metrics => (holder.callboxMetrics ??= make());

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Counts one answer. Labels come from short lists, whatever a stranger asks for. */
export function countRequest(method: string, route: string, status: number, seconds: number): void {
  const { requests, seconds: histogram } = metrics();
  requests.inc({ method: METHODS.has(method) ? method : "other", route, status: String(status) });
  histogram.observe({ route }, seconds);
}
