import { createHash } from "node:crypto";
import { folderOf, type SiteFacts, type SiteLanguage } from "./facts";
import { Html, markup } from "./html";
import { noticeOf } from "./official";
import { FRAME_STYLE, STYLE } from "./style";

/** What every public page has: one style, one short script, no other origin. Pure. */

/**
 * A page that is read after its alert ended says so, though nobody made it anew: what stands
 * in data-now is replaced by what stands in data-after, and what has an end of its own is gone
 * then, or says what it has in data-then;
 * the search filters while it is typed; and what was read once can be read
 * again without a connection.
 */
const SCRIPT = `(function(){var d=document,u=+d.body.dataset.until;function e(){var a=d.querySelector("script[data-after]"),b=d.querySelector("[data-now]"),t=Date.now();if(u&&t>=u&&a&&b){b.innerHTML=a.textContent;a.remove();d.title=b.querySelector("h1").textContent}d.querySelectorAll("[data-ends]").forEach(function(x){if(t>=+x.dataset.ends){var s=x.dataset.then;if(s)x.textContent=s;else x.hidden=true}})}e();if(u)setInterval(e,15e3);
var q=d.querySelector("[data-filter]");if(q){var f=function(){var t=n(q.value);d.querySelectorAll("[data-name]").forEach(function(x){x.hidden=!!t&&x.dataset.name.indexOf(t)<0});d.querySelectorAll("[data-group]").forEach(function(g){g.hidden=!g.querySelector("[data-name]:not([hidden])")})},n=function(s){return s.normalize("NFD").replace(/[\\u0300-\\u036f]/g,"").toLowerCase().replace(/[^a-z0-9]+/g," ").trim().replace(/^(\\d{5}) ?\\d{4}$/,"$1")};q.addEventListener("input",f);f()}
var w=navigator.serviceWorker;if(w){w.register("/offline.js").catch(function(){});if(!w.controller)w.ready.then(function(r){r.active.postMessage("")})}})()`;

/**
 * Keeps what was read: from the net while there is one, from what was kept when there is none. A page that came past it,
 * such as the first one, which set it up, has itself fetched again, mostly from the browser's own cache. It claims no page,
 * so that one it controls is always one it kept.
 */
export const OFFLINE_SCRIPT = `var K="callbox-1";self.addEventListener("install",function(e){self.skipWaiting()});
self.addEventListener("message",function(e){var u=e.source&&e.source.url;if(!u||new URL(u).origin!==self.location.origin)return;e.waitUntil(fetch(u).then(function(a){if(a.ok)return caches.open(K).then(function(k){return k.put(u,a)})}).catch(function(){}))});
self.addEventListener("fetch",function(e){var r=e.request;if(r.method!=="GET"||new URL(r.url).origin!==self.location.origin)return;e.respondWith(fetch(r).then(function(a){if(a.ok){var c=a.clone();e.waitUntil(caches.open(K).then(function(k){return k.put(r,c)}))}return a}).catch(function(x){return caches.match(r,{ignoreVary:true}).then(function(a){if(a)return a;throw x})}))});
`;

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** What a public page, or a frame, may do: its own style and script, its own search, nothing of another origin. */
export const POLICY = [
  "default-src 'none'",
  `style-src ${hashOf(STYLE)} ${hashOf(FRAME_STYLE)}`,
  `script-src ${hashOf(SCRIPT)}`,
  "connect-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
].join("; ");

/**
 * The same in the page itself, before what it is about, so that it holds whoever serves it: nginx, a bucket, a CDN. A frame
 * has no script to allow, and stays as small as it is.
 */
const POLICY_MARK = new Html(`<meta http-equiv="Content-Security-Policy" content="${POLICY}" />`);

/** Changes when pages look or behave otherwise, so that all of them are written again. */
export const LAYOUT = createHash("sha256")
  .update(STYLE)
  .update(SCRIPT)
  .update(FRAME_STYLE)
  .update("7")
  .digest("hex")
  .slice(0, 16);

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

/** A whole page. */
export function layout(facts: SiteFacts, { path, language, title, by, body, until, placesNotice }: Page): string {
  const { words } = language;
  const others = facts.languages;
  const notice = noticeOf(language);
  return markup`<!doctype html>
    <html lang="${language.code}" dir="${language.direction}">
      <meta charset="utf-8" />
      ${POLICY_MARK}
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
