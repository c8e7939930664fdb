import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { declareIncidentSchema, describeLongCarrier } from "../../lib/incidents/schema";
import { CarrierField } from "./carrier-field";

const NAME = "Bayou Telecom Wireless";
const markup = (value: string) => renderToStaticMarkup(createElement(CarrierField, { value, onChange: () => {} }));

test("a name that is too long is kept whole, and the field says by how much", () => {
  expect(markup(NAME)).toContain(`value="${NAME}"`);
  expect(markup(NAME)).not.toContain("maxLength");
  expect(markup(NAME)).toContain("This name has 22 characters. Use at most 12");
  expect(markup("Bayou Teleco")).not.toContain("This name has");
});

test("what the field says of a long name is what refuses it", () => {
  const parsed = declareIncidentSchema.safeParse({ failure: "carrier", carrier: NAME });
  expect(parsed.error?.issues.find(({ path }) => path[0] === "carrier")?.message).toBe(describeLongCarrier(NAME));
  const padded = declareIncidentSchema.safeParse({ failure: "carrier", carrier: " Bayou  Teleco " });
  expect(padded.error?.issues.some(({ path }) => path[0] === "carrier")).toBe(false);
  expect(describeLongCarrier(" Bayou  Teleco ")).toBeUndefined();
});
