import { expect, test } from "vitest";
import { readLockFile } from "./lock-file";

const lock = (packages: object) => JSON.stringify({ name: "product", version: "1.0.0", lockfileVersion: 3, packages });

test("a dependency is the nearest one upwards, as Node finds it; what is not there is none", () => {
  const { needs, packages } = readLockFile(
    lock({
      "": { dependencies: { a: "1", "@s/c": "1" }, devDependencies: { d: "1" } },
      "node_modules/a": { version: "1.0.0", dependencies: { b: "2", "@s/c": "1" }, peerDependencies: { gone: "1" } },
      "node_modules/a/node_modules/b": { version: "2.0.0", dependencies: { d: "1", b2: "1" } },
      "node_modules/a/node_modules/b2": { version: "1.0.0" },
      "node_modules/b": { version: "1.0.0" },
      "node_modules/@s/c": { version: "1.0.0", dependencies: { b: "1" } },
      "node_modules/d": { version: "1.0.0", dev: true, integrity: "sha512-AQID", hasInstallScript: true },
    }),
  );
  expect(needs).toEqual(["node_modules/@s/c", "node_modules/a", "node_modules/d"]);
  expect(Object.fromEntries(packages.map((one) => [one.at, one.needs]))).toEqual({
    "node_modules/a": ["node_modules/@s/c", "node_modules/a/node_modules/b"],
    "node_modules/a/node_modules/b": ["node_modules/a/node_modules/b2", "node_modules/d"],
    "node_modules/a/node_modules/b2": [],
    "node_modules/b": [],
    "node_modules/@s/c": ["node_modules/b"],
    "node_modules/d": [],
  });
  expect(packages.find(({ name }) => name === "d")).toMatchObject({
    dev: true,
    sha512: "010203",
    hasInstallScript: true,
    license: null,
  });
  expect(packages.find(({ at }) => at.endsWith("a/node_modules/b"))?.name).toBe("b");
  expect(packages.find(({ at }) => at.endsWith("@s/c"))?.name).toBe("@s/c");
});

test.each(["{}", lock([]), JSON.stringify({ name: "x", version: "1", lockfileVersion: 1, packages: {} })])(
  "what is no lock file of version 3 is refused: %s",
  (text) => expect(() => readLockFile(text)).toThrow(),
);
