-- Whether a backup was put back beside the site and held against it, how long that took, and what did not fit.
alter table "BackupRun"
  add column "drilledAt" timestamptz(3),
  add column "drillSeconds" double precision,
  add column "drillProblem" text;

alter table "BackupRun"
  add constraint a_backup_that_is_tried_was_made check ("drilledAt" is null or state = 'made'),
  add constraint a_drill_that_worked_says_how_long_it_took
    check ("drilledAt" is null or "drillProblem" is not null or "drillSeconds" is not null);
