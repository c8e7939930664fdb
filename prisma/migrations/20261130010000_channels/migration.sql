-- Where messages go: channels, what each of them has of every message, and every attempt.
create table "Channel" (
  id text primary key,
  "agencyId" text references "Agency" (id) on delete restrict on update cascade,
  kind text not null,
  name text not null,
  state text not null,
  whole boolean not null default false,
  settings jsonb not null,
  secrets text,
  failures integer not null default 0,
  "pausedUntil" timestamptz(3),
  "succeededAt" timestamptz(3),
  "createdAt" timestamptz(3) not null,
  "retiredAt" timestamptz(3),
  constraint a_channel_is_live_for_exercises_or_off check (state in ('live', 'exercise', 'off'))
);
create index "Channel_agencyId_idx" on "Channel" ("agencyId");
create table "Delivery" (
  id text primary key,
  "alertId" text not null references "Alert" (id) on delete restrict on update cascade,
  "messageId" text references "Message" (id) on delete restrict on update cascade,
  "channelId" text not null references "Channel" (id) on delete restrict on update cascade,
  key text not null,
  state text not null,
  attempts integer not null default 0,
  problem text,
  "createdAt" timestamptz(3) not null,
  "doneAt" timestamptz(3),
  constraint a_delivery_has_a_known_state check (state in ('stored', 'handed-over', 'accepted', 'confirmed', 'failed', 'dropped'))
);
create unique index "Delivery_key_key" on "Delivery" (key);
create index "Delivery_alertId_idx" on "Delivery" ("alertId");
create index "Delivery_channelId_state_idx" on "Delivery" ("channelId", state);
create index "Delivery_messageId_idx" on "Delivery" ("messageId");
create table "Attempt" (
  id text primary key,
  "deliveryId" text not null references "Delivery" (id) on delete restrict on update cascade,
  number integer not null,
  "startedAt" timestamptz(3) not null,
  "endedAt" timestamptz(3),
  outcome text not null,
  sent text not null,
  answer text not null
);
create index "Attempt_deliveryId_idx" on "Attempt" ("deliveryId", number);

-- A message is delivered live only where its alert is live, and exercises only where exercises go.
create function deliveries_keep_to_their_mode() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare mode text; channel text;
begin
  select i.mode into mode from "Alert" a join "Incident" i on i.id = a."incidentId" where a.id = new."alertId";
  select c.state into channel from "Channel" c where c.id = new."channelId";
  if mode is distinct from channel then
    perform refuse('deliveries_keep_to_their_mode', format('A message of a %s incident does not go to a channel that is %s.', mode, channel));
  end if;
  return new;
end $$;
create trigger deliveries_keep_to_their_mode before insert on "Delivery" for each row execute function deliveries_keep_to_their_mode();

-- What was tried stays as it was: an attempt ends once.
create function an_attempt_ends_once() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'DELETE' or old."endedAt" is not null or (new.id, new."deliveryId", new.number, new."startedAt", new.sent) is distinct from (old.id, old."deliveryId", old.number, old."startedAt", old.sent) then
    perform refuse('an_attempt_ends_once', 'What was tried, and what came of it, stays on record.');
  end if;
  return new;
end $$;
create trigger an_attempt_ends_once before update or delete on "Attempt" for each row execute function an_attempt_ends_once();
create trigger attempts_are_never_emptied before truncate on "Attempt"
  for each statement execute function what_is_recorded_stays('an_attempt_ends_once', 'What was tried stays on record.');

-- The public pages of the site: a channel that every site has.
insert into "Channel" (id, kind, name, state, whole, settings, "createdAt")
  select 'public-site', 'public-site', 'Public site', 'live', true, '{}', now() from "Site" where id = 1;
create function every_site_has_public_pages() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into "Channel" (id, kind, name, state, whole, settings, "createdAt")
    values ('public-site', 'public-site', 'Public site', 'live', true, '{}', new."createdAt") on conflict do nothing;
  return new;
end $$;
create trigger every_site_has_public_pages after insert on "Site" for each row execute function every_site_has_public_pages();

