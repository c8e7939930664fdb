-- What readiness asks of every number in use, in one index, so that the table with its texts is not read for it.
create index "DirectNumber_readiness_idx" on "DirectNumber" (service, "placeId")
  include (preference, status, failures, "verifiedUntil", "sharedWith911", id) where "retiredAt" is null;
-- Which agencies have a say about a place.
create index "DirectNumber_owner_idx" on "DirectNumber" ("placeId", service, "ownerId")
  where "retiredAt" is null and "ownerId" is not null;
-- Which numbers are due next for a test call.
create index "DirectNumber_due_idx" on "DirectNumber" ("verifiedUntil" asc nulls first)
  include ("placeId", failures, e164, extension, service) where "retiredAt" is null;
