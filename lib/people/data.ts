import "server-only";
import { formatPlace } from "../places/county-kinds";
import { db, type Reader } from "../platform/db";
import { type Actor, agenciesFor, can } from "../access/actor";
import { type Permission, scopesOf } from "../access/permissions";
import { loadAllowances } from "../access/allowance/data";
import { ABSOLUTE_MS, IDLE_MS } from "../access/mint";

/** The open sessions of a person's own, the newest first. */
export async function listOwnSessions(actor: Actor, now: Date) {
  const rows = await db().session.findMany({
    where: {
      personId: actor.personId,
      revokedAt: null,
      // Half a session is nobody's yet.
      ...(actor.hasFactor ? { provenAt: { not: null } } : {}),
      lastSeenAt: { gt: new Date(now.getTime() - IDLE_MS) },
      createdAt: { gt: new Date(now.getTime() - ABSOLUTE_MS) },
    },
    orderBy: { lastSeenAt: "desc" },
  });
  return rows.map(({ id, createdAt, lastSeenAt, browser, address }) => ({
    id,
    isThisOne: id === actor.sessionKey,
    createdAt: createdAt.getTime(),
    lastSeenAt: lastSeenAt.getTime(),
    browser,
    address,
  }));
}

export type OwnSession = Awaited<ReturnType<typeof listOwnSessions>>[number];

/** Agencies an administrator may manage, with what can be changed of each. */
export async function listAgencies(actor: Actor) {
  const rows = await db().agency.findMany({
    where: { id: { in: agenciesFor(actor, "people:manage") } },
    include: {
      jurisdiction: { select: { id: true, kind: true, name: true, stateCode: true } },
      _count: { select: { memberships: true } },
    },
    orderBy: [{ parentId: { sort: "asc", nulls: "first" } }, { name: "asc" }],
  });
  const ids = rows.map(({ id }) => id);
  const words = await db().translation.findMany({ where: { subject: "agency", subjectId: { in: ids } } });
  const translated = (id: string, field: string) =>
    Object.fromEntries(
      words.filter((row) => row.subjectId === id && row.field === field).map((row) => [row.language, row.text]),
    );
  const allowances = await loadAllowances(db(), ids);
  // What is allowed to the agency above is what this one can be allowed; the top one decides for itself.
  const above = new Map(
    (
      await loadAllowances(
        db(),
        rows.flatMap(({ parentId }) => (parentId === null ? [] : [parentId])),
      )
    ).map((allowance) => [allowance.agency.id, allowance]),
  );
  return rows.map(({ id, name, shortName, code, sender, web, jurisdiction, _count, ...row }, index) => ({
    allowance: {
      effective: allowances[index]!,
      /** What cannot be allowed here, because it is withheld above. */
      above: row.parentId === null ? null : (above.get(row.parentId) ?? null),
      withheldPurposes: row.withheldPurposes,
      withheldChannels: row.withheldChannels,
      mayWiden: can(actor, "people:manage", row.parentId ?? id),
    },
    id,
    name,
    shortName,
    code,
    sender,
    web: web ?? "",
    names: translated(id, "name"),
    shortNames: translated(id, "shortName"),
    jurisdiction:
      jurisdiction.kind === "state"
        ? `all of ${jurisdiction.name}`
        : `${formatPlace(jurisdiction)}, ${jurisdiction.stateCode}`,
    people: _count.memberships,
  }));
}

export type AgencyDetail = Awaited<ReturnType<typeof listAgencies>>[number];

/** People and agencies an administrator may manage. */
export async function listPeople(actor: Actor) {
  const scope = agenciesFor(actor, "people:manage");
  const [people, agencies] = await Promise.all([
    db().person.findMany({
      // Someone whose last role was withdrawn is still there, at home, to be given another one or disabled.
      where: { OR: [{ memberships: { some: { agencyId: { in: scope } } } }, { homeAgencyId: { in: scope } }] },
      include: {
        homeAgency: { select: { name: true } },
        memberships: { where: { agencyId: { in: scope } }, include: { agency: { select: { id: true, name: true } } } },
        sessions: { where: { revokedAt: null }, orderBy: { lastSeenAt: "desc" }, take: 1 },
      },
      orderBy: { name: "asc" },
    }),
    db().agency.findMany({
      where: { id: { in: scope } },
      select: {
        id: true,
        name: true,
        verificationDays: true,
        numbersCountAsWork: true,
        othersVerify: true,
        everyoneNeedsFactor: true,
        emergencyRelease: true,
        firstAlertMinutes: true,
        idleMinutes: true,
        allClearMinutes: true,
        emergencyMinutes: true,
        escalationMinutes: true,
        alternates: { orderBy: { position: "asc" }, select: { personId: true } },
      },
      orderBy: { name: "asc" },
    }),
  ]);
  const may = await loadWhoMay(db(), "alert:approve");
  return {
    agencies: agencies.map(({ alternates, ...agency }) => ({
      ...agency,
      alternateIds: alternates.map(({ personId }) => personId),
      approvers: may(agency.id).map(({ id, name }) => ({ id, name })),
    })),
    people: people.map((person) => ({
      id: person.id,
      name: person.name,
      email: person.email,
      homeAgencyId: person.homeAgencyId,
      homeAgency: person.homeAgency.name,
      disabled: person.disabledAt !== null,
      hasPassword: person.passwordHash !== null,
      lastSeenAt: person.sessions[0]?.lastSeenAt.getTime() ?? null,
      roles: person.memberships.map(({ agency, role }) => ({ agencyId: agency.id, agency: agency.name, role })),
    })),
  };
}

/** People who may do this in an agency: by a role in it, or by one above it that reaches down. By name. */
export async function loadPeopleWho(client: Reader, permission: Permission, agencyId: string) {
  return (await loadWhoMay(client, permission))(agencyId);
}

/** The same of any agency, read once for all of them. */
async function loadWhoMay(client: Reader, permission: Permission) {
  const agencies = await client.agency.findMany({ select: { id: true, parentId: true } });
  const people = await client.person.findMany({
    where: { disabledAt: null, memberships: { some: {} } },
    select: {
      id: true,
      name: true,
      email: true,
      phone: true,
      memberships: { select: { agencyId: true, role: true } },
    },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  const reached = people.map((person) => ({
    person,
    scope: scopesOf(person.memberships, agencies).get(permission),
  }));
  return (agencyId: string) => reached.flatMap(({ person, scope }) => (scope?.has(agencyId) ? [person] : []));
}
