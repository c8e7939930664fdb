import "server-only";
import { geoArea } from "d3-geo";
import type { MultiPolygon, Polygon } from "geojson";
import { COVERS } from "../../access/jurisdiction";
import type { Transaction } from "../../platform/db";
import { boundaryFromAtlas } from "../atlas";
import { isCityCounty } from "../county-kinds";
import { wound } from "../map";

/**
 * Which counties an alert can be for: those in the area of an agency where more
 * people may live than in the cities and towns that are here.
 */

/** A county whose cities and towns cover this much of it has nobody outside them; the rest is how outlines differ. */
const COVERED = 0.97;

/** Steradians. */
const sizeOf = (geometry: Polygon | MultiPolygon | null) => (geometry ? geoArea(wound(geometry)) : 0);

/**
 * Works out anew which of these counties can be alerted as such.
 * @param countyIds those whose cities and towns changed, or that an agency is new to
 */
export async function renewAlertable(transaction: Transaction, countyIds: readonly string[]): Promise<void> {
  if (countyIds.length === 0) return;
  const covered = await transaction.$queryRaw<{ id: string }[]>`
    select distinct r.id from "Place" r left join "Place" p on p.id = r."parentId", "Agency" a
    where r.kind = 'county' and r.id = any(${[...countyIds]}) and ${COVERS}`;
  const counties = await transaction.place.findMany({
    where: { id: { in: covered.map(({ id }) => id) } },
    select: {
      id: true,
      boundary: true,
      children: { where: { kind: "municipality", retiredAt: null }, select: { boundary: true } },
    },
  });
  const outside = counties.filter(({ id, boundary, children }) => {
    if (children.length === 0) return true;
    if (isCityCounty(id)) return false;
    const whole = sizeOf((boundary as unknown as Polygon | MultiPolygon | null) ?? boundaryFromAtlas(id));
    const towns = children.reduce((sum, town) => sum + sizeOf(town.boundary as unknown as Polygon | null), 0);
    return whole > 0 && towns / whole < COVERED;
  });
  const ids = outside.map(({ id }) => id);
  await transaction.place.updateMany({ where: { id: { in: ids } }, data: { alertable: true } });
  await transaction.place.updateMany({
    where: { id: { in: counties.map(({ id }) => id), notIn: ids } },
    data: { alertable: false },
  });
}

/** The same for what an agency is new to: a county itself, or all counties of a state. */
export async function renewAlertableIn(transaction: Transaction, placeId: string): Promise<void> {
  const counties = await transaction.place.findMany({
    where: { kind: "county", OR: [{ id: placeId }, { parentId: placeId }] },
    select: { id: true },
  });
  await renewAlertable(
    transaction,
    counties.map(({ id }) => id),
  );
}
