import Link from "next/link";
import { notFound } from "next/navigation";
import { ProviderActs } from "../../../../components/single-sign-on/provider-acts";
import { ProviderForm } from "../../../../components/single-sign-on/provider-form";
import { CopyButton } from "../../../../components/ui/copy-button";
import { formatMoment } from "../../../../components/ui/time";
import { requireActor } from "../../../../lib/access/session";
import { listOtherTopAdministrators } from "../../../../lib/people/grants/data";
import { listAgencyCodes, listProviders } from "../../../../lib/people/single-sign-on/data";
import { getSite } from "../../../../lib/platform/site/data";
import { getProofWays } from "../../../account/proof-ways";
import {
  askProviderAction,
  confirmProviderAction,
  endProviderAskAction,
  removeProviderAction,
  saveProviderAction,
  tryProviderAction,
  turnProviderOffAction,
} from "../actions";

export const metadata = { title: "Single sign-on" };

export default async function ProviderPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor("people:manage");
  const { id } = await params;
  const provider = (await listProviders(actor))?.find((one) => one.id === id);
  if (!provider) notFound();
  const [site, ways] = await Promise.all([getSite(), getProofWays(actor, Date.now())]);
  const { asked, confirmed, certificate } = provider;
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/admin">People</Link> / <Link href="/admin/single-sign-on">Single sign-on</Link>
      </p>
      <h1>{provider.name}</h1>
      <ProviderActs
        key={asked?.at ?? 0}
        provider={provider}
        when={asked ? formatMoment(asked.at, site.timeZone) : ""}
        others={await listOtherTopAdministrators(actor)}
        ways={ways}
        ask={askProviderAction}
        confirm={confirmProviderAction}
        end={endProviderAskAction}
        turnOff={turnProviderOffAction}
        remove={removeProviderAction}
      />
      {confirmed && (
        <p className="hint">
          {confirmed.asker} asked for it to be turned on. {confirmed.by} confirmed,{" "}
          {formatMoment(confirmed.at, site.timeZone)}.
        </p>
      )}
      {certificate && (
        <>
          <div className="rule">
            <h2>Certificate of the console’s key</h2>
            <CopyButton text={certificate} what="the certificate" from="certificate" />
          </div>
          <p>Register it at the provider. The private key stays here, encrypted.</p>
          <pre className="mono" id="certificate" data-verbatim>
            {certificate}
          </pre>
        </>
      )}
      <div className="rule">
        <h2>Settings</h2>
      </div>
      <ProviderForm
        provider={provider}
        redirect={provider.redirect}
        agencies={await listAgencyCodes()}
        ways={ways}
        save={saveProviderAction}
        tryIt={tryProviderAction}
      />
    </div>
  );
}
