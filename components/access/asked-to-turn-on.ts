/** What waits for a second administrator beside changes of access: channels to go live, providers to be turned on. */

export interface AskedToTurnOn {
  href: string;
  title: string;
  says: string;
  isMine: boolean;
  act: string;
}

interface Asked {
  id: string;
  name: string;
  askedBy: string;
  isMine: boolean;
}

/** Both kinds as Home and the page of requests show them. */
export function describeAsked(
  channels: readonly (Asked & { agency: string })[],
  providers: readonly Asked[],
): AskedToTurnOn[] {
  return [
    ...channels.map(({ id, name, agency, askedBy, isMine }) => ({
      href: `/admin/channels/${id}`,
      title: `The channel “${name}” waits for a second administrator`,
      says: `${askedBy} asked for it to go live for ${agency}. Read where it leads, then confirm or turn it down.`,
      isMine,
      act: "Open the channel",
    })),
    ...providers.map(({ id, name, askedBy, isMine }) => ({
      href: `/admin/single-sign-on/${id}`,
      title: `Single sign-on with “${name}” waits for a second administrator`,
      says: `${askedBy} asked for it to be turned on. Read its settings, then confirm or turn it down.`,
      isMine,
      act: "Open the provider",
    })),
  ];
}
