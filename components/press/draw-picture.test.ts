import { expect, test } from "vitest";
import type { PressSheet, PressText } from "../../lib/delivery/press/schema";
import { readPicture } from "../../lib/delivery/press/paper-for-tests";
import { drawPicture } from "./draw-picture";

const URL = "https://911.example.gov/es/ma/manchester-by-the-sea";
const MODE = "Demostración, no es una falla real. Los números no comunican con nadie. En una emergencia marque el 911.";

const textOf = (more: Partial<PressText>): PressText => ({
  language: "es-US",
  name: "Español",
  direction: "ltr",
  translated: false,
  sender: "Departamento 911 de Massachusetts",
  mode: null,
  notice: null,
  headline: "MA State 911: el 911 no funciona en Amherst, Massachusetts. En una emergencia, llame al 413-555-0102.",
  call: "En una emergencia llame al",
  body: "",
  validUntil: "Válido hasta: 3:25 p.m. EST, viernes, 27 de noviembre.",
  post: "",
  script: "",
  page: "Todos los lugares y sus números",
  ended: null,
  url: URL,
  prints: true,
  ...more,
});

const sheetOf = (numbers: string[]): PressSheet => ({
  of: "amherst",
  kind: "place",
  place: "Amherst",
  ending: null,
  newerId: null,
  numbers,
  rows: [],
  texts: [],
});

const HEADLINE =
  "Departamento Estatal 911: teléfonos de T-Mobile quizá no comuniquen con el 911 en Manchester-by-the-Sea, Massachusetts. Si falla, llame al 978-555-0142 ext. 1234.";

test.each<[string, Partial<PressText>, string[]]>([
  ["a band of two lines and a headline of three", { mode: MODE }, ["413-555-0102"]],
  ["the longest headline", { headline: HEADLINE }, ["978-555-0142 ext. 1234"]],
  ["both, with two numbers", { headline: HEADLINE, mode: MODE }, ["413-555-0102", "413-555-0103"]],
  ["no number at all", { headline: HEADLINE, mode: MODE, notice: MODE }, []],
  ["an end of many words", { ended: `${HEADLINE} ${HEADLINE}`, mode: MODE, notice: MODE }, []],
  [
    "Chinese",
    {
      language: "zh-Hans",
      mode: "这是演示，并非真实故障。这些号码无人接听。如遇紧急情况，请拨打 911。".repeat(2),
      headline: "Manchester-by-the-Sea, Massachusetts：一家电话公司的客户无法拨打 911，紧急情况请拨打其他号码。",
      notice: "本译文尚未经精通中文的人士审核。",
    },
    ["413-555-0102", "413-555-0103"],
  ],
])("with %s the whole code is there to be read", async (_, text, numbers) => {
  const { width, height, code } = readPicture(await drawPicture(sheetOf(numbers), textOf(text)));
  expect([width, height, code]).toEqual([1200, 630, URL]);
});
