/** The kinds of risk that the API reports of a runtime, worst first. */
export const riskKinds = ["agent-uninstalled", "model-modified", "channel-modified"] as const;

export type RiskKind = (typeof riskKinds)[number];

/** One agent deployed on a runtime. Statuses and providers are kept as the API spelled them, known to us or not. */
export interface Agent {
  readonly platform: string | undefined;
  readonly provider: string | undefined;
  readonly version: string | undefined;
  readonly status: string | undefined;
  readonly modelConfigured: boolean | undefined;
  readonly channelConfigured: boolean | undefined;
  readonly channels: readonly string[];
  readonly source: string | undefined;
  readonly modelTemplateId: string | undefined;
  /** Fields that this version does not know, as they came. */
  readonly other: Readonly<Record<string, unknown>>;
}

/** The state of a runtime's messaging agent. */
export interface InstantMessaging {
  readonly status: string | undefined;
  readonly cloudSpace: string | undefined;
  readonly online: string | undefined;
}

/**
 * A cloud desktop with the AI agents on it: one row of ListDesktopAgentRuntime, as plain data.
 * Every text is somebody else's: it is shown as plain text and never as markup.
 */
export interface Runtime {
  /** DesktopId; empty when the API left it out. */
  readonly id: string;
  readonly resourceId: string | undefined;
  readonly name: string | undefined;
  readonly status: string | undefined;
  readonly os: string | undefined;
  readonly region: string | undefined;
  readonly regionLocation: string | undefined;
  readonly users: readonly string[];
  readonly hasUser: boolean | undefined;
  readonly agents: readonly Agent[];
  readonly modelConfigured: boolean | undefined;
  readonly modelTemplateId: string | undefined;
  readonly modelTemplateName: string | undefined;
  readonly channelConfigured: boolean | undefined;
  readonly channels: readonly string[];
  readonly qrCodeChannels: readonly string[];
  readonly messaging: InstantMessaging | undefined;
  /** The risks that hold; undefined when the API said nothing of risk, which is not the same as none. */
  readonly risks: readonly RiskKind[] | undefined;
  readonly groupId: string | undefined;
  readonly groupName: string | undefined;
  readonly management: readonly string[];
  /** Fields that this version does not know, as they came. */
  readonly other: Readonly<Record<string, unknown>>;
}
