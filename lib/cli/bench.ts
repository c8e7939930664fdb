export async function bench(_: { json: boolean }): Promise<number> {
  return 0;
}
