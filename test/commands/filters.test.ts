import { describe, expect, test } from "vitest";
import type { CommandProblem } from "../../src/commands/index.ts";
import { canonical, problemOf } from "./read.ts";

/** Every filter: its Chinese name, the API's name, values as people type them, and what they are. */
const filters: readonly (readonly [string, string, string, string, string])[] = [
  ["provider", "提供商", "AgentProvider", "openclaw,OTHER", "OpenClaw,OTHER"],
  ["status", "状态", "DesktopStatuses", "running,STOPPED", "Running,Stopped"],
  ["agent", "代理状态", "AgentInstanceStatuses", "un-available,DEPLOYED", "Unavailable,Deployed"],
  ["version", "版本", "AgentInstanceVersions", "2026.3.13,v2", "2026.3.13,v2"],
  ["id", "编号", "DesktopIds", "ecd-1,jvs-2", "ecd-1,jvs-2"],
  ["resource", "资源", "ResourceIds", "ecd-1,ecd-2", "ecd-1,ecd-2"],
  ["name", "名称", "DesktopNames", "Agent-017,测试", "Agent-017,测试"],
  ["user", "用户", "AuthUsers", "li.na,wang@example.com", "li.na,wang@example.com"],
  ["assigned", "已分配", "HasAuthUser", "YES", "yes"],
  ["model", "模型", "ModelConfigure", "false", "no"],
  ["template", "模型组", "ModelTemplateId", "mt-1", "mt-1"],
  ["channel", "渠道", "ChannelConfigure", "WeChat,dingtalk_connector", "wechat,dingtalk-connector"],
  ["source", "来源", "DeploymentSource", "admin", "Admin"],
  ["group", "资源组", "ResourceGroupId", "rg-1", "rg-1"],
  ["platform", "平台", "AgentPlatform", "enterprise-jvs", "ENTERPRISE_JVS"],
  ["edition", "版本类型", "BizType", "007", "7"],
  ["risk", "风险", "HasRisk", "ModelModified,agent_uninstalled", "model-modified,agent-uninstalled"],
  ["risk-info", "风险信息", "IncludeRiskInfo", "是", "yes"],
  ["os", "系统", "OsType", "linux,Harmony", "Linux,Harmony"],
  ["region", "地域", "RegionId", "cn-hangzhou,cn-shanghai", "cn-hangzhou,cn-shanghai"],
  ["managed", "管理状态", "ManagementStatus", "hibernated", "Hibernated"],
  ["online", "在线", "AgentImOnlineStatus", "1", "yes"],
  ["office", "办公网络", "OfficeSiteId", "cn-hangzhou+os-1", "cn-hangzhou+os-1"],
];

describe("the filter", () => {
  test.each(filters)("%s is also %s and %s", (key, chinese, parameter, typed, value) => {
    const expected = `/runtimes ${key}=${value}`;
    for (const name of [key, chinese, parameter, key.toUpperCase(), parameter.toLowerCase(), key.replace("-", "_")]) {
      expect(canonical(`/runtimes ${name}=${typed}`)).toBe(expected);
    }
  });

  test.each(filters)("%s takes its value in every form", (key, _chinese, _parameter, typed, value) => {
    const forms = ["=", ":", "＝", "：", " = ", "= ", " =", " ： ", "=="].map((sign) => `${key}${sign}${typed}`);
    const dashed = [
      `--${key} ${typed}`,
      `--${key}=${typed}`,
      `—${key} ${typed}`,
      `－－${key}：${typed}`,
      `——${key} ${typed}`,
    ];
    for (const form of [...forms, ...dashed]) {
      expect(canonical(`/runtimes ${form} page=2`)).toBe(`/runtimes ${key}=${value} page=2`);
    }
  });
});

