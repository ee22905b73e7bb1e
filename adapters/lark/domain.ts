/** The cloud of Feishu. */
export const feishu = "https://open.feishu.cn";

const clouds: Readonly<Record<string, string>> = { feishu, lark: "https://open.larksuite.com" };

/** The base URL of the open platform, without a slash at its end. @param domain feishu, lark, or a base URL */
export function baseUrlOf(domain: string): string {
  return (clouds[domain] ?? domain).replace(/\/+$/, "");
}

/** The other one of the two public clouds; undefined for any further cloud. @param baseUrl as `baseUrlOf` gives it */
export function otherCloudOf(baseUrl: string): string | undefined {
  const others = Object.keys(clouds).filter((name) => clouds[name] !== baseUrl);
  return others.length === 1 ? others[0] : undefined;
}
