import { expect, test } from "vitest";
import { checkPassword, hashPassword } from "./passwords";

test("a password is kept as argon2id with 19 MiB and two passes, and with a salt of its own", async () => {
  const [one, other] = [await hashPassword("copper lantern uphill"), await hashPassword("copper lantern uphill")];
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(other);
  expect(await checkPassword(one, "copper lantern uphill")).toBe(true);
  expect(await checkPassword(one, "copper lantern uphil")).toBe(false);
  expect(await checkPassword(null, "nobody has this password")).toBe(false);
});
