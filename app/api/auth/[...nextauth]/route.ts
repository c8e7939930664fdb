import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { createPublicRoute } from "../../../../lib/access/create-route";
import { authOptions } from "../../../../lib/people/options";

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

const handle = (request: Request, context: Context): Promise<Response> =>
  NextAuth(request as NextRequest, context as never, authOptions()) as Promise<Response>;

export const GET = createPublicRoute({ permission: "public", handle });
export const POST = createPublicRoute({ permission: "public", handle });
