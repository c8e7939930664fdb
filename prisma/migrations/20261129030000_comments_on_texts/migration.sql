-- What officials say to each other about single texts of an alert, before it goes out.
create table "AlertComment" (
  id text primary key,
  "alertId" text not null references "Alert" (id) on delete restrict on update cascade,
  version integer not null,
  about text not null,
  text text not null,
  "byId" text not null,
  "by" text not null,
  at timestamptz(3) not null,
  constraint a_comment_says_something check (length(trim(text)) > 0)
);
create index "AlertComment_alertId_at_idx" on "AlertComment" ("alertId", at);
create trigger a_comment_is_kept before update or delete on "AlertComment"
  for each row execute function what_is_recorded_stays('a_comment_is_kept', 'A comment is kept as it was written.');
create trigger comments_are_never_emptied before truncate on "AlertComment"
  for each statement execute function what_is_recorded_stays('a_comment_is_kept', 'A comment is kept as it was written.');
