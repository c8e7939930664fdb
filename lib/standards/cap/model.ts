import { z } from "zod";

/** CAP 1.2 as plain data. Names and order are those of the OASIS schema. */

export const STATUSES = ["Actual", "Exercise", "System", "Test", "Draft"] as const;
export const MESSAGE_TYPES = ["Alert", "Update", "Cancel", "Ack", "Error"] as const;
export const SCOPES = ["Public", "Restricted", "Private"] as const;
export const CATEGORIES = [
  "Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other",
] as const; // prettier-ignore
export const RESPONSE_TYPES = [
  "Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None",
] as const; // prettier-ignore
export const URGENCIES = ["Immediate", "Expected", "Future", "Past", "Unknown"] as const;
export const SEVERITIES = ["Extreme", "Severe", "Moderate", "Minor", "Unknown"] as const;
export const CERTAINTIES = ["Observed", "Likely", "Possible", "Unlikely", "Unknown"] as const;

export const CAP_NAMESPACES = {
  "1.2": "urn:oasis:names:tc:emergency:cap:1.2",
  "1.1": "urn:oasis:names:tc:emergency:cap:1.1",
  "1.0": "http://www.incident.com/cap/1.0",
} as const;
export type CapVersion = keyof typeof CAP_NAMESPACES;

export const SIGNATURE_NAMESPACE = "http://www.w3.org/2000/09/xmldsig#";

const namedValue = z.object({ valueName: z.string(), value: z.string() });

const capAreaSchema = z.object({
  areaDesc: z.string(),
  /** Each `lat,lon lat,lon …`, closed, WGS 84 degrees. */
  polygon: z.array(z.string()),
  /** Each `lat,lon radius`, radius in kilometers. */
  circle: z.array(z.string()),
  geocode: z.array(namedValue),
  /** Feet above mean sea level. */
  altitude: z.number().optional(),
  ceiling: z.number().optional(),
});

const capResourceSchema = z.object({
  resourceDesc: z.string(),
  mimeType: z.string(),
  /** Bytes. */
  size: z.number().optional(),
  uri: z.string().optional(),
  /** The content itself, base64. */
  derefUri: z.string().optional(),
  /** SHA-1, hexadecimal. */
  digest: z.string().optional(),
});

const capInfoSchema = z.object({
  language: z.string().optional(),
  category: z.array(z.enum(CATEGORIES)),
  event: z.string(),
  responseType: z.array(z.enum(RESPONSE_TYPES)),
  urgency: z.enum(URGENCIES),
  severity: z.enum(SEVERITIES),
  certainty: z.enum(CERTAINTIES),
  audience: z.string().optional(),
  eventCode: z.array(namedValue),
  effective: z.string().optional(),
  onset: z.string().optional(),
  expires: z.string().optional(),
  senderName: z.string().optional(),
  headline: z.string().optional(),
  description: z.string().optional(),
  instruction: z.string().optional(),
  web: z.string().optional(),
  contact: z.string().optional(),
  parameter: z.array(namedValue),
  resource: z.array(capResourceSchema),
  area: z.array(capAreaSchema),
});

export const capAlertSchema = z.object({
  identifier: z.string(),
  sender: z.string(),
  sent: z.string(),
  status: z.enum(STATUSES),
  msgType: z.enum(MESSAGE_TYPES),
  source: z.string().optional(),
  scope: z.enum(SCOPES),
  restriction: z.string().optional(),
  addresses: z.string().optional(),
  code: z.array(z.string()),
  note: z.string().optional(),
  references: z.string().optional(),
  incidents: z.string().optional(),
  info: z.array(capInfoSchema),
  /** Each `Signature` element as it stood, as XML. They come last. */
  signature: z.array(z.string()).optional(),
});

export type NamedValue = z.infer<typeof namedValue>;
export type CapResource = z.infer<typeof capResourceSchema>;
export type CapArea = z.infer<typeof capAreaSchema>;
export type CapInfo = z.infer<typeof capInfoSchema>;
export type CapAlert = z.infer<typeof capAlertSchema>;

/** Every value of a parameter, code or geocode of this name. */
export function valuesOf(list: readonly NamedValue[], valueName: string): string[] {
  // Nearly every rule asks this, so it takes no step more than it needs.
  const values: string[] = [];
  for (const entry of list) if (entry.valueName === valueName) values.push(entry.value);
  return values;
}
