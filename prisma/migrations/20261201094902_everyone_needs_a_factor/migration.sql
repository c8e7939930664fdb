-- Whether everyone with a role in this agency, or one below it, sets up a second factor; not only approvers and
-- administrators. Of the agency at the top it holds for the whole site.
alter table "Agency" add column "everyoneNeedsFactor" boolean not null default false;
