-- Rights of the role the console runs as, where it is not the owner of the
-- tables (the bundled database, and any installation that makes a role named
-- callbox_app). They are named one by one, and lib/platform/migrations.test.ts
-- holds the same list: it can add to the record and to what is published, and
-- alter neither; it can make no table or function that stands in for one of ours.
do $$
declare one record;
begin
  execute format('revoke temporary, create on database %I from public', current_database());
  revoke create on schema public from public;
  revoke execute on all functions in schema public from public;
  if exists (select 1 from pg_roles where rolname = 'callbox_app') and current_user <> 'callbox_app' then
    execute format('revoke all on database %I from callbox_app', current_database());
    execute format('grant connect on database %I to callbox_app', current_database());
    revoke all on schema public from callbox_app;
    grant usage on schema public to callbox_app;
    revoke all on all tables in schema public from callbox_app;
    -- Rights on single columns outlive a revoke of the whole table's.
    for one in select distinct table_name as name, column_name as part, privilege_type as may
        from information_schema.column_privileges where table_schema = 'public' and grantee = 'callbox_app' loop
      execute format('revoke %s (%I) on %I from callbox_app', one.may, one.part, one.name);
    end loop;
    grant select on all tables in schema public to callbox_app;
    -- The triggers of the tables below call it by name, with the rights of whoever writes.
    grant execute on function refuse(text, text) to callbox_app;
    grant execute on function administers(text, text), confirmed_here(text, text, text, text) to callbox_app;
    grant insert on "AccessRequest", "Authenticator", "Passkey", "RecoveryCode", "SignInEvent", "UsedChallenge" to callbox_app;
    grant insert on "LinkedSignIn", "RoleProposal", "SignInProvider" to callbox_app;
    grant delete on "LinkedSignIn", "RoleProposal" to callbox_app;
    grant update ("lastUsedAt", "endedAt") on "LinkedSignIn" to callbox_app;
    grant update ("dismissedAt", "dismissedBy") on "RoleProposal" to callbox_app;
    grant update (name, issuer, "clientId", "clientAuth", settings, secrets, certificate, state, "retiredAt",
      "askedById", "askedBy", "askedAt", "confirmedById", "confirmedBy", "confirmedAt") on "SignInProvider" to callbox_app;
    grant update (state, "decidedById", "decidedBy", "decidedAt") on "AccessRequest" to callbox_app;
    grant update ("lastCounter", "confirmedAt") on "Authenticator" to callbox_app;
    grant update (counter, "lastUsedAt") on "Passkey" to callbox_app;
    grant update ("usedAt") on "RecoveryCode" to callbox_app;
    grant delete on "Authenticator", "Passkey", "RecoveryCode", "SignInEvent", "UsedChallenge" to callbox_app;
    grant insert, update on "BackupRun", "Condition" to callbox_app;
    grant insert on "Agency", "AgencyAlternate", "Alert", "AlertComment", "AlertPresence", "AlertReference", "Decision", "AreaMember", "Attempt", "AuditEvent", "Channel", "ConflictSettlement", "Contribution",
      "PageLanguage", "Delivery", "DirectNumber", "DirectoryImport", "EmergencyRequest", "Heartbeat", "ImportRow", "ImportSlice", "Incident", "IncidentEntry", "IncidentPlace", "Membership", "Message", "MessageReference",
      "Notice", "NumberChange", "Person", "PlaceAlias", "PlaceZip", "Publication", "ReadinessDay", "ReadyDraft", "Place", "Revision", "HelpOption", "Session", "SetupLink",
      "SignInFailure", "Site", "Template", "TemplateDraft", "TestCall", "Translation" to callbox_app;
    grant update on "Agency", "DirectoryImport", "Heartbeat", "ImportRow", "PageLanguage", "ReadinessDay", "Place", "HelpOption", "Translation" to callbox_app;
    grant update (name, email, phone, "homeAgencyId", "passwordHash", "disabledAt") on "Person" to callbox_app;
    grant update ("lastSeenAt", "revokedAt", method, "provenAt", "confirmedAt") on "Session" to callbox_app;
    grant update ("usedAt") on "SetupLink" to callbox_app;
    grant update (title, failure, carrier, "textTo911", "beganAt", cause, evidence, "expectedEndAt", "closedAt") on "Incident" to callbox_app;
    grant update (state, since, evidence) on "IncidentPlace" to callbox_app;
    grant update (title, state, version, content, "templateId", bundle, "contentHash", "updatedAt", "updatedBy", "submittedBy",
      "submittedAt", "publishedAt", "expiresAt", "withheldFrom") on "Alert" to callbox_app;
    grant update (xml, sha256, sent) on "Message" to callbox_app;
    grant update (service, desk, hours, lines, languages, "takesTexts", "sharedWith911", "ownerId", preference, status,
      "statusBy", "statusAt", version, "retiredAt", "retiredBy", "retiredWhy") on "DirectNumber" to callbox_app;
    grant update (state, attempts, "sentAt", problem) on "Notice" to callbox_app;
    grant update (name, state, settings, secrets, failures, "pausedUntil", "succeededAt", "retiredAt",
      "askedById", "askedBy", "askedAt", "confirmedById", "confirmedBy", "confirmedAt") on "Channel" to callbox_app;
    grant update (state, attempts, problem, "doneAt") on "Delivery" to callbox_app;
    grant update ("endedAt", outcome, answer) on "Attempt" to callbox_app;
    grant update (name, body, state, version, "contentHash", contributors, "updatedById", "updatedBy", "updatedAt", "decidedById",
      "decidedBy", "decidedAt", reason) on "TemplateDraft" to callbox_app;
    grant update ("seenAt") on "AlertPresence" to callbox_app;
    grant insert on "Exercise", "ExerciseAcknowledgment", "ExerciseInject", "ExercisePlayer", "LabDemonstration" to callbox_app;
    grant update (title, "startsAt", brief, failure, carrier, "textTo911", "placeIds", targets, version, "calledOffAt", "calledOffBy",
      "calledOffWhy", "startedAt", "startedBy", "incidentId", "closedAt", "closedBy") on "Exercise" to callbox_app;
    grant delete on "ExerciseInject", "ExercisePlayer" to callbox_app;
    grant update ("withdrawnAt", "withdrawnBy") on "LabDemonstration" to callbox_app;
    grant update ("checkedAt", problems, "retiredAt", "retiredBy") on "ReadyDraft" to callbox_app;
    grant delete on "AgencyAlternate", "AlertPresence", "AreaMember", "ImportRow", "ImportSlice", "Membership", "PlaceZip", "ReadinessDay", "Session", "SignInFailure" to callbox_app;
    -- Work for later is added in the transaction of the change it belongs to, and done by the worker under the same role.
    if exists (select 1 from pg_namespace where nspname = 'graphile_worker') then
      grant usage on schema graphile_worker to callbox_app;
      grant select on graphile_worker.migrations to callbox_app;
      grant usage on all sequences in schema graphile_worker to callbox_app;
      for one in select tablename as name from pg_tables where schemaname = 'graphile_worker' and tablename <> 'migrations' loop
        execute format('grant select, insert, update, delete on graphile_worker.%I to callbox_app', one.name);
        if not exists (select 1 from pg_policies where schemaname = 'graphile_worker' and tablename = one.name and policyname = 'the_console_and_its_worker') then
          execute format('create policy the_console_and_its_worker on graphile_worker.%I to callbox_app using (true) with check (true)', one.name);
        end if;
      end loop;
    end if;
  end if;
end $$;
