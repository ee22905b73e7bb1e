/** Longer addresses are none of DingTalk's; characters. */
const longest = 2_000;

/**
 * Tells which session webhooks a card or a message may be sent to: an address comes with a message, and answers hold what not
 * everybody may see. They go to DingTalk over TLS, or to the very origin that the operator configured.
 *
 * @param bases base URLs of the configuration
 */
export function createWebhookCheck(bases: readonly string[]): (address: string) => boolean {
  const origins = new Set(bases.filter((base) => URL.canParse(base)).map((base) => new URL(base).origin));
  return (address) => {
    if (address.length > longest || !URL.canParse(address)) {
      return false;
    }
    const { protocol, origin, hostname, port, username, password } = new URL(address);
    if (username !== "" || password !== "" || !/^https?:$/.test(protocol)) {
      return false;
    }
    const isDingTalk = protocol === "https:" && port === "" && /^(?:[a-z\d-]+\.)*dingtalk\.com$/.test(hostname);
    return isDingTalk || origins.has(origin);
  };
}
