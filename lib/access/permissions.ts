/** Who may do what. One string per act, one table from roles to acts. */

export const ROLES = ["drafter", "approver", "steward", "administrator", "auditor"] as const;
export type Role = (typeof ROLES)[number];

/** Roles that reach the public or other people's access: two administrators grant them, and they take a second factor. */
export const SENSITIVE_ROLES = ["approver", "administrator"] as const satisfies readonly Role[];
export type SensitiveRole = (typeof SENSITIVE_ROLES)[number];

export function isSensitive(role: string): role is SensitiveRole {
  return (SENSITIVE_ROLES as readonly string[]).includes(role);
}

export const PERMISSIONS = [
  "incident:read",
  "incident:declare",
  "exercise:plan",
  "alert:read",
  "alert:draft",
  "alert:approve",
  "message:export",
  "directory:read",
  "directory:verify",
  "directory:report",
  "directory:edit",
  "place:import",
  "template:read",
  "template:edit",
  "template:approve",
  "log:read",
  "people:manage",
  "language:manage",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const READ: readonly Permission[] = ["incident:read", "alert:read", "directory:read", "template:read"];

export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  drafter: [
    ...READ,
    "incident:declare",
    "exercise:plan",
    "alert:draft",
    "template:edit",
    "directory:verify",
    "directory:report",
    "message:export",
  ],
  approver: [...READ, "alert:approve", "template:approve", "directory:report", "message:export"],
  steward: [
    "incident:read",
    "directory:read",
    "directory:verify",
    "directory:report",
    "directory:edit",
    "template:read",
  ],
  administrator: [
    ...READ,
    "exercise:plan",
    "template:edit",
    "directory:report",
    "directory:edit",
    "place:import",
    "people:manage",
    "language:manage",
    "log:read",
  ],
  auditor: [...READ, "log:read", "message:export"],
};

/** Roles whose reach includes the agencies below their own. */
const REACHES_BELOW: readonly Role[] = ["approver", "administrator", "auditor"];

export interface AgencyNode {
  id: string;
  parentId: string | null;
}

/** The agencies in which each permission holds, from memberships and the tree of agencies. */
export function scopesOf(
  memberships: readonly { agencyId: string; role: string }[],
  agencies: readonly AgencyNode[],
): Map<Permission, Set<string>> {
  const scopes = new Map<Permission, Set<string>>();
  for (const { agencyId, role } of memberships) {
    const permissions = Object.hasOwn(ROLE_PERMISSIONS, role) ? ROLE_PERMISSIONS[role as Role] : [];
    const reach = REACHES_BELOW.includes(role as Role) ? [agencyId, ...descendants(agencyId, agencies)] : [agencyId];
    for (const permission of permissions) {
      const set = scopes.get(permission) ?? new Set();
      for (const id of reach) set.add(id);
      scopes.set(permission, set);
    }
  }
  return scopes;
}

function descendants(id: string, agencies: readonly AgencyNode[]): string[] {
  const children = agencies.filter((agency) => agency.parentId === id).map((agency) => agency.id);
  return children.flatMap((child) => [child, ...descendants(child, agencies)]);
}
