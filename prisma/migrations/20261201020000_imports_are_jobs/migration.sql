-- A file that was given waits in the database until a worker has read it, and what it would write until one has written it.
create table "ImportSlice" (
  "importId" text not null references "DirectoryImport" (id) on delete restrict on update cascade,
  position integer not null,
  bytes bytea not null,
  primary key ("importId", position)
);
-- How often reading was begun: only the last to begin may go on.
alter table "DirectoryImport" add column turn integer not null default 0;
alter table "DirectoryImport" drop constraint an_import_state_is_known;
-- What a console was reading has no file here, so nobody can take it up.
update "DirectoryImport" set state = 'failed', problem = 'Callbox was updated while the file was read. Give it again.'
  where state = 'reading';
delete from "ImportRow" where "importId" in (select id from "DirectoryImport" where state = 'failed');
alter table "DirectoryImport" add constraint an_import_state_is_known
  check (state in ('reading', 'read', 'writing', 'failed', 'applied', 'dropped'));
