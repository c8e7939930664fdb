import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findBreak, fingerprint, GENESIS, hashEntry, linkOf, manifestHash } from "./chain";
import type { AuditEntry } from "./schema";

const content = fc.record({
  actor: fc.string(),
  summary: fc.string(),
  data: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))),
});

function chainOf(contents: { actor: string; summary: string; data: object }[]): AuditEntry[] {
  const entries: AuditEntry[] = [];
  let prevHash = GENESIS;
  contents.forEach(({ actor, summary, data }, index) => {
    const entry = {
      seq: index + 1,
      at: new Date(index * 1000).toISOString(),
      actorId: null,
      actor,
      agencyId: null,
      action: "sign-out",
      subjectType: "test",
      subjectId: "x",
      incidentId: null,
      summary,
      data,
      prevHash,
    };
    prevHash = hashEntry(entry);
    entries.push({ ...entry, hash: prevHash });
  });
  return entries;
}

describe("the chain", () => {
  test("an honest chain of any content fits", () => {
    fc.assert(
      fc.property(fc.array(content, { maxLength: 20 }), (contents) => {
        expect(findBreak(chainOf(contents).map(linkOf))).toBeUndefined();
      }),
    );
  });

  test("any change of any field of any entry is found at that entry", () => {
    fc.assert(
      fc.property(
        fc.array(content, { minLength: 1, maxLength: 10 }),
        fc.nat(),
        fc.constantFrom("actor", "summary", "action", "subjectId", "at"),
        fc.string({ minLength: 1 }),
        (contents, which, field, suffix) => {
          const entries = chainOf(contents);
          const target = entries[which % entries.length]!;
          entries[target.seq - 1] = { ...target, [field]: `${target[field as "actor"]}${suffix}` };
          expect(findBreak(entries.map(linkOf))?.seq).toBe(target.seq);
        },
      ),
    );
  });

  test("a missing entry and a swapped pair are found", () => {
    const entries = chainOf([1, 2, 3, 4].map((index) => ({ actor: "a", summary: String(index), data: {} })));
    expect(findBreak(entries.toSpliced(1, 1).map(linkOf))).toMatchObject({ seq: 2 });
    expect(findBreak([entries[0]!, entries[2]!, entries[1]!, entries[3]!].map(linkOf))).toMatchObject({ seq: 2 });
  });
});

test("a manifest does not depend on the order, and on everything else", () => {
  const messages = [
    { identifier: "A", sha256: fingerprint("a") },
    { identifier: "B", sha256: fingerprint("b") },
  ];
  expect(manifestHash(messages)).toBe(manifestHash([...messages].reverse()));
  expect(manifestHash(messages)).not.toBe(manifestHash(messages.slice(1)));
});
