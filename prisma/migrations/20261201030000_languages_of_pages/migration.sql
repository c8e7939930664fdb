-- Languages of the public pages beside those that alerts are written in: which are on, what the site
-- words otherwise, and who reviewed them. A language without a row is off.
create table "PageLanguage" (
  code text primary key,
  "isOn" boolean not null default false,
  corrections jsonb not null default '{}',
  reviewer text,
  "reviewedOn" date,
  "reviewedWhat" text,
  "reviewedWords" text,
  "recordedById" text references "Person" (id) on delete restrict on update cascade,
  "changedAt" timestamptz(3) not null,
  constraint a_review_names_who_when_and_what
    check (num_nulls(reviewer, "reviewedOn", "reviewedWhat", "reviewedWords", "recordedById") in (0, 5))
);
