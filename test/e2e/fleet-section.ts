/** An access key of the API. */
export interface FleetKey {
  readonly id: string;
  readonly secret: string;
}

/** What the bot asks a simulated fleet with where a test looks for secrets that got out. */
export const fleetKey: FleetKey = { id: "LTAI-of-the-test", secret: "fleet-secret-of-the-test" };

/** The key that a simulated fleet has unless it is told another. */
const usualKey: FleetKey = { id: "simulator", secret: "simulator" };

/** The section `fleet` of a configuration whose API is simulated at this `host:port`, and may be asked often. */
export function fleetSection(endpoint: string, { id, secret } = usualKey): string {
  return `
fleet:
  source: alibaba-cloud
  alibabaCloud:
    endpoint: ${endpoint}
    protocol: http
    requestsPerSecond: 100
    credentials: { type: access-key, accessKeyId: ${id}, accessKeySecret: ${secret} }
`;
}
