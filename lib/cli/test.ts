export async function test(_: { nightly: boolean }): Promise<number> {
  return 0;
}
