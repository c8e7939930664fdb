-- Whether a good test call counts for nothing when whoever entered the number made it.
alter table "Agency" add column "othersVerify" boolean not null default false;
