import { dingtalk } from "./drivers/dingtalk.ts";
import { conformance } from "./suite.ts";

conformance(dingtalk);
