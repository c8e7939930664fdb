import type { Role } from "../../access/permissions";
import type { RequestKind } from "./schema";

/** What a change of access means, in words for the two people who make it. */

export const ROLE_MEANS: Readonly<Record<Role, string>> = {
  drafter: "declares outages and drafts alerts",
  approver: "decides what the public is told: approves and publishes alerts, in this agency and those below it",
  steward: "keeps direct numbers and records test calls",
  administrator: "decides who has access: people, roles, agencies and channels, in this agency and those below it",
  auditor: "reads the activity log and changes nothing",
};

interface Asked {
  kind: RequestKind;
  /** Name of the person; empty for a rule. */
  person: string;
  agency: string;
  role: Role | null;
}

/** What is asked for, as a heading: "Make Ana Ruiz an approver of the State 911 Department". */
export function formatRequest({ kind, person, agency, role }: Asked): string {
  switch (kind) {
    case "role":
      return `Make ${person} an ${role} of ${agency}`;
    case "restore":
      return `Let ${person} of ${agency} in again, with the roles the account has`;
    case "factor-reset":
      return `Remove the second factor of ${person} of ${agency}`;
    case "link":
      return `Make a new one-time link for ${person} of ${agency}`;
    case "emergency-release":
      return `Allow one person to release an alert of ${agency} in an emergency`;
  }
}

/** What comes of it, in one sentence. */
export function formatConsequence({ kind, person, role }: Asked): string {
  switch (kind) {
    case "role":
      return `From then on ${person} ${ROLE_MEANS[role ?? "auditor"]}.`;
    case "restore":
      return `From then on ${person} can sign in again with the password and second factor as they were.`;
    case "factor-reset":
      return `Authenticator app, passkeys and recovery codes of ${person} end, and so does every session. At the next sign-in a new second factor is set up after the password.`;
    case "link":
      return `Whoever confirms is shown the link and hands it to ${person}, who sets a new password with it. So could anyone else who has it. Earlier links end.`;
    case "emergency-release":
      return "From then on one person can publish alone after some minutes of waiting, with two confirmations two minutes apart, and everyone is told.";
  }
}

/** What is said where someone confirms a channel or a provider that was asked for too long ago. */
export const REQUEST_ENDED =
  "This was asked for more than seven days ago. Turn the request down, and have it asked for again. Nothing was changed.";
