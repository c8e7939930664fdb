import { servePublicSite } from "../delivery/public-server/serve";
import { launcherEnv, publicFolder } from "../platform/env";

/** The process that serves the public site. It needs a folder to read and a port, and nothing else of Callbox. */

async function serve(): Promise<void> {
  const { host, port } = launcherEnv();
  const { close } = await servePublicSite(publicFolder(), { host: host ?? "127.0.0.1", port: Number(port) });
  process.send?.("ready");
  const end = () => void close().then(() => process.exit(0));
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, end);
  process.on("disconnect", end);
}

serve().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : "The public site could not be served."}\n`);
  process.exit(1);
});
