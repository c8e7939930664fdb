import fs from "node:fs";

/** The words of the screens, as their source has them: what the pages of help and their pictures are held against. */

/** Files below a folder of the repository, however deep. */
export function walk(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? walk(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`]));
}

/** What the screens are made of. */
export const sources = ["app", "components", "lib"]
  .flatMap(walk)
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$|-for-tests|prisma-client/.test(file));

/** What may be read on a screen: comments are not, and one kind of apostrophe is as good as the other. */
const screenWords = (code: string) =>
  code
    .replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "")
    .replaceAll("’", "'")
    .replaceAll("&apos;", "'")
    .replaceAll(/\s+/g, " ");

const onScreen = sources.map((file) => screenWords(fs.readFileSync(file, "utf8"))).join("\n");

/** Whether the source of any screen has these words in a row. */
export const isOnScreen = (words: string): boolean => onScreen.includes(words.replaceAll("’", "'"));

/** What is kept of a picture of the help, so that it is known when the screen has become another. */
export interface PictureWords {
  width: number;
  /** Of the file, so that no picture is changed without its words. */
  sha256: string;
  /** Where the header leads, in its order. */
  header: string[];
  /** Headings, labels, buttons and columns in the picture whose words stand in our source; data do not. */
  words: string[];
}

/** By the name of the picture. */
export const PICTURE_WORDS = "docs/people/pictures.json";
export const RETAKE = "CALLBOX_PICTURES=yes npm run callbox -- journeys help.spec";

export const readPictureWords = (): Record<string, PictureWords> =>
  JSON.parse(fs.readFileSync(PICTURE_WORDS, "utf8")) as Record<string, PictureWords>;
