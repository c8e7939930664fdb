import fs from "node:fs";
import { expect, test } from "vitest";
import { findStale, findUnknown, isAllowed } from "./allowed";
import { type LockedPackage, readLockFile } from "./lock-file";

const { packages } = readLockFile(fs.readFileSync("package-lock.json", "utf8"));

test("every package is under a license of the list, and brings no install script that is not on one", () => {
  expect(packages.length).toBeGreaterThan(500);
  expect(findUnknown(packages)).toEqual([]);
});
test("no entry of a list has outlived its package", () => expect(findStale(packages)).toEqual([]));

test("install scripts are switched off, for whoever installs", () => {
  expect(fs.readFileSync(".npmrc", "utf8")).toMatch(/^ignore-scripts=true$/m);
  const { allowScripts } = JSON.parse(fs.readFileSync("package.json", "utf8")) as {
    allowScripts: Record<string, boolean>;
  };
  expect(Object.values(allowScripts).filter(Boolean)).toEqual([]);
});

test.each<[Partial<LockedPackage>, RegExp[]]>([
  [{ license: "AGPL-3.0-only" }, [/AGPL-3.0-only, which is on no list/]],
  [{ license: null }, [/says nothing of a license/]],
  [{ hasInstallScript: true }, [/brings an install script/]],
  [{ sha512: null }, [/no SHA-512/]],
  // Allowed for one name and one license only.
  [{ license: "MPL-2.0" }, [/MPL-2.0/]],
  [{ name: "axe-core", license: "GPL-3.0-only" }, [/GPL-3.0-only/]],
  [{ name: "esbuild", hasInstallScript: true }, []],
])("%j", (more, says) => {
  const one = { at: "node_modules/x", name: "x", version: "1", license: "MIT", sha512: "00", dev: false, optional: false, hasInstallScript: false, needs: [], ...more }; // prettier-ignore
  const found = findUnknown([one]);
  expect(found).toHaveLength(says.length);
  for (const [index, pattern] of says.entries()) expect(found[index]).toMatch(pattern);
});

test.each([
  ["MIT", true],
  ["(BSD-3-Clause OR GPL-2.0)", true],
  ["MIT AND ISC", true],
  ["MIT AND GPL-2.0", false],
  ["GPL-2.0 OR AGPL-3.0", false],
  ["", false],
])("%s: %s", (expression, expected) => expect(isAllowed(expression)).toBe(expected));
