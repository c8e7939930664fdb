import { expect, test } from "vitest";
import { isAsShipped, planShipping, SHIPPED_TEMPLATES } from "./follow-ups";

const row = (id: string, key: string, version: number) => ({ id, key, version });
/** What every site before this edition had. */
const EARLIER = SHIPPED_TEMPLATES.map(({ key }) => row(`${key}-1`, key, 1));
const planned = (rows: Parameters<typeof planShipping>[0]) =>
  planShipping(rows).map(({ id, version }) => `${id} ${version}`);

test("an empty site gets each once", () => {
  expect(planned([])).toEqual(SHIPPED_TEMPLATES.map(({ id }) => `${id} 1`));
});

test("an earlier wording of ours gets a new version, whichever it is", () => {
  expect(planned(EARLIER)).toEqual(SHIPPED_TEMPLATES.map(({ id }) => `${id} 2`));
  const second = SHIPPED_TEMPLATES.map(({ key }) => row(`${key}-shipped-2`, key, 2));
  expect(planned([...EARLIER, ...second])).toEqual(SHIPPED_TEMPLATES.map(({ id }) => `${id} 3`));
  const third = SHIPPED_TEMPLATES.map(({ key }) => row(`${key}-shipped-3`, key, 3));
  expect(planned([...EARLIER, ...second, ...third])).toEqual(SHIPPED_TEMPLATES.map(({ id }) => `${id} 4`));
  const fourth = SHIPPED_TEMPLATES.map(({ key }) => row(`${key}-shipped-4`, key, 4));
  expect(planned([...EARLIER, ...second, ...third, ...fourth])).toEqual(SHIPPED_TEMPLATES.map(({ id }) => `${id} 5`));
  const fifth = SHIPPED_TEMPLATES.map(({ key }) => row(`${key}-shipped-5`, key, 5));
  expect(planned([...EARLIER, ...second, ...third, ...fourth, ...fifth])).toEqual(
    SHIPPED_TEMPLATES.map(({ id }) => `${id} 6`),
  );
  const sixth = SHIPPED_TEMPLATES.map(({ key }) => row(`${key}-shipped-6`, key, 6));
  expect(planned([...EARLIER, ...second, ...third, ...fourth, ...fifth, ...sixth])).toEqual(
    SHIPPED_TEMPLATES.map(({ id }) => `${id} 7`),
  );
});

test("where someone made a version of their own, nothing comes after it", () => {
  const changed = planned([...EARLIER, row("ours", "outage", 2)]);
  expect(changed).toHaveLength(SHIPPED_TEMPLATES.length - 1);
  expect(changed.join()).not.toContain("outage-shipped");
});

test("nothing is added twice", () => {
  const after = [...EARLIER, ...planShipping(EARLIER).map(({ id, key, version }) => row(id, key, version))];
  expect(planned(after)).toEqual([]);
  expect(planned(SHIPPED_TEMPLATES.map(({ id, key }) => row(id, key, 1)))).toEqual([]);
});

test("a version is as shipped, or someone here made it", () => {
  for (const { id } of SHIPPED_TEMPLATES) expect(isAsShipped(id)).toBe(true);
  expect(["outage-1", "update-shipped-2"].map(isAsShipped)).toEqual([true, true]);
  expect(["outage-2", "outage-9", "own-shipped-x"].map(isAsShipped)).toEqual([false, false, false]);
});
