import type { FleetFailure } from "../../fleet/index.ts";
import type { Advice } from "./advice.ts";
import { causeOf, type FailureCause } from "./failure-cause.ts";

/** Why there is no answer, and what to do. */
export function failureInChinese(it: FleetFailure): Advice {
  const cause = causeOf(it);
  return cause === undefined ? ofKind(it) : ofCause[cause];
}

const ofCause: Readonly<Record<FailureCause, Advice>> = {
  "no-credentials": {
    happened: "本机器人没有阿里云凭证。",
    todo: "请设置 ALIBABA_CLOUD_ACCESS_KEY_ID 和 ALIBABA_CLOUD_ACCESS_KEY_SECRET，或 app.yaml 中的 fleet.alibabaCloud.credentials。",
  },
  "token-expired": {
    happened: "本机器人的安全令牌已过期。",
    todo: "请在其来源处续期：写在 app.yaml 或环境变量中的令牌不会自动续期。",
  },
  "token-refused": {
    happened: "本机器人的安全令牌被阿里云拒绝。",
    todo: "请检查 fleet.alibabaCloud.credentials 或环境变量中的令牌、AccessKey ID 与 Secret 是否同时签发。",
  },
  "name-unknown": {
    happened: "无法连接阿里云 App Streaming：无法解析其主机名。",
    todo: "请检查运行机器人的主机的 DNS，以及 app.yaml 中的 fleet.alibabaCloud.region 和 endpoint。",
  },
  certificate: {
    happened: "无法连接阿里云 App Streaming：收到的证书不受信任。",
    todo: "请检查是否有解密 TLS 的代理；可用 NODE_EXTRA_CA_CERTS 指定其证书文件。",
  },
  "no-tls": {
    happened: "无法连接阿里云 App Streaming：该地址上应答的服务不支持 HTTPS。",
    todo: "请检查 app.yaml 中的 fleet.alibabaCloud.protocol 和 endpoint（包括端口）。",
  },
  "proxy-credentials": {
    happened: "无法连接阿里云 App Streaming：代理要求用户名和密码，或不接受所给的用户名和密码。",
    todo: "请在 HTTPS_PROXY 中写成 http://user:password@host:port，@、: 等字符须进行百分号编码。",
  },
  "proxy-refused": {
    happened: "无法连接阿里云 App Streaming：代理不允许该连接通过。",
    todo: "请让代理放行到该主机和端口的连接，或在 NO_PROXY 中写入该主机。",
  },
  "proxy-failed": {
    happened: "无法连接阿里云 App Streaming：代理未能建立连接。",
    todo: "请确认 HTTPS_PROXY 指向一个 HTTP 代理，且该代理能访问目标主机。",
  },
  "proxy-unreachable": {
    happened: "无法连接阿里云 App Streaming：无法连接代理。",
    todo: "请检查 HTTPS_PROXY 中的主机和端口，以及代理是否在运行。",
  },
};

function ofKind(it: FleetFailure): Advice {
  switch (it.kind) {
    case "denied":
      return {
        happened: `阿里云不允许本机器人读取运行时列表${it.principal ? `（${it.principal}）` : ""}。`,
        todo: `请在 RAM 策略中为它允许操作 ${it.action ?? "appstreaming:ListDesktopAgentRuntime"}（资源为 *）。`,
      };
    case "credentials":
      return {
        happened: "阿里云无法识别本机器人的访问密钥。",
        todo: "请检查 app.yaml 中的 fleet.alibabaCloud.credentials，以及该密钥是否已被禁用。",
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
