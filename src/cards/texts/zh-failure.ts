import type { FleetFailure } from "../../fleet/index.ts";
import type { Advice } from "./advice.ts";

/** Why there is no answer, and what to do. */
export function failureInChinese(it: FleetFailure): Advice {
  switch (it.kind) {
    case "denied":
      return {
        happened: `阿里云不允许本机器人读取运行时列表${it.principal ? `（${it.principal}）` : ""}。`,
        todo: `请在 RAM 策略中为它允许操作 ${it.action ?? "appstreaming:ListDesktopAgentRuntime"}（资源为 *）。`,
      };
    case "credentials":
      return {
        happened: "阿里云无法识别本机器人的访问密钥，或其安全令牌已过期。",
        todo: "请检查 app.yaml 中 fleet.alibabaCloud 的凭证。",
      };
    case "signature":
      return {
        happened: "请求的签名被阿里云拒绝。",
        todo: "AccessKey Secret 与 AccessKey ID 不匹配：请检查 app.yaml 中的 fleet.alibabaCloud.credentials。",
      };
    case "clock":
      return { happened: "请求的时间被阿里云拒绝。", todo: "运行机器人的主机时钟偏差超过 15 分钟，请校准。" };
    case "parameter":
      return { happened: "此命令中的某个值被阿里云拒绝。", todo: "请检查各个值，或减少筛选条件。" };
    case "throttled":
      return { happened: "请求过于频繁，已被阿里云限流。", todo: "请一分钟后再试。" };
    case "service":
      return { happened: "阿里云 App Streaming 服务出错。", todo: "请几分钟后再试。" };
    case "unreachable":
      return {
        happened: "无法连接阿里云 App Streaming。",
        todo: "请检查运行机器人的主机的网络，以及 app.yaml 中的 fleet.alibabaCloud.endpoint。",
      };
    case "timeout":
      return { happened: "阿里云 App Streaming 未及时响应。", todo: "请重试，或用筛选缩小列表。" };
    case "unreadable":
      return {
        happened: "收到的内容不是阿里云 App Streaming 的响应。",
        todo: "请检查机器人与接口之间的代理，然后重试。",
      };
    case "overloaded":
      return { happened: "排队的请求过多。", todo: "请一分钟后再试。" };
    case "stopped":
      return { happened: "机器人正在重启。", todo: "请一分钟后再试。" };
  }
}
