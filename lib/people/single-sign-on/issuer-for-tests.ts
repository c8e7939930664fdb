import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { type ClientMetadata, type Configuration } from "oidc-provider";

/**
 * Two providers of single sign-on for tests. The first is the library
 * `oidc-provider`, which is certified for OpenID Connect; it can't be made to answer
 * wrongly, so the second is a small issuer with real keys that lies as it is told.
 */

/** Whom the provider signs in, and what it says of them. */
export interface Subject {
  sub: string;
  email?: string;
  groups?: string[];
  acr?: string;
  amr?: string[];
}

export interface RealProvider {
  issuer: string;
  /** Whoever comes next is this one, without being asked. Null: a page asks. */
  next: Subject | null;
  close: () => Promise<void>;
}

/** Starts `oidc-provider` on this machine. PKCE is asked of every client. */
export async function startProvider(clients: ClientMetadata[], port = 0): Promise<RealProvider> {
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const subjects = new Map<string, Subject>();
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const configuration: Configuration = {
    clients,
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "one", use: "sig", alg: "RS256" }] as never },
    cookies: { keys: ["a key for tests"] },
    pkce: { required: () => true },
    // Claims in the ID token itself, as Entra ID and Okta do.
    conformIdTokenClaims: false,
    claims: { openid: ["sub", "email", "groups", "acr", "amr"] },
    acrValues: ["urn:mace:incommon:iap:silver", "phr"],
    features: { devInteractions: { enabled: false } },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 60, IdToken: 300, AuthorizationCode: 60 },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => {
        const { email, groups } = subjects.get(sub) ?? { sub };
        return { sub, ...(email ? { email } : {}), ...(groups ? { groups } : {}) };
      },
    }),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  };
  const provider = new Provider(issuer, configuration);
  const real: RealProvider = {
    issuer,
    next: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const interact = async (request: http.IncomingMessage, response: http.ServerResponse) => {
    const asked = await provider.interactionDetails(request, response);
    const given = new URL(request.url ?? "/", issuer).searchParams;
    const typed = given.get("sub");
    const subject =
      real.next ?? (typed ? { sub: typed, email: `${typed}@callbox.example`, groups: ["duty-officers"] } : null);
    if (given.has("cancel")) {
      await provider.interactionFinished(request, response, { error: "access_denied" });
      return;
    }
    if (!subject) {
      response.setHeader("Content-Type", "text/html; charset=utf-8").end(
        `<!doctype html><html lang="en"><title>Sign in to the State</title><h1>Sign in to the State</h1>
        <form><label>User name <input name="sub"></label> <button>Sign in to the State</button></form>
        <a href="?cancel">Cancel</a></html>`,
      );
      return;
    }
    subjects.set(subject.sub, subject);
    const grant = new provider.Grant({ accountId: subject.sub, clientId: String(asked.params.client_id) });
    grant.addOIDCScope("openid");
    const login = {
      accountId: subject.sub,
      remember: false,
      ...(subject.acr ? { acr: subject.acr } : {}),
      ...(subject.amr ? { amr: subject.amr } : {}),
    };
    await provider.interactionFinished(request, response, { login, consent: { grantId: await grant.save() } });
  };
  const callback = provider.callback();
  server.on("request", (request: http.IncomingMessage, response: http.ServerResponse) => {
    if (!request.url?.startsWith("/interaction/")) {
      void callback(request, response);
      return;
    }
    interact(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  return real;
}

/** What the faulty issuer does wrong in the next ID token; with nothing it does everything right. */
export interface Faults {
  claims?: Record<string, unknown>;
  /** Claims that are left out. */
  without?: string[];
  /** `none`, or an algorithm with a shared secret, keyed with this text. */
  unsigned?: boolean;
  sharedSecret?: string;
  /** Signed with a key that is not among those it publishes. */
  foreignKey?: boolean;
  /** Altered after it was signed. */
  altered?: boolean;
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** An ID token, signed as JWS says (RFC 7515). */
function makeToken(claims: object, key: KeyObject, { unsigned, sharedSecret }: Faults): string {
  const alg = unsigned ? "none" : sharedSecret ? "HS256" : "RS256";
  const head = `${encode({ alg, typ: "JWT", ...(alg === "RS256" ? { kid: "one" } : {}) })}.${encode(claims)}`;
  if (unsigned) return `${head}.`;
  const signature = sharedSecret
    ? createHmac("sha256", sharedSecret).update(head).digest()
    : sign("sha256", Buffer.from(head), key);
  return `${head}.${signature.toString("base64url")}`;
}

export interface FaultyIssuer {
  issuer: string;
  faults: Faults;
  /** What it publishes as its public key, in PEM: a forger could sign with it as a shared secret. */
  publicPem: string;
  /** What its discovery document says besides. */
  says: Record<string, unknown>;
  close: () => Promise<void>;
}

/** Starts an issuer that signs the same person in each time, and lies as it is told. */
export async function startFaultyIssuer(sub: string): Promise<FaultyIssuer> {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const foreign = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const faulty: FaultyIssuer = {
    issuer,
    faults: {},
    says: {},
    publicPem: String(pair.publicKey.export({ format: "pem", type: "spki" })),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const asked = new Map<string, { nonce: string; clientId: string }>();
  const answer = (response: http.ServerResponse, body: object) =>
    response.setHeader("Content-Type", "application/json").end(JSON.stringify(body));
  server.on("request", (request: http.IncomingMessage, response: http.ServerResponse) => {
    const url = new URL(request.url ?? "/", issuer);
    if (url.pathname === "/.well-known/openid-configuration") {
      answer(response, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ["code"],
        id_token_signing_alg_values_supported: ["RS256"],
        ...faulty.says,
      });
      return;
    }
    if (url.pathname === "/keys") {
      answer(response, {
        keys: [{ ...pair.publicKey.export({ format: "jwk" }), kid: "one", use: "sig", alg: "RS256" }],
      });
      return;
    }
    if (url.pathname === "/authorize") {
      const code = encode({ n: asked.size });
      asked.set(code, {
        nonce: url.searchParams.get("nonce") ?? "",
        clientId: url.searchParams.get("client_id") ?? "",
      });
      const back = new URL(url.searchParams.get("redirect_uri") ?? issuer);
      back.search = String(new URLSearchParams({ code, state: url.searchParams.get("state") ?? "" }));
      response.writeHead(302, { Location: back.href }).end();
      return;
    }
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString("utf8")));
    request.on("end", () => {
      const { nonce, clientId } = asked.get(new URLSearchParams(body).get("code") ?? "") ?? { nonce: "", clientId: "" };
      const now = Math.floor(Date.now() / 1000);
      const claims: Record<string, unknown> = {
        iss: issuer,
        sub,
        aud: clientId,
        nonce,
        iat: now,
        exp: now + 300,
        ...faulty.faults.claims,
      };
      for (const name of faulty.faults.without ?? []) Reflect.deleteProperty(claims, name);
      let token = makeToken(claims, faulty.faults.foreignKey ? foreign.privateKey : pair.privateKey, faulty.faults);
      if (faulty.faults.altered) {
        const [head, , signature] = token.split(".");
        token = [head, encode({ ...claims, sub: "someone-else" }), signature].join(".");
      }
      answer(response, { access_token: "opaque", token_type: "Bearer", expires_in: 60, id_token: token });
    });
  });
  return faulty;
}
