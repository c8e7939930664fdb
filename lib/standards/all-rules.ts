import { type CapAlert } from "./cap/model";
import { CAP_RULES } from "./cap/rules";
import { EAS_RULES } from "./eas/rules";
import { IPAWS_RULES } from "./ipaws/rules";
import { type Rule } from "./rule";
import { WEA_RULES } from "./wea/rules";

/** Every rule that one CAP message can be checked against, by family. */
export const MESSAGE_RULES: readonly Rule<CapAlert>[] = [...CAP_RULES, ...IPAWS_RULES, ...WEA_RULES, ...EAS_RULES];
