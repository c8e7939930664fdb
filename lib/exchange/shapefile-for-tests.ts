import { zipSync } from "fflate";

/** Writes a zipped shapefile of polygons as the Census does (ESRI 1998), for tests. */

type Ring = readonly (readonly [x: number, y: number])[];
export interface ShapeRow {
  cells: Readonly<Record<string, string>>;
  rings: readonly Ring[];
}

function boxOf(rings: readonly Ring[]): [number, number, number, number] {
  const points = rings.flat();
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** One record: its header in words of two bytes, then the polygon. */
function writePolygon(rings: readonly Ring[], index: number): Buffer {
  const points = rings.flat();
  const body = Buffer.alloc(44 + 4 * rings.length + 16 * points.length);
  body.writeInt32LE(5, 0);
  boxOf(rings).forEach((value, at) => body.writeDoubleLE(value, 4 + 8 * at));
  body.writeInt32LE(rings.length, 36);
  body.writeInt32LE(points.length, 40);
  let start = 0;
  rings.forEach((ring, at) => {
    body.writeInt32LE(start, 44 + 4 * at);
    start += ring.length;
  });
  points.forEach(([x, y], at) => {
    body.writeDoubleLE(x, 44 + 4 * rings.length + 16 * at);
    body.writeDoubleLE(y, 52 + 4 * rings.length + 16 * at);
  });
  const head = Buffer.alloc(8);
  head.writeInt32BE(index + 1, 0);
  head.writeInt32BE(body.length / 2, 4);
  return Buffer.concat([head, body]);
}

function writeShp(rows: readonly ShapeRow[]): Buffer {
  const records = Buffer.concat(rows.map(({ rings }, index) => writePolygon(rings, index)));
  const head = Buffer.alloc(100);
  head.writeInt32BE(9994, 0);
  head.writeInt32BE((100 + records.length) / 2, 24);
  head.writeInt32LE(1000, 28);
  head.writeInt32LE(5, 32);
  boxOf(rows.flatMap(({ rings }) => rings)).forEach((value, at) => head.writeDoubleLE(value, 36 + 8 * at));
  return Buffer.concat([head, records]);
}

const WIDTH = 40;

/** A dBase III table of text columns. */
function writeDbf(rows: readonly ShapeRow[]): Buffer {
  const names = Object.keys(rows[0]!.cells);
  const head = Buffer.alloc(33 + 32 * names.length);
  head[0] = 3;
  head.writeUInt32LE(rows.length, 4);
  head.writeUInt16LE(head.length, 8);
  head.writeUInt16LE(1 + WIDTH * names.length, 10);
  names.forEach((name, at) => {
    head.write(name, 32 + 32 * at, "latin1");
    head.write("C", 43 + 32 * at);
    head[48 + 32 * at] = WIDTH;
  });
  head[head.length - 1] = 13;
  const cell = (text: string) => {
    const written = Buffer.alloc(WIDTH, " ");
    written.write(text, "utf8");
    return written;
  };
  const records = rows.map(({ cells }) =>
    Buffer.concat([Buffer.from(" "), ...names.map((name) => cell(cells[name]!))]),
  );
  return Buffer.concat([head, ...records, Buffer.from([26])]);
}

/** The layer's files by their endings, for a test that leaves one out. */
export function layerOf(rows: readonly ShapeRow[], projection: string): Record<"shp" | "dbf" | "prj" | "cpg", Buffer> {
  return { shp: writeShp(rows), dbf: writeDbf(rows), prj: Buffer.from(projection), cpg: Buffer.from("UTF-8") };
}

/** Files packed under one name. */
export function pack(name: string, parts: Readonly<Partial<Record<string, Buffer>>>): Buffer {
  const files = Object.entries(parts).map(([ending, bytes]) => [`${name}.${ending}`, new Uint8Array(bytes!)]);
  return Buffer.from(zipSync(Object.fromEntries(files) as Record<string, Uint8Array>));
}
