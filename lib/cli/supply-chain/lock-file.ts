import { z } from "zod";

/** What the lock file says of every package: nothing is asked of a registry or of what lies in node_modules. */

const lockedSchema = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().default(false),
  dev: z.boolean().default(false),
  optional: z.boolean().default(false),
  devOptional: z.boolean().default(false),
  hasInstallScript: z.boolean().default(false),
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
  peerDependencies: z.record(z.string(), z.string()).default({}),
});

const lockFileSchema = z.object({
  name: z.string(),
  version: z.string(),
  lockfileVersion: z.literal(3),
  packages: z.record(z.string(), lockedSchema),
});

export interface LockedPackage {
  /** Where it lies, as `node_modules/a/node_modules/b`; no two are in one place. */
  at: string;
  name: string;
  version: string;
  /** As its own manifest has it; null where that says nothing. */
  license: string | null;
  /** SHA-512 of the archive, in hex; null where the lock file has none. */
  sha512: string | null;
  /** Whether it is there for tests and builds only, and no part of what runs. */
  dev: boolean;
  optional: boolean;
  hasInstallScript: boolean;
  /** Places of the packages it is given when it asks for its dependencies. */
  needs: string[];
}

export interface LockFile {
  name: string;
  version: string;
  /** Places of the packages that the product itself asks for. */
  needs: string[];
  packages: LockedPackage[];
}

const FOLDER = "node_modules/";

/** The place a name leads to from another place: the nearest folder of packages upwards, as Node looks for it. */
function resolve(known: ReadonlySet<string>, from: string, name: string): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf(`/${FOLDER}`)))) {
    const candidate = at === "" ? `${FOLDER}${name}` : `${at}/${FOLDER}${name}`;
    if (known.has(candidate)) return candidate;
    if (at === "") return undefined;
  }
}

/** @throws when it is no lock file of version 3 */
export function readLockFile(text: string): LockFile {
  const { name, version, packages } = lockFileSchema.parse(JSON.parse(text));
  const known = new Set(Object.keys(packages).filter((at) => at !== ""));
  const needsOf = (at: string) => {
    const { dependencies, optionalDependencies, peerDependencies, devDependencies } =
      packages[at] ?? lockedSchema.parse({});
    const names = new Set(
      [dependencies, optionalDependencies, peerDependencies, at === "" ? devDependencies : {}].flatMap(Object.keys),
    );
    // A peer or an optional package that is not there is none of its needs.
    return [...names].flatMap((one) => resolve(known, at, one) ?? []).sort();
  };
  return {
    name,
    version,
    needs: needsOf(""),
    packages: [...known].sort().map((at) => {
      const one = packages[at] ?? lockedSchema.parse({});
      const digest = /^sha512-([A-Za-z0-9+/=]+)$/.exec(one.integrity ?? "")?.[1];
      return {
        at,
        name: at.slice(at.lastIndexOf(FOLDER) + FOLDER.length),
        version: one.version ?? "",
        license: one.license ?? null,
        sha512: digest === undefined ? null : Buffer.from(digest, "base64").toString("hex"),
        dev: one.dev,
        optional: one.optional || one.devOptional,
        hasInstallScript: one.hasInstallScript,
        needs: needsOf(at),
      };
    }),
  };
}
