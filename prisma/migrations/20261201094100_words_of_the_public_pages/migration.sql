-- What the public pages say of places without a number, after an outage, and of a name that was misspelled.
update "Language" set words = jsonb_set(words, '{site}', $words${"notTestAlone": "Do not call 911 just to test it.", "restoredAll": "911 works again in all of {state}", "restoredSome": "911 works again in {count} places in {state}", "lasted": "It began {began}. It ended {ended}.", "didYouMean": "Did you mean one of these places?"}$words$::jsonb || (words -> 'site'))
  where code = 'en-US' and words -> 'site' is not null;
update "Language" set words = jsonb_set(words, '{site}', $words${"notTestAlone": "No llame al 911 solo para probarlo.", "restoredAll": "El 911 funciona otra vez en todo {state}", "restoredSome": "El 911 funciona otra vez en {count} lugares de {state}", "lasted": "Empezó: {began}. Terminó: {ended}.", "didYouMean": "¿Quiso decir uno de estos lugares?"}$words$::jsonb || (words -> 'site'))
  where code = 'es-US' and words -> 'site' is not null;
