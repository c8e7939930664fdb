import { CAP_RULES, type MessageRule } from "./cap/rules";
import { EAS_RULES } from "./eas/rules";
import { IPAWS_RULES } from "./ipaws/rules";
import { WEA_RULES } from "./wea/rules";

/** Every rule that one CAP message can be checked against, by family. */
export const MESSAGE_RULES: readonly MessageRule[] = [...CAP_RULES, ...IPAWS_RULES, ...WEA_RULES, ...EAS_RULES];
