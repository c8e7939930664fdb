-- Rights of the role the console runs as, where it is not the owner of the
-- tables (the bundled database, and any installation that makes a role named
-- callbox_app). It can add to the record and to what is published, never alter it.
do $$
begin
  if exists (select 1 from pg_roles where rolname = 'callbox_app') and current_user <> 'callbox_app' then
    grant usage on schema public to callbox_app;
    grant select, insert, update, delete on all tables in schema public to callbox_app;
    revoke update, delete, truncate on "AuditEvent", "Approval", "Publication", "Contribution", "Verification", "Template",
      "NumberChange", "ConflictSettlement"
      from callbox_app;
    revoke update, delete, truncate on "Site" from callbox_app;
    revoke insert, update, delete on "_prisma_migrations" from callbox_app;
  end if;
end $$;
