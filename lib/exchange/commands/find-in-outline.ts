import "server-only";
import type { PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { findInOutlines, type InOutline } from "../area-plan";
import { FileRefused } from "../csv-file";
import { type PlaceFile, readPlaceFile } from "../place-file";
import { loadAreaMaterial } from "./plan-places";

/** A file of outlines; a single outline as mapping tools save it is one as well. @throws FileRefused */
function readOutlines(bytes: Uint8Array): PlaceFile {
  const text = bytes.length < 16_000_000 ? Buffer.from(bytes).toString("utf8").trim() : "";
  const single = /^\{\s*"type"\s*:\s*"(Feature|Polygon|MultiPolygon)"/.exec(text)?.[1];
  if (single === undefined) return readPlaceFile(bytes);
  const feature = single === "Feature" ? text : `{"type":"Feature","properties":{},"geometry":${text}}`;
  return readPlaceFile(Buffer.from(`{"type":"FeatureCollection","features":[${feature}]}`));
}

/**
 * Which of the places an agency can alert lie in the outlines of a file. Writes nothing.
 * @param allowed ids of those places
 */
export async function findInOutline(
  client: PrismaClient,
  bytes: Uint8Array,
  allowed: ReadonlySet<string>,
): Promise<Result<InOutline>> {
  try {
    const { holds, features } = readOutlines(bytes);
    if (holds !== "outlines") throw new FileRefused("It is a table, and has no outlines.");
    const { places } = await loadAreaMaterial(client, allowed);
    const found = findInOutlines(
      features,
      places.filter(({ id }) => allowed.has(id)),
    );
    if (found.held.length === 0 && found.partly.length === 0 && found.problems.length > 0)
      throw new FileRefused(found.problems.slice(0, 3).join(" "));
    return success(found);
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    return refuse("invalid", "This file can’t be used.", { file: error.message });
  }
}
