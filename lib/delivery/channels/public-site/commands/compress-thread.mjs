import { parentPort } from "node:worker_threads";
import zlib from "node:zlib";

/** The other half of compress.ts: many bodies in, side by side in one buffer, and of each the forms that were asked for. */

/** A page is read a thousand times and written once: beyond 5 it takes twice as long for 3 %. */
const QUALITY = 5;
const LEVEL = 6;

/** A window that just holds the body, for one of the usual size is made and cleared anew for each. */
const windowFor = (length) => Math.min(18, Math.max(10, Math.ceil(Math.log2(length + 16))));

function brotli(body) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
  const params = {
    [BROTLI_PARAM_QUALITY]: QUALITY,
    [BROTLI_PARAM_LGWIN]: windowFor(body.length),
    [BROTLI_PARAM_SIZE_HINT]: body.length,
  };
  return zlib.brotliCompressSync(body, { params });
}

const FORMS = { br: brotli, gzip: (body) => zlib.gzipSync(body, { level: LEVEL }) };

parentPort.on("message", ({ id, bytes, lengths, kinds }) => {
  let at = 0;
  const forms = lengths.flatMap((length) => {
    const body = bytes.subarray(at, (at += length));
    return kinds.map((kind) => FORMS[kind](body));
  });
  const answer = new Uint8Array(forms.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const form of forms) {
    answer.set(form, end);
    end += form.length;
  }
  parentPort.postMessage({ id, bytes: answer, lengths: forms.map(({ length }) => length) }, [answer.buffer]);
});
