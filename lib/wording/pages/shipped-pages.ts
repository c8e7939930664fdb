import { CHINESE } from "./chinese";
import { HAITIAN_CREOLE } from "./haitian-creole";
import type { PageLanguage } from "./page-language";
import { PORTUGUESE } from "./portuguese";
import { VIETNAMESE } from "./vietnamese";

/** The languages that a site can turn on for its public pages. All are off until someone does. */
export const PAGE_LANGUAGES: readonly PageLanguage[] = [
  { code: "pt-BR", name: "Português", english: "Portuguese", direction: "ltr", words: PORTUGUESE },
  { code: "zh-Hans", name: "简体中文", english: "Chinese (Simplified)", direction: "ltr", words: CHINESE },
  { code: "ht", name: "Kreyòl ayisyen", english: "Haitian Creole", direction: "ltr", words: HAITIAN_CREOLE },
  { code: "vi", name: "Tiếng Việt", english: "Vietnamese", direction: "ltr", words: VIETNAMESE },
];
