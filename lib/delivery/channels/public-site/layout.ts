import { createHash } from "node:crypto";
import type { SiteFacts, SiteLanguage } from "./facts";
import { NOTICE_IN_ENGLISH } from "../../../wording/pages/page-language";
import { Html, markup } from "./html";

/** What every public page has: one style, one short script, no other origin. Pure. */

const STYLE = `:root{color-scheme:light}*{box-sizing:border-box}body{margin:0;font:1.125rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;color:#1b1b1b;background:#fff}
.w{max-width:64rem;margin:0 auto;padding:0 1rem;overflow-wrap:break-word}a{color:#005ea2}a:focus,input:focus,button:focus{outline:.25rem solid #2491ff;outline-offset:2px}
.demo{background:#faf3d1;border-bottom:1px dashed #1b1b1b;padding:.5rem 0;font-size:1rem}.top{display:flex;flex-wrap:wrap;gap:.25rem 1rem;justify-content:space-between;padding:.75rem 1rem}.top p{margin:0}
nav a,nav strong{display:inline-block;min-height:1.5rem;margin-inline-end:.75rem}.band{padding:1rem 0;color:#fff}h1{font-size:1.9rem;line-height:1.2}.band h1{margin:0}.band p{margin:.35rem 0 0}
.out{background:#b50909}.restored{background:#216e1f}.past{background:#565c65}.quiet{background:#162e51}
.frame{border:.25rem solid #1b1b1b;border-radius:.5rem;padding:1rem;margin:1rem 0;max-width:36rem}.frame p{margin:0}.number{display:inline-block;font-weight:700;font-size:min(2.6rem,9.5vw);white-space:nowrap;color:#1b1b1b;line-height:1.3}
.number.ext{white-space:normal}.small{font-size:1rem;color:#454545}.bar{border-inline-start:.5rem solid #1b1b1b;padding:.25rem 0;padding-inline-start:1rem;font-weight:700}
section{border-top:1px solid #a9aeb1;margin-top:1.5rem;padding-top:1rem}h2{font-size:1.35rem;margin:0 0 .5rem}.n{white-space:nowrap}
form.find{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end}form.find label{flex-basis:100%;font-weight:700}input[type=search]{font:inherit;padding:.5rem;border:2px solid #1b1b1b;min-width:0;flex:1 1 14rem;max-width:28rem}button{font:inherit;font-weight:700;padding:.5rem 1.25rem;background:#005ea2;color:#fff;border:0;border-radius:.25rem}
.letters{display:flex;flex-wrap:wrap;gap:.25rem;padding:0;list-style:none}.letters a{display:block;min-width:2.25rem;padding:.3rem .5rem;text-align:center;border:1px solid #a9aeb1;text-decoration:none;font-weight:700}
.list{columns:16rem;column-gap:2rem}.list h2{border-bottom:2px solid #1b1b1b;break-after:avoid}.list ul{list-style:none;margin:0 0 1rem;padding:0}.list li{display:flex;justify-content:space-between;gap:.75rem;border-bottom:1px solid #dfe1e2;padding:.3rem 0;break-inside:avoid}.list b,.list a{overflow-wrap:anywhere}.list b{white-space:nowrap}
.official p{margin:.35rem 0}.official h3{font-size:1rem;margin:.75rem 0 0;color:#454545}
footer{border-top:1px solid #a9aeb1;margin-top:2rem;padding:1rem 0 2rem;font-size:1rem;color:#454545}[hidden]{display:none}
@media print{.demo,nav,form,.letters{display:none}.band{color:#000;background:none;border:3px solid #000;padding:1rem}a{color:#000}}`;

/**
 * A page that is read after its alert ended says so, though nobody made it anew;
 * the search filters while it is typed; and what was read once can be read
 * again without a connection.
 */
const SCRIPT = `(function(){var d=document,u=+d.body.dataset.until;function e(){var a=d.querySelector("script[data-after]"),b=d.querySelector("[data-now]");if(u&&Date.now()>u&&a&&b){b.innerHTML=a.textContent;a.remove()}}e();if(u)setInterval(e,15e3);
var q=d.querySelector("[data-filter]");if(q){var f=function(){var t=n(q.value);d.querySelectorAll("[data-name]").forEach(function(x){x.hidden=!!t&&x.dataset.name.indexOf(t)<0});d.querySelectorAll("[data-group]").forEach(function(g){g.hidden=!g.querySelector("[data-name]:not([hidden])")})},n=function(s){return s.normalize("NFD").replace(/[\\u0300-\\u036f]/g,"").toLowerCase().replace(/[^a-z0-9]+/g," ").trim().replace(/^(\\d{5}) ?\\d{4}$/,"$1")};q.addEventListener("input",f);f()}
if("serviceWorker"in navigator)navigator.serviceWorker.register("/offline.js").catch(function(){})})()`;

