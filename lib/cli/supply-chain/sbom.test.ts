import fs from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { readLockFile } from "./lock-file";
import { writeSbom } from "./sbom";

const text = fs.readFileSync("package-lock.json", "utf8");
const lock = readLockFile(text);

interface Sbom {
  components: { "bom-ref": string; name: string; group?: string; version: string; purl: string; scope: string }[];
  dependencies: { ref: string; dependsOn: string[] }[];
}
const written = writeSbom(lock, text) as Sbom;

/** The schema of CycloneDX itself, as its own library ships it. */
function schemaOfCycloneDx() {
  const folder = path.join("node_modules", "@cyclonedx", "cyclonedx-library", "res", "schema");
  const read = (name: string) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8")) as object;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  for (const format of ["iri-reference", "idn-email"]) ajv.addFormat(format, true);
  for (const name of ["spdx", "jsf-0.82"])
    ajv.addSchema(read(`${name}.SNAPSHOT.schema.json`), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  return ajv.compile(read("bom-1.6.SNAPSHOT.schema.json"));
}

test("it is valid CycloneDX 1.6 by its own schema, which finds what is not", () => {
  const isValid = schemaOfCycloneDx();
  expect([isValid(written), isValid.errors]).toEqual([true, null]);
  expect(
    isValid({ ...written, components: [{ type: "library", name: "x", licenses: [{ license: { id: "Mine" } }] }] }),
  ).toBe(false);
});

test("every package of the lock file is in it once, with what it needs", () => {
  expect(written.components.map((one) => one["bom-ref"])).toEqual(lock.packages.map(({ at }) => at));
  const refs = new Set(written.dependencies.map(({ ref }) => ref));
  expect(written.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((need) => !refs.has(need))).toEqual([]);
  const manifest = JSON.parse(fs.readFileSync("package.json", "utf8")) as Record<string, Record<string, string>>;
  const direct = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(written.dependencies[0]?.dependsOn).toEqual(
    expect.arrayContaining(direct.map((name) => `node_modules/${name}`)),
  );
  const client = written.components.find(({ purl }) => purl.startsWith("pkg:npm/%40prisma/client@"));
  expect(client).toMatchObject({ group: "@prisma", name: "client", scope: "required" });
  expect(written.components.find(({ name }) => name === "vitest")?.scope).toBe("excluded");
});

test("the same lock file gives the same bytes, another one another serial number", () => {
  expect(writeSbom(lock, text)).toEqual(written);
  expect(writeSbom(lock, `${text} `)).not.toEqual(written);
});
