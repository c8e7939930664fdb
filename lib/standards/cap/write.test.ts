import fc from "fast-check";
import { XmlDocument } from "libxml2-wasm";
import { expect, test } from "vitest";
import type { CapAlert } from "./model";
import { escapeText, writeCap } from "./write";

const message = (description: string): CapAlert => ({
  identifier: "A",
  sender: "a@b",
  sent: "2024-06-18T13:27:26-04:00",
  status: "Test",
  msgType: "Alert",
  scope: "Public",
  code: [],
  note: description,
  info: [],
});

function readNote(xml: string): string {
  const document = XmlDocument.fromBuffer(Buffer.from(xml));
  try {
    return document.get("//c:note", { c: "urn:oasis:names:tc:emergency:cap:1.2" })?.content ?? "";
  } finally {
    document.dispose();
  }
}

test("any text comes back equal, but for what XML cannot carry", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1 }), (text) => {
      const carried = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
      expect(readNote(writeCap(message(text)))).toBe(carried);
    }),
    { numRuns: 2000 },
  );
});

test("lone surrogates and line ends", () => {
  expect(escapeText("a\ud800b")).toBe("a\ufffdb");
  expect(readNote(writeCap(message("a\r\nb")))).toBe("a\r\nb");
});

test("empty optional elements are left out, and the same model gives the same bytes", () => {
  expect(writeCap({ ...message("x"), source: "" })).not.toContain("source");
  expect(writeCap(message("x"))).toBe(writeCap(message("x")));
});