/** Keeps what was read: from the net while there is one, from what was kept when there is none. */
export const OFFLINE_SCRIPT = `var K="callbox-1";self.addEventListener("install",function(e){self.skipWaiting()});self.addEventListener("activate",function(e){e.waitUntil(self.clients.claim())});
self.addEventListener("fetch",function(e){var r=e.request;if(r.method!=="GET"||new URL(r.url).origin!==self.location.origin)return;e.respondWith(fetch(r).then(function(a){if(a.ok){var c=a.clone();e.waitUntil(caches.open(K).then(function(k){return k.put(r,c)}))}return a}).catch(function(x){return caches.match(r,{ignoreVary:true}).then(function(a){if(a)return a;throw x})}))});
`;

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** What a public page may do: its own style and script, its own search, nothing of another origin. */
export const POLICY = [
  "default-src 'none'",
  `style-src ${hashOf(STYLE)}`,
  `script-src ${hashOf(SCRIPT)}`,
  "connect-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
].join("; ");

/** Changes when pages look or behave otherwise, so that all of them are written again. */
export const LAYOUT = createHash("sha256").update(STYLE).update(SCRIPT).update("1").digest("hex").slice(0, 16);

/** Folder of a language: the first one has none. */
export const folderOf = (facts: SiteFacts, language: SiteLanguage): string =>
  language.code === facts.languages[0]?.code ? "" : `${language.code.split("-")[0]}/`;

export interface Page {
  /** Without the folder of the language, such as ma/granby/. */
  path: string;
  language: SiteLanguage;
  title: string;
  /** By whom, above. */
  by: string;
  body: Html;
  /** When what it says ends, in milliseconds since 1970. */
  until?: number | undefined;
  /** The body says itself that the translation was not reviewed, below what cannot wait. */
  placesNotice?: boolean;
}

/** That nobody fluent has reviewed the words of this page, in its language and in English; null where someone did. */
export function noticeOf({ translation }: SiteLanguage): Html | null {
  if (!translation || translation.isReviewed) return null;
  return markup`<p class="small">
    ${translation.notice} <span lang="en-US" dir="ltr">${NOTICE_IN_ENGLISH}</span>
  </p>`;
}

/** A whole page. */
export function layout(facts: SiteFacts, { path, language, title, by, body, until, placesNotice }: Page): string {
  const { words } = language;
  const others = facts.languages;
  const notice = noticeOf(language);
  return markup`<!doctype html>
    <html lang="${language.code}" dir="${language.direction}">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width,initial-scale=1" />
      <title>${title}</title>
      <meta name="format-detection" content="telephone=no" />
      ${others.map(
        (other) =>
          markup`<link rel="alternate" hreflang="${other.code}" href="${facts.url}/${folderOf(facts, other)}${path}" /> `,
      )}<link rel="alternate" type="application/atom+xml" href="/feed.atom" />
      <style>${new Html(STYLE)}</style>
      <body${until ? markup` data-until="${until}"` : null}>
        <header>
        ${
          facts.demonstration &&
          markup`<div class="demo">
            <div class="w"><strong>${words.demonstration}</strong></div>
          </div>`
        }
        <div class="w top">
          <p><strong>${by}</strong></p>
          ${
            others.length > 1 &&
            markup`<nav aria-label="${words.language}">
              ${others.map((other) =>
                other.code === language.code
                  ? markup`<strong aria-current="true">${other.name}</strong> `
                  : markup`<a lang="${other.code}" hreflang="${other.code}" href="/${folderOf(facts, other)}${path}"
                      >${other.name}</a
                    > `,
              )}
            </nav>`
          }
        </div>
        </header>
        <main>
          ${!placesNotice && notice && markup`<div class="w">${notice}</div>`}${body}
        </main>
        <footer class="w">
          <p>
            <a href="/${folderOf(facts, language)}">${words.home}</a> ·
            <a href="/${folderOf(facts, language)}alerts/">${words.alerts}</a> ·
            <a href="/${folderOf(facts, language)}feeds/">${words.feeds}</a> · <a href="/numbers.txt">${words.plain}</a>
          </p>
        </footer>
        <script>${new Html(SCRIPT)}</script>
      </body>
    </html>
`.text;
}
