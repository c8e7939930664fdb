import { type LanguageWords, languageWordsSchema } from "./languages";
import { SHIPPED_LANGUAGES } from "./shipped-languages";

/**
 * The words of a language are a row, which a site keeps as an earlier Callbox
 * shipped it. A sentence that still reads as it was shipped then is read as it
 * is shipped now; what a site wrote itself stays. Pure.
 */

/** What was shipped before, by language and by where it stands. */
const SPANISH = {
  "usualHelp/text-to-911": "envíe un texto al 911",
  "usualHelp/relay-711": "llame al 711 y pida la policía",
  "usualHelp/fire-box": "use una caja de alarma",
  "usualHelp/cruiser": "vaya al auto de policía en el ayuntamiento",
  "site/demonstration":
    "Demostración, no es una falla real. Los números no comunican con nadie. En una emergencia marque el 911.",
  "site/failure/location": "El 911 quizá no vea dónde está usted",
  "site/listNote":
    "Donde el 911 falla, el número está en negrita: llámelo en una emergencia. En los demás lugares marque el 911; el número es para cuando el 911 falle.",
  "site/call": "En una emergencia llame al",
  "site/lastAnswered": "La central correcta contestó la última llamada de prueba el {date}.",
  "site/notTest": "No llame al 911, ni a este número, solo para probarlo.",
  "site/next":
    "Próximo aviso antes de: {time}. Vuelva a cargar esta página entonces. Cuando el 911 funcione otra vez, lo dirá aquí.",
  "site/saidHeading": "Lo que se ha dicho",
  "site/validNow": "válido ahora",
  "site/made": "Página hecha: {time}.",
  "site/writeDown": "Anote el número: puede ser difícil volver a esta página.",
  "site/restored": "El 911 funciona otra vez en {place}",
  "site/quiet": "En una emergencia marque el 911",
  "site/pastSays": "Terminó: {time}. Aquí no se ha dicho nada más reciente.",
  "site/notAffected": "No se ha anunciado ninguna falla del 911 en {places}. Marque allí el 911 como siempre.",
  "site/feeds": "Canales para medios y programas",
  "site/worksAgain": "el 911 funciona otra vez",
  "site/notTestAlone": "No llame al 911 solo para probarlo.",
  "site/restoredAll": "El 911 funciona otra vez en todo {state}",
  "site/restoredSome": "El 911 funciona otra vez en {count} lugares de {state}",
  "site/textsWork": "Los textos al 911 sí llegan: envíe un texto al 911 si no puede llamar",
  "site/outdated": "Parte de esta página ya no es actual. Vuelva a cargarla o abra la página de su lugar.",
  "phrases/day and night": "día y noche",
  "phrases/911 works again": "el 911 funciona otra vez",
  "lexicon/hazard":
    "(no funciona|sin 911|no hay 911|fall[ae]|fallan|fallar|a ratos|no comunican|anula|funciona otra vez|ya hay|ya funciona|equivocado|err[oó]neo|corrige|no lo ubique|no ubique|no vea|tiene problemas|911 (?:funciona|sirve)|diga d[oó]nde)",
  "lexicon/noTestingLike":
    "\\bno (?:llamen?|marquen?|usen?|intenten llamar|intente llamar) (?:al|el) 911 (?:s[oó]lo |solamente |[uú]nicamente )?(?:para|a) (?:probar|comprobar|verificar|ver si|revisar)|\\bno (?:lo )?prueben?(?: el 911|\\b)|\\bno (?:haga|hagan|realicen?) llamadas de prueba\\b|\\beviten? (?:llamar al 911 (?:s[oó]lo |solamente )?para probar|(?:las )?llamadas de prueba)",
};

const EARLIER: ReadonlyMap<string, Readonly<typeof SPANISH>> = new Map([["es-US", SPANISH]]);

type Tree = { [key: string]: string | Tree };

/** The branch that a sentence stands on, and its name there. */
function find(words: LanguageWords, path: string): [branch: Tree | undefined, name: string] {
  const names = path.split("/");
  const name = names.pop() ?? "";
  const branch = names.reduce<Tree | string | undefined>(
    (tree, step) => (typeof tree === "object" ? tree[step] : undefined),
    words as unknown as Tree,
  );
  return [typeof branch === "object" ? branch : undefined, name];
}

/** Words of a row with each sentence that Callbox has reworded since, where nobody else has. */
export function renewWords(words: LanguageWords): LanguageWords {
  const [earlier, shipped] = [EARLIER.get(words.code), SHIPPED_LANGUAGES.find(({ code }) => code === words.code)];
  if (!earlier || !shipped) return words;
  const renewed = structuredClone(words);
  for (const [path, before] of Object.entries(earlier)) {
    const [branch, name] = find(renewed, path);
    const now = find(shipped, path)[0]?.[name];
    if (branch?.[name] === before && now !== undefined) branch[name] = now;
  }
  return languageWordsSchema.parse(renewed);
}
