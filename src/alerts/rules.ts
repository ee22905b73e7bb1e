/** How watches behave: `alerts` of the configuration. Milliseconds. */
export interface Rules {
  readonly interval: number;
  /** A condition must last this long before it is told. */
  readonly hold: number;
  /** Between two reminders; 0: never. */
  readonly repeat: number;
  /** Whether the end of a condition is told. */
  readonly resolved: boolean;
  /** Runtimes named on one card. */
  readonly groupLimit: number;
}
