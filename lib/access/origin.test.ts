import { expect, test } from "vitest";
import { isSameOrigin } from "./origin";

const OURS = "https://callbox.example.gov";
test.each([
  [{ origin: "https://callbox.example.gov" }, true],
  [{ origin: "http://callbox.example.gov" }, false],
  [{ origin: "https://callbox.example.gov:8443" }, false],
  [{ origin: "https://callbox.example.gov.evil.example" }, false],
  [{ origin: "null" }, false],
  [{}, false],
  [{ origin: "not an origin" }, false],
  // A page of theirs whose name was pointed at this machine sends its own name as host and as origin.
  [{ origin: "http://evil.example", host: "evil.example", "x-forwarded-host": "evil.example" }, false],
])("%j: %s", (entries, same) => expect(isSameOrigin(new Headers(entries as Record<string, string>), OURS)).toBe(same));
