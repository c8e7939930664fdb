import { expect, test } from "vitest";
import { getHelpPicture, getHelpText } from "./data";

test("a page of the list is read, and nothing else of the disk", async () => {
  expect((await getHelpText("approver"))?.title).toMatch(/^For approvers/);
  expect((await getHelpText("backup"))?.title).toBe("Backup and restore");
  for (const page of ["nothing", "../README", "people/drafter", "constructor", ""]) {
    expect(await getHelpText(page)).toBeNull();
  }
});

test("a picture is one of the pages' own", async () => {
  for (const file of ["nothing.png", "../drafter.md", "..%2Fdrafter.md", "review.png/../../drafter.md", ""]) {
    expect(await getHelpPicture(file)).toBeNull();
  }
});
