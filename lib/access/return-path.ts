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

/**
 * Where someone wanted to go who comes back from a provider without being signed in.
 * @param left the address of the sign-in page the person left from, as next-auth keeps it, with that field in it
 */
export function readWantedPath(left: unknown): string {
  const base = "http://console.invalid";
  if (typeof left !== "string" || !URL.canParse(left, base)) return "/";
  const url = new URL(left, base);
  return url.pathname === "/sign-in" ? readReturnPath(url.searchParams.get("to")) : "/";
}
