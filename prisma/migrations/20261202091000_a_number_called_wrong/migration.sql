-- What the public pages say of a number that was called wrong while it is given out, of a county in which only some places are
-- without 911, of the kind of phone that still reaches it, and, in words and not by bold type alone, of a place where 911 fails.
update "Language" set words = jsonb_set(words, '{site}', $words${"failsHere": "911 fails here:", "wrong": "Do not call {number}: it was reported as wrong.", "partsOut": "{what} in {places}. If you are there, open the page of that place. Elsewhere in {county} dial 911.", "callCell": "Call 911 from a cell phone. If you cannot:", "callLandline": "Call 911 from a landline phone. If you cannot:"}$words$::jsonb || (words -> 'site'))
  where code = 'en-US' and words -> 'site' is not null;
update "Language" set words = jsonb_set(words, '{site}', $words${"failsHere": "Aquí falla el 911:", "wrong": "No llame al {number}: se informó que es incorrecto.", "partsOut": "{what} en {places}. Si está allí, abra la página de esa localidad. En el resto de {county}, marque el 911.", "callCell": "Llame al 911 desde un celular. Si no puede:", "callLandline": "Llame al 911 desde un teléfono fijo. Si no puede:"}$words$::jsonb || (words -> 'site'))
  where code = 'es-US' and words -> 'site' is not null;

-- What people without a number are told first, where texts reach 911.
update "Language" set words = words || '{"textFirst": "text 911 or {help}"}' where code = 'en-US';
update "Language" set words = words || '{"textFirst": "envíe un texto al 911 o {help}"}' where code = 'es-US';

-- A sentence that still reads as it was shipped before reads as it is shipped now. What a site wrote itself stays.
create function pg_temp.reword(in_language text, at text[], before text, after text) returns void language sql as $body$
  update "Language" set words = jsonb_set(words, at, to_jsonb(after)) where code = in_language and words #>> at = before
$body$;
select pg_temp.reword('en-US', '{site,listNote}',
  $t$Where 911 fails, the number is in bold: call it in an emergency. Elsewhere dial 911; the number is for when 911 fails.$t$,
  $t$Where 911 fails, the list says so and what to call. Elsewhere dial 911; the number is for when 911 fails.$t$);
select pg_temp.reword('en-US', '{site,notAffected}',
  $t$No 911 outage is announced for {places}. Dial 911 there as usual.$t$,
  $t$Next to it: no 911 outage is announced for {places}. Dial 911 there as usual.$t$);
select pg_temp.reword('es-US', '{usualHelp,"text-to-911"}',
  $t$envíe un texto al 911$t$,
  $t$envíe un mensaje de texto al 911$t$);
select pg_temp.reword('es-US', '{usualHelp,"relay-711"}',
  $t$llame al 711 y pida la policía$t$,
  $t$llame al 711 y pida hablar con la policía$t$);
select pg_temp.reword('es-US', '{usualHelp,"fire-box"}',
  $t$use una caja de alarma$t$,
  $t$use una caja de alarma de incendios$t$);
select pg_temp.reword('es-US', '{usualHelp,cruiser}',
  $t$vaya al auto de policía en el ayuntamiento$t$,
  $t$vaya al auto de la policía en el ayuntamiento$t$);
select pg_temp.reword('es-US', '{site,demonstration}',
  $t$Demostración, no es una falla real. Los números no comunican con nadie. En una emergencia marque el 911.$t$,
  $t$Esto es una demostración, no una falla real. Los números no llaman a ningún lugar. En una emergencia, marque el 911.$t$);
select pg_temp.reword('es-US', '{site,failure,location}',
  $t$El 911 quizá no vea dónde está usted$t$,
  $t$El 911 quizá no sepa dónde está usted$t$);
select pg_temp.reword('es-US', '{site,listNote}',
  $t$Donde el 911 falla, el número está en negrita: llámelo en una emergencia. En los demás lugares marque el 911; el número es para cuando el 911 falle.$t$,
  $t$Donde el 911 falla, la lista lo dice y a qué número llamar. En los demás lugares, marque el 911; el número es por si el 911 falla.$t$);
select pg_temp.reword('es-US', '{site,call}',
  $t$En una emergencia llame al$t$,
  $t$En una emergencia, llame al$t$);
select pg_temp.reword('es-US', '{site,lastAnswered}',
  $t$La central correcta contestó la última llamada de prueba el {date}.$t$,
  $t$La central correspondiente contestó la última llamada de prueba el {date}.$t$);
select pg_temp.reword('es-US', '{site,notTest}',
  $t$No llame al 911, ni a este número, solo para probarlo.$t$,
  $t$No llame al 911 ni a este número solo para probar si funcionan.$t$);
select pg_temp.reword('es-US', '{site,next}',
  $t$Próximo aviso antes de: {time}. Vuelva a cargar esta página entonces. Cuando el 911 funcione otra vez, lo dirá aquí.$t$,
  $t$Próximo aviso antes de: {time}. A esa hora, vuelva a cargar esta página. Cuando el 911 vuelva a funcionar, se dirá aquí.$t$);
select pg_temp.reword('es-US', '{site,saidHeading}',
  $t$Lo que se ha dicho$t$,
  $t$Lo que se ha informado$t$);
select pg_temp.reword('es-US', '{site,validNow}',
  $t$válido ahora$t$,
  $t$vigente$t$);
select pg_temp.reword('es-US', '{site,made}',
  $t$Página hecha: {time}.$t$,
  $t$Página creada: {time}.$t$);
