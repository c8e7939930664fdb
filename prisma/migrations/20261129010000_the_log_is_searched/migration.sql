-- The log is searched for parts of words by people who look for a name or a number. At a
-- million entries that needs an index of trigrams. The extension ships with PostgreSQL and
-- may be made by whoever owns the database; where an operator does not allow it the log is
-- searched without, more slowly.
do $$
begin
  -- In a schema of its own, where nothing of ours looks names up.
  create schema if not exists extensions;
  create extension if not exists pg_trgm schema extensions;
  create index "AuditEvent_summary_trgm_idx" on "AuditEvent" using gin (summary extensions.gin_trgm_ops);
  create index "AuditEvent_actor_trgm_idx" on "AuditEvent" using gin (actor extensions.gin_trgm_ops);
exception when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
  raise notice 'pg_trgm is not available: the log is searched without an index.';
end $$;
create index "AuditEvent_at_idx" on "AuditEvent" (at);
create index "AuditEvent_actorId_at_idx" on "AuditEvent" ("actorId", at);
