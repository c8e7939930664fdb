-- ZIP Codes, by which people look for their place on the public pages.

CREATE TABLE "PlaceZip" (
    "placeId" TEXT NOT NULL,
    "zip" TEXT NOT NULL,

    CONSTRAINT "PlaceZip_pkey" PRIMARY KEY ("placeId","zip")
);
CREATE INDEX "PlaceZip_zip_idx" ON "PlaceZip"("zip");
ALTER TABLE "PlaceZip" ADD CONSTRAINT "PlaceZip_placeId_fkey" FOREIGN KEY ("placeId") REFERENCES "Place"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table "PlaceZip" add constraint a_zip_code_has_five_digits check (zip ~ '^[0-9]{5}$');

-- The search asks for them as well; words that someone changed stay.
update "Language" set words = jsonb_set(words, '{site,findLabel}', '"City, town, county or ZIP Code"')
  where code = 'en-US' and words #>> '{site,findLabel}' = 'City, town or county';
update "Language" set words = jsonb_set(words, '{site,findLabel}', '"Ciudad, pueblo, condado o código postal"')
  where code = 'es-US' and words #>> '{site,findLabel}' = 'Ciudad, pueblo o condado';
