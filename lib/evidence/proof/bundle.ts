import { strToU8, zipSync, type Zippable } from "fflate";
import { hashedBytes } from "../../record/chain";
import type { AuditEntry } from "../../record/schema";

/**
 * The evidence of one alert as a ZIP that needs no Callbox: the approved
 * content, every document, the entries of the record, a signed checkpoint, and
 * one page that says how to check them with common tools. Pure.
 */

export interface Evidence {
  code: string;
  title: string;
  alertId: string;
  /** Canonical JSON of what was approved, as it is stored. */
  content: string;
  messages: readonly { identifier: string; xml: Uint8Array; sha256: string }[];
  /** Entries without a gap, from the first one about the alert to that of the checkpoint. */
  entries: readonly AuditEntry[];
  checkpoint: { text: string; signature: Uint8Array; key: string };
}

/** What anybody runs; only sh, openssl, sha256sum, sort, sed and jq, and xmllint where it is there. */
const SCRIPT = `#!/bin/sh
# Checks this evidence without Callbox. Needs openssl, sha256sum and jq; xmllint, where it is there, reads each document too.
# Give the file of a checkpoint that YOU kept, and the key you noted, to find a record that was made anew:
#   sh verify.sh [KEY.pem [CHECKPOINT.txt CHECKPOINT.sig]]
set -u
cd "$(dirname "$0")" || exit 2
key=\${1:-key.pem}; point=\${2:-checkpoint.txt}; signature=\${3:-checkpoint.sig}
bad=0
say() { printf '%s\\n' "$1"; }
fail() { printf 'NOT RIGHT: %s\\n' "$1"; bad=1; }
openssl pkeyutl -verify -pubin -inkey "$key" -rawin -in "$point" -sigfile "$signature" >/dev/null 2>&1 \\
  && say "1. The checkpoint was signed with this key." || fail "1. the checkpoint was not signed with this key."
entry=$(sed -n 's/^entry: //p' "$point"); mark=$(sed -n 's/^fingerprint: //p' "$point")
before=""; seen=""; count=0
while IFS= read -r line; do
  count=$((count + 1))
  now=$(printf '%s' "$line" | sha256sum | cut -d' ' -f1)
  prev=$(printf '%s' "$line" | jq -r .prevHash); seq=$(printf '%s' "$line" | jq -r .seq)
  if [ -n "$before" ] && [ "$prev" != "$before" ]; then fail "2. entry $seq does not carry the fingerprint of the one before."; fi
  if [ "$seq" = "$entry" ]; then seen=yes; [ "$now" = "$mark" ] || fail "2. entry $seq is not what the checkpoint says."; fi
  before=$now
done < log.jsonl
if [ -z "$seen" ]; then fail "2. entry $entry of the checkpoint is not in the log."; else say "2. $count entries follow each other, and the checkpoint is of one of them."; fi
content=$(sha256sum content.json | cut -d' ' -f1)
approved=$(jq -r --arg id "$(cat alert-id.txt)" 'select(.action == "alert.approved" and .subjectId == $id) | .data.contentHash' log.jsonl)
[ "$content" = "$approved" ] && say "3. The content is what was approved: $content" || fail "3. the content is not what was approved."
by=$(jq -r --arg id "$(cat alert-id.txt)" 'select(.action == "alert.approved" and .subjectId == $id) | .actor + ", " + .at' log.jsonl)
say "   Approved by $by"
made=$(cd messages && for file in *.xml; do printf '%s %s\\n' "\${file%.xml}" "$(sha256sum "$file" | cut -d' ' -f1)"; done | LC_ALL=C sort | sha256sum | cut -d' ' -f1)
named=$(jq -r --arg id "$(cat alert-id.txt)" 'select(.action == "alert.published" and .subjectId == $id) | .data.manifest' log.jsonl)
[ "$made" = "$named" ] && say "4. The documents are those that were published." || fail "4. the documents are not those that were published."
if command -v xmllint >/dev/null 2>&1; then
  for file in messages/*.xml; do
    id=$(xmllint --xpath 'string(//*[local-name()="identifier"])' "$file")
    type=$(xmllint --xpath 'string(//*[local-name()="msgType"])' "$file")
    text=$(xmllint --xpath 'string(//*[local-name()="headline"])' "$file")
    jq -e --arg id "$id" --arg type "$type" --arg text "$text" \\
      '.messages[] | select(.identifier == $id and .msgType == $type and (.texts[0].parts.headline == $text or (.texts[0].parts.headline | contains("{"))))' \\
      content.json >/dev/null || fail "5. $file does not say what was approved."
  done
  say "5. Each document has the identifier, type and headline that were approved."
else
  say "5. xmllint is not here, so the documents were not read; steps 1 to 4 hold their bytes."
fi
[ "$bad" = 0 ] && say "Everything that was checked fits." || say "Something does not fit."
exit "$bad"
`;

const page = ({ title, code, messages, entries }: Evidence) => `Evidence of one alert: ${title} (${code})

What is here
  content.json     what was approved: every text, number, area and time span, as canonical JSON (RFC 8785)
  messages/        the ${messages.length} CAP documents that were published, byte for byte
  log.jsonl        ${entries.length} entries of the record, one a line, each exactly as it was hashed
  checkpoint.txt   how far the record reached when this file was made, signed
  checkpoint.sig   its Ed25519 signature; key.pem is the public key
  alert-id.txt     which alert the entries speak of
  verify.sh        the procedure below as a script

How to check it, with openssl, sha256sum, jq and xmllint, and without Callbox
  1. The checkpoint is signed:
       openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in checkpoint.txt -sigfile checkpoint.sig
     Compare key.pem with the key you noted elsewhere, such as the one on the sign-in page. A checkpoint that you kept
     yourself proves more than the one in here: give it to verify.sh.
  2. Each line of log.jsonl has a fingerprint, the sha256 of its bytes without the line feed. The next line carries it
     as prevHash. The line whose seq is the entry of the checkpoint has the fingerprint of the checkpoint.
  3. The sha256 of content.json is data.contentHash of the entry alert.approved, which names who approved it and when.
  4. The lines "identifier sha256" of all documents, sorted by their bytes, have together the sha256 that the entry
     alert.published names as data.manifest.
  5. Each document says what was approved: xmllint reads its identifier, msgType and headline, jq finds them in
     content.json. Times alone differ: they were set at publication, where content.json has slots such as {until}.

If any step fails, keep everything as it is and tell the state auditor.
`;

/** The ZIP. Same evidence, same bytes. */
export function packEvidence(evidence: Evidence): Uint8Array {
  // ZIP knows no time before 1980; a fixed one keeps the bytes the same every time.
  const options = { mtime: new Date(1980, 0, 1), level: 6 as const };
  const files: Zippable = {
    "README.txt": [strToU8(page(evidence)), options],
    "verify.sh": [strToU8(SCRIPT), options],
    "alert-id.txt": [strToU8(evidence.alertId), options],
    "content.json": [strToU8(evidence.content), options],
    "log.jsonl": [strToU8(evidence.entries.map((entry) => `${hashedBytes(entry)}\n`).join("")), options],
    "checkpoint.txt": [strToU8(evidence.checkpoint.text), options],
    "checkpoint.sig": [new Uint8Array(evidence.checkpoint.signature), options],
    "key.pem": [strToU8(evidence.checkpoint.key), options],
  };
  for (const { identifier, xml } of evidence.messages)
    files[`messages/${identifier}.xml`] = [new Uint8Array(xml), options];
  return zipSync(files);
}
