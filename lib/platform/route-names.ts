import fs from "node:fs";
import path from "node:path";
import { z } from "zod";

const routeSchema = z.object({ page: z.string(), regex: z.string() });
const manifestSchema = z.object({ staticRoutes: z.array(routeSchema), dynamicRoutes: z.array(routeSchema) });

/**
 * Names of the routes of a build, such as `/alerts/[id]`: a list that no visitor can make longer.
 * @param build folder of the build
 * @returns what a path is called; `static` for files of the build, `other` for what is no route
 */
export function readRouteNames(build: string): (target: string) => string {
  const text = fs.readFileSync(path.join(build, "routes-manifest.json"), "utf8");
  const { staticRoutes, dynamicRoutes } = manifestSchema.parse(JSON.parse(text));
  const known = [...staticRoutes, ...dynamicRoutes].map(({ page, regex }) => ({ page, regex: new RegExp(regex) }));
  return (target) => {
    const at = target.split("?", 1)[0] ?? "/";
    if (at.startsWith("/_next/")) return "static";
    return at.length > 500 ? "other" : (known.find(({ regex }) => regex.test(at))?.page ?? "other");
  };
}
