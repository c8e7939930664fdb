import type net from "node:net";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { type Discovery } from "./discovery";
import type { ClientAuth, ProviderSecrets, ProviderSettings } from "./schema";

/** A provider that is on, with its secret. */
export interface SignInProvider {
  id: string;
  name: string;
  issuer: string;
  clientId: string;
  clientAuth: ClientAuth;
  settings: ProviderSettings;
  secrets: ProviderSecrets;
}

/** How long one request to a provider may take, in milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * A provider as next-auth takes it: a code with PKCE, state and nonce, one
 * algorithm for the ID token, endpoints that were checked, and connections that
 * lead to the public internet.
 * @param found what it says of itself; null where it could not be read, and then nobody signs in with it
 * @param key the private key as a JWK, for private_key_jwt
 */
export function toNextAuth(
  provider: SignInProvider,
  found: Discovery | null,
  key: Record<string, unknown> | null,
  lookup: net.LookupFunction,
): OAuthConfig<Record<string, unknown>> {
  const { id, name, clientId, settings, secrets } = provider;
  return {
    id,
    name,
    type: "oauth",
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    issuer: provider.issuer,
    clientId,
    ...(secrets.secret && provider.clientAuth === "secret" ? { clientSecret: secrets.secret } : {}),
    authorization: {
      ...(found ? { url: found.authorizationEndpoint } : {}),
      params: {
        scope: [...new Set(["openid", ...settings.scopes])].join(" "),
        ...(settings.acrValues ? { acr_values: settings.acrValues } : {}),
        ...(settings.prompt ? { prompt: settings.prompt } : {}),
      },
    },
    token: {
      ...(found ? { url: found.tokenEndpoint } : {}),
      request: async ({ provider: { callbackUrl }, params, checks, client }) => {
        // next-auth does not hand this on to the library, which would refuse a missing one by itself.
        if (found?.namesItself && params.iss === undefined) throw new TypeError("iss missing from the response");
        const extras = found ? { clientAssertionPayload: { aud: found.tokenEndpoint } } : {};
        return { tokens: await client.callback(callbackUrl, params, checks, extras) };
      },
    },
    ...(found ? { jwks_endpoint: found.jwksUri } : {}),
    client: {
      id_token_signed_response_alg: found?.algorithm ?? "RS256",
      token_endpoint_auth_method: found?.tokenAuth ?? "client_secret_basic",
      ...(found?.tokenAuth === "private_key_jwt" ? { token_endpoint_auth_signing_alg: "RS256" } : {}),
    },
    ...(key ? { jwks: { keys: [key as { kty: string }] } } : {}),
    httpOptions: { lookup, timeout: PATIENCE_MS },
    profile: (claims) => ({ id: String(claims.sub ?? "") }),
  };
}
