import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { createPublicRoute } from "../../../../lib/access/create-route";
import { authOptions, backToSignIn } from "../../../../lib/people/options";

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

const handle = async (request: Request, context: Context): Promise<Response> => {
  const [action, providerId] = (await context.params).nextauth;
  const options = await authOptions({ action, providerId });
  // One that was turned off while someone was on the way there or back: next-auth would answer with a line of its own.
  if (providerId?.startsWith("sso-") && !options.providers.some(({ id }) => id === providerId)) {
    const left = action === "signin" ? new URLSearchParams(await request.text()).get("callbackUrl") : null;
    const url = await backToSignIn("provider-off", left ?? undefined);
    return action === "callback"
      ? new Response(null, { status: 302, headers: { Location: url } })
      : Response.json({ url });
  }
  return NextAuth(request as NextRequest, context as never, options) as Promise<Response>;
};

export const GET = createPublicRoute({ permission: "public", handle });
export const POST = createPublicRoute({ permission: "public", handle });