select pg_temp.reword('es-US', '{site,writeDown}',
  $t$Anote el número: puede ser difícil volver a esta página.$t$,
  $t$Anote el número: más tarde puede ser difícil abrir esta página.$t$);
select pg_temp.reword('es-US', '{site,restored}',
  $t$El 911 funciona otra vez en {place}$t$,
  $t$El 911 ya funciona de nuevo en {place}$t$);
select pg_temp.reword('es-US', '{site,quiet}',
  $t$En una emergencia marque el 911$t$,
  $t$En una emergencia, marque el 911$t$);
select pg_temp.reword('es-US', '{site,pastSays}',
  $t$Terminó: {time}. Aquí no se ha dicho nada más reciente.$t$,
  $t$Terminó: {time}. Aquí no se ha informado nada más reciente.$t$);
select pg_temp.reword('es-US', '{site,notAffected}',
  $t$No se ha anunciado ninguna falla del 911 en {places}. Marque allí el 911 como siempre.$t$,
  $t$En lugares cercanos no se ha anunciado ninguna falla del 911: {places}. Allí, marque el 911 como siempre.$t$);
select pg_temp.reword('es-US', '{site,feeds}',
  $t$Canales para medios y programas$t$,
  $t$Canales de datos para medios y programas$t$);
select pg_temp.reword('es-US', '{site,worksAgain}',
  $t$el 911 funciona otra vez$t$,
  $t$el 911 ya funciona de nuevo$t$);
select pg_temp.reword('es-US', '{site,notTestAlone}',
  $t$No llame al 911 solo para probarlo.$t$,
  $t$No llame al 911 solo para probar si funciona.$t$);
select pg_temp.reword('es-US', '{site,restoredAll}',
  $t$El 911 funciona otra vez en todo {state}$t$,
  $t$El 911 ya funciona de nuevo en todo {state}$t$);
select pg_temp.reword('es-US', '{site,restoredSome}',
  $t$El 911 funciona otra vez en {count} lugares de {state}$t$,
  $t$El 911 ya funciona de nuevo en {count} lugares de {state}$t$);
select pg_temp.reword('es-US', '{site,textsWork}',
  $t$Los textos al 911 sí llegan: envíe un texto al 911 si no puede llamar$t$,
  $t$Los mensajes de texto al 911 sí llegan: envíe uno al 911 si no puede llamar$t$);
select pg_temp.reword('es-US', '{site,outdated}',
  $t$Parte de esta página ya no es actual. Vuelva a cargarla o abra la página de su lugar.$t$,
  $t$Parte de esta página ya no está al día. Vuelva a cargarla o abra la página de su localidad.$t$);
select pg_temp.reword('es-US', '{phrases,"day and night"}',
  $t$día y noche$t$,
  $t$las 24 horas$t$);
select pg_temp.reword('es-US', '{phrases,"911 works again"}',
  $t$el 911 funciona otra vez$t$,
  $t$el 911 ya funciona de nuevo$t$);
select pg_temp.reword('es-US', '{lexicon,hazard}',
  $t$(no funciona|sin 911|no hay 911|fall[ae]|fallan|fallar|a ratos|no comunican|anula|funciona otra vez|ya hay|ya funciona|equivocado|err[oó]neo|corrige|no lo ubique|no ubique|no vea|tiene problemas|911 (?:funciona|sirve)|diga d[oó]nde)$t$,
  $t$(no funciona|sin funcionar|sin 911|no hay 911|fall[ae]|fallan|fallar|a ratos|no comunican|anula|funciona otra vez|ya hay|ya funciona|equivocado|err[oó]neo|incorrecto|corrige|no lo ubique|no ubique|no sepa|no vea|no reciba|sin recibir|tiene problemas|911 (?:funciona|sirve)|diga d[oó]nde)$t$);
select pg_temp.reword('es-US', '{lexicon,noTestingLike}',
  $t$\bno (?:llamen?|marquen?|usen?|intenten llamar|intente llamar) (?:al|el) 911 (?:s[oó]lo |solamente |[uú]nicamente )?(?:para|a) (?:probar|comprobar|verificar|ver si|revisar)|\bno (?:lo )?prueben?(?: el 911|\b)|\bno (?:haga|hagan|realicen?) llamadas de prueba\b|\beviten? (?:llamar al 911 (?:s[oó]lo |solamente )?para probar|(?:las )?llamadas de prueba)$t$,
  $t$\bno (?:llamen?|marquen?|usen?|intenten llamar|intente llamar) (?:al|el) 911 (?:s[oó]lo |solamente |[uú]nicamente )?(?:para|a) (?:probar|comprobar|verificar|ver si|revisar)|\bno (?:lo )?prueben?(?: el 911|\b)|\bno (?:haga|hagan|realicen?) (?:llamadas de prueba|pruebas)\b|\beviten? (?:llamar al 911 (?:s[oó]lo |solamente )?para probar|(?:las )?llamadas de prueba)$t$);
select pg_temp.reword('es-US', '{counties,"census-area",short}',
  $t$el área censal de {county}$t$,
  $t$el área de {county}$t$);
select pg_temp.reword('es-US', '{counties,"city-and-borough",short}',
  $t$la ciudad y borough de {county}$t$,
  $t${county}$t$);
select pg_temp.reword('es-US', '{counties,"municipality",short}',
  $t$la municipalidad de {county}$t$,
  $t${county}$t$);
select pg_temp.reword('es-US', '{counties,parish,short}',
  $t$la parroquia de {county}$t$,
  $t$la parroquia {county}$t$);
