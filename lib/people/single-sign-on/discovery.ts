import net from "node:net";
import { z } from "zod";
import { isLoopback } from "../../platform/loopback";
import { isClosed } from "../../platform/outbound/address";
import type { ClientAuth } from "./schema";

/** What a provider says of itself (OpenID Connect Discovery 1.0), and what of it the console can work with. */

const text = z.string().max(2000);
const texts = z.array(z.string().max(300)).max(500);
const documentSchema = z.object({
  issuer: text,
  authorization_endpoint: text,
  token_endpoint: text,
  jwks_uri: text,
  response_types_supported: texts.optional(),
  code_challenge_methods_supported: texts.optional(),
  id_token_signing_alg_values_supported: texts.optional(),
  token_endpoint_auth_methods_supported: texts.optional(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
});

/** What a sign-in needs to know. */
export interface Discovery {
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  jwksUri: string;
  /** The one algorithm that ID tokens may be signed with. */
  algorithm: string;
  tokenAuth: "client_secret_basic" | "client_secret_post" | "private_key_jwt" | "none";
  /** Whether its answers must name it (RFC 9207). */
  namesItself: boolean;
}

export interface Finding {
  good: boolean;
  says: string;
}

/** Algorithms with a public key, the usual first. “none” and those with a shared secret are not among them. */
const ALGORITHMS = ["RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512"];

/** Where the console may be sent: allowed host names, and this machine in a demonstration. */
export interface Reach {
  allowed: readonly string[];
  demonstration: boolean;
}

/** Names that a connection may be made to although they lead to inner addresses. */
export const namesWithin = ({ allowed, demonstration }: Reach): string[] => [
  ...allowed,
  ...(demonstration ? ["localhost", "127.0.0.1", "::1"] : []),
];

/** What is wrong with an address, or null. Names are looked up, and refused if they lead inside, at each connection. */
export function findWrongAddress(address: string, reach: Reach): string | null {
  if (!URL.canParse(address)) return "is no web address";
  const { protocol, hostname, username } = new URL(address);
  const here = reach.demonstration && isLoopback(address);
  if (protocol !== "https:" && !(protocol === "http:" && here)) return "does not begin with https";
  if (username) return "has a user name in it";
  const host = hostname.replace(/^\[|\]$/g, "");
  if (net.isIP(host) && isClosed(host) && !namesWithin(reach).includes(host)) return "is not on the public internet";
  return null;
}

/** Where the document of an issuer is. */
export const documentAddress = (issuer: string): string =>
  `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;

function tokenAuthOf(clientAuth: ClientAuth, supported: readonly string[]): Discovery["tokenAuth"] | null {
  const wanted =
    clientAuth === "secret"
      ? (["client_secret_basic", "client_secret_post"] as const)
      : clientAuth === "key"
        ? (["private_key_jwt"] as const)
        : (["none"] as const);
  return wanted.find((one) => supported.includes(one)) ?? null;
}

/**
 * Judges what a provider says of itself.
 * @param issuer as the administrator entered it
 * @returns what a sign-in needs, or null; and each finding in words
 */
export function judgeDocument(
  issuer: string,
  document: unknown,
  clientAuth: ClientAuth,
  reach: Reach,
): { found: Discovery | null; findings: Finding[] } {
  const parsed = documentSchema.safeParse(document);
  if (!parsed.success) {
    const fields = [...new Set(parsed.error.issues.map(({ path }) => path.join(".")))].filter(Boolean).join(", ");
    const says = `The discovery document can’t be used: ${fields || "it is no object"} is missing or wrong.`;
    return { found: null, findings: [{ good: false, says }] };
  }
  const said = parsed.data;
  const findings: Finding[] = [];
  const note = (good: boolean, right: string, wrong: string) => {
    findings.push({ good, says: good ? right : wrong });
    return good;
  };
  note(
    said.issuer === issuer,
    "It names the same issuer.",
    `It names the issuer ${said.issuer}. Enter exactly that, unless it has a part in braces: then use the address of your own tenant.`,
  );
  for (const [what, address] of [
    ["sign-in page", said.authorization_endpoint],
    ["token address", said.token_endpoint],
    ["keys", said.jwks_uri],
  ] as const) {
    const wrong = findWrongAddress(address, reach);
    if (wrong) findings.push({ good: false, says: `Its ${what} (${address}) ${wrong}.` });
  }
  note(
    !said.response_types_supported || said.response_types_supported.includes("code"),
    "It signs in with a code (response type “code”).",
    "It does not offer the response type “code”.",
  );
  const challenges = said.code_challenge_methods_supported;
  if (!challenges) {
    findings.push({ good: true, says: "It does not say whether it checks PKCE. Callbox uses it all the same." });
  } else {
    note(challenges.includes("S256"), "It checks PKCE (S256).", "It says that it does not know PKCE with S256.");
  }
  // What a document leaves out is RS256 and client_secret_basic (Discovery 1.0, section 3).
  const offered = said.id_token_signing_alg_values_supported ?? ["RS256"];
  const algorithm = ALGORITHMS.find((one) => offered.includes(one));
  note(
    algorithm !== undefined,
    `Its ID tokens are signed with ${algorithm}.`,
    `It signs ID tokens with ${offered.join(", ") || "nothing"}. Callbox needs a signature with a public key, such as RS256.`,
  );
  const auth = said.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  // Public clients are often not listed (Entra ID), and work.
  const tokenAuth = tokenAuthOf(clientAuth, clientAuth === "none" ? [...auth, "none"] : auth);
  note(
    tokenAuth !== null,
    `The console proves itself by ${tokenAuth}.`,
    `It takes ${auth.join(", ")}, which is not how this client proves itself.`,
  );
  if (!algorithm || !tokenAuth || findings.some(({ good }) => !good)) return { found: null, findings };
  const found: Discovery = {
    issuer: said.issuer,
    authorizationEndpoint: said.authorization_endpoint,
    tokenEndpoint: said.token_endpoint,
    jwksUri: said.jwks_uri,
    algorithm,
    tokenAuth,
    namesItself: said.authorization_response_iss_parameter_supported ?? false,
  };
  return { found, findings };
}

const keysSchema = z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(100) });

/** Judges the keys a provider publishes. */
export function judgeKeys(document: unknown): Finding {
  const parsed = keysSchema.safeParse(document);
  const keys = parsed.success ? parsed.data.keys : [];
  const usable = keys.filter(({ kty, use }) => ["RSA", "EC"].includes(String(kty)) && use !== "enc");
  if (keys.some((key) => "d" in key)) return { good: false, says: "It publishes a private key. Nobody may trust it." };
  return usable.length > 0
    ? {
        good: true,
        says: `It publishes ${usable.length === 1 ? "1 key" : `${usable.length} keys`} to check signatures with.`,
      }
    : { good: false, says: "It publishes no key that a signature could be checked with." };
}
