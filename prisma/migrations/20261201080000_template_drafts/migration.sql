-- Wording is changed by one person and approved by another before any alert is written with it.

CREATE TABLE "TemplateDraft" (
    "id" TEXT NOT NULL,
    "templateKey" TEXT NOT NULL,
    "basedOnId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "contentHash" TEXT,
    "contributors" TEXT[] NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedById" TEXT NOT NULL,
    "updatedBy" TEXT NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "decidedById" TEXT,
    "decidedBy" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "reason" TEXT,

    CONSTRAINT "TemplateDraft_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "TemplateDraft" ADD CONSTRAINT "TemplateDraft_basedOnId_fkey" FOREIGN KEY ("basedOnId") REFERENCES "Template"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Template" ADD COLUMN "draftId" TEXT;
CREATE UNIQUE INDEX "Template_draftId_key" ON "Template"("draftId");
ALTER TABLE "Template" ADD CONSTRAINT "Template_draftId_fkey" FOREIGN KEY ("draftId") REFERENCES "TemplateDraft"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table "TemplateDraft"
  add constraint a_template_draft_state_is_known check (state in ('draft', 'submitted', 'approved', 'discarded')),
  add constraint a_template_draft_has_an_author check (cardinality(contributors) > 0),
  add constraint an_approved_template_has_an_approver check (state <> 'approved' or ("decidedById" is not null and "decidedAt" is not null));

create unique index one_open_draft_of_a_template on "TemplateDraft" ("templateKey") where state in ('draft', 'submitted');

create function a_template_is_approved_by_a_second_person() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    perform refuse('a_template_draft_is_kept', 'A draft of a template is discarded, never deleted.');
  end if;
  if tg_op = 'INSERT' then
    if new.state <> 'draft' then
      perform refuse('a_template_draft_begins_as_one', 'A draft of a template begins as a draft.');
    end if;
    return new;
  end if;
  if old.state in ('approved', 'discarded') then
    perform refuse('a_decided_template_draft_stays', 'A draft that was approved or discarded is never changed.');
  end if;
  if (new.id, new."templateKey", new."basedOnId", new."createdBy", new."createdAt")
     is distinct from (old.id, old."templateKey", old."basedOnId", old."createdBy", old."createdAt") then
    perform refuse('a_template_draft_keeps_its_beginning', 'What a draft began from is written once.');
  end if;
  if not (new.contributors @> old.contributors) then
    perform refuse('an_author_of_a_template_stays_one', 'Whoever worked on a draft stays on its list.');
  end if;
  if (new.body, new.name) is distinct from (old.body, old.name) and
     (new.state <> 'draft' or not new."updatedById" = any(new.contributors)) then
    perform refuse('who_changes_a_template_is_an_author', 'Whoever changes the words of a template is one of its authors.');
  end if;
  if new.state = 'approved' and (old.state <> 'submitted' or new."decidedById" = any(new.contributors)
     or new."contentHash" is distinct from old."contentHash" or new."contentHash" is null) then
    perform refuse('a_template_is_approved_by_a_second_person', 'A template is approved, as it was sent, by a person who did not write it.');
  end if;
  return new;
end $$;
create trigger a_template_is_approved_by_a_second_person before insert or update or delete on "TemplateDraft"
  for each row execute function a_template_is_approved_by_a_second_person();
create trigger drafts_of_templates_are_never_emptied before truncate on "TemplateDraft"
  for each statement execute function what_is_recorded_stays('a_template_draft_is_kept', 'A draft of a template is discarded, never deleted.');

create function a_version_of_a_template_was_approved() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if new."draftId" is null then
    -- What Callbox ships comes as the owner, or as the first version of its key; regulated texts begin no alert.
    -- The console's role adds no other.
    if new.version > 1 and new.key <> 'multilingual' and current_user = 'callbox_app' then
      perform refuse('a_version_of_a_template_was_approved', 'A new version of a template comes from an approved draft.');
    end if;
    return new;
  end if;
  if not exists (select 1 from "TemplateDraft" d where d.id = new."draftId" and d.state = 'approved'
      and d."templateKey" = new.key and d.body = new.body and d."decidedBy" = new."approvedBy") then
    perform refuse('a_version_of_a_template_was_approved', 'A new version of a template is the draft that was approved.');
  end if;
  return new;
end $$;
create trigger a_version_of_a_template_was_approved before insert on "Template"
  for each row execute function a_version_of_a_template_was_approved();
