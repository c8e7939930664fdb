import fs from "node:fs";
import path from "node:path";
import { DEMONSTRATION_PASSWORD } from "../../prisma/seed/demonstration";
import type { Result } from "../platform/result";

/** Someone who speaks with a built console over HTTP, as a browser does, but without one. */
export class ConsoleClient {
  constructor(
    private readonly url: string,
    /** Cookies by their names. */
    readonly cookies = new Map<string, string>(),
  ) {}

  /** The same browser at another console of the site. */
  at(url: string): ConsoleClient {
    return new ConsoleClient(url, this.cookies);
  }

  private async fetch(page: string, options: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(`${this.url}${page}`, {
      ...options,
      headers: { ...(options.headers as Record<string, string>), cookie, origin: this.url },
      redirect: "manual",
    });
    for (const one of answer.headers.getSetCookie()) {
      const [name = "", ...value] = one.split(";")[0]!.split("=");
      this.cookies.set(name, value.join("="));
    }
    return answer;
  }

  /** @returns whether the console took the password */
  async signIn(email: string, password = DEMONSTRATION_PASSWORD): Promise<boolean> {
    const { csrfToken } = (await (await this.fetch("/api/auth/csrf")).json()) as { csrfToken: string };
    const body = new URLSearchParams({ csrfToken, email, password, json: "true" });
    const answer = await this.fetch("/api/auth/callback/credentials", { method: "POST", body });
    await answer.text();
    return answer.status === 200;
  }

  async signOut(): Promise<void> {
    const { csrfToken } = (await (await this.fetch("/api/auth/csrf")).json()) as { csrfToken: string };
    const body = new URLSearchParams({ csrfToken, json: "true" });
    await (await this.fetch("/api/auth/signout", { method: "POST", body })).text();
  }

  async get(page: string): Promise<{ status: number; text: string }> {
    const answer = await this.fetch(page);
    return { status: answer.status, text: await answer.text() };
  }

  /** Runs a server action by the name it is exported under, from a page that uses it. */
  async act<Value>(page: string, action: string, input: unknown): Promise<Result<Value>> {
    const answer = await this.fetch(page, {
      method: "POST",
      headers: { "Next-Action": idOf(action), "Content-Type": "text/plain;charset=UTF-8", Accept: "text/x-component" },
      body: JSON.stringify([input]),
    });
    const text = await answer.text();
    // The answer is lines of "row:json"; the row that the first one names is what the action returned.
    const rows = new Map(
      text.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]),
    );
    const first = JSON.parse(rows.get("0") ?? "null") as { a?: string } | null;
    const value = rows.get(first?.a?.replace("$@", "") ?? "");
    if (value === undefined) throw new Error(`${action} answered ${answer.status}: ${text.slice(0, 500)}`);
    return JSON.parse(value) as Result<Value>;
  }
}

/** What the build calls an action. */
function idOf(action: string): string {
  const file = path.join(".next", "server", "server-reference-manifest.json");
  const { node } = JSON.parse(fs.readFileSync(file, "utf8")) as { node: Record<string, { exportedName: string }> };
  const found = Object.entries(node).find(([, { exportedName }]) => exportedName === action);
  if (!found) throw new Error(`The build has no action ${action}.`);
  return found[0];
}
