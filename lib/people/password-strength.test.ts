import { describe, expect, test } from "vitest";
import { findWeakness } from "./password-strength";

const KNOWN = ["Gil Benoit", "gil.benoit@granby.example", "Granby Police Department"];

describe("a password that is easy to guess is refused", () => {
  test.each([
    "aaaaaaaaaaaa",
    "abcabcabcabc",
    "123456789012",
    "qwertyuiopas",
    "passwordpassword",
    "Password12345",
    "iloveyou12345",
    "contraseña123",
    "gil.benoit@granby.example",
    "GilBenoit2026",
    "granbypolice1",
    "a demonstration only",
    "A Demonstration Only",
    "administrator1",
    "ademonstrationonly",
    "a  demonstration only",
    "callbox callbox",
    "password password",
    "emergency911 agency",
    "Gil Benoit 2026!",
    "granby police 911",
    "Granby911Granby",
    "Benoit1985!!",
    "summer summer 2026",
  ])("%s", (password) => expect(findWeakness(password, KNOWN)).not.toBeNull());
});

describe("one that is not is taken", () => {
  test.each(["copper lantern uphill 42 sparrow", "tazón bruma cuatro violín", "vK7-wq!2Rz_hT0"])("%s", (password) =>
    expect(findWeakness(password, KNOWN)).toBeNull(),
  );
});
