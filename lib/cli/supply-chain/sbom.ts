import { createHash } from "node:crypto";
import { licenseOf } from "./allowed";
import type { LockedPackage, LockFile } from "./lock-file";

/** A bill of materials (CycloneDX 1.6, JSON) of everything the lock file names, what runs and what only builds or tests. */

/** A package URL. An @ in a scope is escaped (purl, npm). */
const purlOf = ({ name, version }: Pick<LockedPackage, "name" | "version">) =>
  `pkg:npm/${name.replace(/^@/, "%40")}@${encodeURIComponent(version)}`;

/** An SPDX expression, or a name for what is none. */
function licensesOf(locked: LockedPackage): object[] {
  const found = licenseOf(locked);
  if (found === null) return [];
  if (/^[\w.-]+$/.test(found)) return [{ license: { id: found } }];
  if (/^\(?[\w.-]+(?: (?:AND|OR|WITH) [\w.-]+)+\)?$/.test(found)) return [{ expression: found }];
  return [{ license: { name: found } }];
}

/** The same lock file gives the same bytes: the serial number comes from it, and there is no time of making in it. */
export function writeSbom(lock: LockFile, lockText: string): object {
  const digest = createHash("sha256").update(lockText, "utf8").digest("hex");
  const serial = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
  // Places tell packages apart; two places may hold the same version.
  const refs = new Map(lock.packages.map(({ at }) => [at, at]));
  const root = `pkg:npm/${lock.name}@${lock.version}`;
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${serial}`,
    version: 1,
    metadata: {
      component: {
        type: "application",
        "bom-ref": root,
        name: lock.name,
        version: lock.version,
        licenses: [{ license: { id: "Apache-2.0" } }],
      },
    },
    components: lock.packages.map((one) => {
      const [group, name] = one.name.startsWith("@") ? one.name.split("/") : [undefined, one.name];
      return {
        type: "library",
        "bom-ref": one.at,
        ...(group === undefined ? {} : { group }),
        name: name ?? one.name,
        version: one.version,
        scope: one.dev ? "excluded" : one.optional ? "optional" : "required",
        ...(one.sha512 ? { hashes: [{ alg: "SHA-512", content: one.sha512 }] } : {}),
        licenses: licensesOf(one),
        purl: purlOf(one),
      };
    }),
    dependencies: [
      { ref: root, dependsOn: lock.needs },
      ...lock.packages.map(({ at, needs }) => ({ ref: at, dependsOn: needs.filter((need) => refs.has(need)) })),
    ],
  };
}
