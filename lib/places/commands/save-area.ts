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

/** The smallest place around all of them: their county, else their state. */
function placeAround(places: readonly Place[]): string | null {
  const county = ({ id, kind, parentId }: Place) => (kind === "county" ? id : parentId);
  const counties = new Set(places.map(county));
  if (counties.size === 1 && places.every(({ kind }) => kind !== "state")) return [...counties][0]!;
  const states = new Set(places.map(({ id }) => id.slice(0, 2)));
  return states.size === 1 ? [...states][0]! : null;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

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
    const parentId = placeAround(places);
    if (!parentId) return refuse("invalid", "Nothing was saved.", { places: "An area lies in one state." });
    const old = input.id
      ? await transaction.place.findFirst({
          where: { id: input.id, kind: { in: ["psap", "custom"] } },
          include: { members: true },
        })
      : null;
    if (input.id && !old) return refuse("gone", "This area is no longer there. Nothing was saved.");
    const twin = await transaction.place.findFirst({
      where: { kind: { in: ["psap", "custom"] }, parentId, name: input.name, ...(old ? { id: { not: old.id } } : {}) },
    });
    if (twin) return refuse("twice", "Nothing was saved.", { name: "There is an area of this name already." });
    const parent = await transaction.place.findUniqueOrThrow({ where: { id: parentId } });
    const data = {
      kind: input.kind,
      name: input.name,
      label: input.kind === "psap" ? "dispatch area" : "area",
      stateName: parent.stateName,
      stateCode: parent.stateCode,
      shortName: input.name.slice(0, 20),
      parentId,
      sameCode: parent.sameCode,
      population: places.reduce((sum, { population }) => sum + population, 0),
      latitude: mean(places.map(({ latitude }) => latitude)),
      longitude: mean(places.map(({ longitude }) => longitude)),
      timeZone: parent.timeZone,
      serveOrder: input.order,
    };
    const area = old
      ? await transaction.place.update({ where: { id: old.id }, data })
      : await transaction.place.create({ data: { ...data, id: `${input.kind}-${crypto.randomUUID()}` } });
    await transaction.areaMember.deleteMany({ where: { areaId: area.id } });
    await transaction.areaMember.createMany({ data: places.map(({ id }) => ({ areaId: area.id, placeId: id })) });
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
