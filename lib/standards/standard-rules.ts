import { MESSAGE_RULES } from "./all-rules";
import { DOCUMENT_RULES } from "./cap/document";
import { SET_RULES } from "./cap/set-rules";
import { CELL_BROADCAST_RULES } from "./cellbroadcast/pages";
import { HEADER_RULES } from "./eas/header";
import { FEED_RULES } from "./feeds/rules";
import type { RuleRow } from "./rule";
import { SIGNATURE_RULES } from "./signature/rules";
import { XML_RULES } from "./xml/rules";

/** Every rule of the standards, whatever it is asked of. */
export const STANDARD_RULES: readonly RuleRow[] = [
  ...Object.values(XML_RULES),
  ...DOCUMENT_RULES,
  ...MESSAGE_RULES,
  ...SET_RULES,
  ...HEADER_RULES,
  ...CELL_BROADCAST_RULES,
  ...SIGNATURE_RULES,
  ...FEED_RULES,
];
