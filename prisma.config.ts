import { defineConfig } from "prisma/config";

// Only `prisma generate` runs through this file; migrations are applied by
// lib/platform/migrations.ts with the WebAssembly engine.
export default defineConfig({ schema: "prisma/schema.prisma" });
