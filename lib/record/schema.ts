import { z } from "zod";

/** Every kind of event, with the words people filter by. */
export const AUDIT_ACTIONS = {
  "site.created": "Site created",
  "record.baseline": "Record sealed",
  "template.shipped": "Template shipped with Callbox",
  "sign-in.accepted": "Signed in",
  "sign-in.refused": "Sign-in refused",
  "sign-out": "Signed out",
  "person.invited": "Person invited",
  "person.password-set": "Password set",
  "person.disabled": "Person disabled",
  "person.enabled": "Person enabled",
  "person.signed-out-everywhere": "Signed out everywhere",
  "role.granted": "Role granted",
  "role.withdrawn": "Role withdrawn",
  "incident.declared": "Incident declared",
  "incident.changed": "Incident changed",
  "incident.places": "Places of an incident changed",
  "incident.restored": "911 works again",
  "incident.noted": "Fact, notice or finding noted",
  "incident.closed": "Incident closed",
  "number.test-call": "Test call",
  "number.status": "Number reported",
  "number.added": "Number added",
  "number.changed": "Number changed",
  "number.retired": "Number retired",
  "number.conflict-settled": "Conflict settled",
  "help-option.added": "Other way to get help added",
  "help-option.changed": "Other way to get help changed",
  "help-option.retired": "Other way to get help retired",
  "directory.imported": "Numbers imported",
  "place.imported": "Places imported",
  "place.retired": "Place retired",
  "place.area-added": "Area made",
  "place.area-changed": "Area changed",
  "agency.added": "Agency made",
  "agency.changed": "Agency changed",
  "agency.verification-days": "How long a test call counts changed",
  "agency.numbers-count": "Rule for approvers changed",
  "agency.others-verify": "Rule for test calls changed",
  "agency.clocks": "Limits of clocks changed",
  "agency.emergency": "Rule for emergencies changed",
  "agency.alternates": "Alternates changed",
  "alert.prepared": "Alert prepared",
  "alert.saved": "Draft changed",
  "alert.review-voided": "Review voided by an edit",
  "alert.submitted": "Sent for approval",
  "alert.withdrawn": "Taken back from the approver",
  "alert.split": "Draft split",
  "alert.returned": "Returned",
  "alert.rejected": "Rejected",
  "alert.discarded": "Discarded",
  "alert.approved": "Approved",
  "alert.approval-refused": "Refused to approve",
  "alert.commented": "Comment on an alert",
  "alert.emergency-asked": "Emergency release asked for",
  "alert.escalated": "Alternates called on",
  "alert.published": "Published",
  "alert.canceled": "Canceled",
  "message.exported": "CAP exported",
} as const;

export type AuditAction = keyof typeof AUDIT_ACTIONS;

/** What earlier versions called some of them; their entries keep the name they were hashed with. */
export const EARLIER_NAMES: Partial<Record<AuditAction, string>> = {
  "help-option.added": "route.added",
  "help-option.changed": "route.changed",
  "help-option.retired": "route.retired",
  "place.imported": "region.imported",
  "place.area-added": "region.area-added",
  "place.area-changed": "region.area-changed",
  "alert.canceled": "alert.cancelled",
};

/** One entry as it is hashed. */
export const auditEntrySchema = z.object({
  seq: z.number().int().positive(),
  /** ISO 8601 with milliseconds, UTC. */
  at: z.string(),
  actorId: z.string().nullable(),
  actor: z.string(),
  agencyId: z.string().nullable(),
  action: z.string(),
  subjectType: z.string(),
  subjectId: z.string(),
  incidentId: z.string().nullable(),
  summary: z.string(),
  data: z.unknown(),
  prevHash: z.string(),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const logFilterSchema = z.object({
  find: z.string().trim().max(100).default(""),
  incident: z.string().max(60).default(""),
  action: z.string().max(40).default(""),
  from: z.string().max(30).default(""),
  to: z.string().max(30).default(""),
  before: z.coerce.number().int().positive().optional(),
});
export type LogFilter = z.infer<typeof logFilterSchema>;
