/**
 * A mutating request must come from our own pages: its Origin must be the
 * address that this console is configured for, scheme and port included. What
 * the request itself says of its host is not asked. A missing Origin and the
 * string "null" are refused like a foreign one.
 * @param configured the address people open, NEXTAUTH_URL
 */
export function isSameOrigin(headers: Pick<Headers, "get">, configured: string): boolean {
  return headers.get("origin") === new URL(configured).origin;
}
