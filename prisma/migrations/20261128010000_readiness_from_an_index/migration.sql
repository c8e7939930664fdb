-- What readiness asks of every number in use, in one index, so that the table with its texts is not read for it.
create index "DirectNumber_readiness_idx" on "DirectNumber" (service, "placeId")
  include (preference, status, failures, "verifiedUntil", "sharedWith911", id) where "retiredAt" is null;
-- Who lists a number, and how many do.
create index "DirectNumber_digits_idx" on "DirectNumber" (e164, extension) where "retiredAt" is null;
-- Which numbers are due next for a test call.
create index "DirectNumber_due_idx" on "DirectNumber" ("verifiedUntil" asc nulls first)
  include ("placeId", failures, e164, extension, service) where "retiredAt" is null;
