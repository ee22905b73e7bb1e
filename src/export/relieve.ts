/**
 * Hands memory back that is used no more. What passes through on its way to the disk is garbage at once, but outside of what
 * the collector looks at, so that it comes late to see how much there is.
 */
export type Relieve = () => Promise<void>;