describe("documented values", () => {
  test.each([
    ["status", ["Stopped", "Starting", "Rebuilding", "Running", "Stopping", "Expired", "Deleted", "Pending"]],
    [
      "agent",
      ["Undeployed", "Deploying", "Stopped", "Starting", "Running", "Stopping", "Deleted", "Deployed", "Unavailable"],
    ],
    ["channel", ["dingtalk-connector", "wechat", "feishu", "qqbot", "wecom", "yes", "no"]],
    ["source", ["User", "Admin"]],
    ["platform", ["ENTERPRISE", "ENTERPRISE_JVS"]],
    ["risk", ["model-modified", "channel-modified", "agent-uninstalled", "yes", "no"]],
    ["provider", ["OpenClaw", "HermesAgent"]],
    ["assigned", ["yes", "no"]],
    ["model", ["yes", "no"]],
    ["risk-info", ["yes", "no"]],
    ["online", ["yes", "no"]],
    ["managed", ["Hibernated"]],
  ])("of %s are known in any spelling", (key, values) => {
    for (const value of values) {
      const spellings = [value, value.toLowerCase(), value.toUpperCase(), value.replace(/[-_]/g, ""), `${value}_`];
      for (const spelling of spellings) {
        expect(canonical(`/runtimes ${key}=${spelling}`)).toBe(`/runtimes ${key}=${value}`);
      }
    }
  });

  test.each([
    ["状态=运行中,已停止", "status=Running,Stopped"],
    ["代理状态=不可用", "agent=Unavailable"],
    ["渠道=飞书，企业微信", "channel=feishu,wecom"],
    ["风险=模型被修改", "risk=model-modified"],
  ])("are known by the Chinese words that cards show: %s", (typed, text) => {
    expect(canonical(`/运行时 ${typed}`)).toBe(`/runtimes ${text}`);
  });

  test("may be full-width or quoted", () => {
    expect(canonical("/runtimes status=Ｒｕｎｎｉｎｇ,“stopped”")).toBe("/runtimes status=Running,Stopped");
  });

  test.each([
    ["yes", ["yes", "true", "on", "y", "1", "是", "有", "TRUE"]],
    ["no", ["no", "false", "off", "n", "0", "否", "无", "False"]],
  ])("that mean %s are understood", (meaning, words) => {
    for (const word of words) {
      expect(canonical(`/runtimes assigned=${word}`)).toBe(`/runtimes assigned=${meaning}`);
    }
  });
});

describe("lists", () => {
  test.each([
    ["status=Running,Stopped", "status=Running,Stopped"],
    ["status=Running, Stopped ,Pending", "status=Running,Stopped,Pending"],
    ["status=Running，Stopped、Pending", "status=Running,Stopped,Pending"],
    ["status=Running,,Stopped,", "status=Running,Stopped"],
    ["status=Running status=Stopped", "status=Running,Stopped"],
    ["status=Running name=a 状态=stopped", "status=Running,Stopped name=a"],
    ["status=Running,running,RUNNING status=Running", "status=Running"],
    ["name=a,A,a", "name=a,A"],
    ["provider=OPEN_CLAW,openclaw", "provider=OpenClaw"],
    ["channel=feishu channel=wecom", "channel=feishu,wecom"],
    ["risk=yes risk=yes", "risk=yes"],
    ["status=Running, page=2", "status=Running page=2"],
    ["status=Running, page = 2", "status=Running page=2"],
    ["status=Running, --page 2", "status=Running page=2"],
    ['name="a, b",c', 'name="a, b",c'],
    ['name = "a" , "b"', "name=a,b"],
  ])("%s means %s", (typed, expected) => {
    expect(canonical(`/runtimes ${typed}`)).toBe(`/runtimes ${expected}`);
  });

  test("have a hundred values at most, however they are given", () => {
    const ids = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => `e-${from + index}`).join(",");
    expect(canonical(`/runtimes id=${ids(0, 100)} id=e-5`)).toContain("e-99");
    const problem = problemOf(`/runtimes id=${ids(0, 60)} id=${ids(60, 41)}`);
    expect(problem).toMatchObject({ kind: "too-many-values", key: "id", limit: 100 });
    expect(problem.text.slice(problem.span.start, problem.span.end)).toBe(`id=${ids(60, 41)}`);
  });
});

