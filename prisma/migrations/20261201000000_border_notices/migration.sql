-- Neighbors of an outage may be told that 911 works where they are.

alter table "Alert" drop constraint an_alert_purpose_is_known,
  add constraint an_alert_purpose_is_known
    check (purpose in ('outage', 'update', 'correction', 'restoration', 'cancellation', 'border'));

alter table "Message" drop constraint what_a_message_tells_is_known,
  add constraint what_a_message_tells_is_known check (tells in ('outage', 'all-clear', 'withdrawal', 'neighbor'));
