import path from "node:path";
import type { NextConfig } from "next";

/** Headers that are the same on every answer; the Content-Security-Policy, with its nonce, is in proxy.ts. */
const HEADERS = {
  "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

const config: NextConfig = {
  poweredByHeader: false,
  // `npm test` checks types, every file's at once; a start need not wait for the same again.
  typescript: { ignoreBuildErrors: true },
  reactStrictMode: true,
  serverExternalPackages: [
    "@aws-sdk/client-s3",
    "@node-rs/argon2",
    "libxml2-wasm",
    "nodemailer",
    "pdfkit",
    "pg",
    "pino",
    "prom-client",
  ],
  // A message may carry sound: as large as the reader takes (XML-002), and the form around it. How much each
  // path takes, and from whom, is decided before, in lib/platform/request-guard.ts.
  experimental: { serverActions: { bodySizeLimit: "6mb" }, proxyClientMaxBodySize: "7mb" },
  sassOptions: { loadPaths: [path.join(import.meta.dirname, "node_modules/@uswds/uswds/packages")], quietDeps: true },
  headers: async () => [
    { source: "/:path*", headers: Object.entries(HEADERS).map(([key, value]) => ({ key, value })) },
  ],
};

export default config;
