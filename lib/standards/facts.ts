import { type Confidence } from "./rule";

/**
 * Rows of the standards that a program cannot check in a message: facts that
 * shaped the product, and promises it keeps elsewhere. They stand in
 * CONFORMANCE.md beside the rules, so that no row is silently missing.
 */

export interface Fact {
  id: string;
  says: string;
  source: string;
  confidence: Confidence;
  /** What Callbox does about it. */
  here: string;
}

const fact = (id: string, confidence: Confidence, source: string, says: string, here: string): Fact => ({
  id,
  confidence,
  source,
  says,
  here,
});

export const FACTS: readonly Fact[] = [
  fact("CAP-009", "C", "computed", "The schema refuses second 60, offsets beyond 14:00 and dates that do not exist.", "Part of CAP-006."),
  fact("CAP-021", "S", "CAP 1.2 §3.2.2", "Urgency: Immediate is now, Expected within the hour, Future later, Past no longer.", "An outage is Immediate."),
  fact("CAP-022", "S", "CAP 1.2 §3.2.2", "Severity: Extreme, Severe, Moderate, Minor, by the threat to life.", "An outage is Severe."),
  fact("CAP-023", "S", "CAP 1.2 §3.2.2", "Certainty: Observed has happened; the old Very Likely is read as Likely.", "Reading CAP 1.0 does so."),
  fact("CAP-025", "S", "CAP 1.2 §3.2.2", "Without effective a message takes effect when sent; without expires its end is left to each receiver.", "Callbox always writes expires."),
  fact("CAP-033", "S", "CAP 1.2 §3.2.4", "The area of an info is everything its outlines and codes cover together.", "The preview says who is reached when the outline is lost."),
  fact("CAP-040", "M", "CAP 1.2 §3.3.4", "A receiver goes on with a message whose signature it cannot verify, and says so.", "The verdict stands beside the findings and stops nothing."),
  fact("IPAWS-028", "S", "guide v4.07", "What an agency may send is decided for each COG.", "Callbox does not know a COG's permissions."),
  fact("WEA-012", "C", "47 CFR 10.450(a)", "Carriers reach a polygon or circle exactly, a code only roughly.", "Every town has an outline."),
  fact("WEA-014", "M", "47 CFR 10.441", "Telephone numbers may stand in a text.", "They do."),
  fact("WEA-015", "C", "47 CFR 10.400, 10.410", "Four classes; National goes before all others.", "An outage is Public Safety."),
  fact("WEA-016", "M", "47 CFR 10.400(d)", "Whether a Public Safety message may stand alone is for its sender to judge.", "Left to the authority."),
  fact("WEA-018", "C", "FCC", "Phones show the text as sent; English and Spanish are the only languages until June 2028.", "No preview pretends to translate."),
  fact("EAS-008", "M", "47 CFR 11.31(c)", "The last part of a header names the station that sends it.", "A placeholder stands there."),
  fact("EAS-009", "C", "47 CFR 11.31(a), 11.33", "The attention signal has two tones; sound lasts two minutes at most.", "Callbox makes no sound."),
  fact("EAS-010", "C", "47 CFR 11.45, 10.520(d)", "Tones and data bursts are forbidden outside real alerts and authorised tests.", "There is no sound anywhere in Callbox; an architecture test looks for it."),
  fact("EAS-014", "C", "FCC 22-75", "Stations prefer the CAP version of an alert.", "CAP is what is exported."),
  fact("EAS-015", "S", "47 CFR 11.31(e)", "The list of event codes changes.", "It is data: `ipaws/event-codes.ts`, `eas/event-names.ts`."),
  fact("TPL-001", "S", "FCC DA 25-12", "The FCC has a template for 911 outages in thirteen languages.", "Its regulated texts are for an administrator to load."),
  fact("TPL-002", "S", "FCC DA 25-12", "It has fields for agency, place and address, and none for the time.", "Callbox asks for the time anyway."),
  fact("TPL-003", "C", "FR 2026-00960", "Fields are not translated; English follows the other language.", "Not used yet."),
  fact("TPL-004", "C", "FR 2026-00960", "Carriers must follow by June 2028; officials may.", "No preview pretends it is so."),
  fact("TPL-005", "C", "computed", "The English template has 209 fixed characters, so it cannot be a text of 90.", "Callbox writes its own short text."),
  fact("CB-001", "C", "3GPP TS 23.041", "A page is 82 octets: 93 GSM-7 or 41 UCS-2 characters.", "`cellbroadcast/gsm7.ts`."),
  fact("CB-004", "C", "3GPP TS 23.038", "The GSM alphabet has è é ñ ü, and lacks á í ó ú.", "The counter names the character."),
  fact("CB-005", "C", "3GPP TS 23.038", "Ten characters of the extension table count twice.", "`cellbroadcast/gsm7.ts`."),
  fact("CB-006", "M", "derived", "90 characters are a page less a prefix of 3; 360 are four of them.", "Limits are those of 47 CFR 10.430."),
  fact("CB-011", "S", "ETSI TS 102 900", "EU-Alert has levels of its own on the same identifiers.", "`cellbroadcast/message-identifiers.ts`."),
  fact("CB-012", "S", "Android", "Phones drop a message they have shown, by serial number and identifier.", "A changed text needs a new update number."),
  fact("SIG-003", "C", "guide v4.07", "Sign last; the bytes stay as they are afterwards.", "The exported bytes are the stored ones."),
  fact("SIG-004", "C", "real messages", "The root must not gain namespaces after signing.", "Nothing is rewritten after signing; SignedInfo is canonicalised exclusively."),
  fact("SIG-006", "C", "computed", "A lenient base64 decoder verifies files that were changed.", "Base64 is read strictly."),
  fact("SIG-008", "C", "real messages", "Canadian messages carry two signatures.", "Their verdict is “unsupported”."),
  fact("FEED-005", "C", "product rule", "The stored, signed bytes are served; no feed renders a message again.", "Feeds link and never embed."),
  fact("FEED-009", "C", "National Weather Service", "Its Atom feeds have elements of CAP in each entry.", "They are read as feeds that link."),
  fact("FEED-010", "S", "National Weather Service", "It has rules of its own for producers.", "Not for 911 authorities."),
  fact("FEED-011", "S", "WMO", "Weather services are registered with an OID.", "Not for 911 authorities."),
  fact("PSAP-001", "C", "OMB 3060-1204", "The FCC's registry of text-to-911 has contacts of dispatch centers.", "Not used yet."),
  fact("PSAP-002", "M", "FCC", "The master registry of dispatch centers has no telephone numbers.", "Numbers come from officials."),
  fact("PSAP-003", "M", "NENA", "NENA's registry is closed.", "Not used."),
  fact("PSAP-004", "C", "press", "One state of seven million people had 204 dispatch centers.", "Numbers come from officials."),
  ...(["IPO-001", "IPO-002", "IPO-003", "IPO-004", "IPO-005"] as const).map((id) =>
    fact(id, "S", "guide v4.02 to v4.07", "How messages are handed to IPAWS-OPEN.", "The IPAWS channel posts so to a stand-in; never tried against FEMA's own."),
  ),
]; // prettier-ignore
