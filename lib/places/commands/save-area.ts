import "server-only";
import { appendAudit } from "../../record/append";
import { type Actor, agenciesFor } from "../../access/actor";
import { agenciesCovering, placesFor } from "../../access/jurisdiction";
import { PlaceIndex } from "../place-index";
import { changeAs } from "../../access/mint";
import type { PrismaClient, Transaction } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import type { AreaForm } from "../area-schema";

type Place = Awaited<ReturnType<typeof loadIndexed>>[number];

function loadIndexed(transaction: Transaction) {
  return transaction.place.findMany({
    where: { kind: { in: ["municipality", "county", "state"] }, retiredAt: null },
    include: { parent: { select: { name: true } } },
    omit: { boundary: true },
  });
}

/** Every line as a place, or what is wrong with the first lines that are none. */
async function readPlaces(transaction: Transaction, text: string): Promise<{ places: Place[] } | { why: string }> {
  const places = await loadIndexed(transaction);
  const byId = new Map(places.map((place) => [place.id, place]));
  const index = PlaceIndex.ofRows(places);
  const lines = [...new Set(text.split(/[\r\n;]+/).map((line) => line.trim()))].filter((line) => line !== "");
  const found = lines.map((line) => index.find(/^\d+$/.test(line) ? { code: line } : { name: line }));
  const wrong = found.flatMap((one) => ("why" in one ? [one.why] : []));
  if (wrong.length > 0) {
    const more = wrong.length > 3 ? ` And ${wrong.length - 3} more.` : "";
    return { why: `${wrong.slice(0, 3).join(" ")}${more}` };
  }
  const ids = [...new Set(found.flatMap((one) => ("place" in one ? [one.place.id] : [])))];
  return { places: ids.map((id) => byId.get(id)!) };
}

/** The place around all of them: their county, else the state that most of them lie in. */
function placeAround(places: readonly Member[]): string {
  const county = ({ id, kind, parentId }: Member) => (kind === "county" ? id : parentId);
  const counties = new Set(places.map(county));
  const [only] = counties;
  if (only && counties.size === 1 && places.every(({ kind }) => kind !== "state")) return only;
  const counts = new Map<string, number>();
  for (const { id } of places) counts.set(id.slice(0, 2), (counts.get(id.slice(0, 2)) ?? 0) + 1);
  // The other states' places are members as well; the area is listed under one.
  return [...counts].sort(([left, more], [right, less]) => less - more || left.localeCompare(right))[0]![0];
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

export interface Member {
  id: string;
  kind: string;
  parentId: string | null;
  population: number;
  latitude: number;
  longitude: number;
}

/** Writes an area and what it is made of. For callers that have checked the actor, and that log it. */
export async function writeArea(
  transaction: Transaction,
  area: { id?: string | undefined; kind: "psap" | "custom"; name: string; order?: number; places: readonly Member[] },
): Promise<{ id: string }> {
  const { places } = area;
  const parent = await transaction.place.findUniqueOrThrow({ where: { id: placeAround(places) } });
  const data = {
    kind: area.kind,
    name: area.name,
    label: area.kind === "psap" ? "dispatch area" : "area",
    stateName: parent.stateName,
    stateCode: parent.stateCode,
    shortName: area.name.slice(0, 20),
    parentId: parent.id,
    sameCode: parent.sameCode,
    population: places.reduce((sum, { population }) => sum + population, 0),
    latitude: mean(places.map(({ latitude }) => latitude)),
    longitude: mean(places.map(({ longitude }) => longitude)),
    timeZone: parent.timeZone,
    ...(area.order === undefined ? {} : { serveOrder: area.order }),
  };
  const { id } = area.id
    ? await transaction.place.update({ where: { id: area.id }, data })
    : await transaction.place.create({ data: { ...data, id: `${area.kind}-${crypto.randomUUID()}` } });
  await transaction.areaMember.deleteMany({ where: { areaId: id } });
  await transaction.areaMember.createMany({ data: places.map((place) => ({ areaId: id, placeId: place.id })) });
  return { id };
}

/** Makes an area of places, or changes which it is made of. A place may lie in several. */
export async function saveArea(
  client: PrismaClient,
  by: Actor,
  input: AreaForm,
  now: Date,
): Promise<Result<{ id: string; places: number }>> {
  return changeAs(client, by, async (transaction, actor) => {
    const read = await readPlaces(transaction, input.places);
    if ("why" in read) return refuse("invalid", "Nothing was saved.", { places: read.why });
    const { places } = read;
    const placeIds = places.map(({ id }) => id);
    const mayImport = await placesFor(transaction, actor, "place:import", placeIds);
    const outside = places.find(({ id }) => !mayImport.has(id));
    if (outside) {
      return refuse("not-permitted", "Nothing was saved.", { places: `${outside.name} is not in your agency's area.` });
    }
    const old = input.id
      ? await transaction.place.findFirst({
          where: { id: input.id, kind: { in: ["psap", "custom"] } },
          include: { members: true },
        })
      : null;
    if (input.id && !old) return refuse("gone", "This area is no longer there. Nothing was saved.");
    const twin = await transaction.place.findFirst({
      where: {
        kind: { in: ["psap", "custom"] },
        parentId: placeAround(places),
        name: input.name,
        ...(old ? { id: { not: old.id } } : {}),
      },
    });
    if (twin) return refuse("twice", "Nothing was saved.", { name: "There is an area of this name already." });
    const area = await writeArea(transaction, { ...input, places });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId:
          (await agenciesCovering(transaction, agenciesFor(actor, "place:import"), placeIds[0] ?? ""))[0] ?? null,
        action: old ? "place.area-changed" : "place.area-added",
        subject: { type: "place", id: area.id },
        summary: `${old ? "Changed" : "Made"} the area ${input.name}: ${places.length} ${places.length === 1 ? "place" : "places"}.`,
        data: {
          after: places.map(({ id }) => id),
          ...(old ? { before: old.members.map(({ placeId }) => placeId) } : {}),
        },
        touched: { area: [area.id] },
      },
      now,
    );
    return success({ id: area.id, places: places.length });
  });
}
