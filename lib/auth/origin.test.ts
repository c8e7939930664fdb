import { expect, test } from "vitest";
import { isSameOrigin } from "./origin";

const headers = (entries: Record<string, string>) => new Headers(entries);
test.each([
  [{ host: "localhost:3000", origin: "http://localhost:3000" }, true],
  [{ host: "localhost:3000", origin: "http://localhost:3001" }, false],
  [{ host: "localhost:3000", origin: "null" }, false],
  [{ host: "localhost:3000" }, false],
  [{ host: "localhost:3000", origin: "not an origin" }, false],
  [{ host: "a.example", origin: "https://a.example.evil.example" }, false],
])("%j: %s", (entries, same) => expect(isSameOrigin(headers(entries as Record<string, string>))).toBe(same));
