-- What the first page says once some of what it says has ended, where nobody made it anew; and that texts to 911 arrive.
update "Language" set words = jsonb_set(words, '{site}', $words${"textsWork": "Texts to 911 work: text 911 if you cannot call", "outdated": "Part of this page is out of date. Load it again, or open the page of your place."}$words$::jsonb || (words -> 'site'))
  where code = 'en-US' and words -> 'site' is not null;
update "Language" set words = jsonb_set(words, '{site}', $words${"textsWork": "Los textos al 911 sí llegan: envíe un texto al 911 si no puede llamar", "outdated": "Parte de esta página ya no es actual. Vuelva a cargarla o abra la página de su lugar."}$words$::jsonb || (words -> 'site'))
  where code = 'es-US' and words -> 'site' is not null;
