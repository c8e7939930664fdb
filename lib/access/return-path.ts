/**
 * Where a sign-in leads back to: a path of this console, with its field. Anything
 * else, such as another host written in one of the ways browsers read one, is Home.
 */
export function readReturnPath(to: unknown): string {
  if (typeof to !== "string" || to.length > 500 || !/^\/(?![/\\])[^\\\s]*$/.test(to)) return "/";
  const url = new URL(to, "http://console.invalid");
  if (url.host !== "console.invalid" || url.pathname.startsWith("/sign-in")) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}