-- What the public pages say around the approved texts.
update "Language" set words = words || jsonb_build_object('site', $words${"demonstration":"Demonstration, not a real outage. The numbers ring nowhere. In an emergency dial 911.","failure":{"full":"911 is not working","partial":"Some 911 calls fail","intermittent":"911 works on and off","carrier":"911 fails for customers of one phone company","landline":"911 fails from landline phones","wireless":"911 fails from cell phones"},"inPlace":"{what} in {place}, {state}","listNote":"Where 911 fails, the number is in bold: call it in an emergency. Elsewhere dial 911; the number is for when 911 fails.","inAll":"{what} in all of {state}","inSome":"{what} in {count} places in {state}","since":"Since {time}.","call":"In an emergency call","noNumber":"There is no number for this place. In an emergency:","validUntil":"Valid until {time}.","lastAnswered":"The right desk last answered a test call on {date}.","notTest":"Do not call 911, or this number, just to test it.","relayHeading":"If you cannot hear or speak on a phone","relay":"Dial 711 and give the relay this number: {number}.","nextHeading":"What comes next","next":"Next update by {time}. Load this page again then. When 911 works again, it says so here.","elsewhere":"Not in {place}?","find":"Find the number of another place","findLabel":"City, town or county","findButton":"Find","findHint":"All numbers are on this page. Once loaded, it works without a connection, and it prints.","foundNone":"No place has this name here. Look for it in the list, or try fewer letters.","which":"Which place do you mean?","saidHeading":"What has been said","saidNothing":"Nothing yet.","validNow":"valid now","ended":"ended","replaced":"replaced","takenBack":"taken back","published":"Published by {agency}, {time}.","made":"Page made {time}.","signed":"The message as it was sent (CAP)","writeDown":"Write the number down: this page may be hard to reach later.","restored":"911 works again in {place}","quiet":"In an emergency dial 911","quietSays":"No 911 outage is announced for {place}.","past":"The alert for {place} has ended","pastSays":"It ended {time}. Nothing newer has been said here.","forNextTime":"For the next time","keep":"Write this down and keep it by the phone. Use it only if 911 does not work:","noneToKeep":"No number of this place has been verified. If 911 does not work, go to a police or fire station.","callFirst":"Dial 911 first. If the call does not go through:","places":"Every place and its number","notAffected":"No 911 outage is announced for {places}. Dial 911 there as usual.","alerts":"All alerts","feeds":"Feeds for newsrooms and programs","plain":"As plain text","home":"All places","language":"Language","number":"Number","placesToGo":"where to go","worksAgain":"911 works again"}$words$::jsonb) where code = 'en-US';
update "Language" set words = words || jsonb_build_object('site', $words${"demonstration":"Demostración, no es una falla real. Los números no comunican con nadie. En una emergencia marque el 911.","failure":{"full":"El 911 no funciona","partial":"Algunas llamadas al 911 fallan","intermittent":"El 911 funciona a ratos","carrier":"El 911 falla para los clientes de una compañía telefónica","landline":"El 911 falla desde teléfonos fijos","wireless":"El 911 falla desde celulares"},"inPlace":"{what} en {place}, {state}","listNote":"Donde el 911 falla, el número está en negrita: llámelo en una emergencia. En los demás lugares marque el 911; el número es para cuando el 911 falle.","inAll":"{what} en todo {state}","inSome":"{what} en {count} lugares de {state}","since":"Desde: {time}.","call":"En una emergencia llame al","noNumber":"No hay un número para este lugar. En una emergencia:","validUntil":"Válido hasta: {time}.","lastAnswered":"La central correcta contestó la última llamada de prueba el {date}.","notTest":"No llame al 911, ni a este número, solo para probarlo.","relayHeading":"Si no puede oír o hablar por teléfono","relay":"Marque el 711 y dé este número al operador: {number}.","nextHeading":"Qué sigue","next":"Próximo aviso antes de: {time}. Vuelva a cargar esta página entonces. Cuando el 911 funcione otra vez, lo dirá aquí.","elsewhere":"¿No está en {place}?","find":"Busque el número de otro lugar","findLabel":"Ciudad, pueblo o condado","findButton":"Buscar","findHint":"Todos los números están en esta página. Una vez cargada, funciona sin conexión y se puede imprimir.","foundNone":"Aquí ningún lugar tiene ese nombre. Búsquelo en la lista o escriba menos letras.","which":"¿Cuál de estos lugares?","saidHeading":"Lo que se ha dicho","saidNothing":"Nada todavía.","validNow":"válido ahora","ended":"terminó","replaced":"reemplazado","takenBack":"anulado","published":"Publicado por {agency}, {time}.","made":"Página hecha: {time}.","signed":"El mensaje tal como se envió (CAP)","writeDown":"Anote el número: puede ser difícil volver a esta página.","restored":"El 911 funciona otra vez en {place}","quiet":"En una emergencia marque el 911","quietSays":"No se ha anunciado ninguna falla del 911 en {place}.","past":"La alerta para {place} terminó","pastSays":"Terminó: {time}. Aquí no se ha dicho nada más reciente.","forNextTime":"Para la próxima vez","keep":"Anote esto y téngalo junto al teléfono. Úselo solo si el 911 no funciona:","noneToKeep":"Ningún número de este lugar está verificado. Si el 911 no funciona, vaya a la policía o a los bomberos.","callFirst":"Marque primero el 911. Si la llamada no entra:","places":"Todos los lugares y sus números","notAffected":"No se ha anunciado ninguna falla del 911 en {places}. Marque allí el 911 como siempre.","alerts":"Todas las alertas","feeds":"Canales para medios y programas","plain":"Como texto simple","home":"Todos los lugares","language":"Idioma","number":"Número","placesToGo":"adónde ir","worksAgain":"el 911 funciona otra vez"}$words$::jsonb) where code = 'es-US';

-- What every text of an exercise says that it is.
update "Language" set words = words || '{"exercise": "EXERCISE"}' where code = 'en-US';
update "Language" set words = words || '{"exercise": "EJERCICIO"}' where code = 'es-US';
