import { larkBy } from "./drivers/lark.ts";
import { conformance } from "./suite.ts";

conformance(larkBy("webhook"));
