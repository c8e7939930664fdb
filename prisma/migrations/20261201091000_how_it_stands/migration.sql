-- Backups that were made, and what of the installation needs someone, so that administrators are told once.

CREATE TABLE "BackupRun" (
    "id" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "machine" TEXT NOT NULL,
    "bytes" BIGINT,
    "problem" TEXT,

    CONSTRAINT "BackupRun_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "BackupRun_startedAt_idx" ON "BackupRun"("startedAt");

CREATE TABLE "Condition" (
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "toldAt" TIMESTAMPTZ(3),

    CONSTRAINT "Condition_pkey" PRIMARY KEY ("name")
);

alter table "BackupRun"
  add constraint a_backup_is_under_way_made_or_failed check (state in ('running', 'made', 'failed')),
  add constraint a_backup_that_ended_says_when check ((state = 'running') = ("endedAt" is null)),
  add constraint a_backup_that_failed_says_why check ((state = 'failed') = (problem is not null));

alter table "Condition"
  add constraint a_condition_is_good_or_needs_attention check (state in ('good', 'attention'));

-- The worker has a heartbeat of its own.
alter table "Heartbeat"
  drop constraint there_is_one_heartbeat,
  add constraint a_heartbeat_is_of_the_console_or_the_worker check (id in (1, 2));
