/** A file of many different numbers for the demonstration's places: a hundred for each place and service. */
export function manyRows(placeIds: readonly string[], count: number): string {
  const services = ["police", "fire", "ambulance"];
  const lines = ["geoid,service,number,desk,lines"];
  for (let index = 0; index < count; index += 1) {
    const place = placeIds[index % placeIds.length]!;
    const number = Math.floor(index / placeIds.length);
    const service = services[Math.floor(number / 100) % services.length]!;
    lines.push(`${place},${service},413-555-01${String(number % 100).padStart(2, "0")},Desk ${index},2`);
  }
  return lines.join("\r\n");
}
