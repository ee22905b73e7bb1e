import { describeAlerts } from "./cases.ts";

describeAlerts("dingtalk");
