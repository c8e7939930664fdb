import Link from "next/link";
import { notFound } from "next/navigation";
import { ProviderForm } from "../../../../components/single-sign-on/provider-form";
import { requireActor } from "../../../../lib/access/session";
import { listAgencyCodes, listProviders, nextRedirectAddress } from "../../../../lib/people/single-sign-on/data";
import { getProofWays } from "../../../account/proof-ways";
import { saveProviderAction, tryProviderAction } from "../actions";

export const metadata = { title: "Set up single sign-on" };

export default async function NewProviderPage() {
  const actor = await requireActor("people:manage");
  if ((await listProviders(actor)) === null) notFound();
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/admin">People</Link> / <Link href="/admin/single-sign-on">Single sign-on</Link>
      </p>
      <h1>Set up single sign-on</h1>
      <p>It begins turned off. One administrator asks for it to be turned on, another one confirms.</p>
      <ProviderForm
        redirect={await nextRedirectAddress()}
        agencies={await listAgencyCodes()}
        ways={await getProofWays(actor, Date.now())}
        save={saveProviderAction}
        tryIt={tryProviderAction}
      />
    </div>
  );
}
