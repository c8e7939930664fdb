-- Who has an alert open, so that authors see each other. Not a record of anything: rows are renewed and go within the hour.
create table "AlertPresence" (
  "alertId" text not null references "Alert" (id) on delete restrict on update cascade,
  "tabId" text not null,
  "personId" text not null references "Person" (id) on delete restrict on update cascade,
  "seenAt" timestamptz(3) not null,
  primary key ("alertId", "tabId")
);
create index "AlertPresence_personId_idx" on "AlertPresence" ("personId");
