import type { Driver } from "../conformance/driver.ts";
import { dingtalk } from "../conformance/drivers/dingtalk.ts";
import { larkBy } from "../conformance/drivers/lark.ts";

/** The stand-ins for Lark and for DingTalk: what is promised is promised on both. */
export const platforms: readonly Driver[] = [larkBy("websocket"), dingtalk];
