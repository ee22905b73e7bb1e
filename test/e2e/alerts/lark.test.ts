import { describeAlerts } from "./cases.ts";

describeAlerts("lark");
