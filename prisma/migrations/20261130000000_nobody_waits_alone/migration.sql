-- Whom an agency calls on when its approvers do not answer, and who was told of what waits.
alter table "Agency" add column "escalationMinutes" integer not null default 5;
create table "AgencyAlternate" (
  "agencyId" text not null references "Agency" (id) on delete restrict on update cascade,
  "personId" text not null references "Person" (id) on delete restrict on update cascade,
  position integer not null,
  primary key ("agencyId", "personId")
);
create table "Notice" (
  id text primary key,
  "alertId" text not null references "Alert" (id) on delete restrict on update cascade,
  "personId" text not null references "Person" (id) on delete restrict on update cascade,
  kind text not null,
  "contentHash" text not null,
  at timestamptz(3) not null,
  state text not null,
  attempts integer not null default 0,
  "sentAt" timestamptz(3),
  problem text,
  constraint a_notice_is_of_a_known_kind check (kind in ('approval', 'escalation', 'emergency', 'released')),
  constraint a_notice_has_a_known_state check (state in ('console', 'waiting', 'sent', 'failed', 'dropped')),
  constraint a_sent_notice_says_when check ((state = 'sent') = ("sentAt" is not null))
);
create unique index "Notice_alertId_personId_kind_contentHash_key" on "Notice" ("alertId", "personId", kind, "contentHash");
create index "Notice_personId_idx" on "Notice" ("personId");
