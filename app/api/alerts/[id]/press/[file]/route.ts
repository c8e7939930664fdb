import { drawPicture } from "../../../../../../components/press/draw-picture";
import { createRoute, problem } from "../../../../../../lib/access/create-route";
import { recordExport } from "../../../../../../lib/alerts/publish";
import { getPressSheet } from "../../../../../../lib/delivery/press/data";
import { writeNotice } from "../../../../../../lib/delivery/press/notice-pdf";
import { FILES, ofSchema, type PressFile } from "../../../../../../lib/delivery/press/schema";
import { db } from "../../../../../../lib/platform/db";
import { publicUrl } from "../../../../../../lib/platform/env";

const isFile = (name: string): name is PressFile => Object.hasOwn(FILES, name);

const missing = () => problem(404, "not-found", "There is no such published alert for you.");

/**
 * What is posted, shown and put up of a published alert: `texts.json`, or
 * `picture.png` and `notice.pdf` in a language. `of` is a place, a county, or `all`.
 */
export const GET = createRoute<{ id: string; file: string }>({
  permission: "message:export",
  handle: async ({ actor, params, request }) => {
    const { searchParams } = new URL(request.url);
    const of = ofSchema.safeParse(searchParams.get("of"));
    const now = new Date();
    const wanted = { alertId: params.id, of: of.data ?? "", url: publicUrl() };
    const found = of.success ? await getPressSheet(db(), actor, wanted, now) : null;
    if (!found) return missing();
    const { sheet, alert, code, sentAt } = found;
    if (params.file === "texts.json") return Response.json(sheet);
    const text = sheet.texts.find(({ language }) => language === searchParams.get("language"));
    if (!isFile(params.file) || !text || sheet.kind === "county") return missing();
    if (!text.prints) return problem(422, "letters", "The font of pictures and notices does not have these letters.");
    const { type, says } = FILES[params.file];
    const bytes =
      params.file === "picture.png" ? await drawPicture(sheet, text) : await writeNotice(sheet, text, { code, sentAt });
    const where = sheet.kind === "whole" ? "all places" : sheet.place;
    if (request.method !== "HEAD")
      await recordExport(db(), actor, { ...alert, what: `${says} for ${where} in ${text.name}` }, now);
    const name = `${code}-${where}-${text.language}.${params.file.split(".")[1]}`;
    return new Response(new Uint8Array(bytes), {
      headers: {
        "Content-Type": type,
        "Content-Disposition": `attachment; filename="${name.replace(/[^\w.-]+/g, "-")}"`,
      },
    });
  },
});
