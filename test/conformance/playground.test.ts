import { playground } from "./drivers/playground.ts";
import { conformance } from "./suite.ts";

conformance(playground);
