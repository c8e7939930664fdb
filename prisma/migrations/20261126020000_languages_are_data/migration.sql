-- Languages are rows, and so is every word that residents read in a language other than
-- the first. Published bytes keep the name of what rendered them.

create table "Language" (
  code text not null,
  position integer not null,
  words jsonb not null,
  constraint "Language_pkey" primary key (code),
  constraint a_language_is_named_as_in_its_words check (words ->> 'code' = code),
  constraint languages_stand_in_one_order unique (position)
);

create table "Translation" (
  subject text not null,
  "subjectId" text not null,
  field text not null,
  language text not null,
  text text not null,
  constraint "Translation_pkey" primary key (subject, "subjectId", field, language),
  constraint a_translation_is_of_something_known check (
    (subject, field) in (('agency', 'name'), ('agency', 'shortName'), ('help-option', 'wording'))),
  constraint a_translation_has_words check (length(trim(text)) > 0)
);

insert into "Translation" (subject, "subjectId", field, language, text)
select 'agency', id, 'name', 'es-US', "nameEs" from "Agency" where trim("nameEs") <> ''
union all select 'agency', id, 'shortName', 'es-US', "shortNameEs" from "Agency" where trim("shortNameEs") <> ''
union all select 'help-option', id, 'wording', 'es-US', "wordingEs" from "HelpOption" where trim("wordingEs") <> '';

alter table "Agency" drop column "nameEs", drop column "shortNameEs";
alter table "HelpOption" drop column "wordingEs";

alter table "Place" add column "otherCountyIds" text[] default array[]::text[];
alter table "Message" add column renderer text not null default 'cap-1';

-- Identifiers are made from the codes of places now, at publication. Those that earlier
-- versions reserved for drafts were never on any message.
delete from "Message" where xml is null;

insert into "Language" (code, position, words) values
  ('en-US', 1, '{"code":"en-US","name":"English","direction":"ltr","phones":true,"and":" and ","counties":{"county":{"name":"{area}","in":"{area}","inParts":"parts of {area}","short":"{area}","shortParts":"parts of {area}"},"parish":{"name":"{area}","in":"{area}","inParts":"parts of {area}","short":"{area}","shortParts":"parts of {area}"},"borough":{"name":"{area}","in":"{area}","inParts":"parts of {area}","short":"{area}","shortParts":"parts of {area}"},"city-and-borough":{"name":"{area}","in":"{area}","inParts":"parts of {area}","short":"{area}","shortParts":"parts of {area}"},"census-area":{"name":"{area}","in":"{area}","inParts":"parts of {area}","short":"{area}","shortParts":"parts of {area}"},"municipality":{"name":"{area}","in":"{area}","inParts":"parts of {area}","short":"{area}","shortParts":"parts of {area}"},"independent-city":{"name":"{area}","in":"{area}","inParts":"parts of {area}","short":"{area}","shortParts":"parts of {area}"},"federal-district":{"name":"{area}","in":"the {area}","inParts":"parts of the {area}","short":"{area}","shortParts":"parts of the {area}"},"district":{"name":"{area}","in":"{area}","inParts":"parts of {area}","short":"{area}","shortParts":"parts of {area}"},"municipio":{"name":"{area}","in":"{area}","inParts":"parts of {area}","short":"{area}","shortParts":"parts of {area}"},"island":{"name":"{area}","in":"{area}","inParts":"parts of {area}","short":"{area}","shortParts":"parts of {area}"}},"help":"go to a police or fire station","helpLead":"In an emergency …","usualHelp":{"text-to-911":"text 911","tty":"use a TTY","relay-711":"call 711 and ask for the police","fire-box":"pull a fire box","fire-station":"go to the fire station","police-station":"go to the police station","cruiser":"go to the police car at the town hall","kiosk":"use the call box at the town hall"},"approximate":" (approximate outline)","phoneLabels":{"safety":"Public safety alert","emergency":"Emergency alert","amber":"AMBER alert","test":"Test alert","now":"now"},"phrases":{},"lexicon":{"hazard":"\\b(down|not working|fails?|on and off|may not reach|withdrawn|withdraws|canceled|cancels)\\b","help":"\\b(go to|pull|walk to|police/fire|police or fire|call 911|dial 911|text 911|call 711|use the)\\b","time":"\\b(since|until|next update|ends at)\\b","condition":"\\b(if|first|no number at hand)\\b","unconditional":"911 first\\b","call911":"\\b(call|dial) 911\\b","noTesting":"Do not call 911 to test it."}}'),
  ('es-US', 2, '{"code":"es-US","name":"Español","direction":"ltr","phones":true,"and":" y ","counties":{"county":{"name":"{area}","in":"el condado de {county}","inParts":"partes del condado de {county}","short":"{area}","shortParts":"partes de {area}"},"parish":{"name":"{area}","in":"la parroquia de {county}","inParts":"partes de la parroquia de {county}","short":"{area}","shortParts":"partes de {area}"},"borough":{"name":"{area}","in":"el borough de {county}","inParts":"partes del borough de {county}","short":"{area}","shortParts":"partes de {area}"},"city-and-borough":{"name":"{area}","in":"la ciudad y borough de {county}","inParts":"partes de la ciudad y borough de {county}","short":"{area}","shortParts":"partes de {area}"},"census-area":{"name":"{area}","in":"el área censal de {county}","inParts":"partes del área censal de {county}","short":"{area}","shortParts":"partes de {area}"},"municipality":{"name":"{area}","in":"la municipalidad de {county}","inParts":"partes de la municipalidad de {county}","short":"{area}","shortParts":"partes de {area}"},"independent-city":{"name":"{area}","in":"la ciudad de {county}","inParts":"partes de la ciudad de {county}","short":"{area}","shortParts":"partes de {area}"},"federal-district":{"name":"{area}","in":"el Distrito de Columbia","inParts":"partes del Distrito de Columbia","short":"{area}","shortParts":"partes de {area}"},"district":{"name":"{area}","in":"el distrito {county}","inParts":"partes del distrito {county}","short":"{area}","shortParts":"partes de {area}"},"municipio":{"name":"{area}","in":"el municipio de {county}","inParts":"partes del municipio de {county}","short":"{area}","shortParts":"partes de {area}"},"island":{"name":"{area}","in":"{county}","inParts":"partes de {county}","short":"{area}","shortParts":"partes de {area}"}},"help":"vaya a la policía o a los bomberos","helpLead":"En una emergencia …","usualHelp":{"text-to-911":"envíe un texto al 911","tty":"use un TTY","relay-711":"llame al 711 y pida la policía","fire-box":"use una caja de alarma","fire-station":"vaya a los bomberos","police-station":"vaya a la policía","cruiser":"vaya al auto de policía en el ayuntamiento","kiosk":"use la caja de llamada del ayuntamiento"},"approximate":" (contorno aproximado)","phoneLabels":{"safety":"Alerta de seguridad pública","emergency":"Alerta de emergencia","amber":"Alerta AMBER","test":"Alerta de prueba","now":"ahora"},"phrases":{"day and night":"día y noche"},"lexicon":{"hazard":"(no funciona|sin 911|fall[ae]|fallan|fallar|a ratos|no comunican|anula)","help":"\\b(vaya|tire|use|polic[ií]a|bomberos|llame al [79]11|marque el 911|texto al 911)","time":"\\b(desde|hasta|pr[oó]ximo aviso)\\b","condition":"\\b(si|primero|sin n[uú]mero)\\b","unconditional":"primero (al|el) 911","call911":"\\b(llame al|marque el) 911\\b","noTesting":"No llame al 911 para probarlo."}}');
