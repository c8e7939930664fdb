import { BODY_LIMITS } from "../../platform/request-guard";
import { checkCommand, checkSettings } from "./deployment";

/**
 * Whether the examples for one machine (docs/one-machine) can be right: that the
 * service runs a file of ours with few rights, that every setting is one that is
 * read, and that a proxy sends each name to the port where it is answered.
 */

/** Settings of a file of the environment, those that are commented out too. */
export function parseSettings(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(/^#?([A-Z][A-Z0-9_]+)=(.*)$/gm)].map(([, name = "", value = ""]) => [name, value]));
}

/** Problems of the settings; none where all is well. */
export function checkEnvironment(text: string): string[] {
  const settings = parseSettings(text);
  const loose = text.split("\n").filter((line) => line !== "" && !/^#|^[A-Z][A-Z0-9_]*=\S/.test(line));
  return [
    ...loose.map((line) => `“${line}” is no setting`),
    ...checkSettings([...settings.keys()]),
    ...(settings.get("CALLBOX_TRUSTED_PROXIES") ? [] : ["no proxy is trusted, so every visitor seems to be the proxy"]),
  ];
}

/** What holds the service in: without one of these it could touch more than its data. */
const HELD_IN = [
  "ProtectSystem=strict",
  "ProtectHome=yes",
  "PrivateTmp=yes",
  "NoNewPrivileges=yes",
  "CapabilityBoundingSet=",
  "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6",
  "SystemCallFilter=@system-service",
];

/** Problems of the unit; none where all is well. systemd's own check reads it beside this one. */
export function checkUnit(text: string, environment: ReadonlyMap<string, string>): string[] {
  const lines = text.split("\n");
  const valueOf = (key: string) => lines.find((line) => line.startsWith(`${key}=`))?.slice(key.length + 1);
  const odd = lines.filter((line) => line !== "" && !/^#|^\[(Unit|Service|Install)\]$|^[A-Z]\w+=/.test(line));
  const state = `/var/lib/${valueOf("StateDirectory") ?? ""}`;
  return [
    ...odd.map((line) => `“${line}” is nothing that systemd reads`),
    ...checkCommand([valueOf("ExecStart") ?? ""]),
    ...HELD_IN.filter((one) => !lines.includes(one)).map((one) => `${one} is missing`),
    ...(/^(?:root|0)?$/.test(valueOf("User") ?? "") ? ["it runs as root"] : []),
    ...(valueOf("EnvironmentFile") === "/etc/callbox.env" ? [] : ["it does not read /etc/callbox.env"]),
    ...(environment.get("CALLBOX_DATA") === state ? [] : [`CALLBOX_DATA is not ${state}, which it may write`]),
    ...(lines.includes("Restart=always") ? [] : ["it is not started again when it ends"]),
    ...(lines.includes("MemoryDenyWriteExecute=yes") ? ["Node could not compile"] : []),
  ];
}

/** Names and ports that a proxy has to lead to, from the settings. */
function targets(environment: ReadonlyMap<string, string>): { host: string; port: string }[] {
  return [
    ["NEXTAUTH_URL", "PORT"],
    ["CALLBOX_PUBLIC_URL", "CALLBOX_PUBLIC_PORT"],
  ].map(([url = "", port = ""]) => ({
    host: new URL(environment.get(url) ?? "http://unset").host,
    port: environment.get(port) ?? "",
  }));
}

const MB = 1024 * 1024;
/** The most that any path takes, and what is taken elsewhere, in megabytes. */
const [LARGEST, USUAL] = [
  BODY_LIMITS.find(({ path }) => path.test("/api/directory/imports/x"))?.bytes ?? 0,
  BODY_LIMITS.find(({ path }) => path.test("/check"))?.bytes ?? 0,
].map((bytes) => bytes / MB);

/** The blocks of a file with braces, by what stands before each; null where braces do not match. */
function blocks(text: string): { head: string; body: string }[] | null {
  const plain = text.replace(/(^|\s)#.*$/gm, "");
  const found: { head: string; body: string }[] = [];
  const open: { head: string; from: number }[] = [];
  let from = 0;
  // A brace inside a word is a placeholder, not a block.
  for (const { 0: sign, index } of plain.matchAll(/(?<=\s)\{(?=\s)|(?<=\s)\}|[;\n]/g)) {
    if (sign === "{") open.push({ head: plain.slice(from, index).trim(), from: index + 1 });
    else if (sign === "}") {
      const last = open.pop();
      if (!last) return null;
      found.push({ head: last.head, body: plain.slice(last.from, index) });
    }
    from = index + 1;
  }
  return open.length === 0 ? found : null;
}

const HEADERS = ["Host $host", "X-Forwarded-For $remote_addr", "X-Forwarded-Host $host", "X-Forwarded-Proto $scheme"];

/** Problems of the file of nginx; none where all is well. */
export function checkNginx(text: string, environment: ReadonlyMap<string, string>): string[] {
  const found = blocks(text);
  if (!found) return ["its braces do not match"];
  const problems = HEADERS.filter((one) => !text.includes(`proxy_set_header ${one};`)).map((one) => `no header ${one}`);
  const upstream = (body: string) => {
    const name = /proxy_pass http:\/\/(\w+);/.exec(body)?.[1] ?? "";
    return /server 127\.0\.0\.1:(\d+);/.exec(found.find(({ head }) => head === `upstream ${name}`)?.body ?? "")?.[1];
  };
  const servers = found.filter(({ head, body }) => head === "server" && / ssl/.test(body)).map(({ body }) => body);
  for (const { host, port } of targets(environment)) {
    const own = servers.find((body) => body.includes(`server_name ${host};`));
    if (!own) problems.push(`nobody answers for ${host}`);
    else if (upstream(own) !== port) problems.push(`${host} leads to ${upstream(own) ?? "nothing"}, not to ${port}`);
  }
  const plain = found.find(({ head, body }) => head === "server" && / 80;/.test(body))?.body ?? "";
  if (!/location ~ \^\/api\/\|[^{]*\{[^}]*return 403/.test(plain)) problems.push("programs are led to HTTPS unasked");
  if (!/location = \/api\/metrics \{\s*return 404;/.test(text)) problems.push("anybody reads the metrics");
  for (const size of [LARGEST, USUAL])
    if (!text.includes(`client_max_body_size ${size}m;`)) problems.push(`nothing takes ${size} MB`);
  return problems;
}

/** Problems of the Caddyfile; none where all is well. */
export function checkCaddy(text: string, environment: ReadonlyMap<string, string>): string[] {
  const found = blocks(text);
  if (!found) return ["its braces do not match"];
  const problems: string[] = [];
  for (const { host, port } of targets(environment)) {
    const own = found.find(({ head }) => head === host);
    const to = /reverse_proxy 127\.0\.0\.1:(\d+)/.exec(own?.body ?? "")?.[1];
    if (!own) problems.push(`nobody answers for ${host}`);
    else if (to !== port) problems.push(`${host} leads to ${to ?? "nothing"}, not to ${port}`);
  }
  // Caddy redirects before it responds, whatever stands first: only blocks of their own keep them apart.
  const plain = found.find(({ head }) => head.startsWith("http://"))?.body ?? "";
  if (
    !/@programs path \/api\/\* .*\n\s*handle @programs \{\s*respond .* 403\s*\}\s*handle \{\s*redir https:/.test(plain)
  )
    problems.push("programs are led to HTTPS unasked");
  if (!/@metrics path \/api\/metrics\n\s*respond @metrics 404/.test(text)) problems.push("anybody reads the metrics");
  if (!text.includes(`max_size ${LARGEST}MB`)) problems.push(`nothing takes ${LARGEST} MB`);
  return problems;
}