describe("values", () => {
  test.each([
    ["name=“a，b”", 'name="a，b"'],
    ["name=「a b」", 'name="a b"'],
    ["name=『a b』", 'name="a b"'],
    ["name='a b'", 'name="a b"'],
    ['name=‘a "b’', 'name="a \\"b"'],
    ["name=＂a b＂", 'name="a b"'],
    ["name=O'Brien", 'name="O\'Brien"'],
    ['name="say \\"hi\\""', 'name="say \\"hi\\""'],
    ['user="CORP\\li.na"', 'user="CORP\\\\li.na"'],
    ["user=CORP\\li.na", 'user="CORP\\\\li.na"'],
    ["name=09:00", 'name="09:00"'],
    ["--name 09:00", 'name="09:00"'],
    ["name= 09:00", 'name="09:00"'],
    ["name=a:b", 'name="a:b"'],
    ["name=--x", "name=--x"],
    ["--name -x", "name=-x"],
    ['name="--x"', "name=--x"],
    ["name=a=b", 'name="a=b"'],
    ["name=ａ", 'name="ａ"'],
    ["name=a\u200bb", "name=ab"],
    ["name=👩‍💻", 'name="👩‍💻"'],
    ['name="a\u202eb"', 'name="a\u202eb"'],
    ['name="a\nb"', 'name="a\nb"'],
  ])("%s is %s", (typed, expected) => {
    expect(canonical(`/runtimes ${typed}`)).toBe(`/runtimes ${expected}`);
  });

  test("have two hundred characters at most", () => {
    expect(canonical(`/runtimes name=${"x".repeat(200)}`)).toContain("x".repeat(200));
    expect(problemOf(`/runtimes name=a,${"x".repeat(201)}`)).toMatchObject({ kind: "value-too-long", limit: 200 });
  });

  test.each([
    ["edition=0", "edition=0"],
    ["edition=-0", "edition=0"],
    ["edition=12", "edition=12"],
    ["page=1000000", "page=1000000"],
    ["size=50", "size=50"],
    ["size=1", "size=1"],
    ["size=10 page=1", ""],
    ["page=０２", "page=2"],
  ])("%s is a whole number", (typed, expected) => {
    expect(canonical(`/runtimes ${typed}`)).toBe(`/runtimes ${expected}`.trim());
  });
});

describe("what is wrong is told", () => {
  test.each<[string, CommandProblem["kind"]]>([
    ["status=", "missing-value"],
    ["status=,", "missing-value"],
    ['status=""', "missing-value"],
    ["--status", "missing-value"],
    ["--status --name a", "missing-value"],
    ["--status name=a", "missing-value"],
    ["status= name=a", "missing-value"],
    ["status = , name = a", "missing-value"],
    ["status", "missing-value"],
    ["=x", "unknown-word"],
    ["=", "unknown-word"],
    [":", "unknown-word"],
    ["--", "unknown-word"],
    ["--5", "unknown-word"],
    [",", "unknown-word"],
    ['""', "unknown-word"],
    ["foo", "unknown-word"],
    ["foo=bar", "unknown-key"],
    ["--foo bar", "unknown-key"],
    ["status=Running, foo=bar", "unknown-key"],
    ["status=On", "bad-value"],
    ["assigned=maybe", "bad-value"],
    ["sort=user,name", "one-value"],
    ["sort=id", "bad-value"],
    ["channel=telegram", "bad-value"],
    ["source=yes", "bad-value"],
    ["edition=1.5", "not-whole"],
    ["edition=-1", "not-whole"],
    ["edition=99999999999999999999", "not-whole"],
    ["page=0", "not-whole"],
    ["page=1000001", "not-whole"],
    ["page=1e3", "not-whole"],
    ["page=two", "not-whole"],
    ["size=51", "not-whole"],
    ["size=0", "not-whole"],
    ["page=1 page=1", "one-value"],
    ["page=1,2", "one-value"],
    ["group=a group=b", "one-value"],
    ["group=a group=a", "one-value"],
    ["group=a,b", "one-value"],
    ["template=a,b", "one-value"],
    ["source=User,Admin", "one-value"],
    ["platform=ENTERPRISE platform=ENTERPRISE_JVS", "one-value"],
    ["edition=1,2", "one-value"],
    ["managed=a,b", "one-value"],
    ["office=a office=b", "one-value"],
    ["assigned=yes,no", "one-value"],
    ["online=yes online=yes", "one-value"],
    ["channel=yes,feishu", "exclusive"],
    ["channel=feishu channel=no", "exclusive"],
    ["risk=yes,no", "exclusive"],
    ["risk=model-modified risk=no", "exclusive"],
    ["risk=yes risk-info=no", "contradiction"],
    ["risk-info=no risk=no", "contradiction"],
    ['name="a', "unclosed-quote"],
    ["name=“a'", "unclosed-quote"],
    ["name='", "unclosed-quote"],
  ])("%s: %s", (typed, kind) => {
    expect(problemOf(`/runtimes ${typed}`).kind).toBe(kind);
  });

  test("and what could be given instead", () => {
    expect(problemOf("/runtimes channel=telegram")).toMatchObject({
      key: "channel",
      word: "telegram",
      allowed: ["yes", "no", "dingtalk-connector", "wechat", "feishu", "qqbot", "wecom"],
    });
    expect(problemOf("/runtimes sort=")).toMatchObject({
      allowed: ["name", "status", "region", "version", "risk", "user"],
    });
  });
});
