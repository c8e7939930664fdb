-- What the first page says once some of what it says has ended, where nobody made it anew.
update "Language" set words = jsonb_set(words, '{site}', $words${"outdated": "Part of this page is out of date. Load it again, or open the page of your place."}$words$::jsonb || (words -> 'site'))
  where code = 'en-US' and words -> 'site' is not null;
update "Language" set words = jsonb_set(words, '{site}', $words${"outdated": "Parte de esta página ya no es actual. Vuelva a cargarla o abra la página de su lugar."}$words$::jsonb || (words -> 'site'))
  where code = 'es-US' and words -> 'site' is not null;
