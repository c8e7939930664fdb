-- Drafts that are written while 911 works, checked every night, and never sent: an incident's draft can begin from one.

CREATE TABLE "ReadyDraft" (
    "id" TEXT NOT NULL,
    "agencyId" TEXT NOT NULL,
    "templateId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "failure" TEXT NOT NULL,
    "textTo911" TEXT NOT NULL,
    "placeIds" TEXT[] NOT NULL,
    "whole" BOOLEAN NOT NULL,
    "content" JSONB NOT NULL,
    "numbers" JSONB NOT NULL,
    "createdById" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "checkedAt" TIMESTAMPTZ(3) NOT NULL,
    "problems" JSONB NOT NULL,
    "retiredAt" TIMESTAMPTZ(3),
    "retiredBy" TEXT,

    CONSTRAINT "ReadyDraft_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "ReadyDraft_agencyId_idx" ON "ReadyDraft"("agencyId");
ALTER TABLE "ReadyDraft" ADD CONSTRAINT "ReadyDraft_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "Agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ReadyDraft" ADD CONSTRAINT "ReadyDraft_templateId_fkey" FOREIGN KEY ("templateId") REFERENCES "Template"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table "ReadyDraft"
  add constraint a_ready_draft_has_places check (cardinality("placeIds") > 0),
  add constraint a_ready_draft_lists_its_problems check (jsonb_typeof(problems) = 'array'),
  add constraint a_retired_ready_draft_names_who check (("retiredAt" is null) = ("retiredBy" is null));
