/**
 * One spelling of a JSON value: keys sorted, no white space, undefined left out.
 * Hashes are taken over this, because a database may reorder keys.
 * @throws on numbers JSON cannot carry
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError("JSON cannot carry this number.");
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((entry) => canonicalJson(entry ?? null)).join(",")}]`;
  if (typeof value === "object") {
    const given = value as Record<string, unknown>;
    let text = "";
    // By UTF-16 units, which is what sort does without a comparison (RFC 8785, 3.2.3).
    for (const key of Object.keys(given).sort()) {
      const entry = given[key];
      if (entry !== undefined) text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(entry)}`;
    }
    return `{${text}}`;
  }
  throw new TypeError(`JSON cannot carry a ${typeof value}.`);
}
